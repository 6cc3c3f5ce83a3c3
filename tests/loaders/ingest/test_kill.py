"""A build that is killed at any moment leaves the graph that was there, and the next build makes good."""

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from benchmarks.generate import family
from graph.errors import StoreError
from graph.store import open_store
from graph.store.home import Home
from loaders.ingest.graph_build import build
from tests.loaders.built import answers, snapshot_bytes, start
from tests.shared import ROOT

pytestmark = pytest.mark.slow

MOMENTS = 10


def written(folder: Path) -> list[Path]:
    """Write two plans of a family, and three that a second build is to add."""
    for at, (name, text) in enumerate(list(family(1))[:5]):
        path = folder / ("first" if at < 2 else "more") / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [folder / "first", folder / "more"]


@pytest.fixture(scope="module")
def killing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path], float]:
    """Return a graph, the folder to build into it, and how long that takes; beside it, `timed`, what comes of it."""
    root = tmp_path_factory.mktemp("killing")
    folders = written(root / "in")
    store = root / "graph"
    build(folders[:1], store, jobs=1)
    other = shutil.copytree(store, root / "timed")
    began = time.monotonic()
    assert start(str(other), str(folders[1])).wait() == 0
    return store, folders, time.monotonic() - began


def kill(process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    """Kill the build itself, as a full disk or a power switch would; return the processes that it had."""
    try:
        helpers: list[psutil.Process] = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        helpers = []
    process.kill()
    process.wait()
    return helpers


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_build_leaves_the_old_graph_answering(
    killing: tuple[Path, list[Path], float], tmp_path: Path, moment: int
) -> None:
    whole, folders, seconds = killing
    finished = whole.parent / "timed"
    store = Path(shutil.copytree(whole, tmp_path / "graph"))
    before = answers(store)
    process = start(str(store), str(folders[1]))
    time.sleep((moment + random.Random(moment).random()) / MOMENTS * seconds * 1.05)
    helpers = kill(process)
    if Home(store).generation().name == Home(whole).generation().name:
        assert answers(store) == before
    else:
        # It was done before it could be killed.
        assert answers(store) == answers(finished)
    report = build([folders[1]], store, jobs=1)
    assert report.failures == ()
    assert snapshot_bytes(store) == snapshot_bytes(finished)
    assert answers(store) == answers(finished)
    assert len(list((store / "generations").iterdir())) == 1
    assert list(store.rglob("*.part")) == []
    psutil.wait_procs(helpers, timeout=10)
    assert [one for one in helpers if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a helper ends when its rule lets it look")
def test_helpers_end_with_the_build_in_the_midst_of_a_long_rule(tmp_path: Path) -> None:
    folder = written(tmp_path / "in")[0]
    script = (
        "import sys; from pathlib import Path; import loaders.ingest.workers as work;"
        "from loaders.ingest.graph_build import build; work._WORTH_BYTES = 0; work._PARCEL_BYTES = 1\n"
        # In one step of the interpreter: no other thread of the process gets a turn.
        "work.read_file = lambda *given: sum(range(10**12))\n"
        "build([Path(sys.argv[1])], Path(sys.argv[2]), jobs=2)"
    )
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "graph")]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            helpers = psutil.Process(process.pid).children(recursive=True)
            if len(helpers) == 2 and all(sum(one.cpu_times()[:2]) > 0.5 for one in helpers):
                break
            time.sleep(0.05)
        assert len(helpers) == 2
        process.kill()
    _, left = psutil.wait_procs(helpers, timeout=2)
    assert [one for one in left if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    with Home(tmp_path / "graph").lock(wait=0):
        pass


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    home = Home(tmp_path / "graph")
    said: list[str] = []
    done: list[str] = []

    def second() -> None:
        with home.lock(say=said.append):
            done.append("second")

    with home.lock():
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.4)
        done.append("first")
    thread.join()
    assert done == ["first", "second"]
    assert len(said) == 1
    assert "another build is running" in said[0]


def test_a_second_build_says_so_when_it_waited_long_enough(tmp_path: Path) -> None:
    home = Home(tmp_path / "graph")
    with home.lock(), pytest.raises(StoreError, match="another build is running"), home.lock(wait=0.2):
        pass


def test_a_reader_that_was_there_before_the_swap_goes_on_answering(tmp_path: Path) -> None:
    folders = written(tmp_path / "in")
    build(folders[:1], tmp_path / "graph", jobs=1)
    with open_store(tmp_path / "graph") as reader:
        before = reader.ask("MATCH (t:Task) RETURN count(t) AS n")
        build(folders[1:], tmp_path / "graph", jobs=1)
        assert reader.ask("MATCH (t:Task) RETURN count(t) AS n") == before
    with open_store(tmp_path / "graph") as reader:
        assert reader.ask("MATCH (t:Task) RETURN count(t) AS n") != before


@pytest.mark.skipif(os.name == "nt", reason="folders have no write permission of this kind there")
def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written") as error:
        build(written(tmp_path / "in"), tmp_path / "file" / "graph", jobs=1)
    assert "\n" not in str(error.value)


def test_a_generation_without_its_mark_is_not_answered_from(tmp_path: Path) -> None:
    build(written(tmp_path / "in")[:1], tmp_path / "graph", jobs=1)
    (Home(tmp_path / "graph").generation() / "COMPLETE").unlink()
    with pytest.raises(StoreError, match="not whole"):
        open_store(tmp_path / "graph")
