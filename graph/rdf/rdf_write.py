"""Writing RDF: Turtle, JSON-LD with its context inside, N-Quads, N-Triples; line by line, equal snapshots to equal bytes."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from graph.rdf.mapping import Terms, terms
from graph.rdf.statements import StatementValue, Thing, things
from graph.schema.vocabulary import schema

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

_ESCAPED = re.compile('[\\x00-\\x1f"\\\\\\x7f\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    r"""Return a text as a literal of Turtle, N-Triples and SPARQL.

    >>> print(quoted('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    return '"' + _ESCAPED.sub(lambda one: _SHORT.get(one[0]) or f"\\u{ord(one[0]):04X}", text) + '"'


class _Long:
    """Terms in full, each put together once."""

    def __init__(self, known: Terms) -> None:
        self.known = known
        self.made: dict[str, str] = {}

    def iri(self, term: str) -> str:
        if (found := self.made.get(term)) is None:
            found = self.made[term] = f"<{self.known.expand(term)}>"
        return found

    def value(self, value: StatementValue) -> str:
        if value.datatype is None:
            return f"<{value.text}>"
        if value.datatype == "xsd:string":
            return quoted(value.text)
        if value.datatype[0] == "@":
            return quoted(value.text) + value.datatype
        return f"{quoted(value.text)}^^{self.iri(value.datatype)}"


def triples(found: Iterable[Thing]) -> Iterator[str]:
    """Yield statements as lines of N-Triples."""
    long = _Long(terms())
    for thing in found:
        subject = f"<{thing.iri}>"
        for value in thing.values:
            yield f"{subject} {long.iri(value.predicate)} {long.value(value)} .\n"


def nquads(found: Iterable[Thing]) -> Iterator[str]:
    """Yield statements as lines of N-Quads: what one document said stands in the graph that it names."""
    known = terms()
    long = _Long(known)
    for thing in found:
        subject = f"<{thing.iri}>"
        place = f" <{known.node_iri('Document', thing.document)}>" if thing.document else ""
        for value in thing.values:
            yield f"{subject} {long.iri(value.predicate)} {long.value(value)}{place} .\n"


def turtle(found: Iterable[Thing]) -> Iterator[str]:
    """Yield statements as Turtle, a block for each thing."""
    known = terms()
    for name, iri in known.prefixes.items():
        yield f"@prefix {name}: <{iri}> .\n"
    for thing in found:
        if not thing.values:
            continue
        lines = [f"{_predicate(value.predicate)} {_turtle_value(known, value)}" for value in thing.values]
        yield f"\n<{thing.iri}>\n    " + " ;\n    ".join(lines) + " .\n"


def _predicate(term: str) -> str:
    return "a" if term == "rdf:type" else term


def _turtle_value(known: Terms, value: StatementValue) -> str:
    if value.datatype is None:
        short = _shortened(known, value.text)
        return short or f"<{value.text}>"
    if value.datatype in ("xsd:integer", "xsd:boolean"):
        return value.text
    if value.datatype == "xsd:string":
        return quoted(value.text)
    return quoted(value.text) + (value.datatype if value.datatype[0] == "@" else f"^^{value.datatype}")


def _shortened(known: Terms, iri: str) -> str | None:
    """Return a class or predicate of a known vocabulary short; things of ours stay in full."""
    for name, start in known.prefixes.items():
        if iri.startswith(start) and iri[len(start) :].isidentifier():
            return f"{name}:{iri[len(start) :]}"
    return None


def jsonld(statements: Iterable[Thing]) -> Iterator[str]:
    """Yield statements as JSON-LD, a line for each thing, the context in the file itself."""
    known = terms()
    context, names = _context(known)
    yield '{"@context": ' + json.dumps(context, ensure_ascii=False, indent=1) + ',\n"@graph": [\n'
    first = True
    for thing in statements:
        if not thing.values:
            continue
        line = json.dumps(_object(known, names, thing), ensure_ascii=False)
        yield line if first else ",\n" + line
        first = False
    yield "\n]}\n"


def _context(known: Terms) -> tuple[dict[str, Any], dict[tuple[str, str | None], str]]:
    """Return the context, and the words that stand in it for a predicate with a datatype."""
    context: dict[str, Any] = dict(known.prefixes)
    names: dict[tuple[str, str | None], str] = {}
    typed = {"key": "text", "name": "text"}
    for kind in (*schema().nodes.values(), *schema().edges.values()):
        typed |= kind.properties
    for name, type_name in sorted(typed.items()):
        predicate, datatype = known.predicate(name), known.datatype(name, type_name)
        context[name] = {"@id": predicate}
        if datatype != "xsd:string":
            context[name]["@type"] = "@json" if datatype == "rdf:JSON" else datatype
        names[predicate, datatype] = name
    for link in known.links.values():
        for term in (link.predicate, link.start, link.end):
            if term:
                word = term.partition(":")[2]
                context[word] = {"@id": term, "@type": "@id"}
                names[term, None] = word
    return context, names


def _object(known: Terms, names: dict[tuple[str, str | None], str], thing: Thing) -> dict[str, Any]:
    members: dict[str, Any] = {"@id": thing.iri}
    for value in thing.values:
        if value.predicate == "rdf:type":
            member, name = _shortened(known, value.text) or value.text, "@type"
        else:
            term = names.get((value.predicate, value.datatype))
            member, name = _json_value(value, term is not None), term or value.predicate
        if name not in members:
            members[name] = member
        elif isinstance(members[name], list) and value.datatype != "rdf:JSON":
            members[name].append(member)
        else:
            members[name] = [members[name], member]
    return members


def _json_value(value: StatementValue, in_context: bool) -> Any:  # noqa: ANN401 - any JSON
    if in_context:
        if value.datatype in ("xsd:integer", "xsd:boolean", "rdf:JSON"):
            return json.loads(value.text)
        return value.text
    if value.datatype is None:
        return {"@id": value.text}
    if value.datatype[0] == "@":
        return {"@value": value.text, "@language": value.datatype[1:]}
    return value.text if value.datatype == "xsd:string" else {"@value": value.text, "@type": value.datatype}


FORMATS: dict[str, Callable[[Iterable[Thing]], Iterator[str]]] = {
    "turtle": turtle,
    "jsonld": jsonld,
    "nquads": nquads,
}
"""What can be written, by the name that `export --to` takes."""


def write(snapshot: "Snapshot", form: str, file: IO[str]) -> int:
    """Write a snapshot in one of `FORMATS` into an open text file; return the number of statements."""
    count = 0

    def counted() -> Iterator[Thing]:
        nonlocal count
        for thing in things(snapshot):
            count += len(thing.values)
            yield thing

    for piece in FORMATS[form](counted()):
        file.write(piece)
    return count
