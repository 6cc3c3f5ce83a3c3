"""The engines that a graph answers on, each with our store of it and the engine's own call: for benchmarks."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.home import Home
from graph.store.protocol import AnswerRow, Parameters, Scalar, Store

Call = Callable[[], list[list[Scalar]]]
"""Asks an engine by its own call; rows come as lists of plain values."""
Prepare = Callable[[str, Mapping[str, Any]], Call]
"""Makes the call of a text with its parameters, as the engine takes them: what that costs is no time of the engine's."""


class Recording:
    """A store that notes what it is asked."""

    def __init__(self, store: Store) -> None:
        """Ask `store`."""
        self._store, self.dialect = store, store.dialect
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        """Note the question and answer it."""
        self.asked.append((text, dict(parameters or {})))
        return self._store.ask(text, parameters)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return what the store has."""
        return getattr(self._store, name)


@contextmanager
def embedded(home: Home, folder: Path) -> Iterator[tuple[Store, Prepare]]:
    """The embedded Cypher engine."""
    with open_store(home.root) as store:
        database = store.open()  # type: ignore[attr-defined]

        def prepare(text: str, given: Mapping[str, Any]) -> Call:
            return lambda: [list(row.values()) for row in database.query("cypher", text, dict(given)).to_list()]

        yield store, prepare


@contextmanager
def embedded_sparql(home: Home, folder: Path) -> Iterator[tuple[Store, Prepare]]:
    """The embedded SPARQL engine."""
    from graph.store.sparql.sparql_text import bound

    with open_store(sparql_address(home.root)) as store:
        engine = store.open()  # type: ignore[attr-defined]

        def prepare(text: str, given: Mapping[str, Any]) -> Call:
            query = bound(text, given)
            return lambda: [[term and term.value for term in row] for row in engine.query(query)]

        yield store, prepare


@contextmanager
def neo4j(home: Home, folder: Path) -> Iterator[tuple[Store, Prepare]]:
    """A Neo4j server."""
    from neo4j import GraphDatabase

    with neo4j_server(folder) as (uri, user, password):
        from graph.store.neo4j_server.push import push

        push(home, uri)
        with open_store(uri) as store, GraphDatabase.driver(uri, auth=(user, password)) as driver:

            def prepare(text: str, given: Mapping[str, Any]) -> Call:
                def call() -> list[list[Scalar]]:
                    with driver.session(default_access_mode="READ") as session:
                        return [record.values() for record in session.run(text, dict(given))]

                return call

            yield store, prepare


@contextmanager
def sparql_server(home: Home, folder: Path) -> Iterator[tuple[Store, Prepare]]:
    """Oxigraph's server."""
    from graph.store.sparql.sparql_text import bound
    from tests.servers.sparql_servers import RunningServer

    folder.mkdir(parents=True, exist_ok=True)
    with _needed():
        server = RunningServer("oxigraph", folder)
    try:
        with open_store(server.address) as store:
            store.load(Snapshot.open(home.snapshot()))
            endpoint = server.address.removeprefix("sparql+")
            headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}

            def prepare(text: str, given: Mapping[str, Any]) -> Call:
                query = bound(text, given).encode()

                def call() -> list[list[Scalar]]:
                    with urlopen(Request(endpoint, query, headers)) as answer:
                        said = json.load(answer)
                    names, rows = said["head"]["vars"], said["results"]["bindings"]
                    return [[row[name]["value"] if name in row else None for name in names] for row in rows]

                return call

            yield store, prepare
    finally:
        server.stop()


@contextmanager
def neo4j_server(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Start an empty Neo4j server of the version that the tests run; yield its address, user and password."""
    from tests.servers.neo4j_server import Neo4jServer

    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(dir=folder)))
        with _needed():
            server = Neo4jServer("lts", home)
            server.start()
        stack.callback(server.stop)
        os.environ.update(server.environment)
        yield server.uri, server.user, server.password


@contextmanager
def _needed() -> Iterator[None]:
    from tests.servers.java import Missing

    try:
        yield
    except Missing as error:
        sys.exit(f"this benchmark starts a real server: {error}")


ENGINES: dict[str, Callable[[Home, Path], Any]] = {
    "embedded, Cypher": embedded,
    "embedded, SPARQL": embedded_sparql,
    "Neo4j server": neo4j,
    "SPARQL server": sparql_server,
}
