// Which last days are stated for a section or for all the work, and given to no task?
// parameters: start, end, level, passed_over
// columns: end, code, quote, document, start, level, place
MATCH (i:Issue)
WHERE i.deadline_end IS NOT NULL
  AND ($start IS NULL OR i.deadline_end >= $start) AND ($end IS NULL OR i.deadline_end <= $end)
MATCH (d:Document)-[:RECORDS|REPORTS_ON]->(p:Policy)
WHERE d.key = i.document AND ($level IS NULL OR p.level = $level) AND NOT (p.key + ' ' + d.key) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
RETURN DISTINCT i.deadline_end AS `end`, i.code AS code, i.quote AS quote, d.key AS document, i.start AS start,
  p.level AS level, j.name AS place
ORDER BY `end`, document, start
