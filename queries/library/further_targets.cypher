// How many targets have a last day between two days, both included, that is not their task's own?
// parameters: start, end, level, unit, passed_over
// columns: targets
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)-[:HAS_TARGET]->(g:Target)
WHERE g.`end` IS NOT NULL AND (t.deadline_end IS NULL OR t.deadline_end <> g.`end`)
  AND ($start IS NULL OR g.`end` >= $start) AND ($end IS NULL OR g.`end` <= $end)
  AND ($level IS NULL OR p.level = $level)
  AND ($unit IS NULL OR EXISTS { MATCH (t)-[:ASSIGNED_TO]->(v) WHERE v.key = $unit })
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
RETURN count(DISTINCT g) AS targets
ORDER BY targets
