// Which policies, tasks, units and themes hold all of these words?
// parameters: words
// columns: kind, key, name, text, level, place, document, start, stop
CALL {
  MATCH (p:Policy)
  WHERE all(w IN $words WHERE p.title CONTAINS w OR coalesce(p.doc_number, '') CONTAINS w)
  OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
  RETURN 'policy' AS kind, p.key AS key, coalesce(p.title, p.name) AS name, coalesce(p.title, p.name) AS text,
    p.level AS level, j.name AS place, NULL AS document, NULL AS start, NULL AS stop
  UNION
  MATCH (t:Task)
  WHERE all(w IN $words WHERE t.title CONTAINS w OR t.text CONTAINS w)
  OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
  OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
  OPTIONAL MATCH (e:Evidence {subject: t.key, property: 'itself'})
  RETURN 'task' AS kind, t.key AS key, t.title AS name, t.text AS text, p.level AS level, j.name AS place,
    left(t.key, size(t.key) - size(t.path) - 1) AS document, e.start AS start, e.`end` AS stop
  UNION
  MATCH (u:Unit|UnitGroup)
  WHERE all(w IN $words WHERE u.name CONTAINS w)
  OPTIONAL MATCH (u)-[:PART_OF]->(j:Jurisdiction)
  RETURN 'unit' AS kind, u.key AS key, u.name AS name, u.name AS text, j.level AS level, j.name AS place,
    NULL AS document, NULL AS start, NULL AS stop
  UNION
  MATCH (h:Theme)
  WHERE all(w IN $words WHERE h.name CONTAINS w)
  RETURN 'theme' AS kind, h.key AS key, h.name AS name, h.name AS text, NULL AS level, NULL AS place,
    NULL AS document, NULL AS start, NULL AS stop
}
RETURN kind, key, name, text, level, place, document, start, stop
ORDER BY kind, key
