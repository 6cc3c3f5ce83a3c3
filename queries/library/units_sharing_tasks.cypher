// Which units share tasks that they carry as a whole, and how many?
// parameters: unit, groups, passed_over
// columns: unit, name, other, other_name, shared, led
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)-[a:ASSIGNED_TO]->(u:Unit|UnitGroup)
WHERE a.scope = 'task' AND ($unit IS NULL OR u.key = $unit) AND ($groups OR 'Unit' IN labels(u))
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
MATCH (t)-[b:ASSIGNED_TO]->(o:Unit|UnitGroup)
WHERE b.scope = 'task' AND ($groups OR 'Unit' IN labels(o)) AND o.key <> u.key AND ($unit IS NOT NULL OR u.key < o.key)
RETURN u.key AS unit, u.name AS name, o.key AS other, o.name AS other_name, count(DISTINCT t) AS shared,
  count(DISTINCT CASE WHEN a.role = 'lead' THEN t.key ELSE NULL END) AS led
ORDER BY shared DESC, unit, other
