"""Real Spark on this machine: the command's build on it gives the local build's bytes, and says what goes wrong."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import families
from graph.errors import StoreError
from graph.parts import SHARED
from graph.snapshot import Snapshot
from graph.store.home import Home
from loaders.ingest import build
from loaders.spark import MASTER, check
from tests.loaders.built import ROOT, SAMPLE, answers, snapshot_bytes

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module", autouse=True)
def _there() -> None:
    """Skip where Spark is not; but not where it was installed for these very tests."""
    try:
        check()
    except StoreError as error:
        if os.environ.get("ZHENGMAI_TEST_SPARK"):
            pytest.fail(str(error))
        pytest.skip(str(error))


def zhengmai(*arguments: object, folder: Path = ROOT, master: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command, with workers on this machine."""
    environment = {**os.environ, "ZHENGMAI_LANG": "en", "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    # A JVM that lives for seconds is not worth much compiling.
    environment["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    environment |= {MASTER: master} if master else {}
    command = [sys.executable, "-m", "zhengmai", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False)


def on_spark(*arguments: object, folder: Path = ROOT, master: str | None = None) -> subprocess.CompletedProcess[str]:
    return zhengmai("build", *arguments, "--engine", "spark", "--jobs", 2, "--json", folder=folder, master=master)


def test_the_sample_gives_the_same_bytes_where_other_modules_have_our_names(tmp_path: Path) -> None:
    for name in ("graph", "loaders", "queries"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('not ours')\n", encoding="utf-8")
    done = on_spark(SAMPLE, "--store", tmp_path / "spark", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    build([SAMPLE], tmp_path / "local", jobs=1)
    assert snapshot_bytes(tmp_path / "spark") == snapshot_bytes(tmp_path / "local")
    assert answers(tmp_path / "spark") == answers(tmp_path / "local")
    assert json.loads(done.stdout)[0]["documents"] == Snapshot.open(Home(tmp_path / "spark").snapshot()).count("Document")


@pytest.mark.parametrize("master", [None, "local-cluster[2,1,1024]"], ids=["threads", "processes"])
def test_a_generated_corpus_gives_the_same_bytes(tmp_path: Path, master: str | None) -> None:
    documents = tmp_path / "in"
    for name, text in families(9_000, seed=3):
        path = documents / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        # More documents than stand in one part, each cut to a few tasks so that the test is short.
        path.write_text(re.sub(r"（三）.*(?=三、保障措施)", "", text, flags=re.DOTALL), encoding="utf-8")
    (documents / "empty.txt").write_bytes(b"")
    report = build([documents], tmp_path / "local", jobs=1)
    assert report.documents > 200
    done = on_spark(documents, "--store", tmp_path / "spark", master=master)
    assert done.returncode == 4, done.stderr
    assert done.stderr.count("\n") == 1
    assert "empty.txt" in done.stderr
    assert snapshot_bytes(tmp_path / "spark") == snapshot_bytes(tmp_path / "local")
    found = Snapshot.open(Home(tmp_path / "spark").snapshot())
    assert SHARED in found.parts("Evidence")
    assert found.count("DERIVES_FROM") > 100


def test_what_is_there_is_kept_and_linked_with_what_comes(tmp_path: Path) -> None:
    files = sorted(SAMPLE.iterdir())
    build(files[:5], tmp_path / "graph", jobs=1)
    done = on_spark(*files[5:], "--store", tmp_path / "graph")
    assert done.returncode == 0, done.stderr
    build(files, tmp_path / "whole", jobs=1)
    assert snapshot_bytes(tmp_path / "graph") == snapshot_bytes(tmp_path / "whole")


def test_work_that_fails_is_one_line_and_leaves_the_graph(tmp_path: Path) -> None:
    store = tmp_path / "graph"
    store.mkdir()
    (store / "readings").write_text("in the way", encoding="utf-8")
    done = on_spark(SAMPLE, "--store", store)
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1
    assert "Spark could not finish" in done.stderr
    assert "Error" in done.stderr
    assert Home(store).current() is None
