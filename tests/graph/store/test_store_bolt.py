"""Over Bolt against the embedded engine's own endpoint: the code that speaks to Neo4j, tested with pip alone."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.errors import StoreError, UsageError
from graph.store import open_store
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.home import Home
from graph.store.neo4j_server.push import push
from graph.store.protocol import Store
from queries.faults import GuardError
from queries.typed.typed_in import answer
from tests.conformance.engines import lacks
from tests.factories import small_snapshot
from tests.graph.store.test_store_arcade import content
from tests.made import make_store
from tests.servers.arcade_bolt import DATABASE, PASSWORD, USER, serving
from tests.servers.busy import works


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("bolt")
    (root / "databases").mkdir()
    with ArcadeStore(root / "databases" / DATABASE, root / "log") as store:
        store.load(small_snapshot())
    with pytest.MonkeyPatch.context() as patch, serving(root) as address:
        patch.setenv("NEO4J_USERNAME", USER)
        patch.setenv("NEO4J_PASSWORD", PASSWORD)
        yield address


@pytest.fixture(scope="module")
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("embedded") / "home")) as opened:
        yield opened


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Task {key: 'x'}) RETURN n.key AS key",
        "MATCH (n:Task) SET n.title = 'x'",
        "MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'file:///x' AS line RETURN line",
        "CALL apoc.load.json('x') YIELD value RETURN value",
    ],
)
def test_it_only_reads_though_the_endpoint_would_write(text: str, store: Store, embedded: Store) -> None:
    with pytest.raises(UsageError):
        store.ask(text)
    assert content(store) == content(embedded)


def test_it_is_not_pushed_to(address: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ArcadeDB"):
        push(Home(make_store(tmp_path / "home")), address)


def test_a_query_without_end_is_given_up_here_and_not_on_the_server(address: str, store: Store) -> None:
    text = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c RETURN sum(c) AS runaway"
    began = time.monotonic()
    with pytest.raises(GuardError):
        answer(address, text, timeout=2.0)
    assert time.monotonic() - began < 6
    assert ("arcade-bolt", "stopped") in lacks()
    assert works(urlsplit(address).port or 0), "it does not lack it any more"
