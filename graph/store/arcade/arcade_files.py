"""Which files the embedded store of a generation has, and how large they are: written by a build, looked at by readers.

The engine opens a folder that lacks files and answers as if nothing had ever been in them. To count all rows would take
longer than a question; to look at the files' sizes takes no time.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import DamagedError, StoreError, UsageError
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store.arcade.arcade_store import ArcadeStore

_LISTING = "arcade.json"
# The engine's data; it has other files that come and go.
_DATA = (".bucket", ".dict", "idx", "schema.json")


def note_files(generation: Path) -> None:
    """Write down the files of a store that was just filled and closed."""
    found = {one.name: one.stat().st_size for one in os.scandir(generation / "arcade") if one.name.endswith(_DATA)}
    (generation / _LISTING).write_text(json.dumps(found, indent=0, sort_keys=True), encoding="utf-8", newline="\n")


def open_whole(generation: Path, manifest: Mapping[str, Any], log: Path) -> ArcadeStore:
    """Return the store of a generation, opened, which holds what its snapshot's manifest says, as far as its files tell.

    Raises:
        DamagedError: a file of it is lost or shorter than it was, or it has other counts than the snapshot.
        StoreError: it is not there or cannot be opened.
    """
    folder = generation / "arcade"
    if lost := lost_file(generation):
        raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=lost)
    noted = _noted(generation)
    store = ArcadeStore(folder, log)
    store.open()
    if noted is None:
        # A graph of an earlier version, which wrote nothing down.
        rows = {name: sum(part["rows"] for part in said.values()) for name, said in manifest["tables"].items()}
        if any(store.count(name) != rows[name] for name in (*names_of(NODE), *names_of(LINK), "Evidence", "Issue")):
            store.close()
            raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=folder)
    return store


def differing(store: ArcadeStore, rows: Mapping[str, int]) -> dict[str, int]:
    """Return of each kind of which the store holds other than so many, by the snapshot's tables, how many it holds.

    Every record is read: what the engine has counted before may be of what is no longer there.
    """
    asked = {name: f"MATCH (n:`{name}`) RETURN count(n.key) AS n" for name in (*names_of(NODE), "Issue")}
    asked |= {name: f"MATCH ()-[r:`{name}`]->() RETURN count(r.key) AS n" for name in names_of(LINK)}
    asked["Evidence"] = "MATCH (n:Evidence) RETURN count(n.subject) AS n"
    held = {name: _number(store, text) for name, text in asked.items()}
    return {name: count for name, count in held.items() if count != rows[name]}


def _number(store: ArcadeStore, text: str) -> int:
    try:
        return int(str(store.ask(text)[0]["n"]))
    except (StoreError, UsageError):
        return 0  # records that the engine cannot read, or a kind that it no longer knows


def _noted(generation: Path) -> dict[str, int] | None:
    """Return the files that were written down; None where nothing that can be relied on was."""
    try:
        found = json.loads((generation / _LISTING).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    sound = isinstance(found, dict) and all(isinstance(one, int) for one in found.values())
    return found if sound else None


def lost_file(generation: Path) -> Path | None:
    """Return a file of a generation's store that is lost or shorter than it was; None where there is no store."""
    folder = generation / "arcade"
    if not folder.is_dir():
        return None
    sizes = {one.name: one.stat().st_size for one in os.scandir(folder)}
    noted = _noted(generation) or {}
    return next((folder / name for name, size in noted.items() if sizes.get(name, -1) < size), None)
