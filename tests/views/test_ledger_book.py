"""A ledger that is filled comes back with who changed what; conflicts and broken cells are shown, nothing is overwritten."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.errors import InputError
from graph.ledger.progress import read_progress
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from queries.answer import Answer
from queries.run import run
from queries.things.filled_ledger import take_filled
from queries.things.recording import SaidProgress, record_progress
from tests.factories import small_snapshot
from tests.made import make_store
from tests.views.formulas import HOSTILE
from views.office.filled_book import read_filled
from views.office.ledger_book import write_ledger
from views.office.reminder_book import write_reminders

UNITS = ["省水利厅", "省生态环境厅", "市水利局", "各镇（街道）", "区水利局"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(make_store(tmp_path / "store")) as opened:
        yield opened


@pytest.fixture
def sheet(store: Store, tmp_path: Path) -> Path:
    record_progress(store, "chengzhou/1.1", SaidProgress(status="going_on", share=30, words="已开工", by="李敏"))
    return export(store, tmp_path / "ledger.xlsx")


def export(store: Store, path: Path) -> Path:
    write_ledger(path, run("ledger", store), "zh")
    return path


def fill(path: Path, cells: dict[str, dict[str, object]]) -> None:
    """Write cells of a ledger as a person does: by task and by column."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = {cell.value: cell.column for cell in page[1]}
    for line in range(3, page.max_row + 1):
        for name, value in cells.get(page.cell(line, head["task"]).value, {}).items():
            page.cell(line, head[name]).value = value
    book.save(path)


def taken(store: Store, path: Path, by: str | None = None) -> Answer:
    return take_filled(store, read_filled(path), by)


def said(answer: Answer, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in answer]


def last(tmp_path: Path) -> dict[str, tuple[object, ...]]:
    entries = read_progress(tmp_path / "store" / "progress.jsonl")
    return {one.task.key: (one.status, one.share, one.words, one.by) for one in entries}


def test_the_sheet_is_what_an_office_fills(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    assert page.row_dimensions[1].hidden
    head = {cell.value: cell.column_letter for cell in page[1]}
    # Columns beside each other that look alike stand as one.
    hidden = page.column_dimensions[head["task"]]
    assert hidden.hidden
    assert [page.cell(1, at).value for at in range(hidden.min, hidden.max + 1)] == ["task", "task_mark", "entry"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$2:$2")
    rows = {page[f"{head['task']}{line}"].value: line for line in range(3, page.max_row + 1)}
    line = rows["chengzhou/1.1"]
    assert page[f"{head['end']}{line}"].value == datetime(2022, 6, 30)
    assert page[f"{head['share']}{line}"].value == 0.3
    assert page[f"{head['progress']}{line}"].value == "进行中"
    [choice] = [one for one in page.data_validations.dataValidation if one.type == "list"]
    assert choice.formula1 == '"未启动,进行中,已完成,滞后,已取消"'
    assert book.worksheets[1]["A1"].value == "填写说明"


def test_a_sheet_that_nobody_touched_changes_nothing(store: Store, sheet: Path, tmp_path: Path) -> None:
    before = (tmp_path / "store" / "progress.jsonl").read_bytes()
    answer = taken(store, sheet, by="王磊")
    assert answer.rows == ()
    assert answer.notes[0].values == {"rows": 9, "recorded": 0, "conflict": 0, "broken": 0}
    assert (tmp_path / "store" / "progress.jsonl").read_bytes() == before


def test_what_was_filled_is_recorded_once_and_it_is_told_who_changed_what(
    store: Store, sheet: Path, tmp_path: Path
) -> None:
    fill(
        sheet,
        {
            "chengzhou/1.1": {"progress": "已完成", "share": "100％", "by": "王磊"},
            "yunxi/2.2": {"progress": "delayed", "words": "缺经费"},
        },
    )
    answer = taken(store, sheet, by="陈静")
    assert said(answer, "task", "outcome", "was_progress", "was_by", "progress", "share", "by") == [
        ("chengzhou/1.1", "recorded", "going_on", "李敏", "done", 100.0, "王磊"),
        ("yunxi/2.2", "recorded", None, None, "delayed", None, "陈静"),
    ]
    assert last(tmp_path) == {
        "chengzhou/1.1": ("done", 100.0, "已开工", "王磊"),
        "yunxi/2.2": ("delayed", None, "缺经费", "陈静"),
    }
    assert taken(store, sheet, by="陈静").rows == ()
    assert len(read_progress(tmp_path / "store" / "progress.jsonl")) == 3


def test_what_changed_in_the_store_since_is_a_conflict(store: Store, sheet: Path, tmp_path: Path) -> None:
    record_progress(store, "chengzhou/1.1", SaidProgress(status="delayed", words="汛期停工", by="王磊"))
    record_progress(store, "yunxi/2.2", SaidProgress(status="done"))
    fill(
        sheet,
        {
            "chengzhou/1.1": {"progress": "已完成"},
            "yunxi/2.2": {"progress": "已完成"},
            "yunxi/2.3": {"progress": "已完成"},
        },
    )
    answer = taken(store, sheet)
    # Of yunxi/2.2 both say the same.
    assert said(answer, "task", "outcome", "fault", "was_progress", "was_by") == [
        ("chengzhou/1.1", "conflict", "changed_since", "delayed", "王磊"),
        ("yunxi/2.3", "recorded", None, None, None),
    ]
    assert last(tmp_path)["chengzhou/1.1"] == ("delayed", None, "汛期停工", "王磊")
    # One whose row nobody touched is none.
    assert taken(store, export(store, tmp_path / "new.xlsx")).rows == ()


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("progress", "快好了", "status_unknown"),
        ("progress", None, "no_status"),
        ("progress", "=A1", "formula"),
        ("words", "=A1", "formula"),
        ("share", "多半", "share_unread"),
        ("share", "120%", "share_unread"),
        ("share", 1.2, "share_range"),
        ("share", -0.1, "share_range"),
        ("share", True, "share_unread"),
        ("share", datetime(2026, 1, 1), "share_unread"),
        ("words", "字" * 5001, "too_long"),
        ("by", "字" * 201, "too_long"),
    ],
)
def test_a_broken_cell_is_one_line_and_the_rest_is_done(
    store: Store, sheet: Path, tmp_path: Path, name: str, value: object, fault: str
) -> None:
    fill(sheet, {"chengzhou/1.1": {name: value}, "yunxi/2.3": {"progress": "已完成"}})
    answer = taken(store, sheet)
    assert said(answer, "task", "outcome", "fault") == [
        ("chengzhou/1.1", "broken", fault),
        ("yunxi/2.3", "recorded", None),
    ]
    assert last(tmp_path)["chengzhou/1.1"] == ("going_on", 30, "已开工", "李敏")


def test_a_share_without_its_sign_may_be_one_percent_or_all(store: Store, sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    column = next(cell.column for cell in page[1] if cell.value == "share")
    for line in range(3, page.max_row + 1):
        page.cell(line, column).number_format = "General"
    for line, value in ((3, 1), (4, 60)):
        page.cell(line, column).value = value
    book.save(sheet)
    shares = {row.row: (row.share, [one for _, one in row.faults]) for row in read_filled(sheet)}
    assert shares[3] == (None, ["share_unclear"])
    assert shares[4] == (60.0, [])


def test_rows_that_were_sorted_deleted_or_doubled_are_those_of_their_ids(
    store: Store, sheet: Path, tmp_path: Path
) -> None:
    fill(sheet, {"yunxi/2.3": {"progress": "已完成"}, "yunxi/2.2": {"progress": "已完成"}})
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)][::-1]
    doubled = [next(row for row in rows if "yunxi/2.2" in row)[:] for _ in range(1)]
    doubled[0] = ["滞后" if cell == "已完成" else cell for cell in doubled[0]]
    for line, row in enumerate([*rows[:-1], *doubled], start=3):
        for at, cell in enumerate(row, start=1):
            page.cell(line, at).value = cell
    book.save(sheet)
    answer = taken(store, sheet)
    assert sorted(said(answer, "task", "outcome", "fault")) == [
        ("yunxi/2.2", "broken", "named_twice"),
        ("yunxi/2.2", "broken", "named_twice"),
        ("yunxi/2.3", "recorded", None),
    ]


def test_a_sheet_of_before_a_rebuild_finds_its_tasks_or_says_so(store: Store, sheet: Path, tmp_path: Path) -> None:
    fill(sheet, {"yunxi/2.3": {"progress": "已完成"}, "yunxi/2.2": {"progress": "已完成"}})
    snapshot = small_snapshot()
    rows = {name: snapshot.rows(name) for name in snapshot._held}
    for row in rows["Task"]:
        if row["key"] == "yunxi/2.2":
            row |= {"title": "公布用水价格", "text": "公布用水价格。每季度公布一次。"}
    with open_store(make_store(tmp_path / "rebuilt", Snapshot.of_rows(rows, rules="test"))) as rebuilt:
        answer = taken(rebuilt, sheet)
        assert said(answer, "task", "outcome", "fault")[-2:] == [
            ("yunxi/2.2", "broken", "task_unknown"),
            ("yunxi/2.3", "recorded", None),
        ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_becomes_a_formula_or_an_address_of_the_sheet(tmp_path: Path, hostile: str) -> None:
    columns = (
        "document",
        "task",
        "title",
        "units",
        "in_text",
        "deadline",
        "end",
        "words",
        "by",
        "unit",
        "unit_name",
        "role",
    )
    names = (*columns, "path", "progress", "share", "task_mark", "entry", "days", "state")
    row: dict[str, Any] = dict.fromkeys(names) | dict.fromkeys(columns, hostile) | {"end": "2031-01-01"}
    for write, name in ((write_ledger, "ledger"), (write_reminders, "reminders")):
        path = tmp_path / f"{name}.xlsx"
        write(path, Answer(name=name, columns=names, rows=(row,)), "zh")
        with zipfile.ZipFile(path) as packed:
            sheets = [packed.read(one) for one in packed.namelist() if one.startswith("xl/worksheets/sheet")]
            assert all(b"<f>" not in one and b"<f " not in one and b"hyperlink" not in one for one in sheets)


def test_reminders_break_the_page_at_each_unit(store: Store, tmp_path: Path) -> None:
    write_reminders(tmp_path / "r.xlsx", run("reminders", store, today="2022-01-01"), "zh")
    page = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert page is not None
    units = [row[0].value for row in page.iter_rows(min_row=2)]
    assert units == UNITS
    assert [one.id for one in page.row_breaks.brk] == list(range(2, len(units) + 1))


@pytest.mark.parametrize("kind", ["absent", "text", "zip", "other"])
def test_what_is_no_ledger_is_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.xlsx"
    if kind == "text":
        path.write_text("任务,进展\n", encoding="utf-8")
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("a.txt", "a")
    elif kind == "other":
        openpyxl.Workbook().save(path)
    with pytest.raises(InputError, match=r"x\.xlsx: (is no workbook|its hidden first row)"):
        read_filled(path)


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: Path) -> None:
    monkeypatch.setattr("views.office.filled_book._LARGEST", 1000)
    with pytest.raises(InputError, match="over the limit"):
        read_filled(sheet)
