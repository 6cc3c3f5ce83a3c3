"""What a server is told of a snapshot that is pushed to it: a digest of all rows, and how many there are of each kind."""

import hashlib
import json

from graph.snapshot.snapshot import MANIFEST, Snapshot
from graph.store.changes import STORED


def digest(snapshot: Snapshot) -> str:
    """Return what names a snapshot: equal rows give equal digests."""
    if snapshot.folder is not None:
        return hashlib.sha256((snapshot.folder / MANIFEST).read_bytes()).hexdigest()
    rows = hashlib.sha256()
    for name in STORED:
        for batch in snapshot.batches(name):
            rows.update(json.dumps(batch, ensure_ascii=False, sort_keys=True).encode())
    return rows.hexdigest()


def expected(snapshot: Snapshot) -> dict[str, int]:
    """Return how many rows of each kind a server with this snapshot holds."""
    return {name: snapshot.count(name) for name in STORED}
