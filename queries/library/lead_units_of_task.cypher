// Who leads a task at each level: here, above and below?
// parameters: task
// columns: direction, hops, task, title, level, place, unit, name, role, scope
MATCH path = (r:Task {key: $task})-[:DERIVES_FROM*0..4]-(t:Task)
WHERE all(x IN relationships(path) WHERE x.judgement <> 'rejected')
  AND (all(i IN range(0, length(path) - 1) WHERE startNode(relationships(path)[i]) = nodes(path)[i])
    OR all(i IN range(0, length(path) - 1) WHERE endNode(relationships(path)[i]) = nodes(path)[i]))
WITH t, min(length(path)) AS hops, min(CASE WHEN length(path) = 0 THEN 'here'
  WHEN startNode(relationships(path)[0]) = nodes(path)[0] THEN 'above' ELSE 'below' END) AS direction
MATCH (t)-[a:ASSIGNED_TO]->(u)
OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN direction, hops, t.key AS task, t.title AS title, p.level AS level, j.name AS place, u.key AS unit,
  u.name AS name, a.role AS role, a.scope AS scope, a.`order` AS place_in_list
ORDER BY level, task, place_in_list
