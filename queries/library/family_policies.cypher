// What is known of these policies: their other names, place, and the documents that tell them?
// parameters: policies
// columns: given, policy, title, doc_number, level, place, place_name, held, status, valid_to, document, tells, characters
UNWIND $policies AS given
MATCH (a:Policy {key: given})-[:SAME_AS*0..2]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (p)<-[r:RECORDS|REPORTS_ON]-(d:Document)
RETURN DISTINCT given, p.key AS policy, p.title AS title, p.doc_number AS doc_number, p.level AS level,
  j.key AS place, j.name AS place_name, p.held AS held, p.status AS status, p.valid_to AS valid_to, d.key AS document, type(r) AS tells, d.characters AS characters
ORDER BY given, policy, document
