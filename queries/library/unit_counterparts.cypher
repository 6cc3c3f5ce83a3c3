// Which units above and below have the same function?
// parameters: unit
// columns: unit, direction, hops, counterpart, name, level, place, tasks
MATCH (u:Unit {key: $unit})
MATCH path = (u)-[:COUNTERPART_OF*1..4]-(o:Unit)
WHERE all(i IN range(0, length(path) - 1) WHERE startNode(relationships(path)[i]) = nodes(path)[i])
  OR all(i IN range(0, length(path) - 1) WHERE endNode(relationships(path)[i]) = nodes(path)[i])
WITH u, o, min(length(path)) AS hops,
  min(CASE WHEN startNode(relationships(path)[0]) = nodes(path)[0] THEN 'above' ELSE 'below' END) AS direction
OPTIONAL MATCH (o)-[:PART_OF]->(j:Jurisdiction)
OPTIONAL MATCH (t:Task)-[a:ASSIGNED_TO]->(o)
WHERE a.scope = 'task'
RETURN u.key AS unit, direction, hops, o.key AS counterpart, o.name AS name, j.level AS level, j.name AS place,
  count(DISTINCT t) AS tasks
ORDER BY direction, hops, counterpart
