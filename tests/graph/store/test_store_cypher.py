"""What the store on a Neo4j server does with what a connection gives, and what a server's codes mean; without a server."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from graph.errors import PolicyGraphError, StoreError, UsageError
from graph.store.neo4j_server.bolt_connection import BoltConnection
from graph.store.neo4j_server.complaints import ServerFailure, complaint
from graph.store.neo4j_server.cypher_store import CypherStore


class Played:
    """A connection that plans and answers what it was told to, and notes what it is asked."""

    def __init__(self, kind: str = "r", *, foreign: bool = False, rows: list[dict[str, Any]] | None = None) -> None:
        self.kind, self.foreign, self.rows = kind, foreign, rows or []
        self.done: list[str] = []

    def plan(self, text: str, parameters: object) -> tuple[str | None, Mapping[str, Any] | None]:
        self.done.append("plan")
        return self.kind, None

    def read(self, text: str, parameters: object, *, seconds: float | None) -> list[dict[str, Any]]:
        self.done.append(f"read for {seconds} seconds")
        return self.rows


def store(connection: Played) -> CypherStore:
    return CypherStore(cast(BoltConnection, connection), seconds=3.0)


def test_a_query_is_planned_once_and_then_read() -> None:
    connection = Played(rows=[{"n": 1}])
    asked = store(connection)
    assert [asked.ask("RETURN 1 AS n"), asked.ask("RETURN 1 AS n")] == [[{"n": 1}]] * 2
    assert connection.done == ["plan", *["read for 3.0 seconds"] * 2]


def test_a_query_that_is_refused_by_its_plan_is_never_run() -> None:
    connection = Played("rw")
    for _ in range(2):
        with pytest.raises(UsageError, match="the query writes"):
            store(connection).ask("MATCH (n) WITH n RETURN n")
    assert connection.done == ["plan", "plan"]


def test_of_another_engine_the_words_decide_and_no_plan_is_asked_for() -> None:
    connection = Played(foreign=True)
    with pytest.raises(UsageError, match="SET"):
        store(connection).ask("MATCH (n:Task) SET n.title = 'x'")
    assert store(connection).ask("MATCH (n:Task) RETURN n.title") == []
    assert connection.done == ["read for 3.0 seconds"]


def test_nodes_come_as_text_without_whose_they_are() -> None:
    node = {"key": "yunxi/1.1", "_store": "f00d", "marks": ["甲"]}
    rows = store(Played(rows=[{"n": node, "l": [node, None], "d": "2022-09-30"}])).ask("MATCH (n) RETURN n")
    plain = '{"key": "yunxi/1.1", "marks": ["甲"]}'
    assert rows == [{"n": plain, "l": f"[{plain}, null]", "d": "2022-09-30"}]


@pytest.mark.parametrize(
    ("failure", "code", "kind", "words"),
    [
        ("login", "", StoreError, "refuses these credentials"),
        ("answer", "Neo.ClientError.Security.Unauthorized", StoreError, "refuses these credentials"),
        ("product", "", StoreError, "it must be Neo4j 5.26 or later"),
        ("unreachable", "", StoreError, r"no server answers there \(said\)"),
        ("answer", "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", UsageError, "time is up"),
        ("answer", "Neo.ClientError.Statement.AccessMode", UsageError, "the query writes"),
        ("answer", "Neo.ClientError.Statement.SyntaxError", UsageError, "not understood: said"),
        ("answer", "Neo.ClientError.Procedure.ProcedureNotFound", UsageError, "not understood: said"),
        ("answer", "Neo.ClientError.Database.DatabaseNotFound", StoreError, "no such database"),
        ("answer", "Neo.TransientError.General.OutOfMemoryError", StoreError, "the server failed: said"),
    ],
)
def test_what_a_server_complains_of(
    failure: ServerFailure, code: str, kind: type[PolicyGraphError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        raise complaint(failure, code, "said", "bolt://a")
