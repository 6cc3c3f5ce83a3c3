// Which things have just one of these keys?
// parameters: names
// columns: wanted, document, policy, task, unit, unit_group, theme, place
UNWIND $names AS wanted
OPTIONAL MATCH (d:Document {key: wanted})
OPTIONAL MATCH (p:Policy {key: wanted})
OPTIONAL MATCH (t:Task {key: wanted})
OPTIONAL MATCH (u:Unit {key: wanted})
OPTIONAL MATCH (g:UnitGroup {key: wanted})
OPTIONAL MATCH (h:Theme {key: wanted})
OPTIONAL MATCH (j:Jurisdiction {key: wanted})
RETURN wanted, d.key AS document, p.key AS policy, t.key AS task, u.key AS unit, g.key AS unit_group,
  h.key AS theme, j.key AS place
ORDER BY wanted
