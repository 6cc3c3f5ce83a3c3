// What are the words of these tasks, or of all?
// parameters: tasks
// columns: task, title, text, policy
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE $tasks IS NULL OR t.key IN $tasks
RETURN t.key AS task, t.title AS title, t.text AS text, p.key AS policy
ORDER BY task, policy
