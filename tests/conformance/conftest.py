"""The graphs of the suite, each made once for a run."""

import pytest

from tests.conformance.graphs import Graphs


@pytest.fixture(scope="session")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Graphs:
    return Graphs(tmp_path_factory)
