// Which policies carry these policies out?
// parameters: policies
// columns: parent, policy
UNWIND $policies AS wanted
MATCH (p:Policy {key: wanted})<-[:IMPLEMENTS]-(c:Policy)
RETURN DISTINCT p.key AS parent, c.key AS policy
ORDER BY parent, policy
