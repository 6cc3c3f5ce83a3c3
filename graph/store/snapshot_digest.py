"""The digest of all rows of a snapshot that is pushed to a server, and the number of rows of each kind."""

import hashlib
import json

from graph.snapshot.snapshot import MANIFEST, Snapshot
from graph.store.changes import STORED


def digest(snapshot: Snapshot) -> str:
    """Return a digest of a snapshot: equal rows give equal digests."""
    if snapshot.folder is not None:
        return hashlib.sha256((snapshot.folder / MANIFEST).read_bytes()).hexdigest()
    rows = hashlib.sha256()
    for name in STORED:
        for batch in snapshot.batches(name):
            rows.update(json.dumps(batch, ensure_ascii=False, sort_keys=True).encode())
    return rows.hexdigest()


def expected(snapshot: Snapshot) -> dict[str, int]:
    """Return the number of rows of each kind that a server with this snapshot holds."""
    return {name: snapshot.count(name) for name in STORED}
