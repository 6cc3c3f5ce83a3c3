"""A snapshot as statements: thing by thing, in the order of its tables, so that equal snapshots give equal bytes."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.rdf.mapping import FILE_PLACE_DATATYPES, ISSUE_DATATYPES, Terms, encoded, terms
from graph.schema.vocabulary import schema
from graph.snapshot.tables import LINK, NODE, names_of, tables

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

_ROWS = 20_000


class StatementValue(NamedTuple):
    """Predicate and object of a statement: `datatype` is a short term, `@zh` a language, None where `text` is an IRI."""

    predicate: str
    text: str
    datatype: str | None = None


class Thing(NamedTuple):
    """All that one row says of one subject (an IRI); `document` is the key of the document whose reading gave it."""

    iri: str
    values: list[StatementValue]
    document: str | None = None


def things(snapshot: "Snapshot") -> Iterator[Thing]:
    """Yield the vocabulary, then every node, link, proof and issue. A subject may come again, a statement does not."""
    yield from vocabulary()
    maker = _Maker(snapshot)
    for label in names_of(NODE):
        yield from maker.nodes(label)
    yield from maker.concepts()
    for kind in names_of(LINK):
        yield from maker.links(kind)
    yield from maker.evidence()
    yield from maker.issues()


def vocabulary() -> Iterator[Thing]:
    """Yield statements about the terms themselves: the label of each class, the property or link of each predicate."""
    known = terms()
    for label, node in known.nodes.items():
        words = [
            StatementValue("rdfs:label", word, f"@{language}") for language, word in schema().nodes[label].label.items()
        ]
        kinds = [
            StatementValue("rdf:type", known.expand("rdfs:Class")),
            StatementValue("zm:nodeLabel", label, "xsd:string"),
        ]
        above = [StatementValue("rdfs:subClassOf", known.expand(one)) for one in node.classes[1:]]
        yield Thing(known.expand(node.classes[0]), [*kinds, *above, *words])
    names = {"key", "name"} | {name for kind in schema().nodes.values() for name in kind.properties}
    for name in sorted(names):
        yield Thing(known.expand(known.predicate(name)), [StatementValue("zm:propertyName", name, "xsd:string")])
    for kind, link in known.links.items():
        words = [
            StatementValue("rdfs:label", word, f"@{language}") for language, word in schema().edges[kind].label.items()
        ]
        said = StatementValue("zm:linkKind", kind, "xsd:string")
        if link.node is None or link.start is None or link.end is None:
            said = StatementValue("zm:bareLinkKind", kind, "xsd:string")
        else:
            yield Thing(known.expand(link.start), [StatementValue("zm:startOf", kind, "xsd:string")])
            yield Thing(known.expand(link.end), [StatementValue("zm:endOf", kind, "xsd:string")])
        yield Thing(known.expand(link.predicate), [said, *words])


def _lexical(value: Any) -> str:  # noqa: ANN401 - a value of any column
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


class _Maker:
    """Makes statements of rows, and remembers what later tables refer to."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self.terms: Terms = terms()
        self.known: dict[str, dict[str, str]] = {}
        self.seen: dict[str, set[str]] = {name: set() for name in self.terms.concepts}
        self.bare: set[str] = set()

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table as stores hold them, and whose reading gave each."""
        from graph.snapshot.arrow_columns import plain_rows, public_table

        for part in self.snapshot.parts(name):
            table = self.snapshot.part(name, part)
            held = public_table(name, table).append_column("owner", table["owner"])
            for batch in held.to_batches(max_chunksize=_ROWS):
                yield from plain_rows(batch)

    def _makers(self, name: str, skip: Iterable[str]) -> list[tuple[str, Callable[[Any], list[StatementValue]]]]:
        columns = tables()[name]
        kind = schema().nodes.get(name) or schema().edges.get(name)
        types = kind.properties if kind else {}
        return [
            (column, self._maker(column, types.get(column, columns.columns[column])))
            for column in columns.public
            if column not in skip
        ]

    def _maker(self, column: str, type_name: str) -> Callable[[Any], list[StatementValue]]:
        predicate, datatype = self.terms.predicate(column), self.terms.datatype(column, type_name)
        each, concept = self.terms.each.get(column), self.terms.concepts.get(column)

        def make(value: Any) -> list[StatementValue]:  # noqa: ANN401
            values = [StatementValue(predicate, _lexical(value), datatype)]
            if each:
                values.extend(StatementValue(each, one, "xsd:string") for one in dict.fromkeys(value))
            if concept:
                self.seen[column].add(value)
                values.append(StatementValue(concept.predicate, concept.start + encoded(value)))
            return values

        return make

    def nodes(self, label: str) -> Iterator[Thing]:
        """Yield the nodes of one label."""
        start = self.terms.nodes[label].start
        classes = [StatementValue("rdf:type", self.terms.expand(one)) for one in self.terms.nodes[label].classes]
        makers = self._makers(label, ())
        known = self.known.setdefault(label, {})
        for row in self._rows(label):
            iri = known[row["key"]] = start + encoded(row["key"])
            values = [*classes, *(one for name, make in makers if name in row for one in make(row[name]))]
            yield Thing(iri, values, _document(row))

    def concepts(self) -> Iterator[Thing]:
        """Yield the things that values of properties stand for."""
        for name, concept in self.terms.concepts.items():
            kind = StatementValue("rdf:type", self.terms.expand(concept.class_))
            for value in sorted(self.seen[name]):
                label = StatementValue("skos:prefLabel", value, "xsd:string")
                yield Thing(concept.start + encoded(value), [kind, label])

    def links(self, kind: str) -> Iterator[Thing]:
        """Yield the links of one kind: what the source says, then the node of the link."""
        link, ends = self.terms.links[kind], schema().edges[kind]
        makers = self._makers(kind, ("source", "target"))
        node = [StatementValue("rdf:type", self.terms.expand(link.node))] if link.node else []
        # Two links may join the same two things (a unit that leads and is named again): the triple between them is one.
        # Links of a source follow each other, so that only its own targets need be remembered.
        last, told = None, set[str]()
        for row in self._rows(kind):
            document = _document(row)
            source, target = self._end(ends.source, row["source"]), self._end(ends.target, row["target"])
            if source != last:
                last, told = source, set()
            direct: list[StatementValue] = []
            if target not in told and all(row.get(name) != value for name, value in link.unless.items()):
                told.add(target)
                direct.append(StatementValue(link.predicate, target))
            if link.node is None or link.start is None or link.end is None:
                yield Thing(source, direct, document)
                continue
            iri = self.terms.link_iri(row["key"])
            yield Thing(source, [*direct, StatementValue(link.start, iri)], document)
            values = [one for name, make in makers if name in row for one in make(row[name])]
            yield Thing(iri, [*node, StatementValue(link.end, target), *values], document)

    def _end(self, labels: Iterable[str], key: str) -> str:
        for label in labels:
            if (iri := self.known[label].get(key)) is not None:
                return iri
        # An end that is not there is a fault that `check` tells; here it only needs a name.
        return self.terms.node_iri(next(iter(labels)), key)

    def evidence(self) -> Iterator[Thing]:
        """Yield the proofs: quotations of a document, each of what it proves."""
        told = self.terms.records["Evidence"]
        start = f"{self.terms.base}{told['word']}:"
        classes = [StatementValue("rdf:type", self.terms.expand(one)) for one in told["classes"]]
        stated = [StatementValue("rdf:type", self.terms.expand(one)) for one in told["stated_classes"]]
        number = "xsd:nonNegativeInteger"
        places = {"start": number, "end": number}
        cells = {"table_name": "xsd:string", "table_row": number, "table_column": "xsd:string"}
        for row in self._rows("Evidence"):
            subject, extra = self._subject(row["subject"])
            if extra is not None:
                yield extra
            beside = row.get("table_name") is not None
            values = [
                *(stated if beside else classes),
                StatementValue(told["subject"], subject),
                StatementValue(told["property"], row["property"], "xsd:string"),
                StatementValue(told["document"], self.terms.node_iri("Document", row["document"])),
                *(
                    StatementValue(told[name], str(row[name]), datatype)
                    for name, datatype in (cells if beside else places).items()
                ),
                StatementValue(told["quote"], row["quote"], "xsd:string"),
                *([StatementValue(told["rule"], row["rule"], "xsd:string")] if "rule" in row else []),
                *(
                    StatementValue(told[name], _lexical(row[name]), datatype)
                    for name, datatype in FILE_PLACE_DATATYPES.items()
                    if row.get(name) is not None
                ),
            ]
            yield Thing(start + _digest(row), values, _document(row))

    def _subject(self, key: str) -> tuple[str, Thing | None]:
        """Return the IRI of what a proof is of; a link without a node gets its key now, once."""
        kind = key.partition(" ")[0]
        if kind in self.terms.links and " -> " in key:
            iri = self.terms.link_iri(key)
            if self.terms.links[kind].node or key in self.bare:
                return iri, None
            self.bare.add(key)
            return iri, Thing(iri, [StatementValue("zm:key", key, "xsd:string")])
        for keys in self.known.values():
            if (found := keys.get(key)) is not None:
                return found, None
        if key in self.bare:
            return f"{self.terms.base}other:{encoded(key)}", None
        self.bare.add(key)
        iri = f"{self.terms.base}other:{encoded(key)}"
        return iri, Thing(iri, [StatementValue("zm:key", key, "xsd:string")])

    def issues(self) -> Iterator[Thing]:
        """Yield the issues: places in scope that were not understood."""
        told = self.terms.records["Issue"]
        start = f"{self.terms.base}{told['word']}:"
        classes = [StatementValue("rdf:type", self.terms.expand(one)) for one in told["classes"]]
        for row in self._rows("Issue"):
            values = list(classes)
            for name, datatype in ISSUE_DATATYPES.items():
                if name not in row:
                    continue
                if datatype is None:
                    values.append(StatementValue(told[name], self.terms.node_iri("Document", row[name])))
                else:
                    values.append(StatementValue(told[name], str(row[name]), datatype))
            yield Thing(start + encoded(row["key"]), values, _document(row))


def _document(row: Mapping[str, Any]) -> str | None:
    """Return the one document that a row was read in; what several said, or a pair gave, is nobody's alone."""
    owner: str | None = row.get("owner")
    return None if owner is None or "\t" in owner else owner


def _digest(row: Mapping[str, Any]) -> str:
    """Return a name for a proof that depends on what it says and on nothing else."""
    said = "\x1f".join(str(row.get(name)) for name in ("subject", "property", "document", "start", "end", "rule"))
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
