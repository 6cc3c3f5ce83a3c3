// What was in scope and not understood, and where?
// parameters: document, code
// columns: document, code, message, start, end, quote
MATCH (i:Issue)
WHERE ($document IS NULL OR i.document = $document) AND ($code IS NULL OR i.code = $code)
RETURN i.document AS document, i.code AS code, i.message AS message, i.start AS start, i.`end` AS `end`, i.quote AS quote
ORDER BY document, start, code, message
