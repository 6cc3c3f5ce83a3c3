// Which policies are cited or carried out and not loaded: what is to be looked for?
// parameters: none
// columns: policy, title, doc_number, level, place, how, cited_by, citing
MATCH (p:Policy)
WHERE p.held = 'cited' AND NOT EXISTS { MATCH (p)-[:SAME_AS*1..2]-(q:Policy) WHERE q.held <> 'cited' }
MATCH (c:Policy)-[r:IMPLEMENTS|CITES]->(p)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN p.key AS policy, p.title AS title, p.doc_number AS doc_number, p.level AS level, j.name AS place,
  min(CASE WHEN type(r) = 'IMPLEMENTS' THEN 'implements' ELSE NULL END) AS how,
  count(DISTINCT c.key) AS cited_by, min(c.key) AS citing
ORDER BY policy
