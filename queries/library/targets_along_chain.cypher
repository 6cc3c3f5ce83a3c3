// What becomes of the targets of a task up and down its chain?
// parameters: task
// columns: direction, hops, level, place, task, title, target, text, quantity, comparator, value, unit, end
MATCH path = (r:Task {key: $task})-[:DERIVES_FROM*0..4]-(t:Task)
WHERE all(x IN relationships(path) WHERE x.judgement <> 'rejected')
  AND (all(i IN range(0, length(path) - 1) WHERE startNode(relationships(path)[i]) = nodes(path)[i])
    OR all(i IN range(0, length(path) - 1) WHERE endNode(relationships(path)[i]) = nodes(path)[i]))
WITH t, min(length(path)) AS hops, min(CASE WHEN length(path) = 0 THEN 'here'
  WHEN startNode(relationships(path)[0]) = nodes(path)[0] THEN 'above' ELSE 'below' END) AS direction
OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (t)-[h:HAS_TARGET]->(g:Target)
RETURN direction, hops, p.level AS level, j.name AS place, t.key AS task, t.title AS title, g.key AS target,
  g.text AS text, g.quantity AS quantity, g.comparator AS comparator, g.value AS value, g.unit AS unit, g.`end` AS `end`
ORDER BY level, task, target
