"""What is somebody else's on a Neo4j server: a push refuses it in one line and touches none of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graph.errors import StoreError
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.home import Home
from graph.store.neo4j_server import constraints, push
from graph.store.neo4j_server.constraints import rules
from tests.factories import small_snapshot
from tests.graph.store.test_push import holds, other_snapshot, publish, rows_of
from tests.servers.fixtures import AnyServer, empty


@pytest.fixture
def server(neo4j_server: AnyServer) -> Iterator[AnyServer]:
    """The server of all tests, emptied before and after: what stands here is not what it says that it is."""
    empty(neo4j_server)
    yield neo4j_server
    empty(neo4j_server)


@pytest.fixture
def bare(server: AnyServer) -> Iterator[AnyServer]:
    """The same without constraints and indexes."""
    empty(server, schema=True)
    yield server
    empty(server, schema=True)


@pytest.fixture
def driver(server: AnyServer) -> Iterator[Driver]:
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "home")
    publish(found, small_snapshot())
    return found


def test_other_peoples_nodes_stay(server: AnyServer, home: Home, driver: Driver) -> None:
    driver.execute_query("CREATE (:Note {key: 'n1'})-[:PART_OF]->(:Note {key: 'n2'})")
    push.push(home, server.uri)
    driver.execute_query("MATCH (n:Note {key: 'n1'}), (t:Task {key: 'yunxi/1.1'}) CREATE (n)-[:ABOUT]->(t)")
    publish(home, other_snapshot())
    push.push(home, server.uri)
    assert holds(server, other_snapshot())
    found = driver.execute_query("MATCH (:Note)-[r]->() RETURN type(r) AS kind ORDER BY kind").records
    assert [record["kind"] for record in found] == ["ABOUT", "PART_OF"]


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("CREATE (:Task {key: 'mine'})", "1 nodes labelled Task belong to somebody else"),
        ("CREATE (:Task {key: 'mine', _store: 'other'})", "nodes labelled Task"),
        ("CREATE CONSTRAINT mine FOR (n:Task) REQUIRE n.title IS UNIQUE", "the constraint mine on Task(title)"),
        ("CREATE CONSTRAINT zhengmai_task_key FOR (n:Other) REQUIRE n.key IS UNIQUE", "zhengmai_task_key"),
        ("CREATE CONSTRAINT mine FOR (n:Task) REQUIRE n.key IS UNIQUE", "the constraint mine on Task(key)"),
        ("CREATE CONSTRAINT task_text FOR (n:Other) REQUIRE n.a IS UNIQUE", "the constraint task_text on Other(a)"),
        ("CREATE FULLTEXT INDEX task_text FOR (n:Other) ON EACH [n.text]", "the index task_text"),
        # The server makes no second index of a kind for a property; one that is there by our name is not looked into.
        ("CREATE INDEX mine FOR (n:Task) ON (n.key)", "the index mine (RANGE) on Task(key)"),
        ("CREATE INDEX zhengmai_task_key FOR (n:Task) ON (n.key)", "the index zhengmai_task_key (RANGE) on Task(key)"),
        ("CREATE INDEX mine FOR (n:Evidence) ON (n.subject)", "the index mine (RANGE) on Evidence(subject)"),
        ("CREATE INDEX task_text FOR (n:Task) ON (n.text)", "the index task_text (RANGE) on Task(text)"),
        ("CREATE INDEX policy_title FOR ()-[r:Policy]-() ON (r.title)", "the index policy_title (RANGE)"),
        (
            "CREATE FULLTEXT INDEX mine FOR (n:Task) ON EACH [n.text]",
            "the index mine (FULLTEXT standard-no-stop-words)",
        ),
        ("CREATE FULLTEXT INDEX task_text FOR (n:Task) ON EACH [n.text]", "the index task_text (FULLTEXT standard"),
    ],
)
def test_a_label_constraint_or_index_of_somebody_else_is_refused(
    theirs: str, said: str, bare: AnyServer, home: Home, driver: Driver
) -> None:
    driver.execute_query(theirs)
    before = everything(driver)
    with pytest.raises(StoreError) as caught:
        push.push(home, bare.uri)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert everything(driver) == before


def everything(driver: Driver) -> list[list[Any]]:
    """What a database holds: nodes, constraints, indexes."""
    texts = (
        "MATCH (n) RETURN labels(n), properties(n) ORDER BY elementId(n)",
        "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties ORDER BY name",
        "SHOW INDEXES YIELD name, type, labelsOrTypes, properties, options ORDER BY name",
    )
    return [[record.values() for record in driver.execute_query(text).records] for text in texts]


def test_other_peoples_indexes_that_are_not_in_the_way_stay(bare: AnyServer, home: Home, driver: Driver) -> None:
    driver.execute_query("CREATE INDEX mine FOR (n:Task) ON (n.title)")
    driver.execute_query("CREATE TEXT INDEX words FOR (n:Task) ON (n.text)")
    driver.execute_query("CREATE FULLTEXT INDEX both FOR (n:Task|Policy) ON EACH [n.text, n.title]")
    assert push.push(home, bare.uri).way == "new"
    with open_store(bare.uri) as store:
        assert store.ask("CALL db.index.fulltext.queryNodes('task_text', '管家') YIELD node RETURN node.key AS key")
    names = {record["name"] for record in driver.execute_query("SHOW INDEXES YIELD name").records}
    assert {"mine", "words", "both", *(rule.name for rule in rules())} <= names


def test_an_index_that_does_not_come_about_is_said(
    bare: AnyServer, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if somebody had made another index just before ours, which then is not made and not missed.
    theirs = "CREATE INDEX mine IF NOT EXISTS FOR (n:Task) ON (n.title)"
    late = [replace(rule, text=theirs) for rule in rules() if rule.name == "task_text"]
    monkeypatch.setattr(constraints, "rules", lambda: iter(late))
    with pytest.raises(StoreError, match="task_text was not made"):
        push.push(home, bare.uri)


@pytest.mark.parametrize("key", ["yunxi/2.2", "mine"])
@pytest.mark.parametrize("store", ["null", "'other'"])
def test_a_node_of_somebody_else_in_the_place_of_ours_is_refused(
    key: str, store: str, server: AnyServer, home: Home, driver: Driver
) -> None:
    push.push(home, server.uri)
    driver.execute_query("MATCH (n:Task {key: 'yunxi/2.2'}) DETACH DELETE n")
    driver.execute_query(f"CREATE (:Task {{key: '{key}', mine: 'theirs', _store: {store}}})")
    before = everything(driver)
    for _ in range(2):
        with pytest.raises(StoreError, match="1 nodes labelled Task belong to somebody else"):
            push.push(home, server.uri)
        assert everything(driver) == before


@pytest.mark.parametrize(
    "broken", ["MATCH (n:Issue)", "MATCH (n:Task {key: 'yunxi/2.2'})", "MATCH (n:Task {key: 'yunxi/2.3'})"]
)
def test_only_what_is_ours_is_changed_though_counts_are_right(
    broken: str, server: AnyServer, home: Home, driver: Driver
) -> None:
    """Nodes that became somebody else's are found when they are to be changed, taken away or linked to."""
    push.push(home, server.uri)
    driver.execute_query(f"{broken} SET n._store = 'other'")
    before = everything(driver)
    assert push.push(home, server.uri).way == "same"
    rows = rows_of(other_snapshot())
    rows["Issue"] = [row | {"message": "anders"} for row in rows["Issue"]]
    publish(home, Snapshot.of_rows(rows, rules="test"))
    with pytest.raises(StoreError, match="belong to somebody else"):
        push.push(home, server.uri)
    assert everything(driver) == before


def test_a_node_that_becomes_theirs_during_a_push_is_left_alone(
    server: AnyServer, home: Home, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    push.push(home, server.uri)

    def look(*given: Any) -> None:  # noqa: ANN401
        driver.execute_query("MATCH (n:Task {key: 'yunxi/2.2'}) SET n._store = 'other', n.title = 'theirs'")

    monkeypatch.setattr(push, "check_keys", look)
    publish(home, other_snapshot())
    with pytest.raises(StoreError, match="1 nodes labelled Task belong to somebody else"):
        push.push(home, server.uri)
    found = driver.execute_query("MATCH (n:Task {key: 'yunxi/2.2'}) RETURN n.title AS title").records
    assert [record["title"] for record in found] == ["theirs"]
    with pytest.raises(StoreError, match="broken off"):
        open_store(server.uri)
