// What ties this task to that one?
// parameters: child, parent
// columns: child, parent, relation, score, judgement, signals, rule_version, link
MATCH (c:Task {key: $child})-[r:DERIVES_FROM]->(p:Task {key: $parent})
RETURN c.key AS child, p.key AS parent, r.relation AS relation, r.score AS score, r.judgement AS judgement,
  r.signals AS signals, r.rule_version AS rule_version, r.key AS link
ORDER BY child, parent
