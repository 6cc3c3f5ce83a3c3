"""One grid for every table, whatever prints it: markup, pipes, or one cell a line; and the shape that tells the last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graph.model import Span
from graph.numerals import chinese_integer
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Table
from loaders.structure.paragraphs import Piece

SignLevel = Literal["cn", "cn_bracket", "number", "dash"]
LEVELS: dict[SignLevel, int] = {"cn": 0, "dash": 0, "cn_bracket": 1, "number": 2}

_NUMBER_HEAD = by_name("columns")["number"]
_SIGNS: tuple[tuple[SignLevel, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(\d{1,4})[.、]?")),
    ("cn_bracket", re.compile(r"\(([一二三四五六七八九十百]{1,4})\)")),
    ("cn", re.compile(r"([一二三四五六七八九十百]{1,4})、?")),
)
# A hundred in brackets is the longest row number: most cells are no number by their length.
_LONGEST_SIGN = 6
_DASH = re.compile(r"[-—–―─－/]{1,4}")
_SENTENCE = re.compile(r"[。;]")
# So far below the head of the numbers stands the first row; the lines between are heads, or name the first group.
_HEADS = 14
_FEWEST = 3
_LONGEST = 40
# No cell whose words matter here is as long.
_PARAGRAPH = 120
# A row of long cells broken over lines prints so many lines at most.
_ROW_LINES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell at `row` and `column` (0-based); `covers` is how many rows and columns it spans.

    `spans` are the places of its words, several where its lines are printed apart, none where it is blank; `place` says
    where a format without running text keeps it (page and box, sheet and cell).
    """

    spans: tuple[Span, ...]
    row: int
    column: int
    covers: tuple[int, int] = (1, 1)
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table of any form; `drawn` tells whether markup or pipes draw it."""

    span: Span
    cells: tuple[GridCell, ...]
    drawn: bool

    @cached_property
    def _covered(self) -> dict[tuple[int, int], GridCell]:
        return {
            (row, column): cell
            for cell in reversed(self.cells)
            for row in range(cell.row, cell.row + cell.covers[0])
            for column in range(cell.column, cell.column + cell.covers[1])
        }

    @cached_property
    def rows(self) -> int:
        """The number of rows."""
        return max((cell.row + cell.covers[0] for cell in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """The number of columns."""
        return max((cell.column + cell.covers[1] for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> GridCell | None:
        """Return the cell that covers this place, also from inside a merged one."""
        return self._covered.get((row, column))


def drawn_grid(table: Table) -> Grid:
    """Return the grid of a table that markup or pipes draw."""
    cells = tuple(
        GridCell(
            spans=(cell.span,) if cell.span.start < cell.span.end else (),
            row=cell.row,
            column=cell.column,
            covers=cell.covers,
        )
        for cell in table.cells
    )
    return Grid(span=table.span, cells=cells, drawn=True)


@dataclass(frozen=True, slots=True)
class RowSign:
    """What a cell of row numbers prints: 3, 三, （三） or a dash, which prints no number."""

    level: SignLevel
    number: int | None


def row_sign(text: str) -> RowSign | None:
    """Return the row number that a cell is, None where its words are none; `text` is folded and without blanks.

    >>> row_sign("3"), row_sign("(二)"), row_sign("—"), row_sign("三处")
    (RowSign(level='number', number=3), RowSign(level='cn_bracket', number=2), RowSign(level='dash', number=None), None)
    """
    if len(text) > _LONGEST_SIGN:
        return None
    for level, pattern in _SIGNS:
        if match := pattern.fullmatch(text):
            number = int(match[1]) if level == "number" else chinese_integer(match[1])
            return RowSign(level, number) if number else None
    return RowSign("dash", None) if _DASH.fullmatch(text) else None


def is_number_head(text: str) -> bool:
    """Tell whether words head a column of row numbers: 序号, 编号, No."""
    return _NUMBER_HEAD.fullmatch(text) is not None


def first_row(texts: Sequence[str], at: int) -> int | None:
    """Return where the first row number stands below the head of row numbers at `at`; None where no rows follow.

    `texts` are the lines of a copy that prints one cell a line, folded and without blanks.
    """
    for below in range(at + 1, min(at + 1 + _HEADS, len(texts))):
        sign = row_sign(texts[below])
        if sign and below - at >= _FEWEST - 1 and begins_rows(texts, below, sign):
            return below
        if len(texts[below]) > _LONGEST or _SENTENCE.search(texts[below]):
            return None
    return None


def begins_rows(texts: Sequence[str], at: int, sign: RowSign) -> bool:
    """Tell whether a row number at `at` is the first of all, or a dash printed for it: a lower number comes next."""
    if sign.level != "dash":
        return sign.number == 1
    below = row_sign(texts[at + 2]) if at + 2 < len(texts) else None
    return below is not None and below.number == 1 and row_sign(texts[at + 1]) is None


def line_texts(document: Document, lines: Sequence[Span]) -> list[str]:
    """Return the words of lines, folded; those that may be cells without blanks and marks of emphasis."""
    folded = document.folded
    plain = [folded[line.start : line.end] for line in lines]
    return [text if len(text) > _PARAGRAPH else "".join(text.split()).strip("*") for text in plain]


def cell_lines(document: Document, found: Sequence[Piece]) -> list[Span]:
    """Return the printed lines that `found` is made of: a cell is a line, whatever reads like a paragraph."""
    lines: list[Span] = []
    for piece in found:
        start = piece.span.start
        if lines and "\n" not in document.text[lines[-1].end : start]:
            start = lines.pop().start
        while (stop := document.text.find("\n", start, piece.span.end)) >= 0:
            lines += _line(document, start, stop)
            start = stop + 1
        lines += _line(document, start, piece.span.end)
    return lines


def _line(document: Document, start: int, end: int) -> list[Span]:
    text = document.text[start:end]
    kept = text.strip()
    left = start + len(text) - len(text.lstrip())
    return [Span(left, left + len(kept))] if kept else []


def flat_bounds(document: Document, lines: Sequence[Span]) -> list[Span]:
    """Return where numbered tables printed one cell a line stand: no line of them goes on in the next like a paragraph."""
    texts = line_texts(document, lines)
    bounds: list[Span] = []
    at = 0
    while at < len(lines):
        if not is_number_head(texts[at]) or (row := first_row(texts, at)) is None:
            at += 1
            continue
        last, expected, width = row, {"number": 1, "cn": 1, "cn_bracket": 1}, row - at
        for below in range(row, len(lines)):
            sign = row_sign(texts[below])
            if sign and sign.number and sign.number in (1, expected.get(sign.level, 0)):
                last, expected[sign.level] = below, sign.number + 1
            elif below - last > _ROW_LINES:
                break
        end = min(last + max(width, _FEWEST), len(lines) - 1)
        bounds.append(Span(lines[at].start, lines[end].end))
        at = end + 1
    return bounds
