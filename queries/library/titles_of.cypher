// Where do the titles of these tasks stand, and where the tasks as a whole?
// parameters: tasks
// columns: task, property, document, start, end, quote
UNWIND $tasks AS wanted
MATCH (e:Evidence {subject: wanted})
WHERE e.property IN ['itself', 'title']
RETURN e.subject AS task, e.property AS property, e.document AS document, e.start AS start, e.`end` AS `end`, e.quote AS quote
ORDER BY task, property, document, start
