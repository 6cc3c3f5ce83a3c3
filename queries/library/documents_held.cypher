// Which policies does each document tell?
// parameters: none
// columns: document, title, policy, doc_number, level, place, held, issued
MATCH (d:Document)
OPTIONAL MATCH (d)-[:RECORDS|REPORTS_ON]->(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN d.key AS document, coalesce(p.title, d.title) AS title, p.key AS policy, p.doc_number AS doc_number,
  p.level AS level, j.name AS place, p.held AS held, p.issued AS issued
ORDER BY document, policy
