// Which dates inside the text of tasks, each of a body that has a part of the task to do, fall between two days?
// parameters: start, end, level, unit, passed_over
// columns: end, task, title, level, place, policy, in_text, deadline
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)-[a:ASSIGNED_TO]->(u)
WHERE a.scope = 'part' AND a.deadline_end IS NOT NULL AND (t.deadline_end IS NULL OR t.deadline_end <> a.deadline_end)
  AND ($start IS NULL OR a.deadline_end >= $start) AND ($end IS NULL OR a.deadline_end <= $end)
  AND ($level IS NULL OR p.level = $level)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
  AND ($unit IS NULL OR u.key = $unit)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN a.deadline_end AS `end`, t.key AS task, t.title AS title, p.level AS level, j.name AS place, p.key AS policy,
  a.surface AS in_text, a.deadline_raw AS deadline, a.`order` AS place_in_list
ORDER BY `end`, task, place_in_list
