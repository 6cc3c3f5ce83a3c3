// From which tasks at higher levels do these tasks come, directly or step by step?
// parameters: tasks
// columns: root, hops, task, title, level, place, policy, lead, units, in_text, deadline, end
UNWIND $tasks AS wanted
MATCH path = (r:Task {key: wanted})-[:DERIVES_FROM*1..4]->(t:Task)
WHERE all(x IN relationships(path) WHERE x.judgement <> 'rejected')
WITH r, t, min(length(path)) AS hops
OPTIONAL MATCH (t)<-[:HAS_TASK]-(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(j:Jurisdiction)
OPTIONAL MATCH (t)-[a:ASSIGNED_TO]->(u)
RETURN r.key AS root, hops, t.key AS task, t.title AS title, p.level AS level, j.name AS place, p.key AS policy,
  CASE WHEN a.role = 'lead' AND a.scope = 'task' THEN a.surface ELSE NULL END AS lead,
  CASE WHEN a.scope = 'task' THEN a.surface ELSE NULL END AS units,
  CASE WHEN a.scope = 'part' THEN a.surface ELSE NULL END AS in_text,
  t.deadline_raw AS deadline, t.deadline_end AS `end`, a.`order` AS place_in_list
ORDER BY root, hops, task, place_in_list
