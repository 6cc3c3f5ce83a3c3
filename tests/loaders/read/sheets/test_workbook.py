"""Workbooks and CSV: titles, tables, notes, merged cells, how numbers are printed, and where every word stands."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from graph.errors import InputError
from loaders.read.document import Document
from loaders.read.sheets.csv_reader import CsvReader
from loaders.read.sheets.workbook import WorkbookReader
from loaders.reading.document_reading import read_document
from tests.loaders.read.office.docx_files import zipped

HEADS = ["序号", "重点任务", "牵头单位", "责任单位", "完成时限"]
ROWS = [
    [1, "修补护堤缺口", "县水务局", "各镇人民政府", "2026年6月底前"],
    [2, "补种护堤树木", "县林业局", "", "2026年9月底前"],
]


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as made:
        fill(made)
    return held.getvalue()


def read(data: bytes) -> Document:
    return WorkbookReader().read(data, name="x", where="x.xlsx", suffix=".xlsx")


def task_list(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet("任务")
    sheet.merge_range("A1:E1", "云溪县2026年护堤重点任务清单")
    sheet.write_row("A3", HEADS)
    for at, row in enumerate(ROWS):
        sheet.write_row(3 + at, 0, row)
    sheet.merge_range("D4:D5", "各镇人民政府")
    sheet.write("A7", "备注：按月报送进展。")


def test_a_list_of_tasks_is_read_with_the_cell_of_every_word() -> None:
    document = read(workbook(task_list))
    assert [(document.raw(one.span), one.heading) for one in document.lines] == [
        ("云溪县2026年护堤重点任务清单", 1),
        ("备注：按月报送进展。", None),
    ]
    (table,) = document.tables
    assert (table.rows, table.columns) == (3, 5)
    merged = table.at(2, 3)
    assert merged is not None
    assert (document.raw(merged.span), merged.covers) == ("各镇人民政府", (2, 1))
    places = {document.raw(one.span): (one.sheet, one.cell) for one in document.places}
    assert places["云溪县2026年护堤重点任务清单"] == ("任务", "A1")
    assert places["补种护堤树木"] == ("任务", "B5")
    assert places["备注：按月报送进展。"] == ("任务", "A7")


def test_its_tasks_are_those_of_the_rows() -> None:
    reading = read_document(read(workbook(task_list)))
    assert [(task.title, [unit.surface for unit in task.units]) for task in reading.tasks] == [
        ("修补护堤缺口", ["县水务局", "各镇人民政府"]),
        ("补种护堤树木", ["县林业局", "各镇人民政府"]),
    ]
    assert [task.deadline.end for task in reading.tasks if task.deadline] == [date(2026, 6, 30), date(2026, 9, 30)]
    assert len(reading.places) > 10


def test_sheets_stand_below_their_names_and_hidden_ones_are_said() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        for name in ("水利", "Sheet2", "林业", "空"):
            sheet = made.add_worksheet(name)
            if name != "空":
                sheet.write_row(0, 0, HEADS)
                sheet.write_row(1, 0, ROWS[0])
        made.add_worksheet("旧稿").hide()

    document = read(workbook(fill))
    assert [document.raw(one.span) for one in document.lines] == ["水利", "林业"]
    assert [table.rows for table in document.tables] == [2, 2, 2]
    assert {one.sheet for one in document.places} == {"水利", "Sheet2", "林业"}
    assert [one.message for one in document.remarks] == ["hidden sheets were not read: 旧稿"]


def test_numbers_are_printed_as_the_workbook_shows_them() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["指标", "值"])
        for at, (value, form) in enumerate(
            (
                (0.95, "0%"),
                (0.955, "0.0%"),
                (12, ""),
                (3.5, "0.00"),
                (1234567, "#,##0"),
            ),
            1,
        ):
            sheet.write(at, 0, "甲")
            sheet.write_number(at, 1, value, made.add_format({"num_format": form} if form else {}))
        for at, form in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"', "m月d日"), 6):
            sheet.write(at, 0, "乙")
            sheet.write_datetime(at, 1, date(2026, 6, 30), made.add_format({"num_format": form}))
        sheet.write(9, 0, "丙")
        sheet.write_boolean(9, 1, True)
        sheet.write_formula(10, 1, "=1+1", None, 2)
        sheet.write(10, 0, "丁")

    document = read(workbook(fill))
    (table,) = document.tables
    assert [document.raw(one.span) for one in table.cells if one.column == 1] == [
        "值", "95%", "95.5%", "12", "3.5", "1234567", "2026年6月30日", "2026年6月", "6月30日", "TRUE", "2",
    ]  # fmt: skip


def test_a_formula_without_a_value_is_said() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["任务", "数"], ["修堤", "=1+1"], ["种树", 3]):
        sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    document = read(held.getvalue())
    assert [one.code for one in document.remarks] == ["formula-unread"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030"])
def test_a_list_in_csv(mark: str, codec: str) -> None:
    rows = [["云溪县护堤重点任务清单", "", "", "", ""], HEADS, *([str(one) for one in row] for row in ROWS)]
    data = "".join(mark.join(f'"{one}"' for one in row) + "\r\n" for row in rows).encode(codec)
    document = CsvReader().read(data, name="x", where="x.csv", suffix=".csv")
    assert [document.raw(one.span) for one in document.lines] == ["云溪县护堤重点任务清单"]
    assert (document.tables[0].rows, document.tables[0].columns) == (3, 5)
    assert {document.raw(one.span): one.cell for one in document.places}["补种护堤树木"] == "B4"
    assert [task.title for task in read_document(document).tasks] == ["修补护堤缺口", "补种护堤树木"]


def test_cells_far_from_each_other_are_no_table_without_end() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        for at in range(3_000):
            sheet.write(at * 300, at, "甲")
            sheet.write(at * 300, at + 1, "乙")

    with pytest.raises(InputError, match="more than 1,000,000 filled cells"):
        read(workbook(fill))


def test_cells_that_claim_to_be_merged_cover_no_more_than_there_is() -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ROWS[0])
        sheet.merge_range("A3:E3", "完")

    with zipfile.ZipFile(io.BytesIO(workbook(fill))) as held:
        members = {name: held.read(name).replace(b"A3:E3", b"A3:XFD1048576") for name in held.namelist()}
    (table,) = read(zipped(members)).tables
    assert table.cells[-1].covers == (1, 5)
    assert (table.rows, table.columns) == (3, 5)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (workbook(lambda made: made.add_worksheet() and None), "holds no text"),
        (zipped({"xl/other.xml": "<a/>"}), "damaged"),
        (zipped({"xl/workbook.xml": "<workbook"}), "damaged"),
    ],
    ids=["empty", "no workbook", "cut"],
)
def test_what_holds_no_sheets_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(data)
