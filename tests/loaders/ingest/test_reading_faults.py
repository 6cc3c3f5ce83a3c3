"""Whatever a rule makes of one file, that file is one line and the others are built."""

import multiprocessing
import os
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

import loaders.ingest.workers as work
from graph.assemble.document_rows import fragment
from graph.errors import RecordError
from graph.model import Reading
from graph.snapshot.tables import SnapshotRows
from loaders.ingest.graph_build import build
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.sources import FileFailure
from loaders.reading.document_reading import read_file
from tests.loaders.built import SAMPLE, rows_of

GOOD = ("province.txt", "yunxi.md")


class OddError(Exception):
    """An exception that no other process can make again."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one}\n{two}")


def recursion() -> NoReturn:
    recursion()


def said(error: Exception) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


FAULTS: dict[str, Callable[[], object]] = {
    "MemoryError": said(MemoryError()),
    "RecursionError": recursion,
    "UnicodeEncodeError": lambda: "\ud800".encode(),
    "ValueError": lambda: int("²"),
    "RecordError": said(RecordError("a span cannot run from {start} to {end}", start=4, end=3)),
    "KeyError": lambda: dict[str, str]()["第"],
    "OSError": said(OSError(5, "Input/output error")),
    "OddError": said(OddError("\ud801", "b")),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name in GOOD:
        (made / name).write_bytes((SAMPLE / name).read_bytes())
    (made / "odd.txt").write_text("关于推进工作的通知", encoding="utf-8")
    return made


def failing(fail: Callable[[], object]) -> Callable[[Path, str], Reading]:
    def read(path: Path, name: str) -> Reading:
        if name == "odd":
            fail()
        return read_file(path, name)

    return read


@pytest.mark.parametrize("kind", FAULTS)
def test_an_exception_in_reading_one_file_is_its_own(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "read_file", failing(FAULTS[kind]))
    report = build([folder], folder.parent / "graph", jobs=1, snapshot_only=True)
    assert report.added == ("province", "yunxi")
    assert len(report.failures) == 1
    found = report.failures[0]
    assert f"odd.txt: could not be read: a fault of this program ({kind}: " in found.message
    assert "\n" not in found.message
    assert found.message.encode()
    assert found.trace.startswith("Traceback")
    assert pickle.loads(pickle.dumps(found)) == found
    # The next version reads it.
    monkeypatch.undo()
    assert build([folder], folder.parent / "graph", jobs=1, snapshot_only=True).added == ("odd",)


def test_rows_that_no_table_takes_are_one_documents(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(reading: Reading, suffix: str, about: str) -> SnapshotRows:
        made = fragment(reading, suffix, about)
        if reading.name == "odd":
            made["Document"][0]["title"] = "\udc80"
        return made

    monkeypatch.setattr(work, "fragment", rows)
    files = [folder / name for name in (*GOOD, "odd.txt")]
    found = work.read_some([source(path) for path in files], Cache(str(folder.parent / "graph"), "rules"))
    assert found.tables["Document"]["key"].to_pylist() == ["province", "yunxi"]
    assert [one.name for one in found.failures] == ["odd"]
    assert found.names == ("province", "yunxi", "odd")


def source(path: Path) -> Source:
    return Source(path.stem, str(path), read_file(path).sha256, path.suffix, path.stat().st_size)


@pytest.mark.skipif(os.name == "nt", reason="a process that is started anew has the rules as they are")
def test_a_file_that_ends_its_process_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_WORTH_BYTES", 0)
    monkeypatch.setattr(work, "_PARCEL_BYTES", 1)
    monkeypatch.setattr(work, "read_file", failing(lambda: os.kill(os.getpid(), 9)))
    with monkeypatch.context() as forking:
        # Where the engine was loaded before, processes are started anew.
        forking.setattr(work.Workers, "_started", forked)
        report = build([folder], folder.parent / "graph", jobs=2, snapshot_only=True)
    assert report.added == ("province", "yunxi")
    assert ["the system ended the process that read it" in one.message for one in report.failures] == [True]


def forked(workers: work.Workers, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"))


def test_a_pair_that_cannot_be_aligned_is_told_and_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> NoReturn:
        raise ValueError("not these two")

    store = folder.parent / "graph"
    monkeypatch.setattr(work, "add_links", fail)
    report = build([folder], store, jobs=1, snapshot_only=True)
    assert (report.documents, report.links) == (3, 0)
    assert [one.message for one in report.failures] == [
        "yunxi, province: could not be linked: a fault of this program (ValueError: not these two); report it with what"
        " --debug shows, and build again with the version that mends it"
    ]
    assert rows_of(store)["Pair"] == []
    monkeypatch.undo()
    (folder / "more.txt").write_text("关于再推进工作的通知", encoding="utf-8")
    report = build([folder], store, jobs=1, snapshot_only=True)
    assert report.failures == ()
    assert report.links > 0
    assert [(row["child"], row["parent"]) for row in rows_of(store)["Pair"]] == [("yunxi", "province")]


def test_what_is_said_of_a_file_is_text() -> None:
    found = FileFailure.of_fault("\udcff.txt", ValueError("a\ud800\nb"), "\udcff")
    assert (found.path, found.name) == (r"\udcff.txt", r"\udcff")
    assert r"a\ud800 b" in found.message
