// Where was this read: document, place and words behind a node or link?
// parameters: subjects
// columns: subject, property, document, start, end, quote, rule, table_name, table_row, table_column, page, box, sheet, cell, confidence
UNWIND $subjects AS wanted
MATCH (e:Evidence {subject: wanted})
RETURN e.subject AS subject, e.property AS property, e.document AS document, e.start AS start, e.`end` AS `end`,
  e.quote AS quote, e.rule AS rule, e.table_name AS table_name, e.table_row AS table_row, e.table_column AS table_column,
  e.page AS page, e.box AS box, e.sheet AS sheet, e.cell AS cell, e.confidence AS confidence
ORDER BY subject, property, document, start
