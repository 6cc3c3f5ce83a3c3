// Which themes are there, and how many tasks does each hold at each level?
// parameters: family, passed_over
// columns: theme, name, family, level, policies, tasks
MATCH (h:Theme)<-[:IN_THEME]-(t:Task)<-[:HAS_TASK]-(p:Policy)
WHERE ($family IS NULL OR h.family = $family)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
RETURN h.key AS theme, h.name AS name, h.family AS family, p.level AS level, count(DISTINCT p.key) AS policies,
  count(DISTINCT t.key) AS tasks
ORDER BY theme, level
