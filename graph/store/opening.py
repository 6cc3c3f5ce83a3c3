"""The store at an address, opened. Engines and drivers are imported on use: a command pays for the one that it asks."""

from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import StoreError
from graph.store.protocol import Store
from graph.store.store_address import StoreAddress, unknown

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot
    from graph.store.arcade.arcade_store import ArcadeStore


def open_store(address: str | Path | StoreAddress, *, seconds: float | None = None) -> Store:
    """Return the store at an address, opened: a graph's folder, or a server's address.

    A server ends a query by itself after `seconds`; without them it has its own limit.

    Raises:
        StoreError: there is no graph there, or it cannot be opened.
        UsageError: the address is of no kind that is known.
    """
    where = StoreAddress.of(address)
    if where.kind == "bolt server":
        from graph.store.neo4j_server.cypher_store import CypherStore

        return CypherStore.open(where.text, seconds=seconds)
    if where.kind == "sparql server":
        from graph.store.sparql.sparql_server import SparqlServer

        return SparqlServer(where.text, seconds=seconds)
    if where.folder is None:
        raise unknown(where)
    opened: Store = _in_sparql(where.folder) if where.kind == "sparql folder" else _in_cypher(where.folder)
    opened.graph_folder = where.folder
    return opened


def _in_sparql(folder: Path) -> Store:
    from graph.store.home import Home
    from graph.store.sparql.oxigraph_store import OxigraphStore, projection

    home = Home(folder)
    while True:
        engine_folder = projection(home)
        store = OxigraphStore(engine_folder)
        try:
            store.open()
        except StoreError:
            # As below: what was made may have been taken away with its generation.
            if engine_folder.parent == home.generation():
                raise
        else:
            return store


def _in_cypher(folder: Path) -> "ArcadeStore":
    from graph.snapshot.manifest import read_manifest
    from graph.store.arcade.arcade_files import open_whole
    from graph.store.home import Home

    home = Home(folder)
    while True:
        generation = home.generation()
        try:
            manifest = read_manifest(generation / "snapshot")
            if (generation / "arcade").is_dir():
                return open_whole(generation, manifest, home.engine_log)
        except StoreError:
            # A build may have changed over between the look at the pointer and the opening.
            if home.generation() == generation:
                raise
            continue
        if home.generation() == generation:
            raise StoreError(
                "{folder}: only the snapshot was built, which answers no questions; push it to a server, or"
                " build once more without --snapshot-only",
                folder=folder,
            )


def other_counts(folder: Path, snapshot: "Snapshot") -> dict[str, tuple[int, int]]:
    """Return of what kinds the embedded store in a graph's folder holds more or less than the snapshot, and how many.

    The first number is the store's. All records are read. Nothing is returned where only a snapshot was built.

    Raises:
        StoreError: the store is damaged, or cannot be opened.
    """
    from graph.store.arcade.arcade_files import differing
    from graph.store.changes import STORED
    from graph.store.home import Home

    if not Home(folder).graph().is_dir():
        return {}
    rows = {name: snapshot.count(name) for name in STORED}
    with _in_cypher(folder) as store:
        return {name: (count, rows[name]) for name, count in differing(store, rows).items()}
