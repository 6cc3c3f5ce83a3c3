// How many tasks of each policy are due between two days, both included?
// parameters: start, end, passed_over
// columns: policy, tasks
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE t.deadline_end IS NOT NULL
  AND ($start IS NULL OR t.deadline_end >= $start) AND ($end IS NULL OR t.deadline_end <= $end)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
RETURN p.key AS policy, count(DISTINCT t) AS tasks
ORDER BY policy
