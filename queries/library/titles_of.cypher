// Where do the titles of these tasks stand?
// parameters: tasks
// columns: task, document, start, end, quote
UNWIND $tasks AS wanted
MATCH (e:Evidence {subject: wanted})
WHERE e.property = 'title'
RETURN e.subject AS task, e.document AS document, e.start AS start, e.`end` AS `end`, e.quote AS quote
ORDER BY task, document, start
