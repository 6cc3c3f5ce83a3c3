// Which policies do these policies carry out?
// parameters: policies
// columns: policy, parent
UNWIND $policies AS wanted
MATCH (c:Policy {key: wanted})-[:IMPLEMENTS]->(p:Policy)
RETURN DISTINCT c.key AS policy, p.key AS parent
ORDER BY policy, parent
