"""A correlation table as a workbook: a row an upper task, dates that are dates, nothing that calculates, nothing cut off."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import find
from tests.views.formulas import HOSTILE
from tests.views.reports.tables import document, pair, side_by_side
from views.office.cell_lines import MOST_LINES, lines_in
from views.office.reports.answer_colours import FILLS
from views.office.reports.correlation_book import write_correlation
from views.office.reports.coverage_sheet import write_coverage
from views.words.visible import visible


def book(path: Path, *rows: AnswerRow, lower: tuple[AnswerRow, ...] | None = None) -> Workbook:
    write_correlation(path, side_by_side(*rows, lower=lower), None, ["说不清的一处"], "zh")
    return openpyxl.load_workbook(path)


def column(sheet: Worksheet, head: str) -> list[Cell]:
    [at] = [cell.column for cell in sheet[1] if cell.value == head]
    return [sheet.cell(line, at) for line in range(2, sheet.max_row + 1)]


def test_the_overview_has_one_row_an_upper_task(tmp_path: Path) -> None:
    two = pair(1, task="city/7", title="巡查渡口", text="巡查渡口。")
    gap = pair(2, task=None, title=None, text=None, answer="not_found", score=None)
    sheet = book(tmp_path / "a.xlsx", pair(1), two, gap)["总表"]
    assert [cell.value for cell in column(sheet, "序号")] == [1, 2]
    below = [cell.value for cell in column(sheet, "市 澄州市")]
    assert "逐月检查" in below[0]
    assert "巡查渡口。" in below[0]
    assert below[1].startswith("未见承接")
    assert [cell.fill.start_color.rgb for cell in column(sheet, "市 澄州市")] == [
        "FF" + FILLS[word][1:] for word in ("adapted", "not_found")
    ]


def test_a_sheet_of_a_lower_document_has_dates_and_hidden_keys(tmp_path: Path) -> None:
    sheet = book(tmp_path / "a.xlsx", pair(1), pair(2, end=None, deadline="汛期前"))["市 澄州市"]
    dates = column(sheet, "下级时限")
    assert (dates[0].value, dates[0].number_format, dates[1].value) == (datetime(2026, 9, 30), "yyyy-mm-dd", None)
    assert "时限：汛期前" in column(sheet, "下级单位")[1].value, "no day is made up for what names none"
    assert "牵头：对口" in column(sheet, "下级单位")[0].value
    assert column(sheet, "依据")[0].value == "city 1（第6—20字）"
    assert [cell.value for cell in column(sheet, "task")] == ["city/1", "city/2"]
    hidden = [one for one in sheet.column_dimensions.values() if one.hidden]
    assert sum(one.max - one.min + 1 for one in hidden) == 2


def test_a_page_is_a4_landscape_with_its_head_on_each(tmp_path: Path) -> None:
    for sheet in book(tmp_path / "a.xlsx", pair(1)).worksheets[:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes


@pytest.mark.parametrize("name", ["word", "deadline", "title"])
def test_nothing_of_a_document_calculates(tmp_path: Path, name: str) -> None:
    told = {"word": "words_added", "deadline": "deadline", "title": "parent_text"}[name]
    rows = [pair(number, **{told: text}) for number, text in enumerate(HOSTILE, 1)]
    for sheet in book(tmp_path / "a.xlsx", *rows).worksheets:
        cells = [cell for line in sheet.iter_rows() for cell in line]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_what_is_taller_than_a_row_goes_on_in_the_next(tmp_path: Path) -> None:
    text = "".join(f"第{number}处渡口逐月检查并登记造册。" for number in range(300))
    sheet = book(tmp_path / "a.xlsx", pair(1, text=text, title="检查"), pair(2))["市 澄州市"]
    numbers = [cell.value for cell in column(sheet, "序号")]
    assert numbers[0] == 1
    assert set(numbers[1:-1]) == {"（续）"}
    assert "".join(cell.value for cell in column(sheet, "下级任务")[:-1]).endswith(text)
    assert {cell.value for cell in column(sheet, "task")[:-1]} == {"city/1"}, "the key stands in every part"
    for line in range(2, sheet.max_row + 1):
        assert 0 < sheet.row_dimensions[line].height <= 409
    assert max(lines_in(cell.value, 31) for cell in column(sheet, "下级任务")) <= MOST_LINES


def test_sheets_have_names_that_a_workbook_may_have(tmp_path: Path) -> None:
    named = ("总表", "a/b:c*?[d]", "a/b:c*?[d]", "长" * 40, "长" * 40)
    lower = tuple(document(f"city{number}", title=title) for number, title in enumerate(named))
    sheets = book(tmp_path / "a.xlsx", pair(1), lower=lower).sheetnames
    assert len({one.lower() for one in sheets}) == len(sheets)
    assert max(map(len, sheets)) <= 31


def test_many_lower_documents_are_printed_side_by_side_in_the_same_type(tmp_path: Path) -> None:
    lower = tuple(document(f"city{number}") for number in range(8))
    sheet = book(tmp_path / "a.xlsx", pair(1), lower=lower)["总表"]
    assert [one.id for one in sheet.col_breaks.brk] == [5, 7, 9]
    assert sheet.print_title_cols == "$A:$C"
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage, "the type keeps its size"


def test_the_coverage_sheet_is_a_matrix_in_the_colours_of_the_page(tmp_path: Path) -> None:
    css = (Path(__file__).parents[3] / "views/web/assets/explorer.css").read_text(encoding="utf-8").upper()
    for answer, fill in FILLS.items():
        if f".ANSWER.{answer.upper()}" in css:
            rule = css.split(f".ANSWER.{answer.upper()}", 1)[1].split("}", 1)[0]
            assert fill in rule, answer
    names = find("coverage").names
    counts: AnswerRow = {
        "tasks": 4,
        "taken_up": 1,
        "adapted": 2,
        "cannot_say": 1,
        "parts": 6,
        "carried": 5,
        "whole_place": True,
    }
    said = {("1", "甲市"): "adapted", ("1", "乙市"): "not_found", ("2", "甲市"): "partial", ("2", "乙市"): "cannot_say"}
    rows: list[AnswerRow] = []
    for (theme, place), word in said.items():
        row: AnswerRow = {
            "theme": theme,
            "theme_name": f"主题{theme}",
            "place": place,
            "policy": place,
            "level": "city",
        }
        rows.append(row | counts | {"answer": word})
    table = Answer(name="coverage", columns=names, rows=shaped(names, rows))
    write_coverage(tmp_path / "c.xlsx", table, [], "zh")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["主题", "市 甲市", "市 乙市"]
    assert sheet["B2"].value == "改编承接 3/4（1项无法判断）"
    assert sheet["C2"].fill.start_color.rgb == "FF" + FILLS["not_found"][1:]


def test_the_legend_says_what_the_table_cannot(tmp_path: Path) -> None:
    sheet = book(tmp_path / "a.xlsx", pair(1))["说明"]
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    assert "说不清的一处" in values
    assert "未见承接" in values
    assert visible("\x07") not in str(values)
