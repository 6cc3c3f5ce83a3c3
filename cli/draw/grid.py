"""Headings and cells as a ruled table that stays readable: columns keep what cannot be broken, or rows become records."""

import io
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

PIPED = 10_000
"""So wide is a table that nobody looks at on a terminal, where COLUMNS is not set: every row stays on its line."""
# Between two columns of a ruled table.
_GAP = 3
# Han characters break anywhere, but a column of fewer of them than this (in cells, two each) reads like a pole; a key
# or a date does not break, unless it is longer than this.
_HAN, _WORD = 12, 24


def ruled(headings: Sequence[str], cells: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Return headings and cells as a ruled table, as wide as the terminal or `width` cells.

    Where the columns would be squeezed until they cannot be read, each row is a record: a line a column, those without
    a value left out.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if width is None:
        # In a pipe a width counts only where somebody says it; `get_terminal_size` reads COLUMNS first.
        told = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
        width = shutil.get_terminal_size().columns if told else PIPED
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, force_terminal=False, highlight=False, emoji=False, markup=False)
    widths = _widths(headings, cells, width)
    if widths is None:
        grid = _records(headings, cells)
    else:
        grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for heading, wide in zip(headings, widths, strict=True):
            grid.add_column(heading, overflow="fold", width=wide)
        for row in cells:
            grid.add_row(*row)
    console.print(grid)
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def _widths(headings: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int | None] | None:
    """Return the width of each column in characters, None for one without limit; None in all where there is no room."""
    from rich.cells import cell_len

    columns = [[heading, *(row[at] for row in cells)] for at, heading in enumerate(headings)]
    natural = [max(cell_len(text) for text in column) for column in columns]
    room = width - _GAP * (len(columns) - 1)
    if sum(natural) <= room:
        return [None] * len(columns)
    widths = [min(full, max(_least(text) for text in column)) for full, column in zip(natural, columns, strict=True)]
    if sum(widths) > room:
        return None
    # What is left goes a cell at a time to the columns that still lack some, the narrowest first.
    for _ in range(room - sum(widths)):
        at = min(
            (at for at in range(len(widths)) if widths[at] < natural[at]), key=lambda at: (widths[at], at), default=None
        )
        if at is None:
            break
        widths[at] += 1
    return list(widths)


def _least(text: str) -> int:
    """Return the least width of a column that holds this text.

    >>> _least("province/1.2"), _least("2026-12-31 or later"), _least("完善基层便民服务网络")
    (12, 10, 12)
    """
    from rich.cells import cell_len

    def least(word: str) -> int:
        wide = cell_len(word)
        return min(wide, _WORD if wide == len(word) else _HAN)

    return max(map(least, text.split()), default=1)


def _records(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> "Table":
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for at, row in enumerate(cells):
        if at:
            grid.add_row()
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                grid.add_row(heading, cell)
    return grid
