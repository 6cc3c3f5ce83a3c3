"""What all tests may ask for: real servers, started when the first test needs one."""

import pytest

from tests.servers.fixtures import neo4j_server
from tests.servers.sparql_servers import sparql_server

__all__ = ["neo4j_server", "sparql_server"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that a real server answers, so that `-m "not neo4j"` leaves them out."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if {"neo4j_server", "own_server"} & needs:
            item.add_marker("neo4j")
        if {"neo4j_server", "own_server", "sparql_server"} & needs:
            item.add_marker("server")
