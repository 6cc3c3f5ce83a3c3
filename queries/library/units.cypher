// Which units are there, and how many tasks does each of them carry, as a whole and in part?
// parameters: level, place, text, passed_over
// columns: unit, name, kind, function, level, place, tasks, lead_tasks, part_tasks
MATCH (u:Unit|UnitGroup)
WHERE $text IS NULL OR u.name CONTAINS $text
OPTIONAL MATCH (u)-[:PART_OF]->(j:Jurisdiction)
WITH u, j
WHERE ($level IS NULL OR j.level = $level)
  AND ($place IS NULL OR EXISTS { MATCH (j)-[:PART_OF*0..4]->(:Jurisdiction {key: $place}) })
OPTIONAL MATCH (u)<-[a:ASSIGNED_TO]-(t:Task)<-[:HAS_TASK]-(p:Policy)
WHERE NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
WITH u, j, count(DISTINCT CASE WHEN a.scope = 'task' THEN t.key ELSE NULL END) AS tasks,
  count(DISTINCT CASE WHEN a.scope = 'task' AND a.role = 'lead' THEN t.key ELSE NULL END) AS lead_tasks,
  count(DISTINCT CASE WHEN a.scope = 'part' THEN t.key ELSE NULL END) AS part_tasks
RETURN u.key AS unit, u.name AS name, CASE WHEN 'Unit' IN labels(u) THEN 'unit' ELSE 'group' END AS kind,
  u.function AS function, j.level AS level, j.name AS place, tasks, lead_tasks, part_tasks
ORDER BY unit
