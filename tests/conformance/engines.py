"""The engines of the suite, read from `engines.toml`, and how each comes to hold a snapshot."""

import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest

from graph.store import open_store, sparql_address
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.protocol import AnswerRow, Store
from graph.store.sparql.sparql_server import SparqlServer
from tests.conformance.graphs import Graph
from tests.servers import arcade_bolt, sparql_servers
from tests.servers.fixtures import AnyServer, holding
from tests.servers.neo4j_server import versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What `engines.toml` says of an engine."""

    name: str
    title: str
    dialect: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """Something besides the questions: its text by dialect, the rows that it gives of the hand-made graph."""

    name: str
    title: str
    texts: Mapping[str, str]
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Why engines lack a question or an ability; `kind` is notimpl, notyet or never."""

    what: str
    engines: tuple[str, ...]
    kind: str
    reason: str


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("engines.toml").read_text(encoding="utf-8"))


@cache
def engines() -> Mapping[str, Told]:
    """Return every engine by name, in the order of the page."""
    pom = ElementTree.parse(sparql_servers.POM).getroot()
    fuseki = next(one.text for one in pom.iter("{http://maven.apache.org/POM/4.0.0}version") if one.text != "1")
    known = versions() | {"fuseki": fuseki}
    return {one["name"]: Told(**one | {"title": one["title"].format(**known)}) for one in _file()["engine"]}


@cache
def abilities() -> tuple[Ability, ...]:
    """Return every ability."""
    return tuple(
        Ability(
            name=one["name"],
            title=one["title"],
            rows=tuple(one.get("rows", ())),
            texts={dialect: one[dialect] for dialect in ("cypher", "sparql") if dialect in one},
        )
        for one in _file()["ability"]
    )


@cache
def lacks() -> Mapping[tuple[str, str], Lack]:
    """Return what is lacking, by the engine and the question or ability."""
    listed = [Lack(**one | {"engines": tuple(one["engines"])}) for one in _file()["lack"]]
    return {(engine, lack.what): lack for lack in listed for engine in lack.engines}


class Engine(Protocol):
    """An engine that runs: `hold` makes it hold a graph and gives the store; what it held before is gone."""

    name: str

    def hold(self, graph: Graph) -> Store:
        """Return the store, which the caller closes."""
        ...


@dataclass
class Embedded:
    """An engine in this process: the graph's own folder, in either dialect."""

    name: str

    def hold(self, graph: Graph) -> Store:
        """Open the graph's folder."""
        return open_store(sparql_address(graph.root) if self.name == "oxigraph" else graph.root)


@dataclass
class OverBolt:
    """The embedded engine's Bolt endpoint; it takes up a folder that is put beside the others."""

    root: Path
    address: str
    name: str = "arcade-bolt"
    held: int = 0

    def hold(self, graph: Graph) -> Store:
        """Put the graph into a folder of its own, and open it by its name."""
        self.held += 1
        database = f"graph{self.held}"
        with ArcadeStore(self.root / "databases" / database, self.root / "log") as store:
            store.load(graph.snapshot)
        return open_store(f"{self.address.rpartition('/')[0]}/{database}")

    @classmethod
    @contextmanager
    def serving(cls, root: Path) -> Iterator["OverBolt"]:
        """Serve the databases of a folder."""
        (root / "databases").mkdir(parents=True)
        with pytest.MonkeyPatch.context() as patch, arcade_bolt.serving(root) as address:
            patch.setenv("NEO4J_USERNAME", arcade_bolt.USER)
            patch.setenv("NEO4J_PASSWORD", arcade_bolt.PASSWORD)
            yield cls(root, address)


@dataclass
class OverHttp:
    """A SPARQL server."""

    name: str
    address: str

    def hold(self, graph: Graph) -> Store:
        """Replace what the server holds."""
        SparqlServer(self.address).load(graph.snapshot)
        return open_store(self.address)


@dataclass
class Neo4j:
    """A Neo4j server."""

    name: str
    server: AnyServer

    def hold(self, graph: Graph) -> Store:
        """Push the graph, where another is there."""
        return holding(self.server, graph.snapshot)


def address_of(engine: Engine, graph: Graph) -> str:
    """Return where an engine answers, as `--store` and `push` take it."""
    if isinstance(engine, Neo4j):
        return engine.server.uri
    if isinstance(engine, OverBolt | OverHttp):
        return engine.address
    return sparql_address(graph.root) if engine.name == "oxigraph" else str(graph.root)
