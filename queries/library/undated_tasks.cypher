// How many tasks have no date: no clause about time, or one that names no day?
// parameters: level, passed_over
// columns: tasks
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE t.deadline_end IS NULL AND ($level IS NULL OR p.level = $level)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
RETURN count(DISTINCT t) AS tasks
ORDER BY tasks
