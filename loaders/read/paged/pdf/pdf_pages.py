"""The pages of a PDF: its signs, drawn rules and pictures at their places, as PDFium tells them."""

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from graph.errors import InputError
from loaders.read import limits
from loaders.read.paged.drawn_rules import StrokeCounter, drawn_rule, straight_parts, too_full
from loaders.read.paged.page_content import PageContent, PlacedSign
from loaders.read.paged.page_matrix import AS_IT_IS, Matrix, moved, times
from loaders.read.paged.pdf.pdf_streams import refuse_streams
from loaders.read.paged.scans.scanned_page import can_be_read, dots_for, put_words
from loaders.read.refusals import damaged, protected

_PASSWORD = 4
# Signs that say nothing of the page: breaks, blanks and marks of a hyphen that PDFium puts in.
_NO_SIGN = frozenset({0x0A, 0x0D, 0x02, 0xFFFE, 0xFFFF})
_REPLACED, _SOFT_HYPHEN = "\ufffd", 0xAD
_UPRIGHT = math.radians(5)
_FORMS = 8


class DrawnPage(NamedTuple):
    """A page as dots of three bytes (red, green, blue), row by row; a row takes `stride` bytes. `scale`: dots for a point."""

    rows: bytes
    width: int
    height: int
    stride: int
    scale: float


class PdfPages:
    """The pages of one PDF, each read when it is asked for."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the PDF that `data` holds; `where` names it in errors.

        Raises:
            InputError: it is damaged, protected by a password, has too many pages or streams without end.
        """
        import pypdfium2

        refuse_streams(data, where)
        self.where = where
        self._raw = pypdfium2.raw
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise (protected if error.err_code == _PASSWORD else damaged)(where) from error
        self.count = len(self._pdf)
        if self.count > limits.PAGES:
            raise InputError(
                "{where}: has {count:,} pages, over the limit of {most:,}; split the file",
                where=where,
                count=self.count,
                most=limits.PAGES,
            )

    def title(self) -> str | None:
        """Return the title that the file gives itself."""
        return str(self._pdf.get_metadata_value("Title") or "").strip() or None

    def drawn(self, number: int, scale: float, longest: int) -> DrawnPage:
        """Return a page (1-based) as it is printed, no side of it longer than so many dots."""
        page = self._pdf[number - 1]
        try:
            scale = min(scale, longest / max(*page.get_size(), 1.0))
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            return DrawnPage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, scale)
        finally:
            page.close()

    def pages(self) -> Iterator[PageContent]:
        """Yield the pages in order.

        Raises:
            InputError: a page holds more signs or lines than are read.
        """
        import pypdfium2

        for at in range(self.count):
            try:
                page = self._pdf[at]
            except pypdfium2.PdfiumError as error:
                raise damaged(self.where) from error
            try:
                yield self._content(page, at + 1)
            finally:
                page.close()

    def _content(self, page: Any, number: int) -> PageContent:  # noqa: ANN401 - of a library without types
        width, height = page.get_size()
        found = PageContent(number, width, height)
        shown = _Shown(page.get_cropbox(), page.get_rotation())
        text = page.get_textpage()
        try:
            self._signs(text, shown, found)
        finally:
            text.close()
        counter = StrokeCounter(self.where, number)
        for at in range(self._raw.FPDFPage_CountObjects(page.raw)):
            self._drawn(self._raw.FPDFPage_GetObject(page.raw, at), AS_IT_IS, shown, found, counter, _FORMS)
        if can_be_read(found):
            picture = page.render(scale=dots_for(width, height), rev_byteorder=True).to_numpy()
            put_words(found, picture[:, :, :3], (0.0, 0.0, width, height))
        return found

    def _signs(self, text: Any, shown: "_Shown", found: PageContent) -> None:  # noqa: ANN401 - as above
        raw, handle = self._raw, text.raw
        count = text.count_chars()
        if count > limits.PAGE_SIGNS:
            raise too_full(self.where, found.number)
        box, turn = raw.FS_RECTF(), shown.turn
        for at in range(count):
            code = raw.FPDFText_GetUnicode(handle, at)
            if raw.FPDFText_IsGenerated(handle, at) == 1 or (code in _NO_SIGN and code != 0xFFFE):
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, at, box):
                continue
            letter = self._letter(handle, at, code, found)
            if not letter.strip():
                continue
            angle = raw.FPDFText_GetCharAngle(handle, at)
            if abs(math.remainder(angle - turn, 2 * math.pi)) > _UPRIGHT:
                found.turned += 1
                continue
            x0, top, x1, bottom = shown.placed(box.left, box.bottom, box.right, box.top)
            size = max(bottom - top, 1.0)
            found.signs.append(PlacedSign(letter, x0, top, x1, bottom, min(size, raw_size(raw, handle, at) or size)))

    def _letter(self, handle: Any, at: int, code: int, found: PageContent) -> str:  # noqa: ANN401 - as above
        """Return the letter of a sign; one that the file does not tell is counted and stands as its replacement."""
        known = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 and code != 0xFFFE
        if not known or (code < 0x20 and code != 0x09) or self._raw.FPDFText_HasUnicodeMapError(handle, at) == 1:
            found.unknown += 1
            return _REPLACED
        # A hyphen that is printed is none that only breaks words.
        return "-" if code == _SOFT_HYPHEN else chr(code)

    def _drawn(
        self,
        thing: Any,  # noqa: ANN401 - as above
        outer: Matrix,
        shown: "_Shown",
        found: PageContent,
        counter: StrokeCounter,
        deep: int,
    ) -> None:
        """Note the rules and pictures of one object of the page, and of what is inside it."""
        raw = self._raw
        kind = raw.FPDFPageObj_GetType(thing)
        counter.count()
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            found.pictures += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            place = times(self._matrix(thing), outer)
            for one in self._strokes(thing, place, counter):
                if rule := drawn_rule(shown.placed(*one)):
                    found.rules.append(rule)
        elif kind == raw.FPDF_PAGEOBJ_FORM and deep:
            place = times(self._matrix(thing), outer)
            for at in range(max(raw.FPDFFormObj_CountObjects(thing), 0)):
                self._drawn(raw.FPDFFormObj_GetObject(thing, at), place, shown, found, counter, deep - 1)

    def _matrix(self, thing: Any) -> Matrix:  # noqa: ANN401 - as above
        given = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(thing, given):
            return AS_IT_IS
        return (given.a, given.b, given.c, given.d, given.e, given.f)

    def _strokes(
        self,
        path: Any,  # noqa: ANN401 - as above
        place: Matrix,
        counter: StrokeCounter,
    ) -> Iterator[tuple[float, float, float, float]]:
        """Yield the straight parts of a path, and a bar that is filled as one: left, bottom, right, top."""
        raw = self._raw
        fill, stroked = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(path, fill, stroked) or not (fill.value or stroked.value):
            return
        whole = bool(stroked.value)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for at in range(max(raw.FPDFPath_CountSegments(path), 0)):
            counter.count()
            part = raw.FPDFPath_GetPathSegment(path, at)
            raw.FPDFPathSegment_GetPoint(part, x, y)
            kind = raw.FPDFPathSegment_GetType(part)
            if kind != raw.FPDF_SEGMENT_LINETO:
                yield from straight_parts(points, whole)
                points = []
            if kind in (raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_MOVETO):
                points.append(moved(place, x.value, y.value))
                if raw.FPDFPathSegment_GetClose(part):
                    points.append(points[0])
        yield from straight_parts(points, whole)


class _Shown:
    """How a page is shown: the part of it that is, and how far it is turned."""

    def __init__(self, part: tuple[float, float, float, float], degrees: int) -> None:
        self._part, self._degrees = part, degrees
        # The angle, clockwise, at which signs stand that are upright on the page as it is shown.
        self.turn = -math.radians(degrees)

    def placed(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom on the page as shown of a box in the coordinates of the file."""
        left, below, right, above = self._part
        if self._degrees == 90:
            return y0 - below, x0 - left, y1 - below, x1 - left
        if self._degrees == 180:
            return right - x1, y0 - below, right - x0, y1 - below
        if self._degrees == 270:
            return above - y1, right - x1, above - y0, right - x0
        return x0 - left, above - y1, x1 - left, above - y0


def raw_size(raw: Any, handle: Any, at: int) -> float:  # noqa: ANN401 - of a library without types
    """Return the size of a sign's letters as the file says it; 0 where it says 1 and scales the page."""
    size = float(raw.FPDFText_GetFontSize(handle, at))
    return size if size > 2 else 0.0
