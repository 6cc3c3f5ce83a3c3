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
from graph.snapshot.partitions import SHARED
from graph.snapshot.snapshot import Snapshot
from graph.store.home import Home
from loaders.ingest.graph_build import build
from loaders.ingest.spark import MASTER, check
from tests.loaders.built import SAMPLE, answers, snapshot_bytes
from tests.shared import ROOT

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


def environment(master: str | None = None) -> dict[str, str]:
    """Return what a process is to have: as on a cluster, where Spark's own settings say the rest, if one is named."""
    found = {**os.environ, "ZHENGMAI_LANG": "en", "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    # A JVM that lives for seconds is not worth much compiling.
    found["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    if master:
        found |= {MASTER: master, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        found["PYSPARK_SUBMIT_ARGS"] = "--conf spark.ui.enabled=false pyspark-shell"
    return found


def zhengmai(*arguments: object, folder: Path = ROOT, master: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "zhengmai", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment(master), capture_output=True, text=True, timeout=900, check=False
    )


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
    assert json.loads(done.stdout)[0]["documents"] == Snapshot.open(Home(tmp_path / "spark").snapshot()).count(
        "Document"
    )


def test_a_generated_corpus_gives_the_same_bytes_on_a_cluster_of_two(tmp_path: Path) -> None:
    documents = tmp_path / "in"
    for name, text in families(9_000, seed=3):
        path = documents / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        # More documents than stand in one part, each cut to a few tasks so that the test is short.
        path.write_text(re.sub(r"（二）.*(?=三、保障措施)", "", text, flags=re.DOTALL), encoding="utf-8")
    (documents / "empty.txt").write_bytes(b"")
    report = build([documents], tmp_path / "local", jobs=1, snapshot_only=True)
    assert report.documents > 200
    done = on_spark(documents, "--snapshot-only", "--store", tmp_path / "spark", master="local-cluster[2,1,1024]")
    assert done.returncode == 4, done.stderr
    assert done.stderr.count("\n") == 1
    assert "empty.txt" in done.stderr
    assert snapshot_bytes(tmp_path / "spark") == snapshot_bytes(tmp_path / "local")
    found = Snapshot.open(Home(tmp_path / "spark").snapshot())
    assert SHARED in found.parts("Evidence")
    assert found.count("DERIVES_FROM") > 100


def test_what_is_there_is_linked_with_what_comes_in_a_session_that_the_caller_keeps(tmp_path: Path) -> None:
    files = sorted(SAMPLE.iterdir())
    build(files[:5], tmp_path / "graph", jobs=1)
    script = """
import sys, zhengmai
from pyspark.sql import SparkSession
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
name = "spark.sql.execution.arrow.maxRecordsPerBatch"
before = session.conf.get(name)
report = zhengmai.build(sys.argv[2:], sys.argv[1], engine="spark")
assert report.added, report
assert session.range(3).count() == 3
assert session.conf.get(name) == before != "32", before
"""
    command = [sys.executable, "-c", script, str(tmp_path / "graph"), *map(str, files[5:])]
    done = subprocess.run(
        command, cwd=ROOT, env=environment("local[2]"), capture_output=True, text=True, timeout=900, check=False
    )
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
