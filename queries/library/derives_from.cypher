// From which tasks do these tasks derive straight?
// parameters: tasks
// columns: task, parent, relation, score, judgement, link
UNWIND $tasks AS wanted
MATCH (c:Task {key: wanted})-[r:DERIVES_FROM]->(p:Task)
WHERE r.judgement <> 'rejected'
RETURN c.key AS task, p.key AS parent, r.relation AS relation, r.score AS score, r.judgement AS judgement, r.key AS link
ORDER BY task, parent
