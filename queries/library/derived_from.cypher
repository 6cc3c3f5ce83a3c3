// Which tasks derive straight from these tasks?
// parameters: tasks
// columns: parent, task, relation, score, judgement, link
UNWIND $tasks AS wanted
MATCH (p:Task {key: wanted})<-[r:DERIVES_FROM]-(c:Task)
WHERE r.judgement <> 'rejected'
RETURN p.key AS parent, c.key AS task, r.relation AS relation, r.score AS score, r.judgement AS judgement, r.key AS link
ORDER BY parent, task
