"""What a Cypher query may not do, told from the plan that a server makes of it and, where it makes none, from its text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

PROCEDURES = frozenset(
    {"db.index.fulltext.querynodes", "db.labels", "db.relationshiptypes", "db.propertykeys", "db.awaitindexes"}
)
"""The procedures that read the graph and nothing else."""
# Functions with a dot in their name that come with every server; others (apoc.load…) may call out.
_SPACES = ("date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector")
_CALLS = re.compile(r"(?<![\w.$])(\w{1,60})(?:\s*\.\s*\w{1,60}){1,6}\s*\(")
# What stands in quotes or behind a comment sign is no word of the language; a name in back-ticks is that name.
_INERT = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`(\w{1,60})`|`[^`]*`|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/", re.DOTALL
)
_READS_FILES = re.compile(r"\bLOAD\s+CSV\b|\bIMPORT\s+DATABASE\b", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"(?<![.:$\w])CALL\s+([A-Za-z_]\w*(?:\s*\.\s*\w{1,60}){0,9})\s*(?:\(|$|\bYIELD\b)", re.IGNORECASE
)
_WRITES = re.compile(
    r"(?<![.:$\w])(CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|ALTER|FOREACH|INSERT|UPDATE|TRUNCATE|GRANT|REVOKE|DENY)\b",
    re.IGNORECASE,
)
_MODE = re.compile(r"^\s*(?:EXPLAIN|PROFILE)\b", re.IGNORECASE)
_ADMINISTERS = ("Show", "Terminate", "AdministrationCommand")


def refused_text(text: str) -> str | None:
    """Return why a query is not allowed by what stands in it, None where nothing is wrong.

    >>> refused_text("LOAD CSV FROM 'https://example.org/x' AS line RETURN line")
    'the query reads files, and questions only read the graph'
    >>> refused_text("MATCH (t:Task) WHERE t.title CONTAINS 'LOAD CSV' RETURN t.key AS task")
    """
    bare = _INERT.sub(lambda found: found[1] or " ", text)
    if _READS_FILES.search(bare):
        return "the query reads files, and questions only read the graph"
    if _MODE.match(bare):
        return "a question is answered, not explained or profiled"
    for name in ("".join(found.split()) for found in _PROCEDURE.findall(bare)):
        if not allowed(name):
            return f"the query calls {name}, which is not allowed"
    return _called(bare)


def writes_by_its_words(text: str) -> str | None:
    """Return why a query is not allowed where a server's plan does not tell: any word that writes is too much.

    >>> writes_by_its_words("MATCH (t:Task) SET t.title = 'x'")
    'the query writes (SET), and questions only read'
    >>> writes_by_its_words("MATCH (t:Task) WHERE t.title = 'SET' RETURN t.set")
    """
    found = _WRITES.search(_INERT.sub(" ", text))
    return f"the query writes ({found[1].upper()}), and questions only read" if found else None


def allowed(procedure: str) -> bool:
    """Tell whether a procedure only reads the graph."""
    return procedure.lower() in PROCEDURES


def refused_plan(kind: str | None, plan: Mapping[str, Any] | None) -> str | None:
    """Return why a query is not allowed by its plan, None where nothing is wrong.

    `kind` is `r` for a query that only reads. Servers that explain nothing give None for both.
    """
    for operator, details in _operators(plan):
        if operator == "LoadCSV":
            return "the query reads files, and questions only read the graph"
        if operator.startswith(_ADMINISTERS):
            return "the query administers the server, and questions only read the graph"
        if operator == "ProcedureCall" and not allowed(details.partition("(")[0].strip()):
            return f"the query calls {details.partition('(')[0].strip()}, which is not allowed"
        if operator != "ProcedureCall" and (why := _called(details)):
            return why
    if kind not in ("r", None):
        return "the query writes, and questions only read"
    return None


def _called(text: str) -> str | None:
    for found in _CALLS.finditer(text):
        name = "".join(found[0].rstrip("(").split())
        if found[1].lower() not in _SPACES and not allowed(name):
            return f"the query calls {name}, which is not allowed"
    return None


def _operators(plan: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    left = [plan] if plan else []
    while left:
        one = left.pop()
        # Operators are named with the database that they run in: LoadCSV@neo4j.
        yield str(one.get("operatorType", "")).partition("@")[0], str((one.get("args") or {}).get("Details", ""))
        left += one.get("children") or ()
