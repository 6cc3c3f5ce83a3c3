from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from tests.made import make_store
from tests.queries.summary import with_summary


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("small") / "store")


@pytest.fixture(scope="session")
def store(address: Path) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture(scope="session")
def summary_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A family of which not everything is held: a summary beside the full text, a city plan that is only cited."""
    snapshot = Snapshot.of_rows(with_summary(), rules="test")
    with open_store(make_store(tmp_path_factory.mktemp("summary") / "store", snapshot)) as opened:
        yield opened
