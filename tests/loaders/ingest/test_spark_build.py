"""The build on Spark, with one process in Spark's place: its snapshot is the local build's, byte for byte."""

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import loaders.ingest.spark
from benchmarks.generate import families
from benchmarks.plain_spark import PlainSpark
from graph.errors import InputError, StoreError
from graph.link.decisions import decide_link, decide_policies
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.ingest.graph_build import build, remove
from tests.loaders.built import SAMPLE, answers, rows_of, snapshot_bytes

pytestmark = pytest.mark.slow


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> PlainSpark:
    """Plays Spark in every build of the test; small pieces, so that each table comes in many."""
    played = PlainSpark()
    monkeypatch.setattr(loaders.ingest.spark, "Spark", lambda *given: played)
    monkeypatch.setattr("loaders.ingest.spark_build._DOCUMENTS", 4)
    monkeypatch.setattr("loaders.ingest.spark_build._PAIRS", 3)
    monkeypatch.setattr("loaders.ingest.spark_build._CHUNK", 2)
    monkeypatch.setattr("benchmarks.plain_spark._ROWS", 3)
    monkeypatch.setattr("loaders.ingest.spark_steps._HOLD", 50_000)
    monkeypatch.setattr("loaders.ingest.spark_steps._PARCEL", 10_000)
    return played


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample, built here."""
    store = tmp_path_factory.mktemp("whole") / "graph"
    build([SAMPLE], store, jobs=1)
    return store


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    for name, text in families(400, seed=7):
        (folder / f"{name}.txt").parent.mkdir(exist_ok=True)
        # Cut to a few tasks each, so that the test is short.
        (folder / f"{name}.txt").write_text(
            re.sub(r"（三）.*(?=三、保障措施)", "", text, flags=re.DOTALL), encoding="utf-8"
        )
    return folder


def both(documents: Sequence[Path], folder: Path) -> tuple[Path, Path]:
    """Build documents here and on Spark; return the two graphs."""
    build(documents, folder / "local", jobs=1)
    build(documents, folder / "spark", engine="spark")
    return folder / "local", folder / "spark"


def test_the_sample_gives_the_same_bytes(whole: Path, spark: PlainSpark, tmp_path: Path) -> None:
    report = build([SAMPLE], tmp_path / "spark", engine="spark")
    assert snapshot_bytes(tmp_path / "spark") == snapshot_bytes(whole)
    assert answers(tmp_path / "spark") == answers(whole)
    assert (report.documents, report.links) == (len(report.added), len(rows_of(whole)["DERIVES_FROM"]))
    assert spark.steps == ["look", "read", "align", "join", "tie", "write"]


@pytest.mark.parametrize("steps", [((200, 16),), ((5, 16),), ((3, 40),)], ids=["whole", "parts", "many-parts"])
def test_generated_families_give_the_same_bytes(
    generated: Path, spark: PlainSpark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: tuple[tuple[int, int]]
) -> None:
    monkeypatch.setattr("graph.snapshot.partitions._STEPS", steps)
    monkeypatch.setattr("graph.assemble.spill._OPEN", 20)
    local, far = both([generated], tmp_path)
    assert snapshot_bytes(far) == snapshot_bytes(local)
    found = Snapshot.open(Home(far).snapshot())
    assert validate(found) == []
    assert found.count("DERIVES_FROM") > 0
    assert found.count("IN_THEME") > 0


def test_documents_are_added_to_what_either_engine_built(spark: PlainSpark, whole: Path, tmp_path: Path) -> None:
    files = sorted(SAMPLE.iterdir())
    store = tmp_path / "graph"
    build(files[:3], store, jobs=1)
    assert build(files[3:6], store, engine="spark").unchanged == ()
    build(files[6:8], store, jobs=1)
    build(files, store, engine="spark")
    assert snapshot_bytes(store) == snapshot_bytes(whole)
    assert not build(files, store, engine="spark").changed


def test_taking_out_goes_on_from_what_spark_built(spark: PlainSpark, tmp_path: Path) -> None:
    files = sorted(SAMPLE.iterdir())
    local, far = both(files, tmp_path)
    remove([files[0].stem], local)
    remove([files[0].stem], far)
    assert snapshot_bytes(far) == snapshot_bytes(local)


def test_a_persons_word_is_heard(spark: PlainSpark, whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(whole, tmp_path / "graph"))
    other = Path(shutil.copytree(whole, tmp_path / "other"))
    rows = rows_of(store)
    link = rows["DERIVES_FROM"][0]
    denied = rows["IMPLEMENTS"][-1]
    said = next((row["key"], denied["target"]) for row in rows["Policy"] if row["level"] == "town")
    for one in (store, other):
        decide_link(Home(one).decisions, link["source"], link["target"], "rejected")
        decide_policies(Home(one).decisions, denied["source"], denied["target"], "rejected")
        decide_policies(Home(one).decisions, *said, "confirmed")
    build([], store, jobs=1)
    build([], other, engine="spark")
    assert snapshot_bytes(other) == snapshot_bytes(store)
    assert any(row["judgement"] == "rejected" for row in rows_of(other)["DERIVES_FROM"])
    assert {(row["source"], row["target"]): row["judgement"] for row in rows_of(other)["IMPLEMENTS"]}[
        said
    ] == "confirmed"


def test_bad_files_are_told_and_the_rest_is_built(spark: PlainSpark, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for file in sorted(SAMPLE.iterdir())[:4]:
        shutil.copy(file, folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "notes.ppt").write_text("x", encoding="utf-8")
    here, far = (build([folder], tmp_path / one, jobs=1, engine=one) for one in ("local", "spark"))
    assert far.failures == here.failures
    assert len(far.failures) == 2
    assert (far.added, far.skipped, far.issues) == (here.added, here.skipped, here.issues)
    assert snapshot_bytes(tmp_path / "spark") == snapshot_bytes(tmp_path / "local")


def test_fewer_documents_than_files_may_mean_fewer_parts(
    spark: PlainSpark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.snapshot.partitions._STEPS", ((5, 16),))
    folder = tmp_path / "in"
    folder.mkdir()
    for file in sorted(SAMPLE.iterdir())[:4]:
        shutil.copy(file, folder)
    (folder / "binary.txt").write_bytes(b"\0\1\2" * 20)
    local, far = both([folder], tmp_path)
    assert "move" in spark.steps
    assert snapshot_bytes(far) == snapshot_bytes(local)


def test_nothing_but_bad_files_makes_no_graph(spark: PlainSpark, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    report = build([tmp_path / "empty.txt"], tmp_path / "graph", engine="spark")
    assert (len(report.failures), report.changed) == (1, False)


def test_a_new_version_that_cannot_be_read_leaves_the_old_one(spark: PlainSpark, whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(whole, tmp_path / "graph"))
    (tmp_path / "province.txt").write_bytes(b"\0\1\2" * 20)
    (tmp_path / "new.txt").write_text("关于推进用水工作的通知\n一、主要任务\n（一）修管。\n", encoding="utf-8")
    report = build([tmp_path / "province.txt", tmp_path / "new.txt"], store, engine="spark")
    assert [one.name for one in report.failures] == ["province"]
    assert report.added == ("new",)
    remove(["new"], store)
    assert snapshot_bytes(store) == snapshot_bytes(whole)


def test_a_kept_document_that_is_lost_stops_the_build(spark: PlainSpark, whole: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(whole, tmp_path / "graph"))
    home = Home(store)
    shutil.rmtree(home.readings)
    shutil.rmtree(home.sources)
    (tmp_path / "new.txt").write_text("关于推进用水工作的通知\n一、主要任务\n（一）修管。\n", encoding="utf-8")
    with pytest.raises(InputError, match="give its file again"):
        build([tmp_path / "new.txt"], store, engine="spark")
    assert snapshot_bytes(store) == snapshot_bytes(whole)


def test_a_worker_of_another_version_is_refused(
    spark: PlainSpark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.ingest.spark_steps.graph_rules", lambda: "other")
    with pytest.raises(InputError, match="another version of zhengmai"):
        build([SAMPLE], tmp_path / "graph", engine="spark")


# -- what is missing


def test_without_pyspark_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(StoreError, match=r"pip install 'zhengmai\[spark\]'") as told:
        build([SAMPLE], tmp_path / "graph", engine="spark")
    assert told.value.exit_code == 6
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (None, "there is none here"),
        ('openjdk version "11.0.2" 2019-01-15', "is 11"),
        ('java version "1.8.0_411"', "is 8"),
        ("exit 3", "does not run"),
    ],
)
def test_without_a_fitting_java_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str | None, line: str
) -> None:
    class Pyspark:
        __version__ = "4.0.0"

    monkeypatch.setitem(sys.modules, "pyspark", Pyspark)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    if said is not None:
        java = tmp_path / "java"
        java.write_text(f"#!/bin/sh\n{said}\n" if said.startswith("exit") else f"#!/bin/sh\necho '{said}' >&2\n")
        java.chmod(0o755)
    with pytest.raises(StoreError, match=line) as told:
        build([SAMPLE], tmp_path / "graph", engine="spark")
    assert "install a Java of version 17 or later" in str(told.value)
