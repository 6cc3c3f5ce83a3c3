// What has just this key?
// parameters: key
// columns: label, key, name
MATCH (n:Document|Policy|Task|Unit|UnitGroup|Theme|Jurisdiction|Target {key: $key})
RETURN labels(n)[0] AS label, n.key AS key, n.name AS name
ORDER BY label
