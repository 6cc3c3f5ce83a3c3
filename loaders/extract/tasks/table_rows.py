"""The rows of a list of tasks, from a drawn table or from the form that a web copy leaves: one cell a line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.deadlines.deadline_kinds import time_share
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.table_columns import TableColumn, column, columns
from loaders.extract.units.unit_names import is_unit_name
from loaders.numbering import lone_number, marker_at
from loaders.patterns.pattern_files import load_words
from loaders.read.document import Cell, Document, Table
from loaders.structure.paragraphs import Piece

_SIGNS = "、,，;；"
_JOINTS = (*_SIGNS, *load_words("units")["JOINTS"])
# A heading of a column is short, and a list of tasks has so many columns.
_HEAD, _FEWEST = 30, 3
# No head of a table has more rows.
_DEEPEST = 3


@dataclass(slots=True)
class TableRow:
    """One row: the printed number, the cells of each column as places in the text, and the heading it stands under.

    A heading is a row of one cell across the whole table.
    """

    number: str | None
    cells: dict[int, list[Span]] = field(default_factory=dict)
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A list of tasks: its columns, its rows, and where it stands."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    span: Span
    drawn: bool

    def cells(self, row: TableRow, kind: str) -> list[tuple[int, Span]]:
        """Return (column, place) of the cells of a row that stand in columns of this kind."""
        return [(at, span) for at, one in enumerate(self.columns) if one.kind == kind for span in row.cells.get(at, ())]


def drawn_table(document: Document, table: Table) -> TaskTable | None:
    """Return a drawn table as a list of tasks, or None where its headings are not those of one.

    A merged cell counts for each row it covers; so does an empty cell below a filled one where a column of units or
    times is left blank (the form in which merged cells survive a copy).
    """
    for first in range(min(3, table.rows)):
        header = _last_of_head(table, first)
        cells = [table.at(header, at) for at in range(table.columns)]
        headers = [document.plain(cell.span) if cell else "" for cell in cells]
        if kinds := columns(headers, partial(_printed_share, table, header)):
            break
    else:
        return None
    rows = []
    heading: Span | None = None
    for number in range(header + 1, table.rows):
        row = TableRow(None, heading=heading)
        cells = [table.at(number, at) for at in range(table.columns)]
        if group := _group_heading(document, cells):
            heading = _without_sign(document, group)
            continue
        for at, cell in enumerate(cells):
            if cell and cell.span.start < cell.span.end:
                row.cells[at] = [cell.span]
        _take_number(document, kinds, row)
        if row.cells:
            rows.append(row)
    return TaskTable(kinds, tuple(_filled(kinds, rows)), table.span, True)


def _last_of_head(table: Table, first: int) -> int:
    """Return the last row of a head that begins in row `first`: its merged cells stand beside 责任分工 over 牵头单位, 配合单位."""
    begun = [cell for cell in table.cells if cell.row == first]
    deep = max((cell.covers[0] for cell in begun), default=1)
    parted = any(cell.covers[0] == 1 and cell.covers[1] > 1 for cell in begun)
    return first + deep - 1 if parted and deep <= _DEEPEST else first


def _group_heading(document: Document, cells: Sequence[Cell | None]) -> Span | None:
    """Return the heading that a row is: one cell across the table, but for its number, or alone in it with a sign."""
    printed = list(dict.fromkeys(cell for cell in cells if cell and cell.span.start < cell.span.end))
    widest = max(printed, key=lambda cell: cell.covers[1], default=None)
    if widest is None:
        return None
    if len(printed) <= 2 and widest.covers[1] >= max(len(cells) - 1, 2):
        return widest.span
    sign = marker_at(document.folded, widest.span.start, widest.span.end)
    return widest.span if len(printed) == 1 and sign and sign.sign in ("cn", "cn_bracket") else None


def _printed_share(table: Table, header: int, at: int) -> float:
    """Return the share of the rows below the headings that print a cell of their own in column `at`."""
    rows = {cell.row for cell in table.cells if cell.row > header and cell.covers[1] < table.columns}
    own = {c.row for c in table.cells if c.row in rows and c.column == at and c.span.start < c.span.end}
    return len(own) / len(rows) if rows else 1.0


def _without_sign(document: Document, span: Span) -> Span:
    marker = marker_at(document.folded, span.start, span.end)
    return Span(marker.end, span.end) if marker and marker.end < span.end else span


def _take_number(document: Document, kinds: Sequence[TableColumn], row: TableRow) -> None:
    for at, one in enumerate(kinds):
        if one.kind == "number" and at in row.cells:
            number = lone_number(document.plain(row.cells.pop(at)[0]))
            row.number = None if number is None else str(number)


def _filled(kinds: Sequence[TableColumn], rows: Sequence[TableRow]) -> list[TableRow]:
    """Give a row what a merged cell above prints for it; a row without a task of its own continues the one above."""
    task = next(at for at, one in enumerate(kinds) if one.kind == "task")
    kept: list[TableRow] = []
    for row in rows:
        if task not in row.cells:
            if kept and row.number is None:
                for at, spans in row.cells.items():
                    kept[-1].cells.setdefault(at, []).extend(s for s in spans if s not in kept[-1].cells.get(at, []))
            continue
        if kept:
            _take_merged(kinds, row, kept[-1])
        kept.append(row)
    return kept


def _take_merged(kinds: Sequence[TableColumn], row: TableRow, above: TableRow) -> None:
    """Give a row the groups and units of the row above that it is merged with.

    Where a row prints units of its own, an empty column right of them says that there are no more (no 配合部门).
    """
    printed = min((at for at in row.cells if kinds[at].kind == "unit"), default=len(kinds))
    for at, one in enumerate(kinds):
        merged = one.kind == "group" or (one.kind == "unit" and at < printed)
        if merged and at not in row.cells and at in above.cells:
            row.cells[at] = list(above.cells[at])


def flat_table(document: Document, found: Sequence[Piece], years: Years, issues: IssueLog) -> TaskTable | None:
    """Return the list of tasks that `found` prints one cell a line, or None where no run of lines heads one."""
    lines = [piece.span for piece in found]
    start = 0
    while start < len(lines):
        run = start
        while run < len(lines) and run - start < 10 and column(document.plain(lines[run])):
            run += 1
        if run - start >= 3 and (table := _flat(document, lines[start:run], lines[run:], years, issues)):
            return table
        start = max(run, start + 1)
    return None


def heads_of_flat(document: Document, lines: Sequence[Span]) -> list[int]:
    """Return where the headings of a list printed one cell a line begin, if there is one: three or more, one of units."""
    kinds = [column(document.plain(line)) if line.end - line.start <= _HEAD else None for line in lines]
    for at, kind in enumerate(kinds):
        if kind and (at == 0 or not kinds[at - 1]):
            end = next((stop for stop in range(at, len(kinds)) if not kinds[stop]), len(kinds))
            run = [one.kind for one in kinds[at:end] if one]
            if len(run) >= _FEWEST and "unit" in run and "task" in run:
                return [lines[at].start]
    return []


def _flat(
    document: Document, heads: Sequence[Span], lines: Sequence[Span], years: Years, issues: IssueLog
) -> TaskTable | None:
    headers = [document.plain(span) for span in heads]
    numbered = column(headers[0]) == TableColumn("number")
    groups = _groups(document, lines) if numbered else []
    # Rows with fewer cells than the others stand below a merged one, which is the leftmost of those that name a task.
    full = sum(len(cells) >= len(headers) - 1 for _, cells in groups) / len(groups) if groups else 1.0
    named = next((at for at, one in enumerate(headers) if (c := column(one)) and c.kind in ("task", "group")), None)
    kinds = columns(headers, lambda at: full if at == named else 1.0)
    if kinds is None:
        return None
    if numbered:
        rows = [_aligned(document, kinds, number, cells, years) for number, cells in groups]
    else:
        rows = _by_count(document, kinds, lines, issues)
    if not rows:
        return None
    return TaskTable(kinds, tuple(_filled(kinds, rows)), Span(heads[0].start, lines[-1].end), False)


def _groups(document: Document, lines: Sequence[Span]) -> list[tuple[str, list[Span]]]:
    """Return the cells of each row: a row begins at the next running number."""
    groups: list[tuple[str, list[Span]]] = []
    for span in lines:
        if lone_number(document.plain(span)) == len(groups) + 1:
            groups.append((str(len(groups) + 1), []))
        elif groups:
            groups[-1][1].append(span)
    return groups


def _by_count(
    document: Document, kinds: Sequence[TableColumn], lines: Sequence[Span], issues: IssueLog
) -> list[TableRow]:
    """Without a column of numbers the rows can be told only where every one is complete."""
    if not lines or len(lines) % len(kinds):
        if lines:
            issues.add(
                "table-rows",
                Span(lines[0].start, lines[-1].end),
                "a list without row numbers whose cells do not fill its columns",
            )
        return []
    rows = []
    for at in range(0, len(lines), len(kinds)):
        rows.append(TableRow(None, {column: [span] for column, span in enumerate(lines[at : at + len(kinds)])}))
    return rows


def _aligned(
    document: Document, kinds: Sequence[TableColumn], number: str, cells: Sequence[Span], years: Years
) -> TableRow:
    """Give each cell of a row its column: the order is kept, a column may be empty (merged) or hold several lines."""
    places = [at for at, one in enumerate(kinds) if one.kind != "number"]
    fit = [[_fit(document, kinds[at], span, years) for at in places] for span in cells]
    worst = float("-inf")
    best = [[worst] * len(places) for _ in cells]
    back: list[list[int]] = [[0] * len(places) for _ in cells]
    for row, scores in enumerate(fit):
        for at, score in enumerate(scores):
            if row == 0:
                best[row][at] = score - 0.3 * at
                continue
            for before in range(at + 1):
                step = _step(document, cells[row - 1], before, at)
                if (value := best[row - 1][before] + score + step) > best[row][at]:
                    best[row][at], back[row][at] = value, before
    if not cells:
        return TableRow(number)
    at = max(range(len(places)), key=lambda one: best[-1][one] - 0.3 * (len(places) - 1 - one))
    row_cells: dict[int, list[Span]] = {}
    for row in range(len(cells) - 1, -1, -1):
        row_cells.setdefault(places[at], []).insert(0, cells[row])
        at = back[row][at]
    return TableRow(number, row_cells)


def _step(document: Document, above: Span, before: int, at: int) -> float:
    """What it costs to go on in the same column, or to leave columns out."""
    if before == at:
        return 0.2 if document.text[above.end - 1] in _JOINTS else -0.6
    return -0.3 * (at - before - 1) - (1.0 if document.text[above.end - 1] in "、，," else 0.0)


def _fit(document: Document, under: TableColumn, span: Span, years: Years) -> float:
    """How well a cell suits a column, about -1 to 1."""
    text = document.plain(span)
    units = [name for name in _names(text) if name]
    unit = sum(is_unit_name(name) for name in units) / len(units) if units else 0.0
    time = time_share(document.folded, span.start, span.end, years)
    if under.kind == "unit":
        return 2 * unit - 1 - time
    if under.kind == "time":
        return 2 * time - 1
    if under.kind in ("task", "detail"):
        return (0.6 if len(text) >= 8 else 0.2) - unit - time
    if under.kind == "group":
        return (0.3 if len(text) <= 12 else -0.3) - unit - time
    return 0.1 - unit * 0.5 - time * 0.5


def _names(text: str) -> list[str]:
    for sign in _SIGNS:
        text = text.replace(sign, "|")
    return text.split("|")
