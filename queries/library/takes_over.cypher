// Which items carry out, or rest on, a policy by name?
// parameters: policy
// columns: policy, policy_title, doc_number, held, task, title, document, surface
MATCH (t:Task)-[r:TAKES_OVER]->(p:Policy)
WHERE $policy IS NULL OR p.key = $policy
RETURN p.key AS policy, p.title AS policy_title, p.doc_number AS doc_number, p.held AS held, t.key AS task,
  t.title AS title, t.document AS document, r.surface AS surface
ORDER BY policy, task
