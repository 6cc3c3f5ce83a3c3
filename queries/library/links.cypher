// Which links does the cascade hold?
// parameters: document
// columns: child, parent, relation, score, judgement, link
MATCH (c:Task)-[r:DERIVES_FROM]->(p:Task)
WHERE r.judgement <> 'rejected' AND ($document IS NULL
  OR left(c.key, size(c.key) - size(c.path) - 1) = $document OR left(p.key, size(p.key) - size(p.path) - 1) = $document)
RETURN c.key AS child, p.key AS parent, r.relation AS relation, r.score AS score, r.judgement AS judgement, r.key AS link
ORDER BY child, parent
