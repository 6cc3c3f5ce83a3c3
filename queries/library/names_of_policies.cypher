// What are policies and their documents called?
// parameters: none
// columns: policy, title, doc_number, held, document, document_title
MATCH (p:Policy)
OPTIONAL MATCH (p)<-[:RECORDS|REPORTS_ON]-(d:Document)
RETURN p.key AS policy, p.title AS title, p.doc_number AS doc_number, p.held AS held, d.key AS document,
  d.title AS document_title
ORDER BY policy, document
