"""One cited instrument: its title and number as printed, and what its name tells of issuer, level and place."""

import re
from dataclasses import dataclass, field

from graph.gazetteer import places
from graph.model import Level, PolicyMention, PolicyRole, Span
from loaders.extract.header.doc_numbers import Number, number_at
from loaders.extract.header.genres import genre_of, is_law, period_of
from loaders.extract.header.head_rows import PINYIN
from loaders.extract.header.issuers import CENTRE
from loaders.extract.header.issuing_bodies import (
    is_organ,
    level_of,
    organs_in_line,
    organs_of_title,
    place_in_title,
    place_of,
)
from loaders.extract.header.own_title import joined
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_FIND = by_name("organs")
_NUMBER_IN_BRACKET = by_name("header")["number_in_bracket"]
# 《…》的通知(…): the notice that issues a text stands between its title and the number of both.
_OPEN = re.compile(r"(?:\s{0,4}的?(?:通知|公告|决定|函))?\s{0,4}[(〔\[【]\s{0,4}")


@dataclass(slots=True)
class Cited:
    """A citation while it is read: `start` and `end` hold all of it, `title` and `number` their places."""

    start: int
    end: int
    title: Span | None
    number: Number | None
    role: PolicyRole = "cites"
    rule: str = "cited"
    mentions: list[Span] = field(default_factory=list)


def number_behind(folded: str, end: int, stop: int) -> Number | None:
    """Return the number that stands right behind a title, in brackets or not."""
    opened = _OPEN.match(folded, end, stop)
    found = number_at(folded, opened.end() if opened else end, min(stop, end + 70))
    if found or opened is None:
        return found
    match = _NUMBER_IN_BRACKET.match(folded, opened.end(), min(stop, end + 70))
    if match is None or folded[match.end() : match.end() + 1] not in ")]〕】,;、":
        return None
    return Number(match.start(), match.end(), match["agency"] or match["order"] or match["standard"])


def to_policy(document: Document, cited: Cited, own: PolicyMention) -> PolicyMention:
    """Return the policy that a citation names; `own` is the policy of the document that cites."""
    spans: dict[str, tuple[Span, ...]] = {"mention": tuple(cited.mentions)}
    title = None
    if cited.title:
        spans["title"] = (cited.title,)
        title = joined(document, (cited.title,))
    if cited.number:
        spans["doc_number"] = cited.number.spans
    issuers = _issuers(document, cited, spans)
    level, place = _level_and_place(document, cited, issuers, own, spans)
    period = period_of(title) if title else None
    genre = genre_of(title) if title else None
    for name, value in (("period", period), ("genre", genre)):
        if value:
            spans[name] = spans["title"]
    return PolicyMention(
        role=cited.role,
        rule=cited.rule,
        title=title,
        doc_number=_clean("".join(document.raw(span) for span in spans["doc_number"])) if cited.number else None,
        issuers=issuers,
        level=level,
        place=place,
        genre=genre,
        held="cited",
        period_start=period.first if period else None,
        period_end=period.last if period else None,
        spans=spans,
    )


def _clean(number: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", PINYIN.sub("", number))


def _issuers(document: Document, cited: Cited, spans: dict[str, tuple[Span, ...]]) -> tuple[str, ...]:
    """Return the bodies that a title begins with, else the one printed before 《, where it is a full name."""
    if cited.title is None:
        return ()
    folded, title = document.folded, cited.title
    if organs := organs_of_title(folded, title.start, title.end):
        spans["issuers"] = tuple(Span(organ.start, organ.end) for organ in organs)
        return tuple(organ.name for organ in organs)
    found = places.chain(folded[title.start : title.end])
    if found and (body := _FIND["government_behind_place"].match(folded[title.start + found[1] : title.end])):
        span = Span(title.start, title.start + found[1] + body.end())
        spans["issuers"] = (span,)
        return (folded[span.start : span.end],)
    return _named_before(folded, cited, spans)


def _named_before(folded: str, cited: Cited, spans: dict[str, tuple[Span, ...]]) -> tuple[str, ...]:
    """Return the body with a full name that is printed right before 《; the shortest reading of its name."""
    start = max(0, cited.start - 34)
    shortest = None
    while match := _FIND["named_before_title"].search(folded, start, cited.start):
        shortest = match if _has_full_name(match["organ"]) else shortest
        start = match.start("organ") if match.start("organ") > start else start + 1
    if shortest is None:
        return ()
    found = organs_in_line(folded, *shortest.span("organ"))
    spans["issuers"] = tuple(Span(organ.start, organ.end) for organ in found)
    return tuple(organ.name for organ in found)


def _has_full_name(name: str) -> bool:
    if not is_organ(name):
        return False
    if places.leading(name) is not None or _FIND["central_title"].match(name) is not None:
        return True
    return _FIND["central_body"].match(name) is not None and level_of(name) == "central"


def _level_and_place(
    document: Document,
    cited: Cited,
    issuers: tuple[str, ...],
    own: PolicyMention,
    spans: dict[str, tuple[Span, ...]],
) -> tuple[Level | None, str | None]:
    if issuers:
        span = spans["issuers"][0]
        found = place_of(issuers[0])
        level = level_of(issuers[0])
        if found or level:
            return _put(spans, span, level, found[0] if found else CENTRE if level == "central" else None)
    if cited.title and (by_title := _by_title(document, cited.title, spans)):
        return by_title
    named = _by_short_name(document, cited, own, spans) if cited.title else None
    by_number = _by_number(cited.number, own, spans) if cited.number and not (named and named[1]) else None
    if named and (by_number is None or by_number[0] != named[0]):
        return named
    return by_number or (None, None)


def _by_short_name(
    document: Document, cited: Cited, own: PolicyMention, spans: dict[str, tuple[Span, ...]]
) -> tuple[Level | None, str | None] | None:
    """Read the level off a short name before 《 (市委、市政府《…》); of the document's own level it is its place."""
    start = max(0, cited.start - 20)
    if state := _FIND["state_before_title"].search(document.folded, start, cited.start):
        return _put(spans, Span(state.start("state"), cited.start), "central", CENTRE)
    before = _FIND["form_before_title"].match(document.folded[start : cited.start])
    if not before:
        return None
    level = level_of(before["form"] + "人民政府")
    ours = own.place is not None and own.place.endswith(before["form"])
    span = Span(start + before.start("form"), cited.start)
    return _put(spans, span, own.level if ours else level, own.place if ours else None)


def _by_title(
    document: Document, title: Span, spans: dict[str, tuple[Span, ...]]
) -> tuple[Level | None, str | None] | None:
    """Read level and place off the first words of a title; a law or regulation without a place is the centre's."""
    folded = document.folded[title.start : title.end]
    if central := _FIND["central_title"].match(folded):
        return _put(spans, Span(title.start, title.start + central.end()), "central", CENTRE)
    if (found := place_in_title(folded)) is not None:
        span = Span(title.start + found[0], title.start + found[1])
        return _put(spans, span, found[2], document.raw(span))
    if is_law(folded) and len(folded) > 3:
        return _put(spans, title, "central", CENTRE)
    return None


def _by_number(
    number: Number, own: PolicyMention, spans: dict[str, tuple[Span, ...]]
) -> tuple[Level | None, str | None] | None:
    span = Span(number.start, number.end)
    if _FIND["central_number"].match(number.agency):
        return _put(spans, span, "central", CENTRE)
    chain = places.chain(own.place) if own.place else None
    place = places.by_prefix(number.agency, chain[0].code if chain else None) or places.by_prefix(number.agency)
    if place and place.level != "central":
        return _put(spans, span, place.level, place.name)
    return None


def _put(
    spans: dict[str, tuple[Span, ...]], span: Span, level: Level | None, place: str | None
) -> tuple[Level | None, str | None]:
    if level:
        spans["level"] = (span,)
    if place:
        spans["place"] = (span,)
    return level, place
