"""Workbooks as documents: titles, tables and notes of each sheet, with the sheet and cell of every word."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from loaders.read import limits
from loaders.read.archives.safe_zip import SafeZip
from loaders.read.document import Document, MediaType, Remark
from loaders.read.refusals import damaged, too_many_cells
from loaders.read.sheets.printed_values import day_words, plain_number
from loaders.read.sheets.sheet_cells import SheetCells, write_sheets
from loaders.read.sheets.xlsx_cells import Sheets, XlsxCells
from loaders.read.text_draft import TextDraft

XLSX: MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookReader:
    """Reads workbooks in XLSX and XLSB; one in XLS comes in a compound file."""

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".et")
    formats: tuple[str, ...] = ("xlsx", "xlsb")
    apart = True

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: each sheet that is shown, a title row as a line, the rows below it as a table."""
        return workbook_document(data, name=name, where=where, media_type=XLSX)


def workbook_document(data: bytes, *, name: str, where: str, media_type: MediaType) -> Document:
    """Return the document that a workbook holds.

    Raises:
        InputError: it is damaged, protected by a password, or nothing stands in it.
    """
    found = XlsxCells(data, where).read() if media_type == XLSX and _has_xml(data, where) else _others(data, where)
    draft = TextDraft(where)
    write_sheets(draft, found.sheets)
    return draft.document(name=name, data=data, media_type=media_type, title_hint=None, remarks=_remarks(found))


def _has_xml(data: bytes, where: str) -> bool:
    return "xl/workbook.xml" in SafeZip(data, where)


def _remarks(found: Sheets) -> Iterator[Remark]:
    if found.hidden:
        yield Remark("hidden-sheet", None, f"hidden sheets were not read: {', '.join(found.hidden)}")
    if found.unknown:
        yield Remark("formula-unread", None, f"{found.unknown} formulas have no value in the file; they were not read")


def _others(data: bytes, where: str) -> Sheets:
    """Return the sheets of a workbook in XLS or XLSB."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    found = Sheets()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for one in workbook.sheets_metadata:
            if one.visible != SheetVisibleEnum.Visible:
                found.hidden.append(one.name)
                continue
            sheet = workbook.get_sheet_by_name(one.name)
            if sheet.height * sheet.width > limits.SHEET_PLACES:
                raise too_many_cells(where)
            cells = SheetCells(one.name, merged=[(*first, *last) for first, last in sheet.merged_cell_ranges or ()])
            for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
                for column, value in enumerate(values):
                    cells.put(row, column, _words(value), where)
            found.sheets.append(cells)
    except CalamineError as error:
        raise damaged(where) from error
    return found


def _words(value: object) -> str:
    """Return how a value of a cell is printed.

    >>> _words(3.0), _words(date(2026, 6, 30)), _words(True), _words("长堤")
    ('3', '2026年6月30日', 'TRUE', '长堤')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return plain_number(value)
    if isinstance(value, datetime):
        return day_words(value, "ymdt" if value.hour or value.minute else "ymd")
    if isinstance(value, date):
        return day_words(datetime(value.year, value.month, value.day))
    return str(value) if isinstance(value, (str, time, timedelta)) else ""
