"""A sheet of a workbook for A4 landscape: text stays text, dates are dates, the head is repeated on every page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from graph.errors import UsageError
from graph.store.protocol import Scalar
from views.office.cell_lines import LINE_HEIGHT, MOST_LINES, lines_in

LONGEST_CELL = 32_767
"""Excel holds no longer text in a cell; the writer would leave such a cell empty without a word."""
_A4 = 9
_FILLED = "#FFF9E5"
_SHAPES = {"text": "", "number": "", "date": "yyyy-mm-dd", "share": "0%"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column: its name in the data, its head, its width in characters; `kind` is text, number, date or share (a percentage)."""

    name: str
    head: str
    width: float = 0
    kind: str = "text"
    filled: bool = False

    @property
    def hidden(self) -> bool:
        """Whether it is kept from sight."""
        return not self.width


class A4Sheet:
    """Writes rows into one sheet of a workbook that `new_book` made."""

    def __init__(self, book: Any, name: str, columns: Sequence[SheetColumn], *, keys: bool = False) -> None:  # noqa: ANN401
        """Begin a sheet with its head; `keys` puts the columns' names in a hidden row above it, for reading back."""
        self.sheet = book.add_worksheet(name[:31])
        self.columns = columns
        self._at = 1 if keys else 0
        self._book = book
        self._look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 10}
        self._formats: dict[tuple[str, str | None], Any] = {}
        head = book.add_format(
            self._look | {"bold": True, "bg_color": "#E7EEF7", "align": "center", "valign": "vcenter"}
        )
        for at, column in enumerate(columns):
            if keys:
                self.sheet.write_string(0, at, column.name)
            self.sheet.write_string(self._at, at, column.head, head)
            self.sheet.set_column(at, at, column.width or 8, None, {"hidden": True} if column.hidden else {})
        if keys:
            self.sheet.set_row(0, None, None, {"hidden": True})
        self.head = self._at
        self._at += 1
        self._page()

    def _page(self) -> None:
        self.sheet.freeze_panes(self._at, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.head)
        self.sheet.set_footer("&C&P / &N")

    @property
    def next_row(self) -> int:
        """The row that is written next, counted from 0."""
        return self._at

    def add(self, values: Mapping[str, Scalar], fills: Mapping[str, str] | None = None) -> None:
        """Write one row; `fills` are the colours (`#RRGGBB`) of its cells, by column.

        Raises:
            UsageError: a text is longer than a cell holds.
        """
        for at, column in enumerate(self.columns):
            fill = (fills or {}).get(column.name, _FILLED if column.filled else None)
            self._write(at, column, values.get(column.name), self._format(column.kind, fill))
        # Not every program makes a row as tall as its text when it opens a file.
        self.sheet.set_row(self._at, LINE_HEIGHT * min(self._lines(values), MOST_LINES) + 2)
        self._at += 1

    def _lines(self, values: Mapping[str, Scalar]) -> int:
        texts = ((values.get(column.name), column.width) for column in self.columns if not column.hidden)
        return max((lines_in(text, width) for text, width in texts if isinstance(text, str)), default=1)

    def _format(self, kind: str, fill: str | None) -> Any:  # noqa: ANN401
        if (kind, fill) not in self._formats:
            own = {"num_format": _SHAPES[kind]} if _SHAPES[kind] else {}
            own |= {"bg_color": fill} if fill else {}
            # At the right edge a number would touch the text of the next column.
            own |= {"align": "center"} if kind == "number" else {}
            self._formats[kind, fill] = self._book.add_format(self._look | own)
        return self._formats[kind, fill]

    def _write(self, at: int, column: SheetColumn, value: Scalar, look: Any) -> None:  # noqa: ANN401
        if value is None:
            self.sheet.write_blank(self._at, at, None, look)
        elif column.kind == "date":
            self.sheet.write_datetime(self._at, at, date.fromisoformat(str(value)), look)
        elif isinstance(value, (int, float)):
            self.sheet.write_number(self._at, at, value / 100 if column.kind == "share" else value, look)
        else:
            if len(value) > LONGEST_CELL:
                raise UsageError(
                    "row {row}, {column}: {count} characters are more than a cell holds ({most}); use csv or json",
                    row=self._at + 1,
                    column=column.name,
                    count=len(value),
                    most=LONGEST_CELL,
                )
            self.sheet.write_string(self._at, at, value, look)

    def side_by_side(self, kept: int, breaks: Iterable[int]) -> None:
        """Print the columns on several pages side by side, the first ones on each; `breaks` are where a page begins.

        The type keeps its size, which fitting them all to one width would make too small to read.
        """
        self.sheet.set_print_scale(100)
        self.sheet.repeat_columns(0, kept - 1)
        self.sheet.set_v_pagebreaks(list(breaks))
        self.sheet.freeze_panes(self.head + 1, kept)

    def filtered(self) -> None:
        """Let the rows be filtered by their head."""
        shown = [at for at, column in enumerate(self.columns) if not column.hidden]
        self.sheet.autofilter(self.head, 0, max(self._at - 1, self.head + 1), max(shown))


def new_book(target: Path | IO[bytes]) -> Any:  # noqa: ANN401 - xlsxwriter carries no types
    """Return a new workbook, of a file or in memory, in which no text is ever taken for a formula or an address."""
    import xlsxwriter

    settings = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": not isinstance(target, Path)}
    return xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, settings)
