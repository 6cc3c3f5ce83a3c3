"""A guard for typed-in queries: one that writes, reads files or calls anything not known to be harmless is refused."""

from graph.store.cypher_text.cypher_words import Refusal, readings, refusals
from queries.faults import GuardError

_BEGINS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
LONGEST = 20_000


def check(text: str) -> str:
    """Return a query that only reads the graph, without the semicolon at its end.

    >>> check("MATCH (t:Task) RETURN t.key AS task;")
    'MATCH (t:Task) RETURN t.key AS task'

    Raises:
        GuardError: the query is empty, too long, several, writes, reads files or calls what is not allowed.
    """
    plain = text.strip()
    while plain.endswith(";"):
        plain = plain[:-1].rstrip()
    _check_length(plain)
    for said in readings(plain):
        if refusal := next(refusals(said), None):
            raise _refused(refusal)
        if not said or said[0].kind != "word" or said[0].said.upper() not in _BEGINS:
            raise GuardError("query_begins", "a query begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL")
    return plain


def _refused(refusal: Refusal) -> GuardError:
    word = refusal.word
    if refusal.code == "several":
        return GuardError("query_several", "there is more than one query; give one")
    if refusal.code == "writes":
        return GuardError("query_writes", f"the query writes ({word}); questions only read the graph", word=word)
    if refusal.code == "files":
        return GuardError("query_files", "the query reads files; questions only read the graph")
    return _calls(word)


def _check_length(text: str) -> None:
    if not text or len(text) > LONGEST:
        raise GuardError(
            "query_length", f"the query has {len(text)} characters; it must have 1 to {LONGEST}", count=len(text)
        )


def check_sparql(text: str) -> str:
    r"""Return a SPARQL query that only reads the graph and fetches nothing, as it is to be asked.

    It comes back without comments and without code points \uXXXX outside of texts: what was checked is what is asked.
    This reads the query with a parser that takes a while to load; it is for the process that asks.

    Raises:
        GuardError: the query is empty, too long, or calls out (SERVICE, FROM, LOAD).
        UsageError: it is no query, or writes.
    """
    from graph.rdf.sparql_guard import calls_of
    from graph.store.sparql.sparql_text import bound, word_that_calls

    _check_length(text.strip())
    plain = bound(text.strip())
    if word := word_that_calls(plain):
        raise _calls(word)
    for word in calls_of(plain):
        raise _calls(word)
    return plain


def _calls(word: str) -> GuardError:
    return GuardError("query_calls", f"the query calls {word}, which is not allowed", name=word)
