// What are units and groups called?
// parameters: none
// columns: key, name, surface, other_keys, other_names
MATCH (u:Unit|UnitGroup)
OPTIONAL MATCH ()-[a:ASSIGNED_TO]->(u)
RETURN DISTINCT u.key AS key, u.name AS name, a.surface AS surface, u.other_keys AS other_keys,
  u.other_names AS other_names
ORDER BY key, surface
