"""SHACL shapes of the vocabulary: what every kind of thing must say of itself, made of the files in `graph/schema`."""

from typing import TYPE_CHECKING

from graph.rdf.mapping import FILE_PLACE_DATATYPES, ISSUE_DATATYPES, LinkTerms, terms
from graph.schema.vocabulary import VocabularyKind, schema

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_BASE = "urn:zhengmai:shape:"
# The other columns depend on what it is about: a file without text has no place, few words state a day.
_OF_EVERY_ISSUE = frozenset({"key", "document", "code", "message"})


def shapes() -> "Graph":
    """Return a shape for every kind of node, for the node of every kind of link, for proofs and for issues."""
    return _Shapes().graph


def turtle() -> str:
    """Return the shapes as Turtle, always in the same order."""
    return shapes().serialize(format="longturtle")


class _Shapes:
    """Puts the shapes together."""

    def __init__(self) -> None:
        from rdflib import SH, Graph, Namespace

        self.terms = terms()
        self.sh = SH
        self.graph = Graph()
        for name, iri in self.terms.prefixes.items():
            self.graph.bind(name, Namespace(iri))
        self.graph.bind("sh", SH)
        for kind in schema().nodes.values():
            self._node(kind)
        for kind in schema().edges.values():
            self._link(kind)
        self._evidence()
        self._issue()

    def _iri(self, term: str) -> "URIRef":
        from rdflib import URIRef

        return URIRef(self.terms.expand(term))

    def _shape(self, name: str, target: str) -> "URIRef":
        from rdflib import RDF, URIRef

        shape = URIRef(_BASE + name)
        self.graph.add((shape, RDF.type, self.sh.NodeShape))
        self.graph.add((shape, self.sh.targetClass, self._iri(target)))
        return shape

    def _property(self, shape: "URIRef", name: str, path: "Node", **said: object) -> "URIRef":
        """Add what a shape says of one path; `said` are SHACL's words, such as minCount=1."""
        from rdflib import Literal, URIRef
        from rdflib.term import Identifier

        held = URIRef(f"{shape}/{name}")
        self.graph.add((shape, self.sh.property, held))
        self.graph.add((held, self.sh.path, path))
        self.graph.add((held, self.sh.name, Literal(name)))
        for word, value in said.items():
            self.graph.add((held, self.sh[word], value if isinstance(value, Identifier) else Literal(value)))
        return held

    def _own(self, shape: "URIRef", kind: VocabularyKind, properties: dict[str, str], required: set[str]) -> None:
        for name, type_name in properties.items():
            said: dict[str, object] = {"datatype": self._iri(self.terms.datatype(name, type_name)), "maxCount": 1}
            if name in required:
                said["minCount"] = 1
            held = self._property(shape, name, self._iri(self.terms.predicate(name)), **said)
            if type_name in schema().values:
                self._one_of(held, type_name)

    def _one_of(self, held: "URIRef", list_name: str) -> None:
        from rdflib import RDF, Literal, URIRef

        # A name of its own, not a blank node: equal vocabularies give equal bytes.
        values = [Literal(value) for value in schema().values[list_name]]
        heads = [URIRef(f"{_BASE}list/{list_name}/{number}") for number in range(len(values))]
        for head, value, rest in zip(heads, values, [*heads[1:], RDF.nil], strict=True):
            self.graph.add((head, RDF.first, value))
            self.graph.add((head, RDF.rest, rest))
        self.graph.add((held, self.sh["in"], heads[0]))

    def _node(self, kind: VocabularyKind) -> None:
        shape = self._shape(kind.name, self.terms.nodes[kind.name].classes[0])
        self._own(shape, kind, {"key": "text", "name": "text"} | dict(kind.properties), {"key", "name", *kind.required})
        for edge in schema().edges.values():
            if kind.name in edge.source:
                self._ends(shape, edge.name, self._iri(self.terms.links[edge.name].predicate), edge.target)

    def _ends(self, shape: "URIRef", name: str, path: "URIRef", labels: tuple[str, ...], **said: object) -> None:
        """Say of what kinds the things at the end of a path are."""
        from rdflib import RDF, URIRef

        held = self._property(shape, name, path, **said)
        if len(labels) == 1:
            self.graph.add((held, self.sh["class"], self._iri(self.terms.nodes[labels[0]].classes[0])))
            return
        heads = [URIRef(f"{held}/or/{number}") for number in range(len(labels))]
        for number, (head, label) in enumerate(zip(heads, labels, strict=True)):
            one = URIRef(f"{held}/{label}")
            self.graph.add((one, self.sh["class"], self._iri(self.terms.nodes[label].classes[0])))
            self.graph.add((head, RDF.first, one))
            self.graph.add((head, RDF.rest, heads[number + 1] if number + 1 < len(heads) else RDF.nil))
        self.graph.add((held, self.sh["or"], heads[0]))

    def _link(self, kind: VocabularyKind) -> None:
        link: LinkTerms = self.terms.links[kind.name]
        if link.node is None or link.start is None or link.end is None:
            return
        from rdflib import BNode

        shape = self._shape(kind.name, link.node)
        self._own(shape, kind, {"key": "text"} | dict(kind.properties), {"key", *kind.required})
        self._ends(shape, "target", self._iri(link.end), kind.target, minCount=1, maxCount=1)
        back = BNode()  # SHACL knows a path only where it has no name
        self.graph.add((back, self.sh.inversePath, self._iri(link.start)))
        held = self._property(shape, "source", back, minCount=1, maxCount=1)
        if len(kind.source) == 1:
            self.graph.add((held, self.sh["class"], self._iri(self.terms.nodes[kind.source[0]].classes[0])))

    def _evidence(self) -> None:
        told = self.terms.records["Evidence"]
        shape = self._shape("Evidence", told["classes"][0])
        number, text = self._iri("xsd:nonNegativeInteger"), self._iri("xsd:string")
        once: dict[str, object] = {"minCount": 1, "maxCount": 1}
        self._property(shape, "subject", self._iri(told["subject"]), **once)
        self._property(shape, "property", self._iri(told["property"]), datatype=text, **once)
        self._ends(shape, "document", self._iri(told["document"]), ("Document",), **once)
        held = self._property(shape, "start", self._iri(told["start"]), datatype=number, **once)
        self.graph.add((held, self.sh.lessThan, self._iri(told["end"])))
        self._property(shape, "end", self._iri(told["end"]), datatype=number, **once)
        self._property(shape, "quote", self._iri(told["quote"]), datatype=text, minLength=1, **once)
        for name, datatype in FILE_PLACE_DATATYPES.items():
            self._property(shape, name, self._iri(told[name]), datatype=self._iri(datatype), maxCount=1)

    def _issue(self) -> None:
        told = self.terms.records["Issue"]
        shape = self._shape("Issue", told["classes"][0])
        for name, datatype in ISSUE_DATATYPES.items():
            once: dict[str, object] = {"maxCount": 1, "minCount": 1} if name in _OF_EVERY_ISSUE else {"maxCount": 1}
            if datatype is None:
                self._ends(shape, name, self._iri(told[name]), ("Document",), **once)
                continue
            held = self._property(shape, name, self._iri(told[name]), datatype=self._iri(datatype), **once)
            if name == "start":
                self.graph.add((held, self.sh.lessThanOrEquals, self._iri(told["end"])))
