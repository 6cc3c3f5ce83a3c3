// Which links that nobody decided on have a chance below so many in a hundred?
// parameters: document, below, limit
// columns: child, parent, relation, score, link
MATCH (c:Task)-[r:DERIVES_FROM]->(p:Task)
WHERE r.judgement = 'none' AND r.score * 100 < $below AND ($document IS NULL
  OR left(c.key, size(c.key) - size(c.path) - 1) = $document OR left(p.key, size(p.key) - size(p.path) - 1) = $document)
RETURN c.key AS child, p.key AS parent, r.relation AS relation, r.score AS score, r.key AS link
ORDER BY child, parent
LIMIT $limit
