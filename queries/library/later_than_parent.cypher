// Which tasks are due later than the task they derive from allows?
// parameters: passed_over
// columns: task, title, level, place, deadline, end, parent, parent_title, parent_level, parent_deadline, parent_end
MATCH (c:Task)-[r:DERIVES_FROM]->(m:Task)
WHERE r.judgement <> 'rejected' AND c.deadline_end IS NOT NULL AND m.deadline_end IS NOT NULL
  AND c.deadline_end > m.deadline_end
MATCH (p:Policy)-[:HAS_TASK]->(c)
WHERE NOT (p.key + ' ' + left(c.key, size(c.key) - size(c.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (q:Policy)-[:HAS_TASK]->(m)
RETURN c.key AS task, c.title AS title, p.level AS level, j.name AS place, c.deadline_raw AS deadline,
  c.deadline_end AS `end`, m.key AS parent, m.title AS parent_title, q.level AS parent_level,
  m.deadline_raw AS parent_deadline, m.deadline_end AS parent_end
ORDER BY task, parent
