// How many targets have a number and a last day?
// parameters: none
// columns: targets
MATCH (g:Target)
WHERE g.value IS NOT NULL AND g.`end` IS NOT NULL
RETURN count(g) AS targets
ORDER BY targets
