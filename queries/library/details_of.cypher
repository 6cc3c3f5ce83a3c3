// Which rows of lists itemise these tasks?
// parameters: tasks
// columns: measure, task, score, link
UNWIND $tasks AS wanted
MATCH (m:Task {key: wanted})<-[r:DETAILS]-(t:Task)
RETURN m.key AS measure, t.key AS task, r.score AS score, r.key AS link
ORDER BY measure, task
