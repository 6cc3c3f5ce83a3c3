import time
from pathlib import Path

import pytest

from graph.errors import StoreError, UsageError
from queries.faults import GuardError
from queries.typed.query_guard import check
from queries.typed.typed_in import answer


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "query_length"),
        ("MATCH (n) RETURN n; MATCH (m) RETURN m", "query_several"),
        ("CREATE (n:Task) RETURN n", "query_writes"),
        ("MATCH (n) SET n.title = 'x' RETURN n", "query_writes"),
        ("MATCH (n) DETACH DELETE n", "query_writes"),
        ("MERGE (n:Task {key: 'x'}) RETURN n", "query_writes"),
        ("MATCH (n) REMOVE n.title", "query_writes"),
        ("MATCH (n) FOREACH (x IN [1] | CREATE (:Y))", "query_writes"),
        ("MATCH (n) /* hidden */ delete n", "query_writes"),
        ("LOAD CSV FROM 'file:///x' AS line RETURN line", "query_files"),
        ("CALL apoc.load.json('file:///x') YIELD value RETURN value", "query_calls"),
        ("RETURN apoc.load.json('file:///x') AS x", "query_calls"),
        ("CALL dbms.listConfig() YIELD name RETURN name", "query_calls"),
        ("CALL `algo.pagerank`() YIELD node RETURN count(node) AS n", "query_calls"),
        ("RETURN util.md5('a') AS x", "query_calls"),
        ("MATCH (n) WHERE n.value > 1. SET n.value = 2", "query_writes"),
        ("MATCH (n) /* x\n/* y */ // z\rDELETE n", "query_writes"),
        ("MATCH (n) WHERE n.name = `a``b` SET n.name = 'x'", "query_writes"),
        ("EXPLAIN MATCH (n) RETURN n", "query_begins"),
        ("SELECT FROM Task", "query_begins"),
        ("MATCH (n) RETURN n" + " " * 5 + "+ 1" * 9_000, "query_length"),
    ],
)
def test_what_a_query_may_not_do(text: str, code: str) -> None:
    with pytest.raises(GuardError) as caught:
        check(text)
    assert caught.value.code == code
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (t:Task) WHERE t.title CONTAINS 'CREATE' RETURN t.key AS task",
        "match (t:Task) return t.key as task // DELETE nothing",
        "CALL db.index.fulltext.queryNodes('task_text', '水源') YIELD node RETURN node.key AS key",
        "MATCH (t:Task) CALL { WITH t RETURN t.key AS key } RETURN key",
        "MATCH (n) RETURN n.`set` AS x",
        "MATCH (n) RETURN n.set AS x;",
        "MATCH (e:Evidence) RETURN e.start AS start, e.`end` AS stop",
        "OPTIONAL MATCH (n) RETURN n.key AS key",
    ],
)
def test_what_a_query_may_do(text: str) -> None:
    assert check(text) == text.rstrip(";")


def test_a_typed_in_query_answers_in_a_process_of_its_own(address: Path) -> None:
    found = answer(address, "MATCH (t:Task) RETURN t.key AS task, t.`order` AS place ORDER BY task", limit=2)
    assert found.columns == ("task", "place")
    assert [row["task"] for row in found] == ["chengzhou/1.1", "chengzhou/2.2"]
    assert found.notes[0].values == {"shown": 2, "all": 9}


def test_a_runaway_query_is_stopped(address: Path) -> None:
    began = time.monotonic()
    text = "MATCH (a), (b), (c), (d), (e), (f) WHERE a.name < b.name RETURN max(a.key + f.key) AS x"
    with pytest.raises(GuardError) as caught:
        answer(address, text, timeout=0.7)
    assert caught.value.code == "query_timeout"
    assert time.monotonic() - began < 3


def test_what_the_engine_does_not_understand_is_said_in_one_line(address: Path) -> None:
    with pytest.raises(UsageError) as caught:
        answer(address, "MATCH (t:Task RETURN t")
    assert "\n" not in str(caught.value)


def test_a_store_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        answer(tmp_path / "none", "MATCH (t:Task) RETURN t.key AS task")
