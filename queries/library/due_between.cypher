// What is due between two days, both included?
// parameters: start, end, level, unit, passed_over
// columns: end, task, title, level, place, policy, lead, units, in_text, deadline, deadline_kind
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE t.deadline_end IS NOT NULL
  AND ($start IS NULL OR t.deadline_end >= $start) AND ($end IS NULL OR t.deadline_end <= $end)
  AND ($level IS NULL OR p.level = $level)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
  AND ($unit IS NULL OR EXISTS { MATCH (t)-[:ASSIGNED_TO]->(v) WHERE v.key = $unit })
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (t)-[a:ASSIGNED_TO]->(u)
RETURN t.deadline_end AS `end`, t.key AS task, t.title AS title, p.level AS level, j.name AS place, p.key AS policy,
  CASE WHEN a.role = 'lead' AND a.scope = 'task' THEN a.surface ELSE NULL END AS lead,
  CASE WHEN a.scope = 'task' THEN a.surface ELSE NULL END AS units,
  CASE WHEN a.scope = 'part' THEN a.surface ELSE NULL END AS in_text, t.deadline_raw AS deadline,
  t.deadline_kind AS deadline_kind, a.`order` AS place_in_list
ORDER BY `end`, task, place_in_list
