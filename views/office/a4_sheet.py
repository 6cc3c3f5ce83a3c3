"""A sheet of a workbook for A4 landscape: text stays text, dates are dates, the head is repeated on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from graph.errors import UsageError
from graph.store.protocol import Scalar

LONGEST_CELL = 32_767
"""Excel holds no longer text in a cell; the writer would leave such a cell empty without a word."""
_A4 = 9


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
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 10}
        self._formats = {
            (kind, filled): book.add_format(
                look | ({"num_format": shape} if shape else {}) | ({"bg_color": "#FFF9E5"} if filled else {})
            )
            for kind, shape in (("text", ""), ("number", ""), ("date", "yyyy-mm-dd"), ("share", "0%"))
            for filled in (False, True)
        }
        head = book.add_format(look | {"bold": True, "bg_color": "#E7EEF7", "align": "center", "valign": "vcenter"})
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

    def add(self, values: dict[str, Scalar]) -> None:
        """Write one row.

        Raises:
            UsageError: a text is longer than a cell holds.
        """
        for at, column in enumerate(self.columns):
            self._write(at, column, values.get(column.name))
        self._at += 1

    def _write(self, at: int, column: SheetColumn, value: Scalar) -> None:
        look = self._formats[column.kind, column.filled]
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

    def filtered(self) -> None:
        """Let the rows be filtered by their head."""
        shown = [at for at, column in enumerate(self.columns) if not column.hidden]
        self.sheet.autofilter(self.head, 0, max(self._at - 1, self.head + 1), max(shown))


def new_book(target: Path | IO[bytes]) -> Any:  # noqa: ANN401 - xlsxwriter carries no types
    """Return a new workbook, of a file or in memory, in which no text is ever taken for a formula or an address."""
    import xlsxwriter

    settings = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": not isinstance(target, Path)}
    return xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, settings)
