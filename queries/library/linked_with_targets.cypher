// Which tasks that derive from another have targets, where the other has some too?
// parameters: passed_over
// columns: task, title, level, place, parent, parent_title
MATCH (c:Task)-[:HAS_TARGET]->(:Target)
WITH DISTINCT c
MATCH (c)-[r:DERIVES_FROM]->(m:Task)-[:HAS_TARGET]->(:Target)
WHERE r.judgement <> 'rejected'
WITH DISTINCT c, m
MATCH (p:Policy)-[:HAS_TASK]->(c)
WHERE NOT (p.key + ' ' + left(c.key, size(c.key) - size(c.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN c.key AS task, c.title AS title, p.level AS level, j.name AS place, m.key AS parent, m.title AS parent_title
ORDER BY task, parent
