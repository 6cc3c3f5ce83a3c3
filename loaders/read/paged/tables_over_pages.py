"""Tables that go on over a page break: one table, its head once, a row that the break cut in one piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.read.paged.page_layout import LaidPage
from loaders.read.paged.printed_lines import PrintedLine
from loaders.read.paged.ruled_tables import RuledCell, RuledTable

# The columns of a table stand at the same places on the next page, up to so many points.
_NEAR = 6.0
# The head of a table has no more rows.
_HEAD_ROWS = 3


@dataclass(slots=True)
class PagedTable:
    """A table with the page of each of its cells; `edges` are the places of its columns."""

    edges: tuple[float, ...]
    cells: list[tuple[int, RuledCell]]
    rows: int
    open_below: bool

    def row(self, at: int) -> list[RuledCell]:
        """Return the cells that begin in a row."""
        return [cell for _, cell in self.cells if cell.row == at]


def joined_tables(pages: Sequence[LaidPage]) -> Iterator[tuple[LaidPage, PrintedLine | PagedTable]]:
    """Yield the parts of all pages in order; a table that ends a page and begins the next one is one."""
    open_table: tuple[LaidPage, PagedTable] | None = None
    for page in pages:
        for part in page.parts():
            if isinstance(part, PrintedLine):
                if open_table:
                    yield open_table
                    open_table = None
                yield page, part
            elif open_table and open_table[0] is not page and _same_columns(open_table[1].edges, part.edges):
                _append(open_table[1], part, page.number)
                open_table = (page, open_table[1])
            else:
                if open_table:
                    yield open_table
                rows = max(cell.row + cell.covers[0] for cell in part.cells)
                cells = [(page.number, cell) for cell in part.cells]
                open_table = (page, PagedTable(part.edges, cells, rows, part.open_below))
    if open_table:
        yield open_table


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tell whether two tables have the same columns; on the other side of a sheet all of them stand shifted."""
    if len(one) != len(other):
        return False
    off = other[0] - one[0]
    return all(abs(second - first - off) <= _NEAR for first, second in zip(one, other, strict=True))


def _append(table: PagedTable, part: RuledTable, number: int) -> None:
    """Append the rows of the next page: without the head that is printed again, the rest of a cut row to its row."""
    head = _repeated_head(table, part)
    rows = max(cell.row + cell.covers[0] for cell in part.cells)
    cells = [cell for cell in part.cells if cell.row >= head]
    first = [cell for cell in cells if cell.row == head]
    cut = table.open_below and part.open_above and not head
    if (cut or _is_rest_of_row(table, first)) and _add_rest(table, first):
        cells = [cell for cell in cells if cell.row > head]
        head += 1
    table.open_below = part.open_below
    table.cells += [(number, replace(cell, row=cell.row - head + table.rows)) for cell in cells]
    table.rows += rows - head


def _repeated_head(table: PagedTable, part: RuledTable) -> int:
    """Return how many rows the next page prints again from the head of the table."""
    for count in range(min(_HEAD_ROWS, table.rows), 0, -1):
        one = [(cell.row, cell.column, cell.text) for _, cell in table.cells if cell.row < count]
        other = [(cell.row, cell.column, cell.text) for cell in part.cells if cell.row < count]
        if one == other and any(text for *_, text in one):
            return count
    return 0


def _is_rest_of_row(table: PagedTable, row: Sequence[RuledCell]) -> bool:
    """Tell whether a row goes on the last one of the page before: it has no number where all other rows have one."""
    if not row or row[0].text or row[0].column or row[0].covers[0] > 1 or not any(cell.text for cell in row):
        return False
    firsts = [cell for _, cell in table.cells if cell.column == 0]
    last = {cell.column for cell in table.row(table.rows - 1)}
    each = all(cell.text and cell.covers[0] == 1 for cell in firsts) and len(firsts) == table.rows
    return each and table.rows > 2 and {cell.column for cell in row} == last


def _add_rest(table: PagedTable, row: Sequence[RuledCell]) -> bool:
    """Add a row to the cells that stand in the last one; tell whether each of its cells goes on one of those."""
    rest = {(cell.column, cell.covers[1]): cell for cell in row}
    last = [at for at, (_, cell) in enumerate(table.cells) if cell.row + cell.covers[0] == table.rows]
    if {(cell.column, cell.covers[1]) for _, cell in (table.cells[at] for at in last)} != set(rest):
        return False
    for at in last:
        number, cell = table.cells[at]
        more = rest[cell.column, cell.covers[1]]
        covers = (cell.covers[0] + more.covers[0] - 1, cell.covers[1])
        table.cells[at] = (number, replace(cell, text=cell.text + more.text, covers=covers))
    return True
