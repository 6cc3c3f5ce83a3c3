"""The document of a file that has pages: lines and tables with page and box, what stands around the text behind it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph.errors import InputError
from graph.model import FilePlace, Span
from loaders.read.document import Document, MediaType, Remark
from loaders.read.limits import PAGE_RULES
from loaders.read.paged.page_content import Box, PageContent
from loaders.read.paged.page_layout import LaidPage, laid_out, mark_edges
from loaders.read.paged.page_paragraphs import PageParagraphs
from loaders.read.paged.printed_lines import PrintedLine
from loaders.read.paged.scans.list_signs import mend_signs
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.read.paged.tables_over_pages import PagedTable, joined_tables
from loaders.read.text_draft import DraftCell, TextDraft

SURE = 0.9
"""What was read from a picture with less confidence is an issue."""
_ADVICE = "" if ocr_version() else "; pip install 'zhengmai[ocr]' makes pictures readable"
_NOWHERE = Span(0, 0)
# Of so many pages the numbers are said.
_NAMED = 12


@dataclass(slots=True)
class _Seen:
    """What was seen on the pages that is not read, by page."""

    pictures: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    recognized: list[int] = field(default_factory=list)
    least: float = 1.0

    def note(self, page: PageContent) -> None:
        if page.recognized:
            self.recognized.append(page.number)
            self.least = min(self.least, *(sure for _, sure in page.recognized))
        if page.pictures and not page.signs:
            self.pictures.append(page.number)
        if page.turned:
            self.turned.append(page.number)
        if page.unknown:
            self.unknown.append(page.number)
        if len(page.rules) > PAGE_RULES:
            self.drawn.append(page.number)

    def remarks(self) -> Iterator[Remark]:
        if self.recognized:
            yield Remark("ocr", None, f"{_pages(self.recognized)}: read by OCR, confidence {self.least:.2f} or more")
        if self.pictures:
            yield Remark(
                "page-image", None, f"{_pages(self.pictures)}: pictures without text, which were not read{_ADVICE}"
            )
        if self.turned:
            yield Remark("turned-text", None, f"{_pages(self.turned)}: words at an angle, which were not read")
        if self.unknown:
            yield Remark("letters-unknown", None, f"{_pages(self.unknown)}: the file does not say what some signs are")
        if self.drawn:
            yield Remark(
                "table-unread", None, f"{_pages(self.drawn)}: too many lines are drawn to find a table in them"
            )


def paged_document(
    pages: Iterable[PageContent],
    *,
    name: str,
    data: bytes,
    where: str,
    media_type: MediaType,
    title_hint: str | None,
    remarks: Iterable[Remark] = (),
) -> Document:
    """Return the document of pages.

    Raises:
        InputError: no page holds text.
    """
    seen, laid = _Seen(), []
    for page in pages:
        seen.note(page)
        laid.append(laid_out(page))
    if seen.pictures and not any(page.lines or page.tables for page in laid):
        if not ocr_version():
            raise InputError(
                "{where}: its pages are pictures without text ({count}); give the document that they were made from, or"
                " install what reads pictures (pip install 'zhengmai[ocr]')",
                where=where,
                count=len(seen.pictures),
            )
        raise InputError(
            "{where}: its pages are pictures without text ({count}); give the document that they were made from",
            where=where,
            count=len(seen.pictures),
        )
    mark_edges(laid)
    mended = mend_signs(laid)
    draft = TextDraft(where)
    _write_text(draft, laid)
    _write_aside(draft, laid)
    return draft.document(
        name=name,
        data=data,
        media_type=media_type,
        title_hint=title_hint,
        remarks=[*remarks, *seen.remarks(), *_unsure(draft), *_mended(draft, laid, mended)],
    )


def _write_text(draft: TextDraft, pages: list[LaidPage]) -> None:
    paragraphs = PageParagraphs(pages)
    by_number = {page.number: page for page in pages}
    before: tuple[LaidPage, PrintedLine] | None = None
    for page, part in joined_tables(pages):
        if isinstance(part, PagedTable):
            _write_table(draft, part, by_number)
            before = None
            continue
        goes_on = paragraphs.goes_on(*before, page, part) if before else None
        draft.add_lines(
            part.text,
            strong=paragraphs.centred(page, part),
            place=_place(page, part.box),
            goes_on=goes_on,
        )
        before = (page, part)


def _write_table(draft: TextDraft, table: PagedTable, pages: Mapping[int, LaidPage]) -> None:
    draft.add_table(
        [
            DraftCell(
                text=cell.text,
                row=cell.row,
                column=cell.column,
                covers=cell.covers,
                place=_place(pages[page], cell.box),
            )
            for page, cell in table.cells
        ]
    )


def _write_aside(draft: TextDraft, pages: list[LaidPage]) -> None:
    """Write what stands around the text, behind it: heads, feet and notes of each page, annotations."""
    for page in pages:
        for reason, lines in page.beside.items():
            for line in lines:
                draft.add_lines(line.text, furniture=reason, place=_place(page, line.box))
        for at, reason in sorted(page.aside.items()):
            line = page.lines[at]
            draft.add_lines(line.text, furniture=reason, place=_place(page, line.box))


def _place(page: LaidPage, box: Box) -> FilePlace:
    left, top, right, bottom = (round(one, 1) for one in box)
    sure = page.confidence(box)
    confidence = None if sure is None else round(sure, 3)
    return FilePlace(span=_NOWHERE, page=page.number, box=(left, top, right, bottom), confidence=confidence)


def _unsure(draft: TextDraft) -> Iterator[Remark]:
    """Yield an issue for each line and cell that was read from a picture and is not sure."""
    for place in draft.places:
        if place.confidence is not None and place.confidence < SURE:
            yield Remark("ocr-unsure", place.span, f"read by OCR, confidence {place.confidence:.2f}")


def _mended(draft: TextDraft, pages: Iterable[LaidPage], mended: Iterable[tuple[int, PrintedLine]]) -> Iterator[Remark]:
    """Yield an issue for each line whose sign was put right."""
    by_number = {page.number: page for page in pages}
    places = {_place(by_number[number], line.box) for number, line in mended}
    for place in draft.places:
        if replace(place, span=_NOWHERE) in places:
            yield Remark(
                "ocr-sign", place.span, "the sign of an item was read in part, and put right by the numbers around it"
            )


def _pages(numbers: list[int]) -> str:
    """Return the words that name pages, the first ones where they are many.

    >>> _pages([3]), _pages([1, 2])
    ('page 3', 'pages 1, 2')
    """
    named = ", ".join(map(str, numbers[:_NAMED])) + (
        f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    )
    return f"page {named}" if len(numbers) == 1 else f"pages {named}"
