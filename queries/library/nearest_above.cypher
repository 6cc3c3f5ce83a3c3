// Which task of an upper document comes nearest to each of these tasks, that are linked to none of it?
// parameters: tasks
// columns: task, parent, title, score, link
UNWIND $tasks AS wanted
MATCH (c:Task {key: wanted})-[r:RESEMBLES]->(p:Task)
RETURN c.key AS task, p.key AS parent, p.title AS title, r.score AS score, r.key AS link
ORDER BY task, parent
