"""The rows of a list of tasks, out of a grid: numbers, group headings, merged cells, cells over several lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Span
from graph.text import squeeze
from loaders.extract.deadlines.deadline_kinds import time_share
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.table_columns import ColumnCells, TableColumn, column, columns
from loaders.extract.units.unit_names import is_unit_name
from loaders.numbering import marker_at
from loaders.patterns.pattern_files import load_words
from loaders.read.document import Document, Table
from loaders.structure.table_grid import LEVELS, Grid, GridCell, RowSign, drawn_grid, row_sign

_SIGNS = "、,，;；"
JOINTS = (*_SIGNS, *load_words("units")["JOINTS"])
# Heads of columns stand in the first rows, and take two of them at most.
_HEAD_ROWS = 3
# So many cells tell what a column is like.
_ENOUGH = 60
_NO_YEARS = Years()
# 装风扇6台 ends like a station, and counts.
_COUNT = re.compile(r"\d")


@dataclass(slots=True)
class TableRow:
    """One row: the printed number, the cells of each column as places in the text, and the headings it stands under.

    `path` is what its path takes, None where no number tells it; `headings` are rows of one cell across the table, from
    the outermost in; `line` is its row of the grid. A column with no place is printed blank, one that is missing is not
    printed at all.
    """

    number: str | None
    cells: dict[int, list[Span]] = field(default_factory=dict)
    headings: tuple[Span, ...] = ()
    path: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTable:
    """A list of tasks: its grid, how many rows of it are heads, its columns, its rows, and the rows that are none."""

    grid: Grid
    heads: int
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    unread: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.grid.span

    @property
    def drawn(self) -> bool:
        """Whether markup draws it."""
        return self.grid.drawn

    def cells(self, row: TableRow, kind: str) -> list[tuple[int, Span]]:
        """Return (column, place) of the cells of a row that stand in columns of this kind."""
        return [(at, span) for at, one in enumerate(self.columns) if one.kind == kind for span in row.cells.get(at, ())]


def drawn_table(document: Document, table: Table, above: TaskTable | None = None) -> TaskTable | None:
    """Return a drawn table as a list of tasks, or None where its headings are not those of one.

    A merged cell counts for each row it covers; so does an empty cell below a filled one where a column of units or
    times is left blank (the form in which merged cells survive a copy). A table without heads of its own goes on with
    those of the table `above`.
    """
    grid = drawn_grid(table)
    for first in range(min(_HEAD_ROWS, grid.rows)):
        for heads in _head_rows(document, grid, first):
            cells = _Cells(document, grid, heads)
            if kinds := columns(head_words(document, grid, first, heads), cells.of):
                return task_table(document, grid, heads, kinds)
    if above and above.grid.columns == grid.columns and _goes_on(document, grid):
        return task_table(document, grid, 0, above.columns)
    return None


def _head_rows(document: Document, grid: Grid, first: int) -> Iterator[int]:
    """Yield where rows may begin below heads in row `first`: two rows are heads where a cell of the first stands over several."""
    printed = [grid.at(first, at) for at in range(grid.columns)]
    wide = any(cell and cell.row == first and 1 < cell.covers[1] < grid.columns for cell in printed)
    deep = any(cell and cell.row == first and cell.covers[0] > 1 for cell in printed)
    below = [words(document, grid.at(first + 1, at)) for at in range(grid.columns)]
    if (wide or deep) and first + 2 <= grid.rows and not any(row_sign(one) for one in below):
        yield first + 2
    else:
        yield first + 1


def head_words(document: Document, grid: Grid, first: int, heads: int) -> list[str]:
    """Return the head of each column: the lowest of its cells that is one, else all of them together (责任单位, 牵头)."""
    found = []
    for at in range(grid.columns):
        cells = list(dict.fromkeys(grid.at(row, at) for row in range(first, heads)))
        parts = [words(document, cell) for cell in cells if cell]
        own = next((part for part in reversed(parts) if column(part)), None)
        found.append(own or "".join(reversed(parts)))
    return found


def words(document: Document, cell: GridCell | None) -> str:
    """Return the words of a cell, folded and without blanks."""
    return "".join(squeeze(document.plain(span)) for span in cell.spans) if cell else ""


def _goes_on(document: Document, grid: Grid) -> bool:
    """Tell whether a table begins with a row in mid-list: a number above 1, or no number above a number."""
    signs = [row_sign(words(document, grid.at(row, 0))) for row in range(min(2, grid.rows))]
    return any(sign and sign.level == "number" and (sign.number or 0) > 1 for sign in signs)


def task_table(document: Document, grid: Grid, heads: int, kinds: tuple[TableColumn, ...]) -> TaskTable:
    """Return the list of tasks that a grid prints below its rows of heads, in columns of these kinds."""
    rows, unread = _filled(kinds, list(_rows(document, grid, heads, kinds)))
    _number(rows)
    return TaskTable(grid=grid, heads=heads, columns=kinds, rows=tuple(row for row, _ in rows), unread=tuple(unread))


def _rows(
    document: Document, grid: Grid, heads: int, kinds: Sequence[TableColumn]
) -> Iterator[tuple[TableRow, "_Numbered"]]:
    """Yield each row of matter with its number; rows of one cell across the table head those below."""
    at_number = next((at for at, one in enumerate(kinds) if one.kind == "number"), None)
    headings: list[tuple[int, Span]] = []
    above: list[RowSign] = []
    repeated = {tuple(words(document, grid.at(row, at)) for at in range(grid.columns)) for row in range(heads)}
    for number in range(heads, grid.rows):
        cells = [grid.at(number, at) for at in range(grid.columns)]
        if tuple(words(document, cell) for cell in cells) in repeated:
            continue
        if group := _group_heading(document, cells, at_number):
            sign = _sign_of(document, cells, at_number, group)
            rank = LEVELS[sign.level] if sign else -1
            headings = [one for one in headings if one[0] < rank] + [(rank, _without_sign(document, group))]
            above = _under(above, sign)
            continue
        row = TableRow(None, headings=tuple(span for _, span in headings), line=number)
        for at, cell in enumerate(cells):
            if cell and at != at_number and cell.spans:
                row.cells[at] = [] if _blank(document, cell) else list(cell.spans)
        cell = cells[at_number] if at_number is not None else None
        printed = words(document, cell)
        sign = row_sign(printed) or row_sign(printed.strip(".、()*"))
        sign = sign if sign and sign.number else None
        if sign:
            above = _under(above, sign)
        if row.cells:
            yield row, _Numbered(cell if sign else None, tuple(above) if sign else ())


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The cell that numbers a row, None where none does, and its number below those of the groups it stands in."""

    cell: GridCell | None
    line: tuple[RowSign, ...]


def _under(above: Sequence[RowSign], sign: RowSign | None) -> list[RowSign]:
    """Return the numbers down to `sign`; a dash stands for the number that comes next."""
    if sign is None:
        return []
    rank = LEVELS[sign.level]
    before = next((one for one in above if LEVELS[one.level] == rank), None)
    if sign.number is None:
        sign = RowSign("cn", (before.number or 0) + 1 if before else 1)
    return [*(one for one in above if LEVELS[one.level] < rank), sign]


def _blank(document: Document, cell: GridCell) -> bool:
    sign = row_sign(words(document, cell))
    return sign is not None and sign.level == "dash"


def _group_heading(document: Document, cells: Sequence[GridCell | None], at_number: int | None) -> Span | None:
    """Return the heading that a row is: one cell across the table, but for its number, or alone in it with a sign."""
    printed = list(dict.fromkeys(cell for cell in cells if cell and cell.spans))
    numbers = cells[at_number] if at_number is not None else None
    matter = [cell for cell in printed if cell is not numbers or cell.covers[1] > 1]
    widest = max(matter, key=lambda cell: cell.covers[1], default=None)
    if widest is None:
        return None
    span = Span(widest.spans[0].start, widest.spans[-1].end)
    if len(printed) <= 2 and widest.covers[1] >= max(len(cells) - 1, 2):
        return span
    if len(matter) > 1:
        return None
    if len(printed) == 2 and numbers is not None:
        number = row_sign(words(document, numbers))
        return span if number and number.level in ("cn", "cn_bracket", "dash") and widest.covers[0] == 1 else None
    sign = marker_at(document.folded, span.start, span.end)
    return span if len(printed) == 1 and sign and sign.sign in ("cn", "cn_bracket") else None


def _sign_of(
    document: Document, cells: Sequence[GridCell | None], at_number: int | None, group: Span
) -> RowSign | None:
    """Return the number of a row that heads others: in its column of numbers, else before its words."""
    cell = cells[at_number] if at_number is not None else None
    if cell and (sign := row_sign(words(document, cell))):
        return sign
    marker = marker_at(document.folded, group.start, group.end)
    return RowSign(marker.sign, marker.number) if marker and marker.sign in ("cn", "cn_bracket") else None


def _without_sign(document: Document, span: Span) -> Span:
    marker = marker_at(document.folded, span.start, span.end)
    return Span(marker.end, span.end) if marker and marker.end < span.end else span


def _filled(
    kinds: Sequence[TableColumn], rows: Sequence[tuple[TableRow, _Numbered]]
) -> tuple[list[tuple[TableRow, _Numbered]], list[Span]]:
    """Give a row what a merged cell above prints for it; a row without a task of its own continues the one above.

    A row with a number and no task of its own has its name for one. What belongs to no row is returned beside them.
    """
    task = next(at for at, one in enumerate(kinds) if one.kind == "task")
    names = [at for at, one in enumerate(kinds) if one.kind in ("group", "detail")]
    kept: list[tuple[TableRow, _Numbered]] = []
    unread: list[Span] = []
    for row, number in rows:
        if not row.cells.get(task):
            named = next((at for at in reversed(names) if row.cells.get(at)), None)
            if number.cell and named is not None and (not kept or kept[-1][1].cell is not number.cell):
                row.cells[task] = row.cells.pop(named)
            elif kept and (number.cell is None or number.cell is kept[-1][1].cell):
                for at, spans in row.cells.items():
                    have = kept[-1][0].cells.setdefault(at, [])
                    have.extend(span for span in spans if span not in have)
                continue
            else:
                unread += [span for spans in row.cells.values() for span in spans]
                continue
        if kept and kept[-1][0].headings == row.headings:
            _take_merged(kinds, row, kept[-1][0])
        kept.append((row, number))
    return kept, unread


def _take_merged(kinds: Sequence[TableColumn], row: TableRow, above: TableRow) -> None:
    """Give a row the groups and units of the row above that it is merged with.

    Where a row prints units of its own, an empty column right of them says that there are no more (no 配合部门).
    """
    printed = min((at for at in row.cells if kinds[at].kind == "unit"), default=len(kinds))
    for at, one in enumerate(kinds):
        merged = one.kind == "group" or (one.kind == "unit" and at < printed)
        if merged and at not in row.cells and at in above.cells:
            row.cells[at] = list(above.cells[at])


def _number(rows: Sequence[tuple[TableRow, _Numbered]]) -> None:
    """Give each row its number and path: printed numbers where they run on, ordinals of the groups above where they do not.

    The rows of one numbered cell are counted below its number, and print none of their own.
    """
    lines = [numbered.line for _, numbered in rows if numbered.line]
    lasts = Counter(line[-1] for line in {id(n.cell): n.line for _, n in rows if n.line}.values())
    running = max(lasts.values(), default=1) == 1 and all(line[-1].level == "number" for line in lines)
    sharing = Counter(id(numbered.cell) for _, numbered in rows if numbered.cell)
    place: Counter[int] = Counter()
    for row, numbered in rows:
        if numbered.cell is None:
            continue
        line = numbered.line[-1:] if running else numbered.line
        path = ".".join(str(one.number) for one in line)
        if sharing[id(numbered.cell)] > 1:
            place[id(numbered.cell)] += 1
            row.path = f"{path}.{place[id(numbered.cell)]}"
        else:
            row.path, row.number = path, str(numbered.line[-1].number)


class _Cells:
    """What the cells below the heads of a grid are like, column by column."""

    def __init__(self, document: Document, grid: Grid, heads: int) -> None:
        self._document = document
        self._columns: dict[int, list[GridCell]] = {}
        across = {cell.row for cell in grid.cells if cell.row >= heads and cell.covers[1] >= max(grid.columns - 1, 2)}
        self._rows = {cell.row for cell in grid.cells if cell.row >= heads} - across
        for cell in grid.cells:
            if cell.row in self._rows and cell.spans:
                self._columns.setdefault(cell.column, []).append(cell)

    def of(self, at: int) -> ColumnCells:
        """Return what the cells of column `at` are like."""
        cells = self._columns.get(at, [])
        rows = len({cell.row for cell in cells}) / len(self._rows) if self._rows else 1.0
        return described(self._document, [span for cell in cells for span in cell.spans], rows)


def described(document: Document, spans: Sequence[Span], filled: float) -> ColumnCells:
    """Return what cells with these words are like."""
    if not spans:
        return ColumnCells(filled=filled, length=0.0)
    some = spans[:_ENOUGH]
    of_units = sum(unit_share(document.plain(span)) >= 0.5 for span in some)
    of_times = sum(time_share(document.folded, span.start, span.end, _NO_YEARS) >= 0.5 for span in some)
    length = sum(span.end - span.start for span in some) / len(some)
    return ColumnCells(filled=filled, length=length, units=of_units / len(some), times=of_times / len(some))


def unit_share(text: str) -> float:
    """Return the share of the names in a cell that are names of units by their form; `text` is folded."""
    for sign in _SIGNS:
        text = text.replace(sign, "|")
    names = [squeeze(name) for name in text.split("|") if name.strip()]
    bodies = sum(is_unit_name(name.removesuffix("等")) and not _COUNT.search(name) for name in names)
    return bodies / len(names) if names else 0.0
