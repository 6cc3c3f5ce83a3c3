"""What all tests may ask for: real servers, started when the first test needs one."""

import pytest

from tests.servers.fixtures import neo4j_server

__all__ = ["neo4j_server"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that a real server answers, so that `-m "not neo4j"` leaves them out."""
    for item in items:
        if {"neo4j_server", "own_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("neo4j")
