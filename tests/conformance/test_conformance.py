"""Every question on every engine: the rows of the embedded engine, in value and order; what is lacking is listed.

A real server is started when the first test needs it, and its tests run one after another before the next is started.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from graph.errors import PolicyGraphError
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from graph.store.neo4j_server.push import push
from graph.store.network import of_snapshot, of_store, to_networkx
from graph.store.protocol import Store
from queries.catalog import catalogue
from tests.conformance.engines import (
    Ability,
    Embedded,
    Engine,
    Neo4j,
    OverBolt,
    OverHttp,
    abilities,
    address_of,
    engines,
    lacks,
)
from tests.conformance.families import documents, snapshots
from tests.conformance.graphs import Graph, Graphs, said
from tests.servers.fixtures import AnyServer
from tests.shared import SHARED

pytestmark = pytest.mark.conformance

# The same few families in every run: what is compared must not change from one to the next.
SETTINGS: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture(scope="class", params=["small", "summary", "sample", "seeds"])
def graph(request: pytest.FixtureRequest, graphs: Graphs) -> Graph:
    if request.param == "seeds" and not (SHARED / "seeds").is_dir():
        pytest.skip("the real documents (../shared) do not stand beside this checkout")
    return graphs.get(request.param)


def agree(engine: Engine, graph: Graph, store: Store, question: str) -> None:
    """Hold an engine to the rows and notes of the embedded one, or to what is listed as lacking."""
    lack = lacks().get((engine.name, question))
    answers = [(given, expected, said(question, store, given)) for given, expected in graph.answers(question)]
    if lack is None:
        for given_, expected, found in answers:
            assert found == expected, given_
    elif lack.kind != "never":
        assert any(found != expected for _, expected, found in answers), f"it does not lack it any more: {lack.reason}"


class OfAnEngine:
    """What an engine can do besides questions; the classes below say how it runs."""

    @pytest.fixture(scope="class")
    @classmethod
    def store(cls, engine: Engine, graph: Graph) -> Iterator[Store]:
        with engine.hold(graph) as opened:
            yield opened

    def test_networkx_is_given_the_same_graph(self, graph: Graph, store: Store) -> None:
        here, there = to_networkx(of_snapshot(graph.snapshot)), to_networkx(of_store(store))
        assert dict(there.nodes(data=True)) == dict(here.nodes(data=True))
        assert {edge[2]: edge for edge in there.edges(keys=True, data=True)} == {
            edge[2]: edge for edge in here.edges(keys=True, data=True)
        }

    @pytest.mark.parametrize("ability", [one for one in abilities() if one.texts], ids=lambda one: one.name)
    def test_what_it_can_do_besides(self, ability: Ability, engine: Engine, graphs: Graphs) -> None:
        lack, text = lacks().get((engine.name, ability.name)), ability.texts.get(engines()[engine.name].dialect)
        if text is None:
            assert lack is not None
            assert lack.kind == "never"
            return
        with engine.hold(graphs.get("small")) as store:
            if lack is None:
                assert store.ask(text) == list(ability.rows)
                return
            with pytest.raises(PolicyGraphError):
                store.ask(text)

    def test_it_is_pushed_to_or_says_why_not(self, engine: Engine, graphs: Graphs) -> None:
        graph = graphs.get("small")
        address = address_of(engine, graph)
        if (engine.name, "push") not in lacks():
            engine.hold(graph).close()
            assert push(Home(graph.root), address, store_id=store_id(address)).way in ("same", "mended")
            return
        with pytest.raises(PolicyGraphError) as caught:
            push(Home(graph.root), address)
        assert "\n" not in str(caught.value)


class Answering(OfAnEngine):
    """An engine whose answers are compared with those of the embedded one."""

    @pytest.mark.parametrize("question", catalogue())
    def test_rows_are_equal_in_value_and_order(self, question: str, engine: Engine, graph: Graph, store: Store) -> None:
        agree(engine, graph, store, question)

    @settings(max_examples=4, **SETTINGS)
    @given(snapshot=snapshots())
    def test_a_generated_family_of_rows(self, snapshot: Snapshot, engine: Engine, graphs: Graphs) -> None:
        assert not validate(snapshot)
        self.agree_in_all(engine, graphs.of_snapshot(snapshot))

    @settings(max_examples=2, **SETTINGS)
    @given(texts=documents())
    def test_a_generated_family_of_documents(self, texts: dict[str, str], engine: Engine, graphs: Graphs) -> None:
        self.agree_in_all(engine, graphs.of_documents(texts))

    def agree_in_all(self, engine: Engine, graph: Graph) -> None:
        with engine.hold(graph) as store:
            for question in catalogue():
                agree(engine, graph, store, question)


def store_id(address: str) -> str | None:
    from graph.store.neo4j_server.bolt_connection import BoltConnection
    from graph.store.neo4j_server.marker import marker_of

    with BoltConnection.connect(address) as connection:
        marker = marker_of(connection)
        return marker.store if marker else None


class TestArcade(OfAnEngine):
    """The engine whose answers are the measure."""

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls) -> Engine:
        return Embedded("arcade")


class TestOxigraph(Answering):
    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls) -> Engine:
        return Embedded("oxigraph")


class TestArcadeOverBolt(Answering):
    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
        with OverBolt.serving(tmp_path_factory.mktemp("bolt")) as engine:
            yield engine


class TestSparqlServers(Answering):
    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, sparql_server: str) -> Engine:
        return OverHttp("fuseki" if sparql_server.endswith("/zm/query") else "oxigraph-server", sparql_server)


class TestNeo4j(Answering):
    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, neo4j_server: AnyServer) -> Engine:
        return Neo4j("neo4j-newest" if neo4j_server.line == "newest" else "neo4j-lts", neo4j_server)
