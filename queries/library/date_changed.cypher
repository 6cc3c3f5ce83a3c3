// Where was a date tightened, relaxed, dropped or first set on the way down?
// parameters: change, passed_over
// columns: change, task, title, level, place, deadline, end, parent, parent_title, parent_deadline, parent_end
MATCH (c:Task)-[r:DERIVES_FROM]->(m:Task)
WHERE r.judgement <> 'rejected' AND (c.deadline_raw IS NOT NULL OR m.deadline_raw IS NOT NULL)
MATCH (p:Policy)-[:HAS_TASK]->(c)
WHERE NOT (p.key + ' ' + left(c.key, size(c.key) - size(c.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
WITH c, m, p, j, CASE
  WHEN c.deadline_raw IS NULL THEN 'dropped'
  WHEN m.deadline_raw IS NULL THEN 'set'
  WHEN c.deadline_end IS NULL AND m.deadline_end IS NOT NULL THEN 'no_day'
  WHEN c.deadline_end IS NOT NULL AND m.deadline_end IS NULL THEN 'day_set'
  WHEN c.deadline_end < m.deadline_end THEN 'tightened'
  WHEN c.deadline_end > m.deadline_end THEN 'relaxed'
  ELSE 'kept' END AS change
WHERE change <> 'kept' AND ($change IS NULL OR change = $change)
RETURN change, c.key AS task, c.title AS title, p.level AS level, j.name AS place, c.deadline_raw AS deadline,
  c.deadline_end AS `end`, m.key AS parent, m.title AS parent_title, m.deadline_raw AS parent_deadline,
  m.deadline_end AS parent_end
ORDER BY change, task, parent
