// What are units and groups called?
// parameters: none
// columns: key, name, surface
MATCH (u:Unit|UnitGroup)
OPTIONAL MATCH ()-[a:ASSIGNED_TO]->(u)
RETURN DISTINCT u.key AS key, u.name AS name, a.surface AS surface
ORDER BY key, surface
