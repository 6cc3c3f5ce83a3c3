// Which tasks have no date: no clause about time, or one that names no day?
// parameters: policies, level, kind, passed_over
// columns: task, title, kind, level, place, policy, deadline, deadline_kind
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE t.deadline_end IS NULL AND ($policies IS NULL OR p.key IN $policies)
  AND ($level IS NULL OR p.level = $level) AND ($kind IS NULL OR t.kind = $kind)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN t.key AS task, t.title AS title, t.kind AS kind, p.level AS level, j.name AS place, p.key AS policy,
  t.deadline_raw AS deadline, t.deadline_kind AS deadline_kind
ORDER BY task
