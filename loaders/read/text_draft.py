"""The text of a document that is drawn from a format without running text: written line by line, cells parted by tabs."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.errors import InputError
from graph.model import FilePlace, Span
from graph.text import trim
from loaders.read import limits
from loaders.read.document import Cell, Document, Line, MediaType, Remark, Table
from loaders.read.page_data import read_meta
from loaders.read.text.lost_breaks import unfolded
from loaders.read.text.text_reader import digest

_NO_SIGN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What is wider is no table that anybody reads, and a square of spans would grow faster than the file.
_WIDEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCell:
    """One cell to be written: its words, its place, and how many rows and columns it spans.

    `place` says where it stands in a file with pages or sheets; its span is filled in where the words are written.
    """

    text: str
    row: int
    column: int
    covers: tuple[int, int] = (1, 1)
    place: FilePlace | None = None


class TextDraft:
    """Writes the text of a document and notes where its lines, tables and furniture stand."""

    def __init__(self, where: str) -> None:
        """Begin an empty text; `where` names the file in errors."""
        self.where = where
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.furniture: list[tuple[Span, str]] = []
        self.places: list[FilePlace] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """How many characters were written."""
        return self._length

    def add_lines(
        self,
        text: str,
        *,
        heading: int | None = None,
        strong: bool = False,
        listed: bool = False,
        furniture: str | None = None,
        place: FilePlace | None = None,
        goes_on: bool | None = None,
    ) -> None:
        """Write a paragraph, on a line of its own or on several where it holds breaks; blank ones are no lines.

        `place` says where all of it stands in a file with pages or sheets, `goes_on` whether it is a printed line that
        goes on the paragraph of the one above.
        """
        for printed in _BREAK.split(_NO_SIGN.sub("", text)):
            begin = self._length
            self._put(printed.rstrip() + "\n")
            # A paragraph that lost its breaks is read as in a text.
            for start, end in unfolded(printed, 0, len(printed.rstrip())):
                left, right = trim(printed, start, end)
                if left < right:
                    span = Span(begin + left, begin + right)
                    line = Line(span=span, heading=heading, strong=strong, listed=listed, goes_on=goes_on)
                    self.lines.append(line)
                    self._stands(span, place)
                    if furniture:
                        self._furnish(span, furniture)

    def add_table(self, cells: Sequence[DraftCell], *, furniture: str | None = None) -> None:
        """Write a table, its cells row by row.

        One of a single row or column lays out a page, as does all furniture: its cells are written as lines, as are
        those of a table that is too wide to be one.
        """
        ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
        columns = counted_columns([(cell.column, cell.covers[1]) for cell in ordered])
        rows = {cell.row for cell in ordered}
        wide = len({first for first, _ in columns})
        if furniture or len(rows) < 2 or not 2 <= wide <= _WIDEST:
            for cell in ordered:
                self.add_lines(cell.text, furniture=furniture, place=cell.place)
            return
        start = self._length
        written: list[Cell] = []
        for cell, (column, across) in zip(ordered, columns, strict=True):
            if written:
                self._put("\t" if written[-1].row == cell.row else "\n")
            span = self._written(cell.text)
            self._stands(span, cell.place)
            written.append(Cell(span=span, row=cell.row, column=column, covers=(cell.covers[0], across)))
        self.tables.append(Table(span=Span(start, self._length), cells=tuple(written)))
        self._put("\n")

    def document(
        self, *, name: str, data: bytes, media_type: MediaType, title_hint: str | None, remarks: Iterable[Remark]
    ) -> Document:
        """Return what was written as the document of the file `data`.

        Raises:
            InputError: nothing was written.
        """
        text = "".join(self._parts)
        if not text.strip():
            raise InputError(
                "{where}: holds no text; where it holds pictures of pages, give the text they were made from",
                where=self.where,
            )
        return Document(
            name=name,
            text=text,
            sha256=digest(data),
            text_sha256=digest(text.encode()),
            media_type=media_type,
            charset="utf-8",
            lines=tuple(self.lines),
            tables=tuple(self.tables),
            meta=read_meta(text, [line.span for line in self.lines], self.tables),
            title_hint=title_hint,
            furniture=tuple(self.furniture),
            remarks=tuple(remarks),
            places=tuple(self.places),
        )

    def _written(self, words: str) -> Span:
        """Write the words of a cell and return their place."""
        start = self._length
        if _ODD.search(words):
            lines = _BREAK.split(_NO_SIGN.sub("", words).replace("\t", " "))
            words = "\n".join(line.strip() for line in lines)
        left, right = trim(words, 0, len(words))
        self._put(words[left:right])
        return Span(start, self._length)

    def _stands(self, span: Span, place: FilePlace | None) -> None:
        if place is not None and span.start < span.end:
            at = FilePlace(
                span=span,
                page=place.page,
                box=place.box,
                sheet=place.sheet,
                cell=place.cell,
                confidence=place.confidence,
            )
            self.places.append(at)

    def _furnish(self, span: Span, reason: str) -> None:
        """Mark a line; lines of one kind that follow each other are one stretch."""
        before = self.furniture[-1] if self.furniture else None
        lines = self.lines
        if before and before[1] == reason and len(lines) > 1 and lines[-2].span.end == before[0].end:
            self.furniture[-1] = (Span(before[0].start, span.end), reason)
        else:
            self.furniture.append((span, reason))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > limits.TEXT_LENGTH:
            raise InputError(
                "{where}: holds more than {most:,} characters; split the file",
                where=self.where,
                most=limits.TEXT_LENGTH,
            )


def counted_columns(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the columns of cells (first, how many) with the columns counted in which some cell begins.

    >>> counted_columns([(0, 3), (3, 1), (0, 1), (1, 2), (3, 1)])
    [(0, 2), (2, 1), (0, 1), (1, 1), (2, 1)]
    """
    begins = sorted({first for first, _ in places})
    counted = [(bisect_left(begins, first), bisect_left(begins, first + across)) for first, across in places]
    return [(first, max(behind - first, 1)) for first, behind in counted]
