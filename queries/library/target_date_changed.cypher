// Where is a target of a task to be met on another day than that of the task it derives from?
// parameters: change, passed_over
// columns: change, task, title, level, place, target, text, quantity, value, unit, end, parent, parent_title, parent_target, parent_text, parent_value, parent_end
// Compared are targets that count the same, where either task has just one such.
MATCH (p:Policy)-[:HAS_TASK]->(c:Task)-[:HAS_TARGET]->(g:Target)
WHERE g.value IS NOT NULL AND NOT (p.key + ' ' + left(c.key, size(c.key) - size(c.path) - 1)) IN $passed_over
WITH p, c, coalesce(g.quantity, '') AS counted, coalesce(g.unit, '') AS measure, count(g) AS own,
  min(g.key) AS target, min(g.text) AS text, min(g.value) AS value, min(g.`end`) AS `end`
WHERE own = 1 AND `end` IS NOT NULL
MATCH (c)-[r:DERIVES_FROM]->(m:Task)-[:HAS_TARGET]->(h:Target)
WHERE r.judgement <> 'rejected' AND h.value IS NOT NULL AND coalesce(h.quantity, '') = counted
  AND coalesce(h.unit, '') = measure
WITH p, c, m, counted, measure, target, text, value, `end`, count(h) AS upper,
  min(h.key) AS parent_target, min(h.text) AS parent_text, min(h.value) AS parent_value, min(h.`end`) AS parent_end
WHERE upper = 1 AND parent_end IS NOT NULL AND parent_end <> `end`
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
WITH p, c, m, j, counted, measure, target, text, value, `end`, parent_target, parent_text, parent_value, parent_end,
  CASE WHEN `end` < parent_end THEN 'tightened' ELSE 'relaxed' END AS change
WHERE $change IS NULL OR change = $change
RETURN change, c.key AS task, c.title AS title, p.level AS level, j.name AS place, target, text,
  CASE WHEN counted = '' THEN NULL ELSE counted END AS quantity, value,
  CASE WHEN measure = '' THEN NULL ELSE measure END AS unit, `end`, m.key AS parent, m.title AS parent_title,
  parent_target, parent_text, parent_value, parent_end
ORDER BY change, task, parent, target
