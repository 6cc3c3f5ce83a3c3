// Who leads the tasks of a theme at each level?
// parameters: theme, passed_over
// columns: theme, level, place, unit, name, role, scope, tasks
MATCH (h:Theme)<-[:IN_THEME]-(t:Task)<-[:HAS_TASK]-(p:Policy)
WHERE ($theme IS NULL OR h.key = $theme)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
MATCH (t)-[a:ASSIGNED_TO]->(u)
WHERE a.role IN ['lead', 'responsible']
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN h.name AS theme, p.level AS level, j.name AS place, u.key AS unit, u.name AS name, a.role AS role,
  a.scope AS scope,
  count(DISTINCT t) AS tasks
ORDER BY theme, level, place, scope, role, unit
