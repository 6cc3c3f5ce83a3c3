// What is known of these tasks? One row for each unit of a task; the rows of one task are joined afterwards.
// parameters: tasks
// columns: task, title, kind, text, level, place, policy, held, theme, theme_heading, lead, units, in_text, deadline, deadline_kind, start, end
UNWIND $tasks AS wanted
MATCH (t:Task {key: wanted})
OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (t)-[:IN_THEME]->(h:Theme)
OPTIONAL MATCH (t)-[a:ASSIGNED_TO]->(u)
RETURN t.key AS task, t.title AS title, t.kind AS kind, t.text AS text, p.level AS level, j.name AS place,
  p.key AS policy, p.held AS held, h.name AS theme,
  t.theme_heading AS theme_heading,
  CASE WHEN a.role = 'lead' AND a.scope = 'task' THEN a.surface ELSE NULL END AS lead,
  CASE WHEN a.scope = 'task' THEN a.surface ELSE NULL END AS units,
  CASE WHEN a.scope = 'part' THEN a.surface ELSE NULL END AS in_text,
  t.deadline_raw AS deadline, t.deadline_kind AS deadline_kind, t.deadline_start AS start,
  t.deadline_end AS `end`, t.`order` AS place_in_document, a.`order` AS place_in_list
ORDER BY task, place_in_list
