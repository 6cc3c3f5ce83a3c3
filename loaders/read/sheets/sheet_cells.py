"""The filled cells of a sheet, and how they become lines and a table of a document: titles above, notes below."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import FilePlace, Span
from loaders.read import limits
from loaders.read.refusals import too_many_cells
from loaders.read.text_draft import DraftCell, TextDraft

_NOTE = re.compile(r"\s*[(（]?\s*(?:注|备注|说明|附注|填表|备\s*注)")
_NAMELESS = re.compile(r"(?:Sheet|工作表|Table)\s*\d*", re.I)
_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class SheetCells:
    """One sheet: the words of its filled cells by row and column (0-based), and the merged ones (first, last)."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def put(self, row: int, column: int, words: str, where: str) -> None:
        """Fill a cell; blank words fill none.

        Raises:
            InputError: there are too many of them.
        """
        if words.strip():
            self.cells[row, column] = words
            if len(self.cells) > limits.CELLS:
                raise too_many_cells(where)


def write_sheets(draft: TextDraft, sheets: Sequence[SheetCells]) -> None:
    """Write the sheets that hold something, each below its name where there are several and somebody named it."""
    filled = [sheet for sheet in sheets if sheet.cells]
    for sheet in filled:
        if len(filled) > 1 and not _NAMELESS.fullmatch(sheet.name.strip()):
            place = FilePlace(span=_NOWHERE, sheet=sheet.name)
            draft.add_lines(sheet.name, heading=2, place=place)
        _write(draft, sheet)


def _write(draft: TextDraft, sheet: SheetCells) -> None:
    in_row: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        in_row.setdefault(row, []).append(column)
    rows = list(in_row)
    first = next((at for at, row in enumerate(rows) if len(in_row[row]) > 1), len(rows))
    last = len(rows)
    while last > first and len(in_row[rows[last - 1]]) == 1 and _is_note(sheet, rows[last - 1], in_row):
        last -= 1
    for at, row in enumerate(rows[:first]):
        _write_line(draft, sheet, row, in_row[row][0], heading=1 if at == 0 else None)
    if first < last:
        columns = sorted({column for row in rows[first:last] for column in in_row[row]})
        if len(columns) * (last - first) > limits.CELLS:
            raise too_many_cells(draft.where)
        draft.add_table(_table(sheet, rows[first:last], columns))
    for row in rows[last:]:
        _write_line(draft, sheet, row, in_row[row][0], heading=None)


def _is_note(sheet: SheetCells, row: int, in_row: Mapping[int, Sequence[int]]) -> bool:
    return _NOTE.match(sheet.cells[row, in_row[row][0]]) is not None


def _write_line(draft: TextDraft, sheet: SheetCells, row: int, column: int, heading: int | None) -> None:
    place = FilePlace(span=_NOWHERE, sheet=sheet.name or None, cell=cell_name(row, column))
    draft.add_lines(sheet.cells[row, column], heading=heading, strong=heading is not None, place=place)


def _table(sheet: SheetCells, rows: Sequence[int], columns: Sequence[int]) -> list[DraftCell]:
    """Return the cells of a table; rows and columns in which nothing stands are no part of it."""
    covers, covered = _merged(sheet, rows, columns)
    cells = []
    for at, row in enumerate(rows):
        for number, column in enumerate(columns):
            if (at, number) not in covered:
                place = FilePlace(span=_NOWHERE, sheet=sheet.name or None, cell=cell_name(row, column))
                words, size = sheet.cells.get((row, column), ""), covers.get((at, number), (1, 1))
                cells.append(DraftCell(text=words, row=at, column=number, covers=size, place=place))
    return cells


def _merged(
    sheet: SheetCells, rows: Sequence[int], columns: Sequence[int]
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return how far the merged cells of a table reach, and the places that they cover besides their own."""
    covers: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        above, below = bisect_left(rows, top), bisect_right(rows, bottom)
        before, behind = bisect_left(columns, left), bisect_right(columns, right)
        size = (below - above, behind - before)
        if min(size) < 1 or size == (1, 1) or (above, before) in covered or len(covered) > limits.CELLS:
            continue
        covers[above, before] = size
        covered |= {(row, column) for row in range(above, below) for column in range(before, behind)}
        covered.discard((above, before))
    return covers, covered


def cell_name(row: int, column: int) -> str:
    """Return what a sheet calls a cell.

    >>> cell_name(2, 1), cell_name(0, 26), cell_name(9, 701)
    ('B3', 'AA1', 'ZZ10')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
