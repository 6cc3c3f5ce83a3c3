// What do these things link to, in either direction?
// parameters: keys
// columns: here, kind, forward, there, label, name, link, judgement, role, scope
// What only comes near (RESEMBLES) is no link.
UNWIND $keys AS wanted
CALL {
  WITH wanted
  MATCH (a:Document {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:Policy {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:Jurisdiction {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:Unit {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:UnitGroup {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:Theme {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:Task {key: wanted})
  RETURN a
  UNION
  WITH wanted
  MATCH (a:Target {key: wanted})
  RETURN a
}
MATCH (a)-[r]-(b)
WHERE type(r) <> 'RESEMBLES'
RETURN a.key AS here, type(r) AS kind, startNode(r).key = a.key AS forward, b.key AS there, labels(b)[0] AS label,
  b.name AS name, r.key AS link, r.judgement AS judgement, r.role AS role, r.scope AS scope
ORDER BY here, kind, there, link
