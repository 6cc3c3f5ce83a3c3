"""A document as loaded: its text, never changed, and the lines, tables and page data found in it as spans."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from graph.model import FilePlace, Span
from graph.text import fold

MediaType = Literal[
    "text/plain",
    "text/markdown",
    "text/html",
    "text/csv",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/pdf",
    "application/ofd",
    "application/rtf",
    "image",
]
SHEETS: frozenset[MediaType] = frozenset(
    {
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel",
    }
)
"""The formats of workbooks and tables, which hold no running text."""
OUTSIDE = "outside-main-text"
"""Why a line of a page is furniture that stands outside its main text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line or paragraph, `span` without the white space and the markup around it.

    `heading` is the level that the markup gives it (h1 … h6, `#` … `######`), `strong` whether all of it is bold or
    centred, `listed` whether markup makes it a list item; `indent` is the number of blanks before it. `goes_on` tells
    whether it goes on the paragraph of the line above, where its place on a page shows it.
    """

    span: Span
    heading: int | None = None
    strong: bool = False
    listed: bool = False
    indent: int = 0
    goes_on: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table at `row` and `column` (0-based); `covers` is how many rows and columns it spans.

    A merged cell stands once, where it is printed; `Table.at` finds it from every place that it covers.
    """

    span: Span
    row: int
    column: int
    covers: tuple[int, int] = (1, 1)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A printed table; `span` holds all of its cells, which come row by row."""

    span: Span
    cells: tuple[Cell, ...]

    @cached_property
    def rows(self) -> int:
        """The number of rows."""
        return max((cell.row + cell.covers[0] for cell in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """The number of columns."""
        return max((cell.column + cell.covers[1] for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers this place, also from inside a merged one."""
        return self._covering.get((row, column))

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        # Of two cells that cover a place the first one counts.
        return {
            (cell.row + down, cell.column + across): cell
            for cell in reversed(self.cells)
            for down in range(cell.covers[0])
            for across in range(cell.covers[1])
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader could not take over as it stands, as an issue: code, place in the text (None: all of it), message."""

    code: str
    span: Span | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """One entry of a page's data about the document (发文字号, 发布机构, 成文日期 …): label and value as printed."""

    label: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file as loaded: `text` as decoded, and what markup tells of it.

    `lines` holds every line outside tables in printed order, `tables` every table that markup draws, `meta` the data
    that a page prints about the document, `title_hint` the page's own title where it has one outside the text,
    `remarks` what the reader could not take over as it stands, `places` where the text as loaded stands in a file that has
    pages or sheets (a text that was joined since has none).
    """

    name: str
    text: str
    sha256: str
    text_sha256: str
    media_type: MediaType
    charset: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    meta: tuple[Meta, ...] = ()
    title_hint: str | None = None
    furniture: tuple[tuple[Span, str], ...] = field(default=())
    remarks: tuple[Remark, ...] = ()
    places: tuple[FilePlace, ...] = ()

    @cached_property
    def folded(self) -> str:
        """The text folded one character for one: patterns search it, spans of it hold in `text`."""
        return fold(self.text)

    @cached_property
    def _ends(self) -> list[int]:
        return [line.span.end for line in self.lines]

    def lines_of(self, scope: Span) -> Iterator[Line]:
        """Yield the lines that share a place with `scope`, in order, without a look at the others."""
        at = bisect_right(self._ends, scope.start)
        while at < len(self.lines) and self.lines[at].span.start < scope.end:
            yield self.lines[at]
            at += 1

    def raw(self, span: Span) -> str:
        """Return the words at `span` as printed."""
        return self.text[span.start : span.end]

    def plain(self, span: Span) -> str:
        """Return the words at `span` folded."""
        return self.folded[span.start : span.end]
