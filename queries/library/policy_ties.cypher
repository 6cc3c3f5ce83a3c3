// Which policies carry out which, and which are the same?
// parameters: none
// columns: tie, policy, other
MATCH (c:Policy)-[r:IMPLEMENTS|SAME_AS]->(p:Policy)
RETURN type(r) AS tie, c.key AS policy, p.key AS other
ORDER BY tie, policy, other
