// Which headings with a year stand above tasks, and how many of those have a last day of their own?
// parameters: level, passed_over
// columns: policy, document, theme_heading, level, place, task, tasks, dated
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE t.theme_heading CONTAINS '年' AND ($level IS NULL OR p.level = $level)
  AND NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN p.key AS policy, left(t.key, size(t.key) - size(t.path) - 1) AS document, t.theme_heading AS theme_heading,
  p.level AS level, j.name AS place, min(t.key) AS task, count(t) AS tasks, count(t.deadline_end) AS dated
ORDER BY document, policy, task
