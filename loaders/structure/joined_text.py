"""A document without the breaks and signs that a copy put into sentences, and the way back to the text as loaded.

Patterns read whole sentences in it; every span that is kept is taken back to the text as loaded.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from graph.model import Span
from graph.text import trim
from loaders.read.document import Cell, Document, Line, Meta, Table

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Compact:
    """`document` without what stood at `removed` of `original` (sorted, apart); the same document where that is nothing."""

    original: Document
    document: Document
    removed: tuple[Span, ...]
    _starts: tuple[int, ...]
    _inside: tuple[int, ...]
    _before: tuple[int, ...]
    _gone: int

    def inward(self, place: int) -> int:
        """Return where a place of the original stands in the compact text."""
        at = bisect_right(self._starts, place) - 1
        if at < 0:
            return place
        inside = min(place, self.removed[at].end) - self.removed[at].start
        return place - self._before[at] - inside

    def outward(self, place: int) -> int:
        """Return where a place of the compact text stands in the original: behind a break that was taken out."""
        at = bisect_right(self._inside, place)
        return place + (self._before[at] if at < len(self._before) else self._gone)

    def inner(self, span: Span) -> Span:
        """Return a span of the original as one of the compact text."""
        start = self.inward(span.start)
        return Span(start, max(start, self.inward(span.end)))

    def outer(self, span: Span) -> Span:
        """Return a span of the compact text as one of the original; it begins and ends at the same characters."""
        if not self.removed:
            return span
        start = self.outward(span.start)
        end = self.outward(span.end - 1) + 1 if span.end > span.start else start
        return Span(start, end)

    def restored(self, record: Record) -> Record:
        """Return a record read from the compact text with all its spans in the original."""
        return _mapped(record, self.outer) if self.removed else record

    def entered(self, record: Record) -> Record:
        """Return a record read from the original with all its spans in the compact text."""
        return _mapped(record, self.inner) if self.removed else record


def _mapped(value: Any, place: Callable[[Span], Span]) -> Any:  # noqa: ANN401 - any record, or a part of one
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, tuple):
        return tuple(_mapped(one, place) for one in value)
    if isinstance(value, dict):
        return {key: _mapped(one, place) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _mapped(getattr(value, field.name), place) for field in fields(value)})
    return value


def compact(document: Document, breaks: Sequence[Span]) -> Compact:
    """Return `document` without `breaks` (what stands between lines that are one paragraph)."""
    way = _way(document, tuple(sorted(breaks)))
    return replace(way, document=_without(document, way, _joined)) if way.removed else way


def cleared(document: Document, signs: Sequence[Span]) -> Compact:
    """Return `document` without `signs` (in order, apart), which stand inside its lines; each line stays one."""
    way = _way(document, tuple(signs))
    return replace(way, document=_without(document, way, _trimmed)) if way.removed else way


def one_way(first: Compact, second: Compact) -> Compact:
    """Return the way from the document of `second` back to the original of `first`, whose document `second` leads to."""
    if not first.removed:
        return second
    removed: list[Span] = []
    for span in sorted([*first.removed, *(first.outer(one) for one in second.removed)]):
        if removed and span.start <= removed[-1].end:
            removed[-1] = Span(removed[-1].start, max(removed[-1].end, span.end))
        else:
            removed.append(span)
    return replace(_way(first.original, tuple(removed)), document=second.document)


def _way(document: Document, removed: tuple[Span, ...]) -> Compact:
    before, gone = [], 0
    for span in removed:
        before.append(gone)
        gone += span.end - span.start
    inside = tuple(span.start - lost for span, lost in zip(removed, before, strict=True))
    return Compact(document, document, removed, tuple(span.start for span in removed), inside, tuple(before), gone)


def _without(
    document: Document, way: Compact, lines: Callable[[Sequence[Line], Compact, str], tuple[Line, ...]]
) -> Document:
    parts, at = [], 0
    for span in way.removed:
        parts.append(document.text[at : span.start])
        at = span.end
    text = "".join([*parts, document.text[at:]])
    return replace(
        document,
        text=text,
        lines=lines(document.lines, way, text),
        tables=tuple(
            Table(span=way.inner(table.span), cells=tuple(_cell(cell, way, text) for cell in table.cells))
            for table in document.tables
        ),
        meta=tuple(Meta(label=meta.label, span=way.inner(meta.span)) for meta in document.meta),
        furniture=tuple((way.inner(span), reason) for span, reason in document.furniture),
        remarks=tuple(way.entered(remark) for remark in document.remarks),
        places=(),
    )


def _cell(cell: Cell, way: Compact, text: str) -> Cell:
    inner = way.inner(cell.span)
    left, right = trim(text, inner.start, inner.end)
    return replace(cell, span=Span(left, right) if left < right else Span(inner.start, inner.start))


def _trimmed(lines: Sequence[Line], way: Compact, text: str) -> tuple[Line, ...]:
    """Return the lines in the text without some signs; one of such signs alone is none."""
    spans = [way.inner(line.span) for line in lines]
    places = [trim(text, span.start, span.end) for span in spans]
    return tuple(
        replace(line, span=Span(left, right)) for line, (left, right) in zip(lines, places, strict=True) if left < right
    )


def _joined(lines: Sequence[Line], way: Compact, text: str) -> tuple[Line, ...]:
    """Return the lines in the compact text, those that are one paragraph as one line."""
    joined: list[Line] = []
    ends = {span.end for span in way.removed}
    for line in lines:
        span = way.inner(line.span)
        if line.span.start in ends and joined:
            joined[-1] = _at(joined[-1], Span(joined[-1].span.start, span.end))
        else:
            joined.append(_at(line, span))
    return tuple(joined)


def _at(line: Line, span: Span) -> Line:
    return Line(span=span, heading=line.heading, strong=line.strong, listed=line.listed, indent=line.indent)
