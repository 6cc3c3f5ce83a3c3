// What do these things link to, in either direction?
// parameters: label is fixed to the kinds that have keys; keys
// columns: from, kind, forward, to, label, name
UNWIND $keys AS wanted
MATCH (a)-[r]-(b)
WHERE a.key = wanted
RETURN a.key AS here, type(r) AS kind, startNode(r).key = a.key AS forward, b.key AS there, labels(b)[0] AS label, b.name AS name
ORDER BY here, kind, there
