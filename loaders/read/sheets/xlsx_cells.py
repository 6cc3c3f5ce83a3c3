"""The sheets of an XLSX: filled cells as they are printed, merged ones, and what is hidden."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from loaders.read.archives.safe_xml import parsed
from loaders.read.archives.safe_zip import SafeZip
from loaders.read.refusals import damaged
from loaders.read.sheets.printed_values import printed
from loaders.read.sheets.sheet_cells import SheetCells

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATION.encode()),
)
_S = f"{{{_MAIN}}}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_WORKBOOK = "xl/workbook.xml"


@dataclass(slots=True)
class Sheets:
    """The sheets of a workbook; `hidden` are the names of those that are not shown, `unknown` counts formulas without a value."""

    sheets: list[SheetCells] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unknown: int = 0


class XlsxCells:
    """A workbook in XLSX, read sheet by sheet."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the workbook that `data` holds; `where` names it in errors.

        Raises:
            InputError: it is damaged, or no workbook.
        """
        self._where = where
        self._zip = SafeZip(data, where)
        if _WORKBOOK not in self._zip:
            raise damaged(where)
        self._strings = [_words(one) for one in self._all("xl/sharedStrings.xml", "si")]
        self._forms = self._forms_of_styles()

    def read(self) -> Sheets:
        """Return the sheets that are shown."""
        found = Sheets()
        workbook = self._root(_WORKBOOK)
        self._since_1904 = workbook.find(f"{_S}workbookPr[@date1904='1']") is not None
        places = dict(self._places())
        for sheet in workbook.iterfind(f"{_S}sheets/{_S}sheet"):
            name = sheet.get("name") or ""
            place = places.get(sheet.get(f"{{{_RELATION}}}id") or "", "")
            if sheet.get("state", "visible") != "visible":
                found.hidden.append(name)
            elif place in self._zip:
                found.sheets.append(self._sheet(name, place, found))
        return found

    def _sheet(self, name: str, place: str, found: Sheets) -> SheetCells:
        root = self._root(place)
        sheet = SheetCells(name)
        row = -1
        for element in root.iterfind(f"{_S}sheetData/{_S}row"):
            row = int(element.get("r") or row + 2) - 1
            column = -1
            for cell in element.iterfind(f"{_S}c"):
                at = _place(cell.get("r") or "")
                row, column = at or (row, column + 1)
                value = self._value(cell)
                found.unknown += value is None
                sheet.put(row, column, value or "", self._where)
        for one in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
            first, _, last = (one.get("ref") or "").partition(":")
            if (begin := _place(first)) and (end := _place(last)):
                sheet.merged.append((*begin, *end))
        return sheet

    def _value(self, cell: etree._Element) -> str | None:
        """Return the words of a cell, None where a formula has no value."""
        kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v")
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return "" if inline is None else _words(inline)
        if not value:
            return None if cell.find(f"{_S}f") is not None else ""
        if kind == "s":
            at = int(value)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind != "n":
            return value
        form, code = self._forms.get(int(cell.get("s") or 0), (0, ""))
        return printed(float(value), form, code, since_1904=self._since_1904)

    def _forms_of_styles(self) -> dict[int, tuple[int, str]]:
        """Return the form of numbers of each style of a cell: its number, and its code where there is one."""
        place = "xl/styles.xml"
        if place not in self._zip:
            return {}
        root = self._root(place)
        codes = {
            int(one.get("numFmtId") or 0): one.get("formatCode") or ""
            for one in root.iterfind(f"{_S}numFmts/{_S}numFmt")
        }
        forms = [int(one.get("numFmtId") or 0) for one in root.iterfind(f"{_S}cellXfs/{_S}xf")]
        return {at: (form, codes.get(form, "")) for at, form in enumerate(forms)}

    def _places(self) -> Iterator[tuple[str, str]]:
        place = "xl/_rels/workbook.xml.rels"
        for one in self._root(place).iterfind(_RELATIONSHIP) if place in self._zip else ():
            target = posixpath.normpath(posixpath.join("/xl", one.get("Target") or "")).lstrip("/")
            yield one.get("Id") or "", target

    def _all(self, place: str, name: str) -> Iterator[etree._Element]:
        if place in self._zip:
            yield from self._root(place).iterfind(f"{_S}{name}")

    def _root(self, place: str) -> etree._Element:
        data = self._zip.read(place)
        for strict, plain in _STRICT:
            data = data.replace(strict, plain)
        return parsed(data, self._where)


def _words(element: etree._Element) -> str:
    """Return the words of a text of one form or several; how they are pronounced is none of it."""
    runs = [one for one in element if one.tag in (f"{_S}t", f"{_S}r")]
    return "".join(one.text or "" if one.tag == f"{_S}t" else one.findtext(f"{_S}t") or "" for one in runs)


def _place(name: str) -> tuple[int, int] | None:
    """Return the row and column (0-based) of a cell by its name.

    >>> _place("B3"), _place("$AA$10"), _place("3B")
    ((2, 1), (9, 26), None)
    """
    match = _CELL.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
