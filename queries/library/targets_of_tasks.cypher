// Which targets do these tasks set?
// parameters: tasks
// columns: task, target, text, quantity, comparator, value, unit, end
UNWIND $tasks AS wanted
MATCH (t:Task {key: wanted})-[h:HAS_TARGET]->(g:Target)
RETURN t.key AS task, g.key AS target, g.text AS text, g.quantity AS quantity, g.comparator AS comparator,
  g.value AS value, g.unit AS unit, g.`end` AS `end`, h.`order` AS place_in_list
ORDER BY task, place_in_list, target
