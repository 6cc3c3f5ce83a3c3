// What are themes called?
// parameters: none
// columns: key, name
MATCH (h:Theme)
RETURN h.key AS key, h.name AS name
ORDER BY key
