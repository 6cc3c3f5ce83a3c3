import shutil
from pathlib import Path

import pytest

from graph.errors import InputError, NotFoundError, UsageError
from graph.link.decisions import Decisions, decide_link
from graph.store.home import Home
from graph.store.store_address import StoreAddress
from loaders.ingest.build_outcome import refuse_empty, refuse_nothing
from loaders.ingest.build_plan import BuildReport
from loaders.ingest.graph_build import build
from loaders.ingest.kept_readings import KeptReadings
from loaders.reading.document_reading import read_file

SAMPLE = Path(__file__).parents[3] / "samples" / "lanjiang"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    for name in ("province.txt", "yunxi.md"):
        shutil.copy(SAMPLE / name, folder / name)
    build([folder], folder / "store", jobs=1)
    return folder / "store"


def test_a_reading_is_the_one_of_the_file_cached_or_not(store: Path, tmp_path: Path) -> None:
    fresh = read_file(SAMPLE / "yunxi.md", "yunxi")
    assert KeptReadings(StoreAddress.of(store)).reading("yunxi") == fresh
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    shutil.rmtree(Home(copy).readings)
    assert KeptReadings(StoreAddress.of(copy)).reading("yunxi") == fresh
    with pytest.raises(NotFoundError, match="keeps no text of nobody"):
        KeptReadings(StoreAddress.of(store)).reading("nobody")


def test_links_obey_what_was_decided(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    kept = KeptReadings(StoreAddress.of(copy))
    before = kept.links("yunxi", "province")
    assert before
    decide_link(Home(copy).decisions, before[0].child, before[0].parent, "rejected")
    assert kept.links("yunxi", "province") == before[1:]
    named = kept.links_between(
        str(SAMPLE / "yunxi.md"), "the upper plan", lambda name: {"the upper plan": "province"}[name]
    )
    assert named == before[1:]


def test_a_server_keeps_neither_texts_nor_decisions() -> None:
    kept = KeptReadings(StoreAddress.of("neo4j://localhost:7687"))
    assert kept.decisions() == Decisions()
    with pytest.raises(UsageError, match="keeps no text of yunxi"):
        kept.reading("yunxi")


def test_a_build_that_makes_nothing_is_refused(store: Path, tmp_path: Path) -> None:
    refuse_nothing([], store)
    with pytest.raises(UsageError, match="nothing to build"):
        refuse_nothing([], tmp_path)
    refuse_empty(BuildReport(unchanged=("yunxi",), documents=1), [tmp_path], store)
    with pytest.raises(InputError, match="no document in"):
        refuse_empty(BuildReport(), [tmp_path], store)
