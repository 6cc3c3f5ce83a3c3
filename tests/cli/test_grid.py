"""Tables for people: readable at any width, whatever they hold."""

import pytest
from rich.cells import cell_len

from cli.draw.grid import ruled

HEADINGS = ["task", "title", "lead", "deadline", "end"]
ROWS = [
    ["yunxi/2.1.1", "改造老旧泵站和灌区配套设施", "区水利局", "2026年3月底前", "2026-03-31"],
    ["yunxi/2.1.2", "疏浚乡村河道", "", "长期", ""],
]


def lines(width: int) -> list[str]:
    return ruled(HEADINGS, ROWS, width).splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_lost(width: int) -> None:
    printed = lines(width)
    assert max(map(cell_len, printed)) <= width
    bare = "".join("".join(printed).split())
    for cell in ("yunxi/2.1.1", "2026-03-31", "yunxi/2.1.2", "长期"):
        assert cell in bare


def test_a_wide_terminal_has_a_line_a_row() -> None:
    assert len(lines(200)) == 2 + len(ROWS)


@pytest.mark.parametrize("width", [72, 78, 84])
def test_keys_and_dates_are_never_broken(width: int) -> None:
    printed = "\n".join(lines(width))
    for whole in ("yunxi/2.1.1", "2026-03-31"):
        assert whole in printed


def test_where_columns_have_no_room_rows_become_records() -> None:
    assert lines(40) == [
        "task      yunxi/2.1.1",
        "title     改造老旧泵站和灌区配套设施",
        "lead      区水利局",
        "deadline  2026年3月底前",
        "end       2026-03-31",
        "",
        "task      yunxi/2.1.2",
        "title     疏浚乡村河道",
        "deadline  长期",
    ]


def test_columns_have_room_for_what_they_lack() -> None:
    printed = ruled(["key", "words"], [["a/1", "很长的一句话" * 12]], 60).splitlines()
    assert printed[2].startswith("a/1   很长")
    assert cell_len(printed[2]) >= 59


def test_in_a_pipe_a_width_counts_where_somebody_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(cell_len, ruled(HEADINGS, ROWS).splitlines())) <= 60
    monkeypatch.delenv("COLUMNS")
    assert len(ruled(HEADINGS, ROWS).splitlines()) == 2 + len(ROWS)
