// The tellings that questions do not read: of a policy that several documents tell, all but the fullest.
// parameters: none
// columns: pair (policy key, blank, document key), policy, document, read
MATCH (d:Document)-[a:RECORDS|REPORTS_ON]->(p:Policy)
MATCH (p)-[:SAME_AS*0..2]-(q:Policy)
MATCH (q)<-[b:RECORDS|REPORTS_ON]-(e:Document)
WHERE e.key <> d.key
  AND (
    (type(b) = 'RECORDS' AND type(a) = 'REPORTS_ON')
    OR (type(a) = type(b) AND e.characters > d.characters)
    OR (type(a) = type(b) AND e.characters = d.characters AND e.key < d.key)
  )
RETURN p.key + ' ' + d.key AS pair, p.key AS policy, d.key AS document, min(e.key) AS read
ORDER BY pair
