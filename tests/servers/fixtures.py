"""Fixtures that start real servers once for a run and stop them at its end; `tests/conftest.py` hands them out."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from neo4j import GraphDatabase

from graph.snapshot.snapshot import Snapshot
from graph.store.neo4j_server.bolt_connection import BoltConnection
from graph.store.neo4j_server.cypher_store import CypherStore
from graph.store.neo4j_server.marker import marker_of
from graph.store.neo4j_server.push import bring
from graph.store.snapshot_digest import digest
from tests.servers.java import Missing
from tests.servers.neo4j_server import Given, Neo4jServer, java_for

GIVEN = "ZHENGMAI_TEST_NEO4J"
"""Names a server that already runs, with NEO4J_USERNAME and NEO4J_PASSWORD; its database must be empty."""
AnyServer = Neo4jServer | Given


def unavailable(reason: str) -> NoReturn:
    """Skip a test of a real server; where CI says that all of them run, fail."""
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"a real server must run here: {reason}")
    pytest.skip(reason)


def lines() -> list[str]:
    """Return the lines of servers to test: the LTS one always, the newest where a Java for it is on the machine."""
    if os.environ.get(GIVEN):
        return ["given"]
    try:
        java_for("newest")
    except Missing:
        return ["lts"]
    return ["lts", "newest"]


@contextmanager
def running(line: str, factory: pytest.TempPathFactory) -> Iterator[AnyServer]:
    """Start a server, set its credentials in the environment, and stop it; skip where that cannot be."""
    server = _given() if line == "given" else _started(line, factory)
    before = {name: os.environ.get(name) for name in (*server.environment, "NEO4J_DATABASE")}
    os.environ.update(server.environment)
    os.environ.pop("NEO4J_DATABASE", None)
    try:
        yield server
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        if isinstance(server, Neo4jServer):
            server.stop()


def _started(line: str, factory: pytest.TempPathFactory) -> Neo4jServer:
    try:
        server = Neo4jServer(line, factory.mktemp(f"neo4j-{line}"))
        server.start()
    except Missing as error:
        unavailable(str(error))
    return server


def _given() -> Given:
    user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
    found = Given(os.environ[GIVEN], user, password)
    with GraphDatabase.driver(found.uri, auth=(user, password)) as driver:
        (count,) = driver.execute_query("MATCH (n) RETURN count(n)").records[0]
        if count:
            pytest.fail(f"the database of {GIVEN} holds {count} nodes; the tests take an empty one only")
    return found


@pytest.fixture(scope="session", params=lines())
def neo4j_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnyServer]:
    """A Neo4j server of each line in turn; what it holds is whatever test asked last (`holding`)."""
    with running(request.param, tmp_path_factory) as server:
        yield server


def empty(server: AnyServer, *, schema: bool = False) -> None:
    """Take all nodes out of the server's database, and constraints and indexes too where asked.

    Without those every query has to be planned anew, which takes most of a test's time.
    """
    with (
        GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver,
        driver.session() as session,
    ):
        for row in session.run("SHOW CONSTRAINTS YIELD name").data() if schema else ():
            session.run(f"DROP CONSTRAINT `{row['name']}`").consume()
        for row in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").data() if schema else ():
            session.run(f"DROP INDEX `{row['name']}`").consume()
        session.run("MATCH (n) DETACH DELETE n").consume()


def holding(server: AnyServer, snapshot: Snapshot) -> CypherStore:
    """Return a store of the server that holds just this snapshot; it is written only where another is there."""
    with BoltConnection.connect(server.uri) as connection:
        marker = marker_of(connection)
        if marker is None or marker.snapshot != digest(snapshot):
            if marker is None:
                empty(server)
            bring(connection, snapshot, marker.store if marker else uuid.uuid4().hex, marker=marker)
    return CypherStore.open(server.uri)
