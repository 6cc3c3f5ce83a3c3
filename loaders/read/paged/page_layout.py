"""A page laid out: its lines and tables in the order in which they are read, and what stands around the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from loaders.numbering import marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.paged.page_content import Box, PageContent
from loaders.read.paged.printed_lines import PrintedLine, printed_lines
from loaders.read.paged.ruled_tables import RuledTable, ruled_tables

PAGE_HEADER, PAGE_FOOTER, PAGE_NUMBER, FOOTNOTE = "page-header", "page-footer", "page-number", "footnote"
# The shares of a page's height in which its head and its foot stand, and how many lines of them there may be.
_HEAD, _FOOT, _EDGE_LINES = 0.13, 0.86, 3
# A line is a head or a foot that stands at one height (in points) of so many pages, and of so large a share of them.
_HEIGHT, _PAGES, _SHARE = 8.0, 2, 0.3
# Boxes around words stand into those above and below them, in points.
_SLIGHT = 3.0
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–－_·•~\s]*(?:第\s*)?\d{1,4}\s*页?\s*(?:[,，/／]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－_·•~\s]*"
)
_NOTE = re.compile(r"[①-⑳]|\[\d{1,3}\]|〔\d{1,2}〕|\d{1,2}(?=[^\d.、年月日])|注[:：]|[*＊]")
# Notes are printed smaller than the text, and so many lines of them at most.
_SMALLER, _NOTE_LINES = 0.88, 14
_ANNEX = by_name("outline")["annex_line"]


@dataclass(slots=True)
class LaidPage:
    """The lines and tables of a page; `aside` tells of lines that are none of the text why, by their number."""

    number: int
    width: float
    height: float
    lines: list[PrintedLine]
    tables: list[RuledTable]
    aside: dict[int, str] = field(default_factory=dict)
    beside: dict[str, list[PrintedLine]] = field(default_factory=dict)
    recognized: list[tuple[Box, float]] = field(default_factory=list)

    def confidence(self, box: Box) -> float | None:
        """Return how sure what was read from a picture is where a box stands, None where nothing was."""
        found = [
            sure
            for (left, top, right, bottom), sure in self.recognized
            if left < box[2] and box[0] < right and top < box[3] - _SLIGHT and box[1] + _SLIGHT < bottom
        ]
        return min(found, default=None)

    def parts(self) -> Iterator[PrintedLine | RuledTable]:
        """Yield the lines of the text and the tables, in order."""
        tables = sorted(self.tables, key=lambda table: table.box[1])
        for at, line in enumerate(self.lines):
            if at in self.aside:
                continue
            while tables and tables[0].box[1] < line.box[1]:
                yield tables.pop(0)
            yield line
        yield from tables


def laid_out(page: PageContent) -> LaidPage:
    """Return a page with its lines and tables; what stands around the text is not told yet (`mark_edges`)."""
    tables, rest = ruled_tables(page.rules, page.signs) if page.rules else ([], page.signs)
    beside = {reason: printed_lines(signs) for reason, signs in page.beside.items()}
    return LaidPage(
        page.number, page.width, page.height, printed_lines(rest), tables, beside=beside, recognized=page.recognized
    )


def letter_size(pages: Sequence[LaidPage]) -> float:
    """Return the size of most letters of a document."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def mark_edges(pages: Sequence[LaidPage]) -> None:
    """Mark the heads, feet, numbers and notes of all pages."""
    printed = Counter((key, round(top / _HEIGHT)) for page in pages for _, key, top in _edge_lines(page))
    for page in pages:
        for at, key, top in _edge_lines(page):
            near = sum(printed[key, round(top / _HEIGHT) + off] for off in (-1, 0, 1))
            if near >= max(_PAGES, _SHARE * len(pages)) and not _is_text(page.lines[at].text):
                page.aside[at] = PAGE_HEADER if top < page.height / 2 else PAGE_FOOTER
        _mark_number(page)
    size = letter_size(pages)
    for page in pages:
        _mark_notes(page, size)


def _edge_lines(page: LaidPage) -> Iterator[tuple[int, str, float]]:
    """Yield the lines at the upper and the lower edge of a page: number, words without digits, height."""
    by_height = sorted(range(len(page.lines)), key=lambda at: page.lines[at].box[1])
    for at in dict.fromkeys([*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]):
        line = page.lines[at]
        if line.box[3] < _HEAD * page.height or line.box[1] > _FOOT * page.height:
            yield at, _DIGITS.sub("#", "".join(line.text.split())), line.box[1]


def _is_text(text: str) -> bool:
    """Tell whether a line is one that a text itself prints at the top of several pages: 附件1, or an item."""
    return _ANNEX.fullmatch(text) is not None or (
        marker_at(text, 0, len(text)) is not None and not _PAGE_NUMBER.fullmatch(text)
    )


def _mark_number(page: LaidPage) -> None:
    """Mark the number of a page: alone at its upper or lower edge."""
    for at, _, top in _edge_lines(page):
        if not _PAGE_NUMBER.fullmatch(page.lines[at].text):
            continue
        others = [line.box[1] for number, line in enumerate(page.lines) if number != at and number not in page.aside]
        if all(top < other for other in others) or all(top > other for other in others):
            page.aside[at] = PAGE_NUMBER


def _mark_notes(page: LaidPage, size: float) -> None:
    """Mark the notes at the foot of a page: small lines, the first of which begins with the sign of a note."""
    small: list[int] = []
    by_height = sorted(
        (at for at in range(len(page.lines)) if at not in page.aside), key=lambda at: -page.lines[at].box[1]
    )
    for at in by_height[:_NOTE_LINES]:
        if page.lines[at].size >= _SMALLER * size or page.lines[at].box[1] < page.height / 2:
            break
        small.append(at)
    while small and not _NOTE.match(page.lines[small[-1]].text):
        small.pop()
    if small and len(small) < len(by_height):
        page.aside.update(dict.fromkeys(small, FOOTNOTE))


def line_pitch(pages: Sequence[LaidPage]) -> float:
    """Return how far apart most lines of a document stand."""
    gaps = [
        below.box[1] - above.box[1]
        for page in pages
        for above, below in pairwise(page.lines)
        if 0 < below.box[1] - above.box[1] < 4 * above.size
    ]
    return median(gaps) if gaps else 0.0
