"""The tables of a DOC: cells by their marks, where they stand by the edges that each row names, merged ones as one."""

import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from loaders.read.office.word97.doc_properties import TABLE_FORM
from loaders.read.text_draft import DraftCell

_VERTICAL = 0xD62B
_CELL_FORM = 20
# Edges that lie nearer to each other than a millimetre are one that a hand drew twice (in twentieths of a point).
_SAME = 57
# Edges of a row that names none.
_APART = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _RowCell:
    text: str
    left: int
    right: int
    goes_on: bool


@dataclass(slots=True)
class DocTable:
    """A table that is read row by row."""

    rows: list[list[_RowCell]] = field(default_factory=list)

    def add_row(self, words: Sequence[str], properties: Sequence[tuple[int, bytes]]) -> None:
        """Add the cells of a row, with what the mark at its end says of them."""
        edges, merges = _form(dict(properties).get(TABLE_FORM, b""), len(words))
        for code, operand in properties:
            if code == _VERTICAL and len(operand) >= 2 and operand[0] < len(merges):
                merges[operand[0]] = (merges[operand[0]][0], operand[1] & 3)
        row: list[_RowCell] = []
        for number, text in enumerate(words):
            across, down = merges[number]
            if across == 1 and row:
                joined = "\n".join(part for part in (row[-1].text, text) if part)
                row[-1] = replace(row[-1], text=joined, right=edges[number + 1])
            else:
                goes_on = down == 1 and not text.strip()
                row.append(_RowCell(text=text, left=edges[number], right=edges[number + 1], goes_on=goes_on))
        self.rows.append(row)

    def cells(self) -> list[DraftCell]:
        """Return the cells with their rows and columns."""
        edges = _columns([edge for row in self.rows for cell in row for edge in (cell.left, cell.right)])
        cells: list[DraftCell] = []
        above: dict[int, int] = {}
        for number, row in enumerate(self.rows):
            for cell in row:
                column = bisect_left(edges, cell.left - _SAME)
                across = max(bisect_left(edges, cell.right - _SAME) - column, 1)
                upper = above.get(column)
                if cell.goes_on and upper is not None:
                    cells[upper] = replace(cells[upper], covers=(number - cells[upper].row + 1, cells[upper].covers[1]))
                else:
                    above[column] = len(cells)
                    cells.append(DraftCell(text=cell.text, row=number, column=column, covers=(1, across)))
        return cells


def _form(form: bytes, count: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the edges of the cells of a row, and how each is merged with its neighbours (across, down)."""
    edges, merges = [_APART * at for at in range(count + 1)], [(0, 0)] * count
    if not form or 1 + 2 * (form[0] + 1) > len(form):
        return edges, merges
    named = list(struct.unpack_from(f"<{form[0] + 1}h", form, 1))
    # A row may hold more marks than its form names cells.
    edges = named[: count + 1] + [named[-1] + _APART * at for at in range(1, count + 2 - len(named))]
    start = 1 + 2 * (form[0] + 1)
    for number in range(min(count, (len(form) - start) // _CELL_FORM)):
        (flags,) = struct.unpack_from("<H", form, start + _CELL_FORM * number)
        merges[number] = (flags & 3, flags >> 5 & 3)
    return edges, merges


def _columns(edges: Sequence[int]) -> list[int]:
    """Return the edges of all rows, each once."""
    kept: list[int] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _SAME:
            kept.append(edge)
    return kept
