// Which tasks do these policies hold, and in which document?
// parameters: policies, kind
// columns: policy, document, task, kind, theme, theme_name, place_in_document
UNWIND $policies AS wanted
MATCH (p:Policy {key: wanted})-[:HAS_TASK]->(t:Task)
WHERE $kind IS NULL OR t.kind = $kind
OPTIONAL MATCH (t)-[:IN_THEME]->(h:Theme)
RETURN p.key AS policy, left(t.key, size(t.key) - size(t.path) - 1) AS document, t.key AS task, t.kind AS kind,
  h.key AS theme, h.name AS theme_name, t.`order` AS place_in_document
ORDER BY policy, document, place_in_document, task
