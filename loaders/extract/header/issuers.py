"""Who issued a document, of which level and place: from the signature, the title, the red head, the page's data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.gazetteer import places
from graph.model import Level, Span
from loaders.extract.header.head_rows import PINYIN, HeadRow
from loaders.extract.header.header_zones import Zones
from loaders.extract.header.issuing_bodies import (
    Organ,
    is_organ,
    level_by_addressees,
    level_of,
    organs_in_line,
    organs_of_title,
    place_in_title,
    place_of,
)
from loaders.extract.header.own_title import HeaderText, data_of
from loaders.extract.header.signatures import printed_in
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document

CENTRE = "中央"
_FIND = by_name("organs")
_LINES = by_name("header")
_ISSUER_LABELS = load_words("page_data")["ISSUER"]
_BRACKET = re.compile(r"\([^()]{0,60}\)$")


@dataclass(frozen=True, slots=True)
class Issued:
    """The issuers with their places, their level and printed place with theirs, and the rule that read them."""

    names: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    level: Level | None = None
    level_spans: tuple[Span, ...] = ()
    place: str | None = None
    place_spans: tuple[Span, ...] = ()
    rule: str = ""


def read_issuers(
    document: Document,
    scope: Span,
    zones: Zones,
    title: HeaderText | None,
    number: HeaderText | None,
    addressees: Sequence[tuple[str, Span]],
) -> Issued:
    """Return the issuers in printed order; the signature goes before the title, the title before the page's data."""
    named = _from_title(document, title)
    data = _from_data(document, scope)
    sources = (
        ("issuer-signature", zones.signature.organs if zones.signature else ()),
        ("issuer-title", named),
        ("issuer-order", _from_order(document, zones)),
        ("issuer-red-head", _from_red_head(document, zones.rows)),
        ("issuer-report", _from_report(document, title)),
        ("issuer-printer", _from_printer(document, zones.rows, number)),
        ("issuer-data", data),
    )
    rule, organs = next((source for source in sources if source[1]), ("", ()))
    if not organs:
        return _without_issuer(document, zones, title, number, addressees)
    organs = tuple(_with_place(organ, number, document) for organ in organs)
    fuller = next((one for one in (*named, *data) if _extends(one, organs[0])), organs[0])
    return _placed(document, organs, fuller, rule, addressees)


def _placed(
    document: Document,
    organs: tuple[Organ, ...],
    fuller: Organ,
    rule: str,
    addressees: Sequence[tuple[str, Span]],
) -> Issued:
    """Return the issuers as printed; level and place are read off the fullest name of the first."""
    words = tuple(word for word, _ in addressees)
    level = level_of(fuller.name, words)
    spans = tuple(Span(organ.start, organ.end) for organ in organs)
    whole = Span(fuller.start, fuller.end)
    place: str | None = None
    place_spans: tuple[Span, ...] = ()
    if named := place_of(fuller.name):
        place = named[0]
        at = document.folded.find(place, fuller.start, fuller.end)
        place_spans = (Span(at, at + len(place)) if at >= 0 else whole,)
        place = document.raw(place_spans[0]) if at >= 0 else place
    level_spans: tuple[Span, ...] = (whole,) if level else ()
    if level is None and (level := level_by_addressees(words)):
        level_spans = tuple(span for _, span in addressees)
    if place is None and level == "central":
        place, place_spans = CENTRE, (whole,)
    names = tuple(_as_printed(document, organ) for organ in organs)
    return Issued(names, spans, level, level_spans, place, place_spans, rule)


def _as_printed(document: Document, organ: Organ) -> str:
    printed = re.sub(r"\s+", "", PINYIN.sub("", document.raw(Span(organ.start, organ.end))))
    return printed if len(printed) == len(organ.name) else organ.name


def _from_title(document: Document, title: HeaderText | None) -> tuple[Organ, ...]:
    """Return the bodies that the title begins with; a title over several rows is read as one."""
    if title is None:
        return ()
    above = organs_in_line(document.folded, title.spans[0].start, title.spans[0].end)
    if above and len(title.spans) > 1:
        return above
    offsets: list[int] = []
    text = ""
    for span in title.spans:
        text += document.folded[span.start : span.end]
        offsets += range(span.start, span.end)
    found = organs_of_title(text, 0, len(text))
    return tuple(Organ(offsets[one.start], offsets[one.end - 1] + 1, one.name) for one in found)


def _from_order(document: Document, zones: Zones) -> tuple[Organ, ...]:
    for row in zones.rows[zones.top.start : zones.top.stop]:
        if _LINES["order_head_line"].match(row.tight) and (match := _FIND["body_of_order"].match(row.tight)):
            at = document.folded.find(match["organ"], row.start, row.end)
            if at >= 0:
                return (Organ(at, at + len(match["organ"]), match["organ"]),)
    return ()


def _from_red_head(document: Document, rows: Sequence[HeadRow]) -> tuple[Organ, ...]:
    for row in rows:
        match = _LINES["red_head_line"].match(row.tight)
        if match and len(row.tight) < 40 and is_organ(match["organ"]):
            at = document.folded.find(match["organ"], row.start, row.end)
            start, end = (at, at + len(match["organ"])) if at >= 0 else (row.start, row.end)
            return (Organ(start, end, match["organ"]),)
    return ()


def _from_report(document: Document, title: HeaderText | None) -> tuple[Organ, ...]:
    """Return the government whose work report (政府工作报告) a title names."""
    if title is None or len(title.spans) != 1:
        return ()
    span = title.spans[0]
    match = _FIND["work_report"].search(document.folded[span.start : span.end].replace(" ", ""))
    if not match or not places.chain(match["place"]):
        return ()
    at = document.folded.find(match["place"], span.start, span.end)
    return (Organ(at, at + len(match["place"]), match["place"] + "人民政府"),) if at >= 0 else ()


def _from_printer(document: Document, rows: Sequence[HeadRow], number: HeaderText | None) -> tuple[Organ, ...]:
    """Return the government whose office printed a number of its own (…政发): the office prints, it issues."""
    if number is None:
        return ()
    agency = re.sub(r"[〔\[(【{(〔].*", "", document.folded[number.spans[0].start : number.spans[0].end])
    for row in rows:
        printed = printed_in(row.tight)
        if printed and printed["organ"] and _FIND["number_of_government"].search(agency) and len(row.tight) < 200:
            name = _FIND["office_at_end"].sub("", printed["organ"])
            at = document.folded.find(name, row.start, row.end)
            if is_organ(name) and at >= 0:
                return (Organ(at, at + len(name), name),)
    return ()


def _from_data(document: Document, scope: Span) -> tuple[Organ, ...]:
    for label in _ISSUER_LABELS:
        for meta in data_of(document, scope):
            if meta.label == label:
                plain = _BRACKET.sub("", document.plain(meta.span).strip())
                found = organs_in_line(document.folded, meta.span.start, meta.span.start + len(plain))
                if found and not _FIND["short_government"].match(found[0].name):
                    return found
    return ()


def _extends(longer: Organ, organ: Organ) -> bool:
    """Tell whether a name is the other one behind a chain of places: 澜江省澄州市人民政府, 澄州市人民政府."""
    if longer.name == organ.name or not longer.name.endswith(organ.name):
        return False
    head = longer.name[: -len(organ.name)]
    found = places.chain(head)
    return found is not None and found[1] == len(head)


def _with_place(organ: Organ, number: HeaderText | None, document: Document) -> Organ:
    """Return a body whose short name (省人民政府) is made full by the place that the document's number names."""
    short = _FIND["short_government"].match(organ.name)
    if short and number:
        place = places.by_prefix(document.folded[number.spans[0].start : number.spans[0].end])
        if place and place.name.endswith(short["form"]):
            return Organ(organ.start, organ.end, place.name + organ.name.removeprefix(short["form"]))
    return organ


def _without_issuer(
    document: Document,
    zones: Zones,
    title: HeaderText | None,
    number: HeaderText | None,
    addressees: Sequence[tuple[str, Span]],
) -> Issued:
    """Return level and place alone: of the title, the number, the addressees, of 我市 in the text."""
    if title:
        span = title.spans[0]
        found = place_in_title(document.folded[span.start : span.end])
        if found:
            place = Span(span.start + found[0], span.start + found[1])
            return Issued((), (), found[2], (place,), document.raw(place), (place,), "place-of-title")
    if number and (numbered := places.by_prefix(document.folded[number.spans[0].start : number.spans[0].end])):
        name = CENTRE if numbered.level == "central" else numbered.name
        return Issued((), (), numbered.level, number.spans, name, number.spans, "place-of-number")
    level = level_by_addressees([word for word, _ in addressees])
    if level:
        return Issued((), (), level, tuple(span for _, span in addressees), rule="level-by-addressees")
    if zones.body < len(zones.rows):
        start = zones.rows[zones.body].start
        end = zones.rows[-1].end
        match = _LINES["self_place"].search(document.folded, start, min(start + 1200, end))
        match = match or _LINES["unit_place"].search(document.folded, start, end)
        if match:
            level = level_of(match["form"] + "人民政府")
            return Issued((), (), level, (Span(*match.span()),) if level else (), rule="level-by-text")
    return Issued()
