// What is known of this thing itself?
// parameters: key
// columns: label, property, value
MATCH (n:Document|Policy|Jurisdiction|Unit|UnitGroup|Theme|Task|Target {key: $key})
UNWIND keys(n) AS property
WITH n, property
WHERE property <> '_store'
RETURN labels(n)[0] AS label, property, n[property] AS value
ORDER BY label, property
