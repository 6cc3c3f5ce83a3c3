import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import StoreError, UsageError
from graph.export.whole_file import replace_whole


def test_a_file_is_replaced_and_what_was_made_is_returned(tmp_path: Path) -> None:
    target = tmp_path / "plans.txt"
    target.write_text("old", encoding="utf-8")
    assert replace_whole(target, lambda path: path.write_text("fresh", encoding="utf-8")) == 5
    assert target.read_text(encoding="utf-8") == "fresh"
    assert list(tmp_path.iterdir()) == [target]


def failing(path: Path) -> None:
    path.write_text("half", encoding="utf-8")
    raise ValueError("broken off")


def failing_folder(path: Path) -> None:
    path.mkdir()
    failing(path / "part.csv")


@pytest.mark.parametrize("make", [failing, failing_folder])
def test_nothing_is_left_of_what_fails(tmp_path: Path, make: object) -> None:
    assert callable(make)
    target = tmp_path / "plans"
    with pytest.raises(ValueError, match="broken off"):
        replace_whole(target, make)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        replace_whole(tmp_path / "none" / "plans.txt", failing)


def test_a_target_that_cannot_be_written_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "plans.txt").mkdir()
    for held in (False, True):
        with pytest.raises(StoreError, match="cannot be written"):
            replace_whole(tmp_path / "plans.txt", lambda path: path.write_text("x", encoding="utf-8"))
        assert [path.name for path in tmp_path.iterdir()] == ["plans.txt"]
        assert held == (tmp_path / "plans.txt" / "more").exists()
        (tmp_path / "plans.txt" / "more").touch()


def test_here_is_a_folder_with_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "more").touch()
    for target in (Path(), Path(".."), Path("/")):
        with pytest.raises(StoreError, match="cannot be written") as error:
            replace_whole(target, lambda path: path.write_text("x", encoding="utf-8"))
        assert error.value.exit_code == 6
    assert [one.name for one in tmp_path.iterdir()] == ["more"]


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of this kind are not Windows's")
def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("plans.txt")
    replace_whole(tmp_path / "link.txt", lambda path: path.write_text("fresh", encoding="utf-8"))
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "plans.txt").read_text(encoding="utf-8") == "fresh"


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of this kind are not Windows's")
def test_a_pipe_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_text, "utf-8")
        assert replace_whole(pipe, lambda path: path.write_text("fresh", encoding="utf-8")) == 5
        assert read.result(timeout=30) == "fresh"
    assert pipe.is_fifo()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no device that is always full")
def test_a_full_device_is_one_error_and_stays(tmp_path: Path) -> None:
    # A link to it in a folder of our own: were it replaced, it would be the link.
    full = tmp_path / "full.txt"
    full.symlink_to("/dev/full")
    with pytest.raises(StoreError, match="No space left"):
        replace_whole(full, lambda path: path.write_text("x", encoding="utf-8"))
    assert full.is_symlink()
    assert Path("/dev/full").is_char_device()
