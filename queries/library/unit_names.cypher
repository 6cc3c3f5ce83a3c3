// What are these units called, and where are they?
// parameters: units
// columns: key, name, level, place
UNWIND $units AS wanted
OPTIONAL MATCH (u:Unit {key: wanted})
OPTIONAL MATCH (g:UnitGroup {key: wanted})
WITH coalesce(u, g) AS n
WHERE n IS NOT NULL
OPTIONAL MATCH (n)-[:PART_OF]->(j:Jurisdiction)
RETURN n.key AS key, n.name AS name, j.level AS level, j.name AS place
ORDER BY key
