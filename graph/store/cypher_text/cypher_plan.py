"""Refusals of a Cypher query by the plan that a server makes of it or, where it makes none, by its text."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.store.cypher_text.cypher_words import allowed, called, readings, refusals, tokens

_MODES = ("EXPLAIN", "PROFILE")
_ADMINISTERS = ("Show", "Terminate", "AdministrationCommand")


def refused_text(text: str) -> str | None:
    """Return why a query is not allowed by what stands in it, None where nothing is wrong.

    >>> refused_text("LOAD CSV FROM 'https://example.org/x' AS line RETURN line")
    'the query reads files, and questions only read the graph'
    >>> refused_text("MATCH (t:Task) WHERE t.title CONTAINS 'LOAD CSV' RETURN t.key AS task")
    """
    for said in readings(text):
        if said and said[0].kind == "word" and said[0].said.upper() in _MODES:
            return "a question is answered, not explained or profiled"
        for refusal in refusals(said):
            if refusal.code == "files":
                return "the query reads files, and questions only read the graph"
            if refusal.code == "calls":
                return f"the query calls {refusal.word}, which is not allowed"
    return None


def writes_by_its_words(text: str) -> str | None:
    """Return why a query is not allowed where a server's plan does not tell: any word that writes is too much.

    >>> writes_by_its_words("MATCH (t:Task) SET t.title = 'x'")
    'the query writes (SET), and questions only read'
    >>> writes_by_its_words("MATCH (t:Task) WHERE t.title = 'SET' RETURN t.set")
    """
    for refusal in (one for said in readings(text) for one in refusals(said)):
        if refusal.code == "writes":
            return f"the query writes ({refusal.word}), and questions only read"
    return None


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
        if operator != "ProcedureCall" and (name := next(called(tokens(details)), None)):
            return f"the query calls {name}, which is not allowed"
    if kind not in ("r", None):
        return "the query writes, and questions only read"
    return None


def _operators(plan: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    left = [plan] if plan else []
    while left:
        one = left.pop()
        # Operators are named with the database that they run in: LoadCSV@neo4j.
        yield str(one.get("operatorType", "")).partition("@")[0], str((one.get("args") or {}).get("Details", ""))
        left += one.get("children") or ()
