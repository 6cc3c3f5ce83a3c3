"""Which places the cells of a table of a page take."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from graph.numerals import plain_integer
from loaders.read.text_draft import counted_columns

# A table that is wider is none that anybody reads, and a square of spans would grow faster than the page.
_WIDEST = 400


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """One cell at `row` and `column` (0-based); `covers` is how many rows and columns it spans."""

    row: int
    column: int
    covers: tuple[int, int]
    element: etree._Element


def tables_with_tables(body: etree._Element) -> set[etree._Element]:
    """Return the tables that hold other tables: they lay out a page."""
    outer: set[etree._Element] = set()
    above: list[etree._Element] = []
    for event, table in etree.iterwalk(body, events=("start", "end"), tag="table"):
        if event == "start":
            outer.update(above[-1:])
            above.append(table)
        else:
            above.pop()
    return outer


def data_grid(table: etree._Element) -> list[HtmlCell] | None:
    """Return the cells of a table that holds data, row by row; None for one that only lays out a page.

    Spans end with the table: a row or column in which no cell begins is none, whatever its cells claim to cover.
    """
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    placed: list[HtmlCell] = []
    # Columns that cells of rows above still cover: first, behind the last, and the row where that ends.
    busy: list[tuple[int, int, int]] = []
    for number, cells in enumerate(rows):
        busy = [one for one in busy if one[2] > number]
        column, at = 0, 0
        for cell in cells:
            while at < len(busy) and busy[at][0] <= column:
                column = max(column, busy[at][1])
                at += 1
            down = min(_span(cell.get("rowspan")), len(rows) - number)
            across = _span(cell.get("colspan"))
            placed.append(HtmlCell(number, column, (down, across), cell))
            column += across
        busy = sorted([*busy, *_reaching(placed, number)])
        if len(busy) > _WIDEST or len(cells) > _WIDEST:
            return None
    begins = sorted({cell.column for cell in placed})
    return _narrowed(placed) if len(rows) >= 2 and 2 <= len(begins) <= _WIDEST else None


def _reaching(placed: Sequence[HtmlCell], number: int) -> list[tuple[int, int, int]]:
    """Return what the cells of row `number`, the last placed, cover of the rows below."""
    reaching = []
    for cell in reversed(placed):
        if cell.row != number:
            break
        if cell.covers[0] > 1:
            reaching.append((cell.column, cell.column + cell.covers[1], number + cell.covers[0]))
    return reaching


def _narrowed(placed: Sequence[HtmlCell]) -> list[HtmlCell]:
    """Return the cells with the columns counted in which some cell begins."""
    columns = counted_columns([(cell.column, cell.covers[1]) for cell in placed])
    return [
        HtmlCell(cell.row, column, (cell.covers[0], across), cell.element)
        for cell, (column, across) in zip(placed, columns, strict=True)
    ]


def _span(printed: str | None) -> int:
    return max(plain_integer((printed or "").strip()) or 1, 1)
