// Which policies are known, and how are they held?
// parameters: level, held
// columns: policy, title, doc_number, level, place, genre, issued, valid_from, valid_to, period_start, period_end, status, held, documents, tasks
MATCH (p:Policy)
WHERE ($level IS NULL OR p.level = $level) AND ($held IS NULL OR p.held = $held)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (p)<-[:RECORDS|REPORTS_ON]-(d:Document)
WITH p, j, count(DISTINCT d) AS documents
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
WITH p, j, documents, count(DISTINCT t) AS tasks
RETURN p.key AS policy, p.title AS title, p.doc_number AS doc_number, p.level AS level, j.name AS place,
  p.genre AS genre, p.issued AS issued, p.valid_from AS valid_from, p.valid_to AS valid_to, p.period_start AS period_start, p.period_end AS period_end,
  p.status AS status, p.held AS held, documents, tasks
ORDER BY policy
