"""Stores: projections of a snapshot that answer questions."""

from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import StoreError, UsageError

if TYPE_CHECKING:
    from graph.store.protocol import Store

SPARQL_SCHEMES = ("sparql+http", "sparql+https")
EMBEDDED_SPARQL = "sparql+file"
"""A folder's graph, asked in SPARQL: `sparql+file://.zhengmai`; `sparql_address` makes one."""
BOLT_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def is_server(address: str | Path) -> bool:
    """Tell whether an address names a server and not a folder.

    >>> is_server("neo4j://localhost:7687"), is_server(".zhengmai")
    (True, False)
    """
    return "://" in str(address)


def folder_of(address: str | Path) -> Path | None:
    """Return the folder that holds a graph, its texts and its decisions, in whatever dialect it is asked; None of a server.

    >>> str(folder_of("sparql+file://.zhengmai")), folder_of("neo4j://localhost:7687")
    ('.zhengmai', None)
    """
    scheme, mark, rest = str(address).partition("://")
    if not mark:
        return Path(address)
    return Path(rest) if scheme.lower() == EMBEDDED_SPARQL else None


def shown(address: str) -> str:
    """Return an address without what may be a password, for messages.

    >>> shown("neo4j://me:secret@localhost:7687")
    'neo4j://localhost:7687'
    """
    scheme, mark, rest = address.partition("://")
    return scheme + mark + rest.rpartition("@")[2] if mark else address


def sparql_address(address: str | Path) -> str:
    """Return the address that answers in SPARQL: a folder's embedded store, or the server as it was given.

    >>> sparql_address(".zhengmai"), sparql_address("sparql+http://localhost:3030/zm/query")
    ('sparql+file://.zhengmai', 'sparql+http://localhost:3030/zm/query')
    """
    return str(address) if is_server(address) else f"{EMBEDDED_SPARQL}://{address}"


def open_store(address: str | Path, *, seconds: float | None = None) -> "Store":
    """Return the store at `address`, opened: a graph's folder, or a server's address. Drivers are imported on use.

    A server ends a query by itself after `seconds`; without them it has its own limit.

    Raises:
        StoreError: there is no graph there, or it cannot be opened.
        UsageError: the address is of no kind that is known.
    """
    if is_server(address):
        return _server(str(address), seconds)
    return _folder(Path(address))


def _server(address: str, seconds: float | None) -> "Store":
    scheme = address.partition("://")[0].lower()
    if scheme in BOLT_SCHEMES:
        from graph.store.neo4j_server.cypher_store import CypherStore

        return CypherStore.open(address, seconds=seconds)
    if scheme in SPARQL_SCHEMES:
        from graph.store.sparql.sparql_server import SparqlServer

        return SparqlServer(address, seconds=seconds)
    if scheme == EMBEDDED_SPARQL:
        return _embedded_sparql(Path(address.partition("://")[2]))
    known = " ".join(f"{one}://" for one in (*BOLT_SCHEMES, *SPARQL_SCHEMES))
    raise UsageError(
        "{scheme}://…: no store answers at such an address; there are {known} and folders", scheme=scheme, known=known
    )


def _embedded_sparql(folder: Path) -> "Store":
    from graph.store.home import Home
    from graph.store.sparql.oxigraph_store import OxigraphStore, projection

    home = Home(folder)
    while True:
        made = projection(home)
        store = OxigraphStore(made)
        try:
            store.open()
        except StoreError:
            # As below: what was made may have been taken away with its generation.
            if made.parent == home.generation():
                raise
        else:
            return store


def _folder(folder: Path) -> "Store":
    from graph.store.arcade.arcade_store import ArcadeStore
    from graph.store.home import Home

    home = Home(folder)
    while True:
        graph = home.graph()
        store = ArcadeStore(graph, home.engine_log)
        try:
            store.open()
        except StoreError as error:
            # A build may have changed over between the look at the pointer and the opening.
            if home.graph() == graph:
                if not graph.is_dir():
                    raise StoreError(
                        "{folder}: only the snapshot was built, which answers no questions; push it to a server, or"
                        " build once more without --snapshot-only",
                        folder=folder,
                    ) from error
                raise
        else:
            return store
