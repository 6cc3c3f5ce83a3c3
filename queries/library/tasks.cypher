// Which tasks are there? One row for each unit of a task; the rows of one task are joined afterwards.
// parameters: document, policies, kind, level, place, theme, unit, role, due_from, due_to, text, narrow, wide, passed_over
// columns: task, title, kind, level, place, policy, theme, lead, units, in_text, deadline, deadline_kind, start, end
MATCH (p:Policy)-[:HAS_TASK]->(t:Task)
WHERE ($document IS NULL OR left(t.key, size(t.key) - size(t.path) - 1) = $document)
  AND ($policies IS NULL OR p.key IN $policies)
  AND ($document IS NOT NULL OR NOT (p.key + ' ' + left(t.key, size(t.key) - size(t.path) - 1)) IN $passed_over)
  AND ($kind IS NULL OR t.kind = $kind)
  AND ($level IS NULL OR p.level = $level)
  AND ($due_from IS NULL OR t.deadline_end >= $due_from)
  AND ($due_to IS NULL OR t.deadline_end <= $due_to)
  AND ($text IS NULL OR t.title CONTAINS $text OR t.text CONTAINS $text
    OR t.title CONTAINS $narrow OR t.text CONTAINS $narrow OR t.title CONTAINS $wide OR t.text CONTAINS $wide)
  AND ($place IS NULL OR EXISTS { MATCH (p)-[:APPLIES_IN]->(:Jurisdiction)-[:PART_OF*0..4]->(:Jurisdiction {key: $place}) })
  AND ($theme IS NULL OR EXISTS { MATCH (t)-[:IN_THEME]->(:Theme {key: $theme}) })
  AND ($unit IS NULL OR EXISTS { MATCH (t)-[x:ASSIGNED_TO]->(v) WHERE v.key = $unit AND ($role IS NULL OR (x.role = $role AND x.scope = 'task')) })
  AND ($role IS NULL OR EXISTS { MATCH (t)-[x:ASSIGNED_TO]->() WHERE x.role = $role AND x.scope = 'task' })
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (t)-[:IN_THEME]->(h:Theme)
OPTIONAL MATCH (t)-[a:ASSIGNED_TO]->(u)
RETURN t.key AS task, t.title AS title, t.kind AS kind, p.level AS level, j.name AS place, p.key AS policy,
  h.name AS theme,
  CASE WHEN a.role = 'lead' AND a.scope = 'task' THEN a.surface ELSE NULL END AS lead,
  CASE WHEN a.scope = 'task' THEN a.surface ELSE NULL END AS units,
  CASE WHEN a.scope = 'part' THEN a.surface ELSE NULL END AS in_text,
  t.deadline_raw AS deadline, t.deadline_kind AS deadline_kind, t.deadline_start AS start,
  t.deadline_end AS `end`, t.`order` AS place_in_document, a.`order` AS place_in_list
ORDER BY task, place_in_list
