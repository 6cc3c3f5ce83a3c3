// Which last days are stated for a section or for all the work, and given to no task?
// parameters: start, end, level, passed_over
// columns: end, code, quote, document, start, level, place
// Where a document holds several policies, it is not known which of them a section is of: what they share is told.
MATCH (i:Issue)
WHERE i.deadline_end IS NOT NULL
  AND ($start IS NULL OR i.deadline_end >= $start) AND ($end IS NULL OR i.deadline_end <= $end)
MATCH (d:Document)-[:RECORDS|REPORTS_ON]->(p:Policy)
WHERE d.key = i.document AND NOT (p.key + ' ' + d.key) IN $passed_over
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
WITH i, d, count(DISTINCT coalesce(p.level, '')) AS levels, min(p.level) AS one_level,
  count(DISTINCT coalesce(j.name, '')) AS places, min(j.name) AS one_place
WITH i, d, CASE WHEN levels = 1 THEN one_level ELSE NULL END AS level,
  CASE WHEN places = 1 THEN one_place ELSE NULL END AS place
WHERE $level IS NULL OR level = $level
RETURN i.deadline_end AS `end`, i.code AS code, i.quote AS quote, d.key AS document, i.start AS start, level, place
ORDER BY `end`, document, start, code
