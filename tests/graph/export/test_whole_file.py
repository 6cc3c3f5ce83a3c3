from pathlib import Path

import pytest

from graph.errors import UsageError
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
    with pytest.raises(UsageError, match="cannot be written"):
        replace_whole(tmp_path / "plans.txt", lambda path: path.write_text("x", encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["plans.txt"]
