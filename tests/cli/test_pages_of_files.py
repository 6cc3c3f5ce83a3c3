"""Where words stand in a file with pages or sheets: in `read`, in `show`, and the lines of a page in `show --page`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from loaders.read.child.parsing_process import end_child
from tests.cli.conftest import Invoke
from tests.loaders.read.paged.pdf_files import pdf, words

LINES = [
    "云溪县护堤方案",
    "一、修补护堤缺口。由县水务局负责，2026年6月底前完成。",
    "二、补种护堤树木。由县林业局负责。",
]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "plan.pdf").write_bytes(
        pdf([words(200, 100, LINES[0])], [words(80, 100 + 40 * at, line, 12) for at, line in enumerate(LINES[1:])])
    )
    with xlsxwriter.Workbook(inside / "list.xlsx") as made:
        sheet = made.add_worksheet("任务")
        for at, row in enumerate(
            [["序号", "重点任务", "责任单位"], [1, "疏浚河道", "县水务局"], [2, "加固堤防", "县林业局"]]
        ):
            sheet.write_row(at, 0, row)
    yield inside
    end_child()


def test_read_tells_page_and_box_or_sheet_and_cell(zhengmai: Invoke, folder: Path) -> None:
    rows = json.loads(zhengmai("read", str(folder / "plan.pdf"), "--json").stdout)
    tasks = {row["path"]: row for row in rows if row["part"] == "measure"}
    assert [tasks[path]["page"] for path in ("1", "2")] == [2, 2]
    assert tasks["1"]["box"].startswith("80.0 100.")
    shown = zhengmai("read", str(folder / "plan.pdf")).stdout
    assert "page" in shown.splitlines()[0]
    assert "sheet" not in shown.splitlines()[0]
    rows = json.loads(zhengmai("read", str(folder / "list.xlsx"), "--json").stdout)
    assert ("任务", "B2") in {(row["sheet"], row["cell"]) for row in rows}


def test_show_tells_the_page_of_a_proof_and_prints_the_lines_of_a_page(zhengmai: Invoke, folder: Path) -> None:
    store = folder.parent / "store"
    zhengmai("build", str(folder), "-j", "1", "-q", store=store)
    shown = zhengmai("show", "plan/1", store=store).stdout
    assert "(page 2) “" in shown
    for key in ("plan", "plan/1"):
        rows = json.loads(zhengmai("show", key, "--page", "2", "--json", store=store).stdout)
        assert [row["text"] for row in rows] == LINES[1:]
        assert all(row["page"] == 2 and len(row["box"].split()) == 4 for row in rows)
    assert zhengmai("show", "plan", "--page", "9", store=store).exit_code == 3
    result = zhengmai("show", "list", "--page", "1", store=store)
    assert "has no pages" in result.stderr
    assert "(任务!" in zhengmai("show", "list/annex.1", store=store).stdout
