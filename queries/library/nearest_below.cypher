// Which task of a lower document comes nearest to each of these tasks, that none of it is linked to?
// parameters: tasks
// columns: parent, task, title, score, link
UNWIND $tasks AS wanted
MATCH (p:Task {key: wanted})<-[r:RESEMBLES]-(c:Task)
RETURN p.key AS parent, c.key AS task, c.title AS title, r.score AS score, r.key AS link
ORDER BY parent, task
