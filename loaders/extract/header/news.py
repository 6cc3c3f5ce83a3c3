"""News texts and summaries: they report on a policy, and are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.gazetteer import places
from graph.model import Level, PolicyMention, Span
from loaders.extract.header.doc_numbers import find_numbers
from loaders.extract.header.genres import genre_of, is_instrument, period_of
from loaders.extract.header.head_rows import HeadRow
from loaders.extract.header.header_zones import QUOTED, Zones
from loaders.extract.header.issuing_bodies import is_organ, level_of, place_in_title, place_of
from loaders.extract.header.own_title import joined
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_FIND = by_name("news")
_PURPOSE = by_name("header")["purpose"]
# A report names its policy in its first paragraphs.
LEAD_ROWS = 6


@dataclass(frozen=True, slots=True)
class NewsReport:
    """A policy that a text reports on, and the row behind the lead that names it."""

    policy: PolicyMention
    body: int


def report_in(document: Document, zones: Zones, headline: str | None) -> NewsReport | None:
    """Return the policy that a news text reports on; None where the text is itself an instrument."""
    rows = zones.rows
    if zones.notice is not None or zones.addressee is not None:
        return None
    begin = zones.top.start
    lead = range(begin, min(begin + LEAD_ROWS, len(rows)))
    about = headline is not None and _FIND["about_line"].search(headline) is not None
    if not about and any(
        _PURPOSE.search(rows[n].tight) for n in range(begin, min(zones.heading + 1, begin + 10, len(rows)))
    ):
        return None
    whole = "".join(row.tight for row in rows[begin : begin + 12])
    unsigned = zones.signature is None or not zones.signature.organs
    if about or unsigned or _FIND["report_sign"].search(whole):
        for number in lead:
            row = rows[number]
            if match := _FIND["report"].search(document.folded, row.start, row.end):
                return _report(document, rows, number, match.end() - 1)
            if match := _FIND["title_first"].search(document.folded, row.start, row.end):
                return _report(document, rows, number, match.start())
    for number in lead if about else ():
        row = rows[number]
        quoted = QUOTED.search(document.folded, row.start, row.end)
        if quoted and is_instrument(quoted["title"]):
            return _report(document, rows, number, quoted.start())
    return None


def _report(document: Document, rows: Sequence[HeadRow], number: int, at: int) -> NewsReport | None:
    row = rows[number]
    quoted = QUOTED.match(document.folded, at, row.end)
    if not quoted or not is_instrument(quoted["title"]):
        return None
    span = Span(*quoted.span("title"))
    title = joined(document, (span,))
    spans: dict[str, tuple[Span, ...]] = {"title": (span,), "mention": (Span(*quoted.span()),)}
    issuers, level, place = _issuer(document, rows, row, at, spans)
    printed = next(find_numbers(document.folded, quoted.end(), min(row.end, quoted.end() + 40)), None)
    if printed and re.fullmatch(r"\s*[(〔\[]\s*", document.folded[quoted.end() : printed.start]):
        spans["doc_number"] = (Span(printed.start, printed.end),)
    period = period_of(title)
    genre = genre_of(title)
    for name, value in (("period", period), ("genre", genre)):
        if value:
            spans[name] = (span,)
    policy = PolicyMention(
        role="reports_on",
        held="summary",
        rule="news-report",
        title=title,
        doc_number=document.raw(spans["doc_number"][0]) if "doc_number" in spans else None,
        issuers=issuers,
        level=level,
        place=place,
        genre=genre,
        period_start=period.first if period else None,
        period_end=period.last if period else None,
        spans=spans,
    )
    return NewsReport(policy, number + 1)


def _issuer(
    document: Document, rows: Sequence[HeadRow], row: HeadRow, at: int, spans: dict[str, tuple[Span, ...]]
) -> tuple[tuple[str, ...], Level | None, str | None]:
    """Return issuer, level and place: the body named before 印发, a short name made full by the lead's words."""
    named = list(_FIND["issuer"].finditer(document.folded, max(row.start, at - 60), at))
    organ = next((match for match in reversed(named) if _is_issuer(match["organ"])), None)
    if organ is None:
        return (), None, None
    span = Span(*organ.span("organ"))
    name = organ["organ"]
    if short := _FIND["issuer_without_place"].fullmatch(name):
        full = _full_place(document.folded, rows[0].start, row.end, short["form"])
        if full is None and (own := place_in_title(document.folded[at + 1 : row.end])):
            full = (at + 1 + own[0], at + 1 + own[1]) if own[2] == level_of(short["form"] + "人民政府") else None
        level = level_of(short["form"] + "人民政府")
        if full is None:
            spans["level"] = (span,)
            return (), level, None
        place_span = Span(*full)
        place = document.folded[place_span.start : place_span.end]
        body = "人民政府" if short["rest"] != "委" else "委"
        spans.update(issuers=(place_span, span), place=(place_span,), level=(place_span,))
        prefix = "中共" if body == "委" else ""
        return (prefix + place + body + (short["office"] or ""),), level, place
    spans["issuers"] = (span,)
    chain = place_of(name)
    level = level_of(name)
    if chain:
        spans["place"] = (Span(span.start + name.find(chain[0]), span.start + name.find(chain[0]) + len(chain[0])),)
    if level:
        spans["level"] = (span,)
    return (name,), level, chain[0] if chain else None


def _is_issuer(name: str) -> bool:
    return is_organ(name) or _FIND["issuer_without_place"].fullmatch(name) is not None


def _full_place(folded: str, start: int, end: int, form: str) -> tuple[int, int] | None:
    """Return the place whose name ends with `form` and stands before a body or plan of its own: 澜江省政府."""
    for match in re.finditer(form, folded[start:end]):
        stop = start + match.end()
        if not _FIND["behind_place"].match(folded, stop, end):
            continue
        for length in range(8, 1, -1):
            begin = stop - length - len(form) + 1
            if begin >= start and places.find(folded[begin:stop]):
                return begin, stop
        named = _FIND["name_before_form"].search(folded[max(start, stop - 9) : stop - len(form)])
        if named:
            return stop - len(form) - len(named["name"]), stop
    return None
