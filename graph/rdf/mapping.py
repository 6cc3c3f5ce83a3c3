"""The vocabulary in RDF: terms, IRIs and datatypes, read from `graph/schema/rdf.toml` and checked."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.errors import RecordError
from graph.schema.vocabulary import schema

# What an IRI may hold by itself (RFC 3987, ipchar and slash); `#`, `?` and `%` mean something else in one.
_OTHER = re.compile(
    "[^A-Za-z0-9\\-._~:/@!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)

ISSUE_DATATYPES: Mapping[str, str | None] = {
    "key": "xsd:string",
    "document": None,
    "code": "xsd:string",
    "message": "xsd:string",
    "start": "xsd:nonNegativeInteger",
    "end": "xsd:nonNegativeInteger",
    "quote": "xsd:string",
    "deadline_end": "xsd:date",
}
"""What is told of an issue, with the datatype of each; None for the document, which is a thing itself."""

FILE_PLACE_DATATYPES: Mapping[str, str] = {
    "page": "xsd:nonNegativeInteger",
    "box": "xsd:string",
    "sheet": "xsd:string",
    "cell": "xsd:string",
    "confidence": "xsd:double",
}
"""What is told of where a proof stands in a file with pages or sheets, with the datatype of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeTerms:
    """A kind of thing: the beginning of its IRIs and its classes, ours first."""

    start: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTerms:
    """A kind of link: the direct predicate; the node that stands for one link, or None, and what leads to and from it.

    Links whose property has the value of `unless` have no direct triple.
    """

    predicate: str
    node: str | None = None
    start: str | None = None
    end: str | None = None
    unless: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptTerms:
    """A property whose values are things as well: the beginning of their IRIs, and what leads to them."""

    start: str
    predicate: str
    class_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The whole mapping; terms are written short, `eli:number`, and `expand` makes IRIs of them."""

    base: str
    prefixes: Mapping[str, str]
    types: Mapping[str, str]
    nodes: Mapping[str, NodeTerms]
    links: Mapping[str, LinkTerms]
    concepts: Mapping[str, ConceptTerms]
    each: Mapping[str, str]
    records: Mapping[str, Mapping[str, Any]]
    named: Mapping[str, str]
    datatypes: Mapping[str, str]

    def expand(self, term: str) -> str:
        """Return the IRI of a short term.

        >>> terms().expand("zm:Task")
        'urn:zhengmai:ns:Task'
        """
        prefix, _, local = term.partition(":")
        return self.prefixes[prefix] + local

    def predicate(self, name: str) -> str:
        """Return the predicate of a property.

        >>> terms().predicate("doc_number"), terms().predicate("deadline_end")
        ('eli:number', 'zm:deadline_end')
        """
        return self.named.get(name, f"zm:{name}")

    def datatype(self, name: str, type_name: str) -> str:
        """Return the datatype of a property; closed lists are text."""
        return self.datatypes.get(name) or self.types.get(type_name, self.types["text"])

    def node_iri(self, label: str, key: str) -> str:
        """Return the IRI of a node.

        >>> terms().node_iri("Target", "yunxi/1.1#1")
        'urn:zhengmai:target:yunxi/1.1%231'
        """
        return self.nodes[label].start + encoded(key)

    def link_iri(self, key: str) -> str:
        """Return the IRI of the node of a link."""
        return f"{self.base}link:{encoded(key)}"

    def prologue(self, text: str = "") -> str:
        """Return the PREFIX lines of the short terms that `text` uses and does not declare itself; all without one."""
        wanted = [
            name
            for name in self.prefixes
            if not text
            or (re.search(rf"(?<![\w.\-]){name}:", text) and not re.search(rf"\bPREFIX\s+{name}:", text, re.IGNORECASE))
        ]
        return "".join(f"PREFIX {name}: <{self.prefixes[name]}>\n" for name in wanted)


def encoded(key: str) -> str:
    """Return a key as a part of an IRI; `urllib.parse.unquote` gives it back."""
    return _OTHER.sub(lambda one: "".join(f"%{byte:02X}" for byte in one[0].encode("utf-8", "surrogatepass")), key)


@cache
def terms() -> Terms:
    """Return the mapping, read once.

    Raises:
        RecordError: a kind of the vocabulary has no terms, or terms are of no kind.
    """
    told = tomllib.loads(files("graph.schema").joinpath("rdf.toml").read_text(encoding="utf-8"))
    base = told["base"]
    for listed, known in ((told["nodes"], schema().nodes), (told["links"], schema().edges)):
        if odd := set(listed) ^ set(known):
            raise RecordError("rdf.toml and the vocabulary differ in {odd}", odd=sorted(odd))
    return Terms(
        base=base,
        prefixes=told["prefixes"],
        types=told["types"],
        nodes={
            label: NodeTerms(start=f"{base}{one['word']}:", classes=tuple(one["classes"]))
            for label, one in told["nodes"].items()
        },
        links={kind: LinkTerms(**({"unless": {}} | one)) for kind, one in told["links"].items()},
        concepts={
            name: ConceptTerms(start=f"{base}{one['word']}:", predicate=one["predicate"], class_=one["class"])
            for name, one in told["concepts"].items()
        },
        each=told["each"],
        records=told["records"],
        named=told["properties"],
        datatypes=told["datatypes"],
    )
