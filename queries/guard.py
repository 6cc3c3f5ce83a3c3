"""What a typed-in query may not do: write, read files, call what is not known to be harmless."""

import re

from queries.faults import GuardError

# What stands in quotes, back-ticks or behind a comment sign is no keyword.
_INERT = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/",
    re.DOTALL,
)
_WRITES = re.compile(
    r"(?<![.:$\w])(CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|ALTER|FOREACH|INSERT|UPDATE|TRUNCATE|GRANT|REVOKE|DENY"
    r"|START|STOP|TERMINATE|USE|IMPORT|EXPORT|BACKUP|PROFILE)\b",
    re.IGNORECASE,
)
_FILES = re.compile(r"(?<![.:$\w])LOAD\s+CSV\b", re.IGNORECASE)
_CALL = re.compile(r"(?<![.:$\w])CALL\b\s*([\w.]*)", re.IGNORECASE)
_FOREIGN = re.compile(r"(?<![.:$\w])(apoc|gds|dbms|genai)\s*\.", re.IGNORECASE)
_BEGINS = re.compile(r"^\s*(MATCH|OPTIONAL\s+MATCH|UNWIND|WITH|RETURN|CALL)\b", re.IGNORECASE)
PROCEDURES = frozenset({"db.index.fulltext.querynodes", "db.labels", "db.relationshiptypes", "db.propertykeys"})
"""The procedures that read the graph and nothing else."""
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
    bare = _INERT.sub(" ", plain)
    if ";" in bare:
        raise GuardError("query_several", "there is more than one query; give one")
    if found := _WRITES.search(bare):
        word = found[1].upper()
        raise GuardError("query_writes", f"the query writes ({word}); questions only read the graph", word=word)
    if _FILES.search(bare):
        raise GuardError("query_files", "the query reads files; questions only read the graph")
    names = [name for name in _CALL.findall(bare) if name]
    if foreign := _FOREIGN.search(bare):
        names.append(foreign[1])
    for name in names:
        if name.lower() not in PROCEDURES:
            raise GuardError("query_calls", f"the query calls {name}, which is not allowed", name=name)
    if not _BEGINS.match(bare):
        raise GuardError("query_begins", "a query begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL")
    return plain


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
    from graph.rdf.guard import calls_of
    from graph.store.sparql import bound, word_that_calls

    _check_length(text.strip())
    plain = bound(text.strip())
    if word := word_that_calls(plain):
        raise _calls(word)
    for word in calls_of(plain):
        raise _calls(word)
    return plain


def _calls(word: str) -> GuardError:
    return GuardError("query_calls", f"the query calls {word}, which is not allowed", name=word)
