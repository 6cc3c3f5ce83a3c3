"""The graph as rdflib holds it, in memory: for notebooks, and for what rdflib and its friends can do with a graph."""

from typing import TYPE_CHECKING

from graph.rdf.mapping import terms
from graph.rdf.rdf_write import triples
from graph.rdf.statements import things

if TYPE_CHECKING:
    from rdflib import Graph

    from graph.snapshot.snapshot import Snapshot


def to_rdflib(snapshot: "Snapshot") -> "Graph":
    """Return an `rdflib.Graph` of all statements of a snapshot, with its prefixes; ten thousand tasks take minutes, and gigabytes."""
    from rdflib import Graph

    made = Graph()
    for prefix, start in terms().prefixes.items():
        made.bind(prefix, start)
    return made.parse(data="".join(triples(things(snapshot))), format="nt")
