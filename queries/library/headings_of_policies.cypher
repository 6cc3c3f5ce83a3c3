// What are the headings of the measures of these policies?
// parameters: policies
// columns: policy, task, title
UNWIND $policies AS wanted
MATCH (p:Policy {key: wanted})-[h:HAS_TASK]->(t:Task)
WHERE t.kind = 'measure'
RETURN p.key AS policy, t.key AS task, t.title AS title, h.`order` AS place_in_document
ORDER BY policy, place_in_document, task
