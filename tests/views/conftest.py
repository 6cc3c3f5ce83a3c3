"""Graphs that pictures are drawn from: the hand-made one, the sample, and one whose words would run if a page let them."""

from collections.abc import Iterator

import pytest

from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from loaders.ingest.graph_build import build
from tests.factories import small_snapshot
from tests.made import make_store
from tests.shared import ROOT

HOSTILE = (
    '</script><script>document.title="taken"</script>',
    "<img src=x onerror=\"document.title='taken'\">",
    'href"><svg onload=document.title="taken">',
    "<!--<script>{{ 7 * 7 }}{% raw %}",
    "javascript:document.title='taken'\u2028\u2029\u202e&lt;b&gt;",
)


@pytest.fixture(scope="session")
def drawn_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(make_store(tmp_path_factory.mktemp("picture") / "store")) as found:
        yield found


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("drawn-sample") / "store"
    build([ROOT / "samples" / "lanjiang"], root, jobs=1)
    with open_store(root) as found:
        yield found


@pytest.fixture(scope="session")
def hostile_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The hand-made graph with text in it that would run if a page took it for HTML or script."""
    rows = {name: small_snapshot().rows(name) for name in small_snapshot()._held}
    for at, task in enumerate(rows["Task"]):
        task["title"] = HOSTILE[at % len(HOSTILE)]
        task["deadline_raw"] = HOSTILE[(at + 1) % len(HOSTILE)]
    for at, row in enumerate([*rows["ASSIGNED_TO"], *rows["Evidence"], *rows["Theme"], *rows["Policy"], *rows["Unit"]]):
        for column in ("surface", "quote", "title", "name"):
            if column in row:
                row[column] = HOSTILE[at % len(HOSTILE)]
    snapshot = Snapshot.of_rows(rows, rules="test")
    with open_store(make_store(tmp_path_factory.mktemp("picture-hostile") / "store", snapshot)) as found:
        yield found
