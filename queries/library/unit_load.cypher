// What does a unit carry: which tasks, in which role, by when? Of a part of a task its own date is told, else that of the task.
// parameters: unit, role, passed_over
// columns: unit, role, task, title, level, place, policy, scope, surface, deadline, end
MATCH (u:Unit|UnitGroup {key: $unit})<-[a:ASSIGNED_TO]-(t:Task)<-[:HAS_TASK]-(p:Policy)
WHERE ($role IS NULL OR a.role = $role)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN u.key AS unit, a.role AS role, t.key AS task, t.title AS title, p.level AS level, j.name AS place,
  p.key AS policy, a.scope AS scope, a.surface AS surface,
  CASE WHEN a.deadline_raw IS NULL THEN t.deadline_raw ELSE a.deadline_raw END AS deadline,
  CASE WHEN a.deadline_raw IS NULL THEN t.deadline_end ELSE a.deadline_end END AS `end`
ORDER BY role, task
