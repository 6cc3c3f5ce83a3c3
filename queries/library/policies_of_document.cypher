// Which policies does this document tell?
// parameters: document
// columns: policy, tells
MATCH (d:Document {key: $document})-[r:RECORDS|REPORTS_ON]->(p:Policy)
RETURN p.key AS policy, type(r) AS tells
ORDER BY tells, policy
