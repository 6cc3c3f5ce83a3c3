// Which targets are there?
// parameters: text, level, place, unit, narrow, wide, passed_over
// columns: target, task, title, level, place, policy, text, quantity, comparator, value, unit, end
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)-[h:HAS_TARGET]->(g:Target)
WHERE ($level IS NULL OR p.level = $level)
  AND ($text IS NULL OR g.text CONTAINS $text OR g.quantity CONTAINS $text
    OR g.text CONTAINS $narrow OR g.quantity CONTAINS $narrow OR g.text CONTAINS $wide OR g.quantity CONTAINS $wide)
  AND ($place IS NULL OR EXISTS { MATCH (p)-[:APPLIES_IN]->(:Jurisdiction)-[:PART_OF*0..4]->(:Jurisdiction {key: $place}) })
  AND ($unit IS NULL OR EXISTS { MATCH (t)-[:ASSIGNED_TO]->(v) WHERE v.key = $unit })
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN g.key AS target, t.key AS task, t.title AS title, p.level AS level, j.name AS place, p.key AS policy,
  g.text AS text, g.quantity AS quantity, g.comparator AS comparator, g.value AS value, g.unit AS unit,
  g.`end` AS `end`, h.`order` AS place_in_list
ORDER BY task, place_in_list, target
