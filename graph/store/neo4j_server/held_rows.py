"""The number of rows in a database, and their difference from a snapshot: the next push repairs an interrupted one by it."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.schema.vocabulary import schema
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store.changes import LOOSE, Changes, StoredRow
from graph.store.neo4j_server.bolt_connection import BoltConnection


def _print(row: Mapping[str, Any]) -> int:
    """Return a number that is the same for equal rows, and hardly ever for others; of use within one process."""
    return hash(tuple(sorted((name, tuple(one) if isinstance(one, list) else one) for name, one in row.items())))


def changes_of_server(connection: BoltConnection, snapshot: Snapshot, owner: str) -> Changes:
    """Return the changes that make a database equal to `snapshot`: every row of either is compared."""
    changes = Changes()
    for label in (*names_of(NODE), "Issue"):
        _nodes(changes, connection, snapshot, label, owner)
    for kind in names_of(LINK):
        _links(changes, connection, snapshot, kind, owner)
    _evidence(changes, connection, snapshot, owner)
    return changes


def _rows(snapshot: Snapshot, name: str) -> Iterator[StoredRow]:
    for rows in snapshot.batches(name):
        yield from rows


def _held(connection: BoltConnection, label: str, owner: str) -> Iterator[StoredRow]:
    text = f"MATCH (n:{label}) WHERE n._store = $owner RETURN properties(n)"
    for (properties,) in connection.stream(text, owner=owner):
        properties.pop("_store")
        yield properties


def _nodes(changes: Changes, connection: BoltConnection, snapshot: Snapshot, label: str, owner: str) -> None:
    wanted = {row["key"]: _print(row) for row in _rows(snapshot, label)}
    other: set[str] = set()
    for row in _held(connection, label, owner):
        key = row["key"]
        if key not in wanted:
            changes.gone.setdefault(label, []).append({"key": key})
        elif wanted.pop(key) != _print(row):
            other.add(key)
    if wanted or other:
        for row in _rows(snapshot, label):
            if row["key"] in other:
                changes.other.setdefault(label, []).append(row)
            elif row["key"] in wanted:
                changes.new.setdefault(label, []).append(row)


def _links(changes: Changes, connection: BoltConnection, snapshot: Snapshot, kind: str, owner: str) -> None:
    wanted = {row["key"]: _print(row) for row in _rows(snapshot, kind)}
    good: set[str] = set()
    bad: set[str] = set()
    for label in schema().edges[kind].source:
        text = (
            f"MATCH (a:{label})-[r:{kind}]->(b) WHERE a._store = $owner AND b._store = $owner"
            " RETURN properties(r), a.key, b.key"
        )
        for own, source, target in connection.stream(text, owner=owner):
            key = own["key"]
            # A link that is there twice goes twice and comes once.
            if key in good or wanted.get(key) != _print(own | {"source": source, "target": target}):
                changes.gone.setdefault(kind, []).append({"key": key, "source": source})
                bad.add(key)
            good.add(key)
    missing = (wanted.keys() - good) | (bad & wanted.keys())
    changes.new.setdefault(kind, []).extend(row for row in _rows(snapshot, kind) if missing and row["key"] in missing)


def _evidence(changes: Changes, connection: BoltConnection, snapshot: Snapshot, owner: str) -> None:
    """Compare what proves each subject as a sum, so that rows that stand twice count twice."""
    sums: dict[str, int] = {}
    for row in _rows(snapshot, "Evidence"):
        sums[row["subject"]] = sums.get(row["subject"], 0) + _print(row)
    for row in _held(connection, "Evidence", owner):
        sums[row["subject"]] = sums.get(row["subject"], 0) - _print(row)
    changed = {subject for subject, total in sums.items() if total}
    changes.gone["Evidence"] = [{"key": subject} for subject in sorted(changed)]
    changes.new["Evidence"] = [row for row in _rows(snapshot, "Evidence") if changed and row["subject"] in changed]


def counted(connection: BoltConnection) -> dict[str, int]:
    """Return the number of nodes of each label, and of links of each kind from our labels, in a database."""
    texts = [
        f"MATCH (n:{label}) WITH count(n) AS rows RETURN '{label}' AS kind, rows" for label in (*names_of(NODE), *LOOSE)
    ]
    for kind in names_of(LINK):
        # One label in the pattern keeps this a look at a counter, and leaves other people's links out.
        texts += [
            f"MATCH (:{label})-[r:{kind}]->() WITH count(r) AS rows RETURN '{kind}' AS kind, rows"
            for label in schema().edges[kind].source
        ]
    found: dict[str, int] = {}
    for kind, rows in connection.rows(" UNION ALL ".join(texts)):
        found[kind] = found.get(kind, 0) + int(rows)
    return found
