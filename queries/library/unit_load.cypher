// What does a unit carry: which tasks, in which role, by when?
// parameters: unit, role, passed_over
// columns: unit, role, task, title, level, place, policy, surface, deadline, end
MATCH (u:Unit|UnitGroup {key: $unit})<-[a:ASSIGNED_TO]-(t:Task)<-[:HAS_TASK]-(p:Policy)
WHERE ($role IS NULL OR a.role = $role)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN u.key AS unit, a.role AS role, t.key AS task, t.title AS title, p.level AS level, j.name AS place,
  p.key AS policy, a.surface AS surface, t.deadline_raw AS deadline, t.deadline_end AS `end`
ORDER BY role, task
