"""The owners of nodes of our labels: looked up before a push writes, so that it touches nothing of anybody else's."""

from collections.abc import Mapping

from graph.errors import StoreError
from graph.schema.vocabulary import schema
from graph.snapshot.tables import LINK, names_of
from graph.store.changes import Changes
from graph.store.neo4j_server.bolt_connection import BoltConnection
from graph.store.neo4j_server.constraints import LABELS

_AT_ONCE = 10_000  # keys of one question
_FOREIGN = "n._store IS NULL OR n._store <> $owner"


def check_nodes(connection: BoltConnection, owner: str) -> None:
    """Refuse a database in which a node of our labels is not ours; every such node is looked at.

    Raises:
        StoreError: there is one; the line says of which label.
    """
    texts = [
        f"MATCH (n:{label}) WHERE {_FOREIGN} WITH count(n) AS foreign RETURN '{label}' AS label, foreign"
        for label in LABELS
    ]
    for label, foreign in connection.rows(" UNION ALL ".join(texts), owner=owner):
        _refuse(connection, label, foreign)


def check_keys(connection: BoltConnection, owner: str, changes: Changes) -> None:
    """Refuse a database in which a node that is to be changed, or that a new link is to end at, is not ours.

    Only these are looked up, by their keys: where little changed this asks little, however large the graph.

    Raises:
        StoreError: there is one; the line says of which label.
    """
    for label, keys in sorted(_touched(changes).items()):
        text = f"UNWIND $keys AS key MATCH (n:{label} {{key: key}}) WHERE {_FOREIGN} RETURN count(n)"
        listed = sorted(keys)
        for start in range(0, len(listed), _AT_ONCE):
            (foreign,) = connection.rows(text, keys=listed[start : start + _AT_ONCE], owner=owner)[0]
            _refuse(connection, label, foreign)


def _touched(changes: Changes) -> Mapping[str, set[str]]:
    """Return the keys of nodes that a push would write at, by label; ends of links under each label that they may have."""
    keys_by_label: dict[str, set[str]] = {label: set() for label in LABELS if label != "Evidence"}
    for part in (changes.gone, changes.new, changes.other):
        for label, keys in keys_by_label.items():
            keys.update(row["key"] for row in part.get(label, ()))
    for name in names_of(LINK):
        kind = schema().edges[name]
        for column, labels in (("source", kind.source), ("target", kind.target)):
            ends = {row[column] for row in changes.new.get(name, ())}
            for label in labels:
                keys_by_label[label] |= ends
    return keys_by_label


def _refuse(connection: BoltConnection, label: str, foreign: int) -> None:
    if foreign:
        raise StoreError(
            "{where}: {foreign} nodes labelled {label} belong to somebody else; take the label off them, or push into"
            " another database",
            where=connection.address.shown,
            foreign=foreign,
            label=label,
        )
