"""The store on a real Neo4j server: what it holds, read-only, clear errors. tests/conformance asks every question."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError, UsageError
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store import open_store, shown
from graph.store.address import BoltAddress
from graph.store.cypher_text.cypher_plan import refused_plan, refused_text
from graph.store.neo4j_server import cypher_store
from graph.store.neo4j_server.cypher_store import CypherStore
from graph.store.protocol import Store
from queries.faults import GuardError
from queries.typed.typed_in import answer
from tests.factories import small_snapshot
from tests.graph.store.test_store_arcade import content
from tests.made import make_store
from tests.servers.fixtures import AnyServer, holding
from tests.servers.scripted_bolt import scripted, trap


@pytest.fixture(scope="module")
def store(neo4j_server: AnyServer) -> Iterator[CypherStore]:
    with holding(neo4j_server, small_snapshot()) as opened:
        yield opened


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("embedded") / "home")) as opened:
        yield opened


def test_it_holds_what_the_embedded_store_holds(store: CypherStore, embedded: Store) -> None:
    assert content(store) == content(embedded)


def test_chinese_words_are_found_inside_sentences(store: CypherStore) -> None:
    text = "CALL db.index.fulltext.queryNodes('task_text', $q) YIELD node, score RETURN node.key AS key ORDER BY key"
    assert {"key": "yunxi/2.3"} in store.ask(text, {"q": "用水管家"})
    text = "CALL db.index.fulltext.queryNodes('policy_title', $q) YIELD node RETURN count(node) AS n"
    assert store.ask(text, {"q": "行动方案"}) == [{"n": 3}]


def test_answers_are_flat(store: CypherStore) -> None:
    row = store.ask(
        "MATCH p = (t:Task {key: 'yunxi/1.1'})-[:HAS_TARGET]->() RETURN t, p, [1, 'a'] AS l, date('2022-09-30') AS d"
    )[0]
    task = json.loads(str(row["t"]))
    assert task["title"] == "划定水源保护区"
    assert "_store" not in task
    assert json.loads(str(row["p"]))[0]["key"] == "yunxi/1.1"
    assert json.loads(str(row["l"])) == [1, "a"]
    assert row["d"] == "2022-09-30"


def test_keys_are_unique_and_indexed(store: CypherStore) -> None:
    unique = {labels[0] for (labels,) in store.connection.rows("SHOW CONSTRAINTS YIELD labelsOrTypes")}
    assert unique == {*names_of(NODE), "Issue"}
    indexed = dict(store.connection.rows("SHOW INDEXES YIELD name, state"))
    assert set(indexed) >= {"zhengmai_evidence_subject", "task_text", "policy_title"}
    assert set(indexed.values()) == {"ONLINE"}


# -- read-only

WRITES = [
    "CREATE (n:Task) RETURN n",
    "MATCH (n:Task) SET n.title = 'x' RETURN n",
    "MATCH (n:Task) DETACH DELETE n",
    "MATCH (n:Task) CALL (n) { SET n.title = 'x' } RETURN n.key",
    "CREATE INDEX other IF NOT EXISTS FOR (n:Task) ON (n.title)",
    "DROP INDEX task_text",
    "CREATE USER other SET PASSWORD 'long-enough'",
]
CALLS = [
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL db.createLabel('Other')",
    "CALL tx.setMetaData({a: 1})",
    "CALL db.info",
    "SHOW TRANSACTIONS",
    "SHOW SETTINGS YIELD name, value",
    "TERMINATE TRANSACTION 'neo4j-transaction-1'",
    "PROFILE MATCH (n) RETURN n",
    "RETURN apoc.load.json('http://127.0.0.1/x') AS x",
    "CALL apoc.load.json('http://127.0.0.1/x') YIELD value RETURN value",
]


@pytest.mark.parametrize("text", [*WRITES, *CALLS])
def test_what_does_more_than_read_is_refused(text: str, store: CypherStore) -> None:
    with pytest.raises(UsageError) as caught:
        store.ask(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("load", ["LOAD CSV FROM '{}' AS l RETURN l", "LOAD  /* */ CSV FROM '{}' AS l RETURN l"])
@pytest.mark.parametrize("by", ["text", "plan"])
def test_no_query_calls_out(by: str, load: str, store: CypherStore, monkeypatch: pytest.MonkeyPatch) -> None:
    if by == "plan":
        # What the text does not show the server's plan does, before anything of it is done.
        monkeypatch.setattr(cypher_store, "refused_text", lambda text: None)
    with trap() as (address, asked), pytest.raises(UsageError, match="reads files"):
        store.ask(load.format(address))
    assert asked == []


def test_a_runaway_query_ends_here_and_on_the_server(store: CypherStore) -> None:
    text = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b WITH a * b AS c RETURN sum(c) AS runaway"
    began = time.monotonic()
    with pytest.raises(GuardError) as caught:
        answer(store.connection.address.shown, text, timeout=1.5)
    assert caught.value.code == "query_timeout"
    assert time.monotonic() - began < 3.5
    while any(
        "runaway" in str(query)
        for (query,) in store.connection.rows("SHOW TRANSACTIONS YIELD currentQuery AS q RETURN q")[1:]
    ):
        assert time.monotonic() - began < 6, "the server goes on with it"
        time.sleep(0.1)


def test_a_typed_in_query_answers(store: CypherStore) -> None:
    found = answer(store.connection.address.shown, "MATCH (t:Task) RETURN t.key AS task ORDER BY task", limit=2)
    assert [row["task"] for row in found] == ["chengzhou/1.1", "chengzhou/2.2"]


# -- errors


def test_a_query_that_is_not_understood_is_said_in_one_line(store: CypherStore) -> None:
    unknown = "CALL db.index.fulltext.queryNodes('nowhere', 'x') YIELD node RETURN node"
    for text in ("MATCH (t:Task RETURN t", "RETURN $unknown", "RETURN 1/0", "CALL db.nowhere()", unknown):
        with pytest.raises(UsageError) as caught:
            store.ask(text)
        assert "\n" not in str(caught.value)


def test_a_wrong_password_is_said_and_not_printed(neo4j_server: AnyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-this-one")
    with pytest.raises(StoreError, match="NEO4J_PASSWORD") as caught:
        open_store(neo4j_server.uri)
    assert caught.value.exit_code == 6
    assert "not-this-one" not in str(caught.value)


def test_no_such_database(neo4j_server: AnyServer) -> None:
    with pytest.raises(StoreError, match="no such database"):
        open_store(f"{neo4j_server.uri}/nowhere")


@pytest.mark.parametrize(
    ("version", "agent"),
    [
        (b"\x00\x00\x00\x05", "Neo4j/5.25.1"),
        (b"\x00\x00\x04\x04", "Neo4j/4.4.40"),
        (b"\x00\x00\x00\x00", None),
    ],
)
def test_an_older_server_is_refused(version: bytes, agent: str | None) -> None:
    with scripted(version, agent) as uri, pytest.raises(StoreError, match=r"5\.26 or later") as caught:
        open_store(uri)
    assert caught.value.exit_code == 6


def test_where_nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    with scripted(b"HTTP", None) as uri, pytest.raises(StoreError, match="no server answers"):
        open_store(uri)
    with pytest.raises(StoreError, match="no server answers"):
        open_store("bolt://127.0.0.1:9")


@pytest.mark.parametrize("text", ["neo4j://me:secret@localhost:7687", "neo4j://me@localhost"])
def test_credentials_have_no_place_in_an_address(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(text)
    assert "secret" not in str(caught.value)
    assert "secret" not in shown(text)


@pytest.mark.parametrize(
    ("text", "uri", "database"),
    [
        ("neo4j://localhost:7687", "neo4j://localhost:7687", None),
        ("neo4j+s://x.databases.neo4j.io", "neo4j+s://x.databases.neo4j.io", None),
        ("bolt://[::1]:7687/plans", "bolt://[::1]:7687", "plans"),
        ("neo4j://a:7687/plans/?region=west", "neo4j://a:7687?region=west", "plans"),
    ],
)
def test_an_address_names_a_server_and_a_database(text: str, uri: str, database: str | None) -> None:
    found = BoltAddress.read(text)
    assert (found.uri, found.database) == (uri, database)


def test_an_unknown_kind_of_address_is_said() -> None:
    with pytest.raises(UsageError, match="neo4j://"):
        open_store("ftp://localhost")
    with pytest.raises(UsageError):
        open_store("neo4j://")


# -- plans and texts, without a server


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (t:Task) WHERE t.title CONTAINS 'CALL apoc.x()' RETURN t.key AS task",
        "MATCH (t:Task) CALL { WITH t RETURN t.key AS key } RETURN key",
        "MATCH (t:Task) CALL (t) { RETURN t.key AS key } RETURN key",
        "RETURN date.truncate('month', date()) AS day, duration.between(date(), date()) AS d",
        "CALL db.index.fulltext.queryNodes('task_text', 'x') YIELD node RETURN node.key AS key",
        "MATCH (n) RETURN n.`apoc.load`",
    ],
)
def test_texts_that_only_read(text: str) -> None:
    assert refused_text(text) is None


def test_plans() -> None:
    def plan(operator: str, details: str = "") -> dict[str, object]:
        below = {"operatorType": f"{operator}@neo4j", "args": {"Details": details}}
        return {"operatorType": "ProduceResults@neo4j", "args": {}, "children": [below]}

    assert refused_plan("r", plan("NodeByLabelScan", "t:Task")) is None
    assert refused_plan("r", plan("ProcedureCall", "db.labels() :: (label :: STRING)")) is None
    assert refused_plan(None, None) is None
    for kind, given in (
        ("rw", plan("Create", "(n)")),
        ("r", plan("LoadCSV", "line")),
        ("r", plan("ShowIndexes")),
        ("s", plan("AdministrationCommand")),
        ("r", plan("ProcedureCall", "apoc.load.json($x) :: (value :: MAP)")),
        ("r", plan("Projection", "apoc.load.json($x) AS y")),
    ):
        assert refused_plan(kind, given) is not None


def test_all_kinds_are_told_apart() -> None:
    assert not set(names_of(NODE)) & set(names_of(LINK))
    assert Path("neo4j://a").parts != ("neo4j://a",), "a path would lose a slash: addresses stay text"
