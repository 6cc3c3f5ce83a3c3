"""The node in which a server keeps whose graph it holds, whether it is whole, of which snapshot, and its numbers of rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import StoreError

if TYPE_CHECKING:
    # For their types alone: an export writes the marker too, and needs no driver.
    from graph.store.neo4j_server.bolt_connection import BoltConnection, Statement

MARKER, OWNER = "ZhengmaiStore", "_store"
"""The label of the node that says what graph a database holds, and the property by which nodes are ours."""
WHOLE, PUSHING = "whole", "pushing"


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphMarker:
    """The marker of the graph in a database: its owner, whether it is whole, its snapshot, and its number of rows of each kind."""

    store: str
    state: str
    snapshot: str
    counts: Mapping[str, int]


def marker_of(connection: "BoltConnection") -> GraphMarker | None:
    """Return the marker of the graph in a database, None where it holds none.

    Raises:
        StoreError: it holds several.
    """
    markers = connection.rows(f"MATCH (m:{MARKER}) RETURN m.store, m.state, m.snapshot, m.counts ORDER BY m.store")
    if len(markers) > 1:
        raise StoreError(
            "{shown}: the database says that it holds {count} graphs; give each its own",
            shown=connection.address.shown,
            count=len(markers),
        )
    if not markers:
        return None
    store, state, snapshot, counts = markers[0]
    return GraphMarker(store=store, state=state, snapshot=snapshot or "", counts=json.loads(counts or "{}"))


def whole_marker(connection: "BoltConnection") -> GraphMarker:
    """Return the marker of a graph that is whole.

    Raises:
        StoreError: there is none, or a push of it is under way or was interrupted.
    """
    marker = marker_of(connection)
    shown = connection.address.shown
    if marker is None:
        raise StoreError("{shown}: there is no graph here; write one with zhengmai push {shown}", shown=shown)
    if marker.state != WHOLE:
        raise StoreError(
            "{shown}: a push is under way or was broken off; wait for it, or push again, which mends it", shown=shown
        )
    return marker


def marking(marker: GraphMarker) -> "Statement":
    """Return the statement that makes a database say this of its graph, whatever it said before."""
    text = (
        f"MERGE (m:{MARKER} {{store: $owner}}) SET m._store = $owner, m.state = $state, m.snapshot = $snapshot,"
        " m.counts = $counts RETURN count(*)"
    )
    counts = json.dumps(dict(marker.counts), sort_keys=True)
    return text, {"owner": marker.store, "state": marker.state, "snapshot": marker.snapshot, "counts": counts}
