// Between which of these policies and those below them is any task linked, and by how many links?
// parameters: policies
// columns: parent, policy, links
UNWIND $policies AS wanted
MATCH (q:Policy {key: wanted})-[:HAS_TASK]->(m:Task)<-[r:DERIVES_FROM]-(c:Task)<-[:HAS_TASK]-(p:Policy)
WHERE r.judgement <> 'rejected'
RETURN q.key AS parent, p.key AS policy, count(*) AS links
ORDER BY parent, policy
