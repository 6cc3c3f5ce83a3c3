"""The rows that a header is read from: printed lines, and the parts of a page that was copied into one line."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from graph.model import Span
from graph.text import trim, without_blanks
from loaders.extract.header.doc_numbers import find_numbers
from loaders.extract.header.genres import genre_of
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Line

_FIND = by_name("header")
# Web copies print the reading behind a character: 关(guān)于.
PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])[(（][a-zɡāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}[)）]")
_GAP = re.compile(r" {2,}")
_ADDRESSEES = re.compile(r"[\u4e00-\u9fff、,()\"· ]{2,200}:")
# Lines of an ordinary page are shorter; a longer one may be a whole page in one line.
JOINED = 260


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row at [start, end): `tight` is its folded text without blanks.

    `heading` is the level that markup gives it, `strong` whether it is bold or centred, `outside` whether it stands
    outside the page's main text.
    """

    start: int
    end: int
    tight: str
    heading: int | None = None
    strong: bool = False
    outside: bool = False

    @property
    def span(self) -> Span:
        """The row's place."""
        return Span(self.start, self.end)


def rows_of(document: Document, scope: Span, furniture: Collection[tuple[Span, str]]) -> list[HeadRow]:
    """Return the rows of `scope` in order; furniture is left out, but for what stands outside the main text."""
    reasons = {
        (span.start, span.end): reason
        for span, reason in furniture
        if span.start < scope.end and scope.start < span.end
    }
    rows: list[HeadRow] = []
    for line in document.lines_of(scope):
        start, end = max(line.span.start, scope.start), min(line.span.end, scope.end)
        reason = reasons.get((line.span.start, line.span.end))
        if start >= end or (reason and reason != "outside-main-text"):
            continue
        for left, right in _parts(document, start, end):
            row = _row(document, line, left, right, reason is not None)
            if rows and _closes(rows[-1], row):
                left = rows.pop().start
                row = _row(document, line, left, right, reason is not None)
            rows.append(row)
    return rows


def _closes(above: HeadRow, row: HeadRow) -> bool:
    """Tell whether a bracket that fills the row above is closed in this one: (2019年1月31日…大会 / 第二次会议通过)."""
    opened = above.tight.startswith("(") and ")" not in above.tight and len(above.tight) < 80
    return opened and row.tight.endswith(")") and "(" not in row.tight and len(row.tight) < 80


def _row(document: Document, line: Line, start: int, end: int, outside: bool) -> HeadRow:
    if skipped := _FIND["article_before_title"].match(document.folded, start, end):
        start = skipped.end()
    tight = without_blanks(document.folded[start:end])
    if "(" in tight:
        tight = PINYIN.sub("", tight)
    tight = tight.strip("*")
    return HeadRow(start, end, tight, line.heading, line.strong, outside)


def _parts(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a line: at wide gaps, and where the parts of a header run together."""
    if end - start <= JOINED:
        glued = _FIND["addressees_and_notice"].match(document.folded, start, end)
        edges = [start, glued.end(), end] if glued else [start, end]
        for left, right in pairwise(edges):
            yield from _trimmed(document, left, right)
        return
    edges = [start, *(m.end() for m in _GAP.finditer(document.folded, start, end)), end]
    for left, right in pairwise(edges):
        if right - left <= JOINED // 2 and not _FIND["signature"].search(document.folded, left, right):
            yield from _trimmed(document, left, right)
            continue
        cuts = [left, *sorted(c for c in set(_cuts(document.folded, left, right)) if left < c < right), right]
        for first, last in pairwise(cuts):
            yield from _trimmed(document, first, last)


def _trimmed(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    left, right = trim(document.text, start, end)
    if left < right:
        yield left, right


def _cuts(folded: str, start: int, end: int) -> Iterator[int]:
    """Yield the places where one part of a header ends and the next begins, in a text without line breaks."""
    yield from _head_cuts(folded, start, end)
    for match in _FIND["signature"].finditer(folded, start, end):
        yield match.start("organ")
        yield match.start("date")
        yield match.end("date")
        yield match.end()
    for match in _FIND["first_sign_in_text"].finditer(folded, start, end):
        yield match.start("sign")
    for match in _FIND["annex_in_text"].finditer(folded, start, end):
        yield match.start()
        yield match.end()
    for match in _FIND["purpose_start"].finditer(folded, start, end):
        if genre_of(folded[max(start, match.start() - 40) : match.start()]):
            yield match.start()


def _head_cuts(folded: str, start: int, end: int) -> Iterator[int]:
    number = next(find_numbers(folded, start, min(end, start + 200)), None)
    if number is None or "《" in folded[start : number.start] or "。" in folded[start : number.start]:
        addressees = _ADDRESSEES.match(folded, start, min(end, start + 200))
    elif number.start > start and not genre_of(folded[start : number.start]):
        return
    else:
        yield number.start
        yield number.end
        addressees = _ADDRESSEES.match(folded, number.end, min(end, number.end + 202))
    if addressees:
        yield addressees.end()
