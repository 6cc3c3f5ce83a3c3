// Who carries these tasks?
// parameters: tasks
// columns: task, place_in_list, unit, name, kind, function, role, scope, surface, alias, stated, deadline, end
UNWIND $tasks AS wanted
MATCH (t:Task {key: wanted})-[a:ASSIGNED_TO]->(u)
RETURN t.key AS task, a.`order` AS place_in_list, u.key AS unit, u.name AS name,
  CASE WHEN 'Unit' IN labels(u) THEN 'unit' ELSE 'group' END AS kind, coalesce(u.function, u.stands_for) AS function,
  a.role AS role, a.scope AS scope, a.surface AS surface, a.alias AS alias, a.stated AS stated,
  a.deadline_raw AS deadline, a.deadline_end AS `end`
ORDER BY task, place_in_list, unit
