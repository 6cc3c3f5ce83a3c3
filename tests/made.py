"""The hand-made graph in a folder, for tests that open a store by its address."""

from pathlib import Path

from graph.snapshot.snapshot import Snapshot
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.home import Home
from tests.factories import small_snapshot


def make_store(root: Path, snapshot: Snapshot | None = None) -> Path:
    """Write a snapshot and its projection into a new folder; return the folder."""
    home = Home(root)
    root.mkdir(parents=True, exist_ok=True)
    generation = home.begin()
    made = snapshot or small_snapshot()
    made.write(generation / "snapshot")
    with ArcadeStore(generation / "arcade", home.engine_log) as store:
        store.load(made)
    home.publish(generation)
    return root
