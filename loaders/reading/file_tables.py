"""What was made of the tables of a file: each as a grid, what each column was taken for, and the rows that are no tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.model import Reading, Span
from graph.store.protocol import AnswerRow
from loaders.extract.tasks.table_columns import TableColumn, column
from loaders.extract.tasks.table_rows import TaskTable, head_words
from loaders.read.registry import read
from loaders.reading.articles import DocumentParts, take_apart
from loaders.reading.document_reading import reading_of
from loaders.structure.table_grid import Grid, GridCell, drawn_grid


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTables:
    """The tables of a file in printed order, a row each for what its columns were taken for and for each printed row.

    A row has `table` (counted from 1), `part`, the `path` of its task, its place `start`, `end` in the file's text, and a
    cell for each of the `width` columns under "1", "2" …; a merged cell is printed in every place that it covers. `part`
    is `taken_for` (what each column holds: `task`, `unit`, `unit_by_cells` where the head is unknown …), `heads`,
    `checklist`, `group` (heads the rows below), `unread`, or `no_list` (the table is no list of tasks; its first cell
    names the rule) with the rows of that table as `row`.
    """

    rows: tuple[AnswerRow, ...]
    width: int


def tables_of_file(path: Path) -> FileTables:
    """Return the tables of the file at `path`.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    parts = take_apart(read(path))
    found = _tables(parts)
    shown = _Shown(parts, reading_of(parts))
    rows = [
        {"table": number} | row
        for number, (grid, table, rule) in enumerate(found, 1)
        for row in (shown.listed(table) if table else shown.left_out(grid, rule))
    ]
    return FileTables(rows=tuple(rows), width=max((grid.columns for grid, _, _ in found), default=0))


def _tables(parts: DocumentParts) -> list[tuple[Grid, TaskTable | None, str]]:
    """Return every table: its grid, the list of tasks that it is, else the rule that leaves it out (`unread` for none)."""
    lists = [table for article in parts.articles for one in article.lists for table in one.tables]
    rules = {span: rule for article in parts.articles for span, rule in article.rest}
    read_as = {table.span for table in lists}
    others = [drawn_grid(one) for one in parts.document.tables if one.span not in read_as]
    found: list[tuple[Grid, TaskTable | None, str]] = [(table.grid, table, "") for table in lists]
    found += [(grid, None, rules.get(grid.span, "unread")) for grid in others]
    return sorted(found, key=lambda one: one[0].span)


class _Shown:
    """The rows of tables as they are shown: words and places of the file as loaded."""

    def __init__(self, parts: DocumentParts, reading: Reading) -> None:
        self._document, self._compact = parts.document, parts.compact
        self._paths = {task.title_span.start: task.path for task in reading.tasks if task.title_span}

    def listed(self, table: TaskTable) -> Iterator[AnswerRow]:
        """Yield the rows of a list of tasks."""
        grid = table.grid
        yield self._taken(grid, [_taken_for(one) for one in table.columns])
        tasks = {row.line: row for row in table.rows}
        headings = {span for row in table.rows for span in row.headings}
        unread = set(table.unread)
        for line in range(grid.rows):
            spans = [span for at in range(grid.columns) if (cell := grid.at(line, at)) for span in cell.spans]
            path = None
            if row := tasks.get(line):
                path = next((self._path(span) for _, span in table.cells(row, "task")), None)
            inside = any(one.start <= head.start < one.end for one in spans for head in headings)
            part = "heads" if line < table.heads else "group"
            if line >= table.heads and not (row is None and inside):
                part = "checklist" if row or not unread.intersection(spans) else "unread"
            yield self._row(grid, line, part, path)

    def left_out(self, grid: Grid, rule: str) -> Iterator[AnswerRow]:
        """Yield the rows of a table that is no list of tasks."""
        heads = head_words(self._document, grid, 0, 1)
        yield self._taken(grid, [_taken_for(one) if (one := column(head)) else "unknown" for head in heads])
        yield self._taken(grid, [rule], "no_list")
        for line in range(grid.rows):
            yield self._row(grid, line, "row", None)

    def _path(self, span: Span) -> str | None:
        return self._paths.get(self._compact.outward(span.start))

    def _taken(self, grid: Grid, words: list[str], part: str = "taken_for") -> AnswerRow:
        span = self._compact.outer(grid.span)
        cells: AnswerRow = {str(at): word for at, word in enumerate(words, 1)}
        return {"part": part, "path": None, "start": span.start, "end": span.end} | cells

    def _row(self, grid: Grid, line: int, part: str, path: str | None) -> AnswerRow:
        cells = [grid.at(line, at) for at in range(grid.columns)]
        spans = [span for cell in cells if cell for span in cell.spans]
        whole = Span(min(one.start for one in spans), max(one.end for one in spans)) if spans else None
        place = self._compact.outer(whole) if whole else None
        printed: AnswerRow = {str(at): self._words(cell) for at, cell in enumerate(cells, 1)}
        start, end = (place.start, place.end) if place else (None, None)
        return {"part": part, "path": path, "start": start, "end": end} | printed

    def _words(self, cell: GridCell | None) -> str | None:
        words = " ".join(self._document.raw(span) for span in cell.spans) if cell else ""
        return " ".join(words.split()) or None


def _taken_for(one: TableColumn) -> str:
    return f"{one.kind}_by_cells" if one.told_by == "cells" and one.kind != "other" else one.kind
