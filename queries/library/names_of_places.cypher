// What are places called?
// parameters: none
// columns: key, name, short_name
MATCH (j:Jurisdiction)
RETURN j.key AS key, j.name AS name, j.short_name AS short_name
ORDER BY key
