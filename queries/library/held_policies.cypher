// Which policies are held in full, and in which document?
// parameters: passed_over
// columns: policy, title, level, place, issued, document
MATCH (p:Policy)<-[:RECORDS]-(d:Document)
WHERE p.held = 'full' AND NOT (p.key + ' ' + d.key) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN p.key AS policy, p.title AS title, p.level AS level, j.key AS place, p.issued AS issued, d.key AS document
ORDER BY policy, document
