"""Lists of tasks that a copy prints one cell a line, out of their heads, their rows and the columns of each row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.cell_alignment import HEADING, OUTSIDE, CellAlignment, CellSlot
from loaders.extract.tasks.flat_heads import FlatHeads, end_of_list, heads_at, without_heads
from loaders.extract.tasks.flat_rows import FlatRow, above_text, rows_by_number
from loaders.extract.tasks.table_columns import ColumnCells, TableColumn, column, columns
from loaders.extract.tasks.table_rows import TaskTable, described, task_table
from loaders.extract.tasks.whole_cells import whole_cells
from loaders.read.document import Document
from loaders.structure.table_grid import LEVELS, Grid, GridCell, line_texts


def flat_tables(document: Document, lines: Sequence[Span], years: Years, issues: IssueLog) -> list[TaskTable]:
    """Return the lists of tasks that `lines` print one cell a line, in printed order."""
    lines = whole_cells(document, lines)
    texts = line_texts(document, lines)
    found: list[TaskTable] = []
    at = 0
    while at < len(lines):
        heads = heads_at(texts, at)
        if heads is None:
            at += 1
            continue
        end = end_of_list(texts, heads)
        table = _Flat(document, lines, texts, heads, end, years, issues).table()
        if table:
            found.append(table)
        at = end if table else at + 1
    return found


class _Flat:
    """One list: its lines are parted into rows, and each line is given the column that suits it."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[Span],
        texts: Sequence[str],
        heads: FlatHeads,
        end: int,
        years: Years,
        issues: IssueLog,
    ) -> None:
        self._document, self._lines, self._texts, self._issues = document, lines, texts, issues
        self._heads, self._end = heads, end
        self._alignment = CellAlignment(document, lines, texts, years)
        self._cells: list[GridCell] = []
        self._last = heads.below - 1

    def table(self) -> TaskTable | None:
        """Return the list, or None where its heads and cells are not those of a list of tasks."""
        region = without_heads(self._texts, self._heads, self._end)
        if self._heads.number is None:
            return self._counted(region)
        chunks = rows_by_number(self._texts, region, len(self._heads.words))
        chunks[-1].cells = above_text(self._document, self._lines, chunks[-1].cells)
        words = self._columns(chunks)
        kinds = columns(words, self._described(chunks, len(words)))
        if kinds is None or len(chunks) < 2:
            return None
        kinds = self._settled(words, kinds, chunks)
        rows = self._rows(kinds, chunks) if kinds else 0
        if kinds is None or not rows:
            return None
        return self._made(kinds, rows)

    def _columns(self, chunks: Sequence[FlatRow]) -> tuple[str, ...]:
        """Return the heads of the columns.

        Where rows are a cell shorter than the heads, a head over others (责任单位 over 牵头, 配合) is none of them, or the
        last is the first row across the table.
        """
        words, number = self._heads.words, self._heads.number
        sizes = Counter(len(chunk.cells) for chunk in chunks[1:-1] or chunks[1:] if len(chunk.cells) > 1)
        if not sizes or number:
            return words
        usual = max(sizes, key=lambda size: (sizes[size], size))
        if usual != len(words) - 2:
            return words
        kinds = [column(word) for word in words]
        trailing = len(words)
        while trailing and (one := kinds[trailing - 1]) and one.kind == "unit":
            trailing -= 1
        over = next((at for at in range(trailing) if (one := kinds[at]) and one.kind == "unit"), None)
        if over is not None and len(words) - trailing >= 2:
            return (*words[:over], *words[trailing:], *words[over + 1 : trailing])
        if kinds[-1] is None and chunks[1].number is not None:
            chunks[0].cells.insert(0, self._heads.lines[-1][-1])
            self._heads = FlatHeads(self._heads.lines[:-1], words[:-1], number, self._heads.below - 1)
            return words[:-1]
        return words

    def _described(self, chunks: Sequence[FlatRow], size: int) -> "_Described":
        """Return what columns are like, by the rows that print a line for every cell; neutral where none does."""
        number = self._heads.number or 0
        whole = [chunk.cells for chunk in chunks[1:] if len(chunk.cells) == size - 1] if number == 0 else []
        of = {}
        for at in range(size):
            if at != number and whole:
                cells = [self._lines[cells[at - (at > number)]] for cells in whole]
                of[at] = described(self._document, cells, 1.0)
        return _Described(of)

    def _settled(
        self, words: Sequence[str], kinds: tuple[TableColumn, ...], chunks: list[FlatRow]
    ) -> tuple[TableColumn, ...] | None:
        """Return the columns again, told by the cells that they get: merged ones have gaps, a register has no tasks."""
        kept = list(self._cells)
        rows = self._rows(kinds, chunks)
        filled: Counter[int] = Counter()
        spans: dict[int, list[Span]] = {}
        for cell in self._cells:
            if rows and cell.covers[1] == 1 and cell.spans:
                filled[cell.column] += 1
                spans.setdefault(cell.column, []).extend(cell.spans)
        matter = len({cell.row for cell in self._cells if cell.covers[1] == 1 and kinds[cell.column].kind != "number"})
        self._cells = kept
        of = (
            {
                at: described(self._document, spans.get(at, []), min(1.0, filled[at] / matter))
                for at in range(len(words))
            }
            if matter
            else {}
        )
        return columns(words, _Described(of))

    def _rows(self, kinds: Sequence[TableColumn], chunks: Sequence[FlatRow]) -> int:
        """Fill the grid; return how many rows it has below the heads."""
        number = self._heads.number or 0
        self._cells = [
            GridCell(spans=tuple(self._lines[line] for line in lines), row=0, column=at)
            for at, lines in enumerate(self._heads.lines[: len(kinds)])
        ]
        row = 1
        ahead: dict[int, list[int]] = {}
        for place, chunk in enumerate(chunks):
            after = chunks[place + 1] if place + 1 < len(chunks) else None
            if chunk.number is not None and self._heads_group(chunk, after):
                self._put(row, number, [chunk.number])
                self._put(row, 1 if number == 0 else 0, chunk.cells, across=len(kinds) - 1)
                row += 1
                continue
            slots = (
                [CellSlot(at, kind) for at, kind in enumerate(kinds) if at > number] if chunk.number is not None else []
            )
            slots += self._slots_ahead(kinds, number, after)
            rows, ahead_next = self._alignment.aligned(chunk.cells, slots, len(kinds) - 1 - number)
            if chunk.number is not None:
                for column_at, lines in ahead.items():
                    self._put(row, column_at, lines)
                self._put(row, number, [chunk.number], down=max(1, len(rows)))
                for at, cells in enumerate(rows):
                    for column_at, lines in cells.items():
                        self._put(row + at, column_at, lines)
                row += max(1, len(rows))
            if heading := ahead_next.pop(HEADING, None):
                self._put(row, 0, heading, across=len(kinds))
                row += 1
            ahead = ahead_next
        return row - 1

    def _heads_group(self, chunk: FlatRow, after: FlatRow | None) -> bool:
        """Tell whether a row is a number and one cell above rows of a lower number: 一, 水上."""
        if chunk.sign is None or after is None or after.sign is None or len(chunk.cells) != 1:
            return False
        return LEVELS[chunk.sign.level] < LEVELS[after.sign.level]

    def _slots_ahead(self, kinds: Sequence[TableColumn], number: int, after: FlatRow | None) -> list[CellSlot]:
        """Return what may stand behind the last cell of a row: what heads the next rows, else the text below the list."""
        if after is None:
            return [CellSlot(OUTSIDE, TableColumn("other"), ahead=True)]
        groups = [CellSlot(at, kinds[at], ahead=True) for at in range(number)]
        return [CellSlot(HEADING, TableColumn("group"), ahead=True), *groups]

    def _put(self, row: int, at: int, lines: Sequence[int], across: int = 1, down: int = 1) -> None:
        spans: list[Span] = []
        for line in lines:
            span = self._lines[line]
            if spans and not self._document.text[spans[-1].end : span.start].strip():
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
            self._last = max(self._last, line)
        self._cells.append(GridCell(spans=tuple(spans), row=row, column=at, covers=(down, across)))

    def _made(self, kinds: tuple[TableColumn, ...], rows: int) -> TaskTable:
        start = self._lines[self._heads.lines[0][0]].start
        grid = Grid(span=Span(start, self._lines[self._last].end), cells=tuple(self._cells), drawn=False)
        return task_table(self._document, grid, 1, kinds)

    def _counted(self, region: Sequence[int]) -> TaskTable | None:
        """Without a column of numbers the rows can be told only where every one is complete."""
        region = above_text(self._document, self._lines, region)
        size = len(self._heads.words)
        of = {
            at: described(self._document, [self._lines[line] for line in region[at::size]], 1.0) for at in range(size)
        }
        kinds = columns(self._heads.words, _Described(of))
        if kinds is None or not region:
            return None
        if len(region) % len(kinds):
            self._issues.add(
                "table-rows",
                Span(self._lines[region[0]].start, self._lines[region[-1]].end),
                "a list without row numbers whose cells do not fill its columns",
            )
            return None
        said = {"unit": lambda at: of[at].units, "time": lambda at: of[at].times}
        if not any(said[one.kind](at) >= 0.5 for at, one in enumerate(kinds) if one.kind in said):
            return None  # the heads of a form to be filled in stand in a run too
        self._cells = [
            GridCell(spans=tuple(self._lines[line] for line in lines), row=0, column=at)
            for at, lines in enumerate(self._heads.lines)
        ]
        for place, line in enumerate(region):
            self._put(1 + place // len(kinds), place % len(kinds), [line])
        return self._made(kinds, len(region) // len(kinds))


@dataclass(frozen=True, slots=True)
class _Described:
    """What the columns of a list are like, those that are known to be."""

    of: dict[int, ColumnCells]

    def __call__(self, at: int) -> ColumnCells:
        return self.of.get(at, ColumnCells())
