"""The graph as networkx holds it: things by their keys, links by theirs, attributes flat. The one module that imports it.

What stands here of nodes and links serves the files of `graph.export.graph_files` as well. Evidence and issues are no things
and have no place in it; a link that a person rejected is no link.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from graph.identity import link_key
from graph.schema.vocabulary import schema
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store.protocol import Scalar

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot
    from graph.store.protocol import Store

JOINT = "、"
"""Between the parts of a list that is made one text."""
Attributes = dict[str, Scalar]
RowsOfTable = Callable[[str], Iterator[dict[str, Any]]]
"""Yields the rows of a table, by its name."""


class Flat:
    """Nodes, then links, of one graph; ask for the nodes first, for they tell what the links end at."""

    def __init__(self, rows: RowsOfTable) -> None:
        """Take the rows of a table by its name: as stores hold them, without what is not known."""
        self._rows = rows
        self._labels: dict[str, str] = {}
        self._others: dict[tuple[str, str], str] = {}

    def nodes(self) -> Iterator[tuple[str, Attributes]]:
        """Yield every node by its key, with its `label` and properties.

        Where things of two kinds have one key (a document named like the code of a place), the later is `Label:key`.
        """
        for label in names_of(NODE):
            for row in self._rows(label):
                key = row["key"]
                name = key if self._labels.setdefault(key, label) == label else f"{label}:{key}"
                if name != key:
                    self._others[label, key] = name
                yield name, {"label": label, **_flat(row)}

    def links(self) -> Iterator[tuple[str, str, str, Attributes]]:
        """Yield every link that was not rejected: both ends, its key, its `type` and properties."""
        for kind in names_of(LINK):
            ends = schema().edges[kind]
            for row in self._rows(kind):
                if row.get("judgement") != "rejected":
                    source = self._end(ends.source, row.pop("source"))
                    target = self._end(ends.target, row.pop("target"))
                    yield source, target, row["key"], {"type": kind, **_flat(row)}

    def _end(self, labels: tuple[str, ...], key: str) -> str:
        if self._labels.get(key) in labels:
            return key
        return next((self._others[label, key] for label in labels if (label, key) in self._others), key)


def _flat(row: dict[str, Any]) -> Attributes:
    return {
        name: JOINT.join(value) if isinstance(value, list) else value
        for name, value in row.items()
        if name != "key" and value is not None
    }


def of_snapshot(snapshot: "Snapshot") -> Flat:
    """Return the nodes and links of a snapshot, in the order of its tables."""

    def rows(name: str) -> Iterator[dict[str, Any]]:
        for batch in snapshot.batches(name):
            yield from batch

    return Flat(rows)


def of_store(store: "Store") -> Flat:
    """Return the nodes and links of a store of either dialect, the same as of the snapshot it holds."""
    return Flat(lambda name: _asked(store, name))


def to_networkx(flat: Flat) -> Any:  # noqa: ANN401 - networkx carries no types
    """Return a `networkx.MultiDiGraph`: nodes by key with `label`, edges by key with `type`, flat attributes."""
    import networkx

    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(flat.nodes())
    graph.add_edges_from(flat.links())
    return graph


# -- asking a store for a whole table


def _asked(store: "Store", name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as a store holds them, in the order of the snapshot's."""
    spec = tables()[name]
    held = _by_cypher(store, name) if store.dialect == "cypher" else _by_sparql(store, name)
    found = [
        {one: _typed(spec.columns[one], row[one]) for one in spec.public if row.get(one) is not None} for row in held
    ]
    yield from sorted(found, key=lambda row: str(row["key"]).encode())


def _typed(kind: str, value: Scalar) -> Any:  # noqa: ANN401
    if kind == "number":
        return float(value or 0)
    return json.loads(str(value)) if kind == "texts" else value


def _by_cypher(store: "Store", name: str) -> Iterable[Attributes]:
    public = tables()[name].public
    if name in names_of(NODE):
        return store.ask(f"MATCH (n:{name}) RETURN " + ", ".join(f"n.{one} AS {one}" for one in public))
    ends = {"source": "a.key", "target": "b.key"}
    said = ", ".join(f"{ends.get(one, f'r.{one}')} AS {one}" for one in public)
    return store.ask(f"MATCH (a:{'|'.join(schema().edges[name].source)})-[r:{name}]->(b) RETURN {said}")


def _by_sparql(store: "Store", name: str) -> Iterable[Attributes]:
    """Return rows put together of statements: engines answer a pattern for each property far more slowly."""
    from graph.rdf.mapping import terms

    known = terms()
    own = [one for one in tables()[name].public if one not in ("key", "source", "target")]
    columns: dict[Scalar, str] = {known.expand(known.predicate(one)): one for one in own}
    if name in names_of(NODE):
        asked = f"SELECT ?key ?p ?v {{ ?x a {known.nodes[name].classes[0]} ; zm:key ?key ; ?p ?v }}"
    else:
        link, ends = known.links[name], "?a zm:key ?source . ?b zm:key ?target ."
        if link.node is None:
            # Such a link has no properties, and its key is told by its ends.
            rows = store.ask(f"SELECT ?source ?target {{ ?a {link.predicate} ?b . {ends} }}")
            return [row | {"key": link_key(name, str(row["source"]), str(row["target"]))} for row in rows]
        between = f"?a {link.start} ?x . ?x {link.end} ?b ; zm:key ?key ; ?p ?v ."
        asked = f"SELECT ?source ?target ?key ?p ?v {{ {between} {ends} }}"
    found: dict[Scalar, Attributes] = {}
    for row in store.ask(asked):
        one = found.setdefault(row["key"], {end: row[end] for end in ("key", "source", "target") if end in row})
        if column := columns.get(row["p"]):
            one[column] = row["v"]
    return found.values()
