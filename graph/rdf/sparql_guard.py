"""A check of a typed-in SPARQL query by its algebra: a question passes, a query that writes or calls out does not."""

import warnings
from collections.abc import Iterator
from functools import partial
from typing import Any

from graph.errors import UsageError, one_line
from graph.rdf.mapping import terms

# Functions that an engine may bring beyond SPARQL's own read what they like; the standard's casts are XSD's names.
_CASTS = "http://www.w3.org/2001/XMLSchema#"
# A name of these is code to Apache Jena, also as a predicate: classes of Java, functions and "property functions".
_CODE = ("java:", "http://jena.apache.org/", "http://jena.hpl.hp.com/")


def calls_of(text: str) -> list[str]:
    """Return the words by which a SPARQL query would fetch or run something; none for a plain question.

    They are `SERVICE`, `FROM`, and IRIs of functions that SPARQL 1.1 does not name.

    Raises:
        UsageError: it is no query at all, or an update.
    """
    # The library warns of its own parser's old names.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rdflib.plugins.sparql.algebra import translatePName, translatePrologue, traverse
        from rdflib.plugins.sparql.parser import parseQuery

        try:
            # Its algebra drops what is filtered inside of an EXISTS: the query itself is looked through.
            said, query = parseQuery(text)
            names = translatePrologue(said, None, dict(terms().prefixes))
            query = traverse(query, visitPost=partial(translatePName, prologue=names))
        except RecursionError as error:
            raise UsageError("the query is nested too deeply") from error
        # The parser raises what it likes: its own kinds, and plain Exception for a prefix that is not known.
        except Exception as error:
            raise UsageError("the query is not understood, or writes: {said}", said=one_line(error)) from error
    return sorted({word for part in (query, names.base) for one in _parts(part) if (word := _called(one))})


def _called(part: Any) -> str | None:  # noqa: ANN401
    """Return the word by which a part of a query fetches or runs something, None where it does not."""
    from rdflib import URIRef

    if isinstance(part, URIRef):
        return str(part) if part.lower().startswith(_CODE) else None
    name = getattr(part, "name", None)
    if name == "Function":
        return None if str(part["iri"]).startswith(_CASTS) else str(part["iri"])
    return {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}.get(str(name))


def _parts(query: Any) -> Iterator[Any]:  # noqa: ANN401 - the library's trees carry no types
    """Yield every part of a query, and every name in it."""
    waiting = [query]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (str, dict)):
            yield part
        if isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, (list, tuple, set, frozenset)):
            waiting.extend(part)
