"""Real SPARQL servers: loads, parameters, typed-in queries, errors. tests/conformance asks them every question."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.errors import StoreError, UsageError
from graph.store import open_store
from graph.store.protocol import Store
from graph.store.sparql.sparql_server import SparqlServer
from queries.typed.typed_in import answer
from tests.conformance.engines import lacks
from tests.factories import small_snapshot
from tests.servers.busy import works
from tests.servers.neo4j_server import free_port
from tests.servers.sparql_servers import GIVEN, RunningServer


@pytest.fixture(scope="module")
def served(sparql_server: str) -> Store:
    SparqlServer(sparql_server).load(small_snapshot())
    return open_store(sparql_server)


@pytest.fixture
def alone(sparql_server: str, tmp_path: Path) -> Iterator[str]:
    """A server of the same kind that nobody else asks: what it computes, it computes for this test."""
    if os.environ.get(GIVEN):
        yield sparql_server
        return
    server = RunningServer("fuseki" if sparql_server.endswith("/zm/query") else "oxigraph", tmp_path)
    try:
        SparqlServer(server.address).load(small_snapshot())
        yield server.address
    finally:
        server.stop()


def test_a_load_replaces_what_was_there(served: Store, sparql_server: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = served.ask(count)
    SparqlServer(sparql_server).load(small_snapshot())
    assert served.ask(count) == before


@pytest.mark.parametrize(
    "odd",
    ['"', "\\", '" } # ', "\\u0022", "\\\\u0022", "'''", "a\nb\rc\td", '") UNION { ?s ?p ?o } #', "$text", "é𠮷\u2028"],
)
def test_a_parameter_is_a_literal_whatever_it_holds(odd: str, served: Store) -> None:
    assert served.ask("SELECT ?x { BIND($text AS ?x) }", {"text": odd}) == [{"x": odd}]


def test_a_query_that_is_none_is_told_so(served: Store) -> None:
    with pytest.raises(UsageError, match="not understood"):
        served.ask("SELECT ?x {")
    with pytest.raises(UsageError):
        served.ask("DROP DEFAULT")
    assert served.ask("ASK { ?s ?p ?o }") == [{"answer": True}]


def test_a_typed_in_query_is_answered_or_refused(served: Store, sparql_server: str) -> None:
    text = "SELECT (COUNT(?t) AS ?n) { ?t a zm:Task }"
    assert answer(sparql_server, text).rows[0]["n"] == small_snapshot().count("Task")
    for refused in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/>",
    ):
        with pytest.raises(UsageError):
            answer(sparql_server, refused)
    with pytest.raises(UsageError, match="sparql"):
        answer(sparql_server, "MATCH (t) RETURN t", dialect="cypher")


def test_a_query_without_end_is_given_up(alone: str) -> None:
    began = time.monotonic()
    with pytest.raises((UsageError, StoreError)):
        answer(alone, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=2.0)
    assert time.monotonic() - began < 6
    if os.environ.get(GIVEN):
        return
    port = urlsplit(alone).port or 0
    if ("oxigraph-server", "stopped") in lacks() and not alone.endswith("/zm/query"):
        assert works(port), "it does not lack it any more"
        return
    while works(port):
        assert time.monotonic() - began < 30, "the server goes on with it"


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        open_store(f"sparql+http://127.0.0.1:{free_port()}/query").ask("ASK {}")


def test_what_is_no_sparql_server(tmp_path: Path, sparql_server: str) -> None:
    elsewhere = sparql_server.rpartition("/")[0] + "/nothing-here"
    with pytest.raises(StoreError):
        open_store(elsewhere).ask("ASK {}")
