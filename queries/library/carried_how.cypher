// By which links do policies carry these policies out, and what did a person say of each?
// parameters: policies
// columns: parent, policy, link, judgement
UNWIND $policies AS wanted
MATCH (p:Policy {key: wanted})<-[r:IMPLEMENTS]-(c:Policy)
RETURN p.key AS parent, c.key AS policy, r.key AS link, r.judgement AS judgement
ORDER BY parent, policy
