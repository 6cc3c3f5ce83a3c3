// Which tasks have a title that begins like this?
// parameters: text
// columns: key, name
MATCH (t:Task)
WHERE t.title STARTS WITH $text
RETURN t.key AS key, t.title AS name
ORDER BY key
LIMIT 200
