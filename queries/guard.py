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
    if not plain or len(plain) > LONGEST:
        raise GuardError(
            "query_length", f"the query has {len(plain)} characters; it must have 1 to {LONGEST}", count=len(plain)
        )
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
