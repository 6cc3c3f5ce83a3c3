// How much of each kind was not understood, and in how many documents?
// parameters: none
// columns: code, issues, documents
MATCH (i:Issue)
RETURN i.code AS code, count(i) AS issues, count(DISTINCT i.document) AS documents
ORDER BY code
