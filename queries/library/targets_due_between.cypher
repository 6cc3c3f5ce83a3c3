// Which targets are to be met between two days, both included?
// parameters: start, end, level, unit, passed_over
// columns: end, target, task, title, level, place, text, quantity, comparator, value, unit
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)-[:HAS_TARGET]->(g:Target)
WHERE g.`end` IS NOT NULL AND ($start IS NULL OR g.`end` >= $start) AND ($end IS NULL OR g.`end` <= $end)
  AND ($level IS NULL OR p.level = $level)
  AND ($unit IS NULL OR EXISTS { MATCH (t)-[:ASSIGNED_TO]->(v) WHERE v.key = $unit })
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN g.`end` AS `end`, g.key AS target, t.key AS task, t.title AS title, p.level AS level, j.name AS place,
  g.text AS text, g.quantity AS quantity, g.comparator AS comparator, g.value AS value, g.unit AS unit
ORDER BY `end`, target
