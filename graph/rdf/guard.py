"""What a typed-in SPARQL query is, told from its algebra: a question, or something that writes or calls out."""

import warnings
from collections.abc import Iterator
from typing import Any

from graph.errors import UsageError
from graph.rdf.mapping import terms


def calls_of(text: str) -> list[str]:
    """Return the words by which a SPARQL query would fetch something: `SERVICE`, `FROM`; none for a plain question.

    Raises:
        UsageError: it is no query at all, or an update.
    """
    # The library warns of its own parser's old names.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rdflib.plugins.sparql.algebra import translateQuery
        from rdflib.plugins.sparql.parser import parseQuery

        try:
            algebra = translateQuery(parseQuery(text), initNs=dict(terms().prefixes)).algebra
        except RecursionError as error:
            raise UsageError("the query is nested too deeply") from error
        # The parser raises what it likes: its own kinds, and plain Exception for a prefix that is not known.
        except Exception as error:
            said = " ".join(str(error).split())[:300]
            raise UsageError("the query is not understood, or writes: {said}", said=said) from error
    found = {"SERVICE" for part in _parts(algebra) if part.name == "ServiceGraphPattern"}
    found |= {"FROM" for part in _parts(algebra) if dict.get(part, "datasetClause")}
    return sorted(found)


def _parts(node: Any) -> Iterator[Any]:  # noqa: ANN401 - the library's algebra carries no types
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, CompValue):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple, set, frozenset)):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend(one.values())
