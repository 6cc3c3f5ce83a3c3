"""What a server is told of the graph that it holds: whose it is, whether it is whole, which snapshot, how many rows."""

import hashlib
import json
from typing import TYPE_CHECKING

from graph.store.changes import STORED

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

MARKER, OWNER = "ZhengmaiStore", "_store"
"""The label of the node that says what graph a database holds, and the property by which nodes are ours."""
WHOLE, PUSHING = "whole", "pushing"


def digest(snapshot: "Snapshot") -> str:
    """Return what names a snapshot: equal rows give equal digests."""
    from graph.snapshot.snapshot import MANIFEST

    if snapshot.folder is not None:
        return hashlib.sha256((snapshot.folder / MANIFEST).read_bytes()).hexdigest()
    rows = hashlib.sha256()
    for name in STORED:
        for batch in snapshot.batches(name):
            rows.update(json.dumps(batch, ensure_ascii=False, sort_keys=True).encode())
    return rows.hexdigest()


def expected(snapshot: "Snapshot") -> dict[str, int]:
    """Return how many rows of each kind a server with this snapshot holds."""
    return {name: snapshot.count(name) for name in STORED}
