"""A page may hold several articles (第一篇 … 第五篇), and a notice may issue several plans: where each begins and ends."""

import re

from graph.model import Span
from graph.text import bare
from loaders.numbering import marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_ARTICLE = by_name("numbering")["article_of_page"]
_QUOTED = re.compile(r"《([^《》]{4,80})》")


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


def issued_plans(document: Document, notice: Span | None, body: Span) -> tuple[Span, ...]:
    """Return the scopes of the plans that one notice issues: `body` alone unless it issues two or more.

    A plan begins at a line of the body that prints a title of the notice (甲、乙印发给你们) and nothing else.
    """
    if notice is None:
        return (body,)
    titles = {bare(match[1]) for match in _QUOTED.finditer(document.folded, notice.start, notice.end)}
    starts: dict[str, int] = {}
    for line in document.lines_of(body):
        inside = body.start <= line.span.start < body.end and line.span.end - line.span.start < 90
        if inside and (title := bare(document.plain(line.span))) in titles:
            starts.setdefault(title, line.span.start)
    if len(titles) < 2 or not starts:
        return (body,)
    # The first plan's own title may stand above the body, where the header ends.
    begins = sorted({body.start, *starts.values()})
    if len(begins) < 2:
        return (body,)
    return tuple(Span(start, end) for start, end in zip(begins, [*begins[1:], body.end], strict=True))
