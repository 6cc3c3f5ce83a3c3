"""The collector is paused for a reading and is after it as it was before, whatever the work did."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import InputError
from loaders.collector import collector_paused
from loaders.read.document import Document
from loaders.reading.articles import DocumentParts, take_apart
from loaders.reading.document_reading import account_of_file, read_file


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Leave the collector as it was."""
    running = gc.isenabled()
    yield
    (gc.enable if running else gc.disable)()


@pytest.mark.parametrize("running", [True, False])
def test_what_it_was_before_it_is_after(running: bool) -> None:
    (gc.enable if running else gc.disable)()
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is running


def test_work_that_fails_sets_it_going_again() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="broken"), collector_paused():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_reading_pauses_it_and_lets_it_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gc.enable()
    path = tmp_path / "plan.txt"
    path.write_text("1. 排查隐患。(责任单位:市水利局)\n", encoding="utf-8")
    seen = []

    def watched(document: Document) -> DocumentParts:
        seen.append(gc.isenabled())
        return take_apart(document)

    monkeypatch.setattr("loaders.reading.document_reading.take_apart", watched)
    assert read_file(path).tasks
    assert account_of_file(path).parts
    assert seen == [False, False]
    assert gc.isenabled()
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    with pytest.raises(InputError):
        read_file(empty)
    assert gc.isenabled()
