"""A page may hold several articles (第一篇 … 第五篇): where each begins and ends."""

import re

from graph.model import Span
from loaders.document import Document
from loaders.markers import marker_at

_ARTICLE = re.compile(r"第[ ]?[一二三四五六七八九十\d]{1,3}[ ]?篇[ ]{0,2}[:、.]?")


def articles(document: Document) -> tuple[Span, ...]:
    """Return the scope of each article in printed order: the whole text where the page holds one document.

    Articles are lines that begin with 第一篇, 第二篇 … in order; a scope begins behind that sign, and what stands
    before the first belongs to none.
    """
    starts: list[int] = []
    begins: list[int] = []
    for line in document.lines:
        if not _ARTICLE.match(document.folded, line.span.start, line.span.end):
            continue
        marker = marker_at(document.folded, line.span.start, line.span.end)
        if marker and marker.number == len(starts) + 1:
            starts.append(line.span.start)
            begins.append(marker.end)
    if len(starts) < 2:
        return (Span(0, len(document.text)),)
    return tuple(Span(start, end) for start, end in zip(begins, [*starts[1:], len(document.text)], strict=True))
