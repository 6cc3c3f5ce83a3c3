"""The header of a document: what policy it is, and where notice, preamble, body and signature stand."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from graph.model import PolicyMention, Span
from graph.text import trim
from loaders.extract.header.genres import Period, genre_of, period_of
from loaders.extract.header.head_rows import rows_of
from loaders.extract.header.header_zones import Zones, locate
from loaders.extract.header.issuers import Issued, read_issuers
from loaders.extract.header.news import report_in
from loaders.extract.header.own_title import (
    HeaderText,
    data_of,
    day_bracket,
    notice_over,
    own_number,
    plan_title,
    title_by_purpose,
    top_title,
)
from loaders.extract.header.printed_days import find_days, to_day
from loaders.extract.header.signatures import closing_rows, is_closing, is_date, printed_in
from loaders.extract.header.validity import last_day, status_of
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document

_FIND = by_name("header")
_DAY_LABELS = load_words("page_data")["DAY_OF_ISSUE"]
_PAGE_LABELS = load_words("page_data")["DAY_OF_PAGE"]
_ADDRESSEE = re.compile(r"(?:\([^()]{0,60}\)|[^,;:()])+")
_PROSE = re.compile(r"[。:;]$")
# A purpose without any heading below it runs over few paragraphs.
PREAMBLE_ROWS = 6
LONG_ROW = 30
_Day = tuple[date, tuple[Span, ...], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the parts around a text say.

    `policy` is the document's own policy (role `self`) or the one that a news text reports on (`reports_on`).
    `body_start` is the offset of the first character of the text itself; `notice` the notice that issues it;
    `preamble` the paragraphs before the first heading (empty at `body_start` where there are none); `tail` the
    signature, 抄送 and 印发 below the text; `issued` the places of the titles that the notice issues.
    """

    policy: PolicyMention
    body_start: int
    notice: Span | None
    preamble: Span
    tail: tuple[Span, ...]
    issued: tuple[Span, ...] = ()


def read_header(document: Document, scope: Span, furniture: Collection[tuple[Span, str]] = ()) -> Header:
    """Return the header of the article in `scope`; `furniture` are the spans that `furniture.mark` gave."""
    rows = rows_of(document, scope, furniture)
    zones = locate(document.folded, rows)
    above = top_title(document, scope, zones)
    if report := report_in(document, zones, above.text if above else None):
        policy = _with_headline(report.policy, above)
        start = rows[report.body].start if report.body < len(rows) else scope.end
        return Header(policy=policy, body_start=start, notice=None, preamble=Span(start, start), tail=())
    policy = _own_policy(document, scope, zones, above)
    start = rows[zones.body].start if zones.body < len(rows) else scope.end
    return Header(
        policy=policy,
        body_start=start,
        notice=_notice(zones),
        preamble=_preamble(zones, start),
        tail=_tail(document, zones),
        issued=tuple(Span(*place) for place in zones.issued) if zones.notice is not None else (),
    )


def _with_headline(policy: PolicyMention, headline: HeaderText | None) -> PolicyMention:
    if headline:
        policy.spans["notice_title"] = headline.spans
    return policy


def _own_policy(document: Document, scope: Span, zones: Zones, above: HeaderText | None) -> PolicyMention:
    plan = plan_title(document, zones)
    title = plan or above or title_by_purpose(document, scope.start, scope.end)
    number = own_number(document, scope, zones)
    addressees = _addressees(document, zones)
    over = notice_over(document, zones, title) if title else None
    issued = read_issuers(document, scope, zones, over or above or title, number, addressees)
    spans: dict[str, tuple[Span, ...]] = {}
    for name, words in (("title", title), ("notice_title", (above if plan else None) or over), ("doc_number", number)):
        if words:
            spans[name] = words.spans
    if addressees:
        spans["addressees"] = tuple(span for _, span in addressees)
    _put_issuers(spans, issued)
    days = _days(document, scope, zones, spans)
    period = _period(title, plan, above, spans)
    genre = genre_of(title.text) if title else None
    if title and genre:
        spans["genre"] = title.spans
    status = status_of(document, scope, tuple(words.spans for words in (title, above) if words))
    if status:
        spans["status"] = status[1]
    return PolicyMention(
        role="self",
        held="full",
        rule=title.rule if title else "no-title",
        title=title.text if title else None,
        doc_number=number.text if number else None,
        issuers=issued.names,
        level=issued.level,
        place=issued.place,
        genre=genre,
        issued=days["issued"],
        printed=days["printed"],
        valid_from=days["valid_from"],
        valid_to=days["valid_to"],
        status=status[0] if status else None,
        period_start=period.first if period else None,
        period_end=period.last if period else None,
        addressees=tuple(word for word, _ in addressees),
        spans=spans,
    )


def _days(document: Document, scope: Span, zones: Zones, spans: dict[str, tuple[Span, ...]]) -> dict[str, date | None]:
    """Return the days of issue, printing and entry into force; puts their places into `spans`."""
    issued = _issue_day(document, scope, zones)
    first = _effective_day(document, scope, issued)
    days = {
        "issued": issued,
        "printed": _printing_day(document, zones),
        "valid_from": first,
        "valid_to": last_day(document, scope, first[:2] if first else None),
    }
    spans.update({name: day[1] for name, day in days.items() if day})
    return {name: day[0] if day else None for name, day in days.items()}


def _put_issuers(spans: dict[str, tuple[Span, ...]], issued: Issued) -> None:
    for name, places in (
        ("issuers", issued.spans),
        ("level", issued.level_spans),
        ("place", issued.place_spans),
    ):
        if places:
            spans[name] = places


def _period(
    title: HeaderText | None, plan: HeaderText | None, above: HeaderText | None, spans: dict[str, tuple[Span, ...]]
) -> Period | None:
    for words in (title, plan, above):
        if words and (period := period_of(words.text)):
            spans["period"] = words.spans
            return period
    return None


def _addressees(document: Document, zones: Zones) -> list[tuple[str, Span]]:
    """Return those to whom the document is sent, parted at commas: (words as printed, place)."""
    if zones.addressee is None:
        return []
    row = zones.rows[zones.addressee]
    addressees = []
    for match in _ADDRESSEE.finditer(document.folded[row.start : row.end]):
        start, end = trim(document.text, row.start + match.start(), row.start + match.end())
        if start < end:
            addressees.append((document.raw(Span(start, end)), Span(start, end)))
    return addressees


def _issue_day(document: Document, scope: Span, zones: Zones) -> _Day | None:
    """Return the day of issue: signed, under the title, as passed, in the page's data; never a meeting's.

    The day on which a page was put on the web (发布日期) is none, also where the page leaves 成文日期 blank.
    """
    at_title = list(_days_at_title(document, zones))
    if zones.signature and zones.signature.day:
        start, end, day = zones.signature.day
        at_title.insert(0, (day, Span(start, end), "issued-signature"))
    for day, place, rule in at_title[:1]:
        # The day below the title and the one below the text say the same.
        again = (one for other, one, _ in at_title if other == day and not place.start < one.end <= place.end)
        return day, (place, *islice(again, 1)), rule
    head = zones.rows[zones.top.start : zones.body]
    for row in head:
        if _FIND["date_note_line"].match(row.tight):
            for start, end, day in find_days(document.folded, row.start, row.end):
                return day, (Span(start, end),), "issued-as-passed"
    return _day_in_data(document, scope, _DAY_LABELS)


def _days_at_title(document: Document, zones: Zones) -> Iterator[tuple[date, Span, str]]:
    """Yield the days on a line of their own above the text, then those in a bracket on which the title ends, each with its rule."""
    rows = zones.rows
    for row in rows[zones.top.start : zones.body]:
        if is_date(row):
            for start, end, day in find_days(document.folded, row.start, row.end):
                yield day, Span(start, end), "issued-under-title"
    for number in zones.top:
        # The bracket may be broken over two rows.
        two = [row.span for row in rows[max(zones.top.start, number - 1) : number + 1]]
        found = day_bracket(document.folded, two)
        printed = to_day(document.folded[found.start : found.end].strip("()[] ")) if found else None
        if found and printed:
            yield printed, found, "issued-in-title"


def _day_in_data(document: Document, scope: Span, labels: Sequence[str]) -> _Day | None:
    for label in labels:
        for meta in data_of(document, scope):
            if meta.label == label:
                for start, end, day in find_days(document.folded, meta.span.start, meta.span.end):
                    return day, (Span(start, end),), "issued-in-data"
    return None


def published_on(document: Document, scope: Span) -> date | None:
    """Return the day on which the page of the document in `scope` was put on the web, None where it does not say."""
    day = _day_in_data(document, scope, _PAGE_LABELS)
    return day[0] if day else None


def _printing_day(document: Document, zones: Zones) -> _Day | None:
    for row in zones.rows:
        if len(row.tight) < 120 and printed_in(row.tight):
            for start, end, day in find_days(document.folded, row.start, row.end):
                return day, (Span(start, end),), "printed-line"
    return None


def _effective_day(document: Document, scope: Span, issued: _Day | None) -> _Day | None:
    """Return the first day in force; 自发布之日起施行 is the day of issue."""
    # Said at the end of a text, or in the order that puts it in force.
    for start, end in (
        (max(scope.start, scope.end - 2500), scope.end),
        (scope.start, min(scope.end, scope.start + 1500)),
    ):
        for match in _FIND["effective"].finditer(document.folded, start, end):
            if day := to_day(match["date"]):
                return day, (Span(*match.span("date")),), "effective"
    on_issue = _FIND["effective_on_issue"].search(document.folded, max(scope.start, scope.end - 2500), scope.end)
    if on_issue and issued:
        return issued[0], (Span(*on_issue.span()), issued[1][0]), "effective-on-issue"
    return None


def _notice(zones: Zones) -> Span | None:
    if zones.notice is None:
        return None
    first = zones.addressee if zones.addressee is not None else zones.notice
    last = max(zones.notice, zones.notice_end)
    return Span(zones.rows[first].start, zones.rows[min(last, len(zones.rows) - 1)].end)


def _preamble(zones: Zones, start: int) -> Span:
    """Return the place of the paragraphs between the title and the first heading."""
    rows = zones.rows
    stop = min(zones.heading, len(rows))
    if stop == len(rows):
        # The first paragraph belongs to it even where the copy breaks off in mid-sentence.
        stop = zones.body + (1 if zones.body < len(rows) and len(rows[zones.body].tight) > LONG_ROW else 0)
        while stop < len(rows) and stop < zones.body + PREAMBLE_ROWS and _PROSE.search(rows[stop].tight):
            stop += 1
    return Span(start, rows[stop - 1].end) if stop > zones.body else Span(start, start)


def _tail(document: Document, zones: Zones) -> tuple[Span, ...]:
    """Return the places below the text: the rows at the end, and a signature that stands before annexes."""
    rows = zones.rows
    tail: list[Span] = []
    signed = zones.signature
    closing = closing_rows(document.folded, rows, min(zones.body, len(rows)))
    if signed and signed.first >= zones.body and signed.last not in closing:
        last = signed.last
        while last + 1 < len(rows) and is_closing(rows[last + 1]):
            last += 1
        first = signed.organs[0].start if signed.organs else rows[signed.first].start
        tail.append(Span(first, rows[last].end))
        closing = [number for number in closing if number > last]
    if closing:
        tail.append(Span(rows[closing[0]].start, rows[closing[-1]].end))
    return tuple(tail)
