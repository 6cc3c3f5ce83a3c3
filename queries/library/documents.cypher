// Which documents are loaded, and which policy each of them is or reports on?
// parameters: none
// columns: document, title, policy, doc_number, level, place, held, status, issued, valid_to, characters, outline_share, tasks
MATCH (d:Document)
OPTIONAL MATCH (d)-[:RECORDS|REPORTS_ON]->(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (p)-[:HAS_TASK]->(t:Task)
WHERE left(t.key, size(t.key) - size(t.path) - 1) = d.key
WITH d, p, j, count(DISTINCT t) AS tasks
RETURN d.key AS document, coalesce(p.title, d.title) AS title, p.key AS policy, p.doc_number AS doc_number,
  p.level AS level, j.name AS place, p.held AS held, p.status AS status, p.issued AS issued, p.valid_to AS valid_to, d.characters AS characters,
  d.outline_share AS outline_share, tasks
ORDER BY document, policy
