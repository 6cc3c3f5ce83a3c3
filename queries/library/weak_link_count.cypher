// How many links that nobody decided on have a chance below so many in a hundred?
// parameters: document, below
// columns: links
MATCH (c:Task)-[r:DERIVES_FROM]->(p:Task)
WHERE r.judgement = 'none' AND r.score * 100 < $below AND ($document IS NULL
  OR left(c.key, size(c.key) - size(c.path) - 1) = $document OR left(p.key, size(p.key) - size(p.path) - 1) = $document)
RETURN count(r) AS links
ORDER BY links
