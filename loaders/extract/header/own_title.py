"""The title above a text and the document's own number, from the rows at the top and the page's data."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Span
from graph.text import bare, fold, trim
from loaders.extract.header.doc_numbers import find_numbers, whole_number
from loaders.extract.header.genres import genre_of, issues_another
from loaders.extract.header.head_rows import PINYIN, HeadRow
from loaders.extract.header.header_zones import Zones, is_heading
from loaders.extract.header.signatures import is_annex, is_closing, is_date
from loaders.patterns.pattern_files import by_name, load_words
from loaders.read.document import Document, Meta

_FIND = by_name("header")
_TITLE_FORMS = by_name("genres")
_LABELS = load_words("page_data")
_NO_VALUE = by_name("page_data")["no_value"]
_BRACKET_ROW = re.compile(r"^\([^()]{2,20}\)$")
# A line break between two characters of a word is none of the title's.
_BROKEN = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])")
# 的通 / 知: the last word of a title broken over two rows.
_BROKEN_NOTICE = ("的通", "的公", "的决")
# How the sentence of a notice begins.
_OF_NOTICE = ("现将", "现把", "现就", "现予")
# A number below the signature stands right there, behind a note at most.
BELOW_ROWS = 3
# Links below a text stand so near its end.
_LINKS = 1500
# A title of more characters was never seen; a longer run of rows is no title.
LONGEST = 160
# The title of a notice above that of its plan stands among so many rows, and is no longer.
_ROWS_OVER, _ROWS_OF_NOTICE = 12, 4
# Titles are compared by letters and digits, without 的.
_IDLE = re.compile(r"[\W_的]+")


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A text as printed and its places; `rule` says where it was found."""

    text: str
    spans: tuple[Span, ...]
    rule: str


def joined(document: Document, spans: Iterable[Span]) -> str:
    """Return the words at the spans as one line, without line breaks and with single blanks."""
    parts = [
        re.sub(r"[\s\u200b\ufeff]+", " ", _BROKEN.sub("", PINYIN.sub("", document.raw(span)))).strip(" *")
        for span in spans
    ]
    out = ""
    for part in parts:
        # Between two words in Latin letters a blank is part of the title, between characters it is a line break.
        glue = (
            " " if out and out[-1].isascii() and out[-1].isalnum() and part[:1].isascii() and part[:1].isalnum() else ""
        )
        out += glue + part
    return out


def data_of(document: Document, scope: Span) -> tuple[Meta, ...]:
    """Return the page's data about the document in `scope`; none for one of several articles of a page."""
    last = document.lines[-1].span.start if document.lines else 0
    whole = scope.start <= min((meta.span.start for meta in document.meta), default=0) and last < scope.end
    return document.meta if whole else ()


def top_title(document: Document, scope: Span, zones: Zones) -> HeaderText | None:
    """Return the title that stands above the text, over one or more rows; the one nearest to the text."""
    rows = zones.rows
    inside = [n for n in zones.top if _may_be_title(document, rows[n])]
    for numbers in (
        inside,
        [n for n, row in enumerate(rows[: zones.top.start]) if _may_be_title(document, row)],
    ):
        groups = _groups(rows, numbers)
        titled = [
            group
            for group in groups
            if (genre_of(_tight(rows, group)) or _issues(_tight(rows, group)))
            and not _tight(rows, group).endswith((",", "、", ";"))
        ]
        while len(titled) > 1 and _named_again(_tight(rows, titled[-1]), _tight(rows, titled[-2])):
            titled.pop()
        if titled:
            return _found(document, rows, titled[-1], "title-above-text")
    by_data = _title_in_data(document, scope)
    if by_data:
        return by_data
    marked = [n for n in (*inside, *range(zones.top.start)) if rows[n].heading or rows[n].strong]
    chosen = next(
        (n for n in marked if len(rows[n].tight) >= 6),
        next((n for n in inside if 6 <= len(rows[n].tight) <= 60), None),
    )
    return None if chosen is None else _found(document, rows, (chosen,), "title-by-place")


def _named_again(tight: str, above: str) -> bool:
    """Tell whether a row only names in 《》 what the title above it is: the notice's sentence, broken over rows."""
    return tight.startswith("《") and tight.endswith("》") and bare(tight) in bare(above)


def plan_title(document: Document, zones: Zones) -> HeaderText | None:
    """Return the title of the plan that the notice issues: as printed above the plan, else as the notice names it."""
    if zones.plan and len(zones.issued) <= 1:
        rows = list(zones.plan)
        after = rows[-1] + 1
        if (
            after < len(zones.rows)
            and after < zones.body
            and _BRACKET_ROW.match(zones.rows[after].tight)
            and not re.search(r"\d{4}", zones.rows[rows[-1]].tight)
        ):
            rows.append(after)
        return _found(document, zones.rows, tuple(rows), "title-of-plan")
    if len(zones.issued) == 1:
        span = Span(*trim(document.text, *zones.issued[0]))
        return HeaderText(joined(document, (span,)), (span,), "title-in-notice")
    return None


def own_number(document: Document, scope: Span, zones: Zones) -> HeaderText | None:
    """Return the document's own number: alone in a row at the top, behind the title, in an order's head, in the data.

    Else the one below the signature; a number in the text is that of what it cites.
    """
    rows, folded = zones.rows, document.folded
    stop = zones.addressee if zones.addressee is not None else zones.top.stop
    near = [rows[n] for n in range(zones.top.start, min(stop + 1, len(rows)))]
    for row in [*near, *rows[: zones.top.start]]:
        if (number := whole_number(folded, row.start, row.end)) and not is_heading(row):
            return _number(document, number.start, number.end, "number-in-row")
    for row in near:
        if (behind := _behind_title(folded, row)) is not None:
            return _number(document, *behind, "number-behind-title")
    return (
        _number_in_data(document, scope)
        or _order(document, rows, zones)
        or _number_below(document, zones)
        or _number_in_file_name(document, scope)
    )


def _number_in_file_name(document: Document, scope: Span) -> HeaderText | None:
    """Return the number in the name of a file linked below the text, whose title is the document's: 澜政发〔2022〕3号关于….pdf."""
    folded = document.folded
    below = max(scope.start, scope.end - _LINKS)
    for number in find_numbers(folded, below, scope.end):
        named = _FIND["file_name"].match(folded, number.end, scope.end)
        if named and folded.find(named["words"], scope.start, number.start) >= 0:
            return _number(document, number.start, number.end, "number-in-file-name")
    return None


def _number_below(document: Document, zones: Zones) -> HeaderText | None:
    """Return a number that fills a row right below the signature: of its year, and of its place or body by its first words.

    The number of the next document of a compilation, copied with this one, has the words of another.
    """
    signed = zones.signature
    if signed is None or signed.day is None:
        return None
    for row in zones.rows[signed.last + 1 : signed.last + 1 + BELOW_ROWS]:
        number = whole_number(document.folded, row.start, row.end)
        if number is None:
            continue
        signers = "".join(organ.name for organ in signed.organs)
        of_year = str(signed.day[2].year) in document.folded[number.start : number.end]
        if of_year and number.agency[:1] in signers:
            return _number(document, number.start, number.end, "number-below-signature")
        return None
    return None


def _number(document: Document, start: int, end: int, rule: str) -> HeaderText:
    span = Span(start, end)
    return HeaderText(re.sub(r"[\s\u200b\ufeff]+", "", PINYIN.sub("", document.raw(span))), (span,), rule)


def _behind_title(folded: str, row: HeadRow) -> tuple[int, int] | None:
    """Return the number in brackets at the end of a title row: …重点工作任务(云政发〔2021〕2号)."""
    for number in find_numbers(folded, row.start, row.end):
        alone = folded[number.start - 1] in "(〔[" and re.fullmatch(r"[)〕\]\s]*", folded[number.end : row.end])
        if alone and folded.rfind("《", row.start, number.start) <= folded.rfind("》", row.start, number.start):
            return number.start, number.end
    return None


def _number_in_data(document: Document, scope: Span) -> HeaderText | None:
    for label in _LABELS["NUMBER"]:
        for meta in data_of(document, scope):
            if meta.label == label and not _NO_VALUE.match(document.plain(meta.span)):
                start, end = meta.span.start, meta.span.end
                number = whole_number(document.folded, start, end)
                number = number or next(find_numbers(document.folded, start, end), None)
                if number:
                    return _number(document, number.start, number.end, "number-in-data")
    return None


def _order(document: Document, rows: Sequence[HeadRow], zones: Zones) -> HeaderText | None:
    """Return the number of an order whose head and number stand in two rows: …国务院令 / 第706号."""
    for number in range(zones.top.start, min(zones.body, len(rows) - 1)):
        head = _FIND["order_head_line"].match(rows[number].tight)
        if head and _FIND["order_number_line"].match(rows[number + 1].tight):
            spans = (rows[number].span, rows[number + 1].span)
            return HeaderText(re.sub(r"[ ()（）]", "", joined(document, spans)), spans, "number-of-order")
    return None


def title_by_purpose(document: Document, start: int, end: int) -> HeaderText | None:
    """Return what the purpose sentence of a text without a title is about: 现就…有关事项通知如下."""
    match = _FIND["about"].search(document.folded, start, min(end, start + 1500))
    if not match:
        return None
    span = Span(*match.span("about"))
    return HeaderText(joined(document, (span,)), (span,), "title-by-purpose")


def _title_in_data(document: Document, scope: Span) -> HeaderText | None:
    for label in _LABELS["TITLE"]:
        for meta in data_of(document, scope):
            if meta.label == label and not _NO_VALUE.match(document.plain(meta.span)):
                return HeaderText(joined(document, (meta.span,)), (meta.span,), "title-in-data")
    return None


def _may_be_title(document: Document, row: HeadRow) -> bool:
    tight = row.tight
    if not tight or len(tight) > LONGEST or is_date(row) or is_closing(row) or is_annex(row):
        return False
    if (
        _FIND["wire_line"].match(tight)
        or _FIND["order_head_line"].match(tight)
        or _FIND["order_number_line"].match(tight)
    ):
        return False
    if _FIND["date_note_line"].match(tight) or tight.startswith("--") or "。" in tight or tight.endswith(":"):
        return False
    if tight[0] in ",、。;" or tight.startswith(_OF_NOTICE) or _FIND["purpose_start"].match(tight):
        return False
    if tight.startswith("各") and ("," in tight or "、" in tight):
        # Addressees over several rows.
        return False
    return whole_number(document.folded, row.start, row.end) is None


def _groups(rows: Sequence[HeadRow], numbers: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the runs of rows that make a title each: a run ends where its words end as a title does."""
    groups: list[tuple[int, ...]] = []
    open_: list[int] = []
    for number in numbers:
        if open_ and (number != open_[-1] + 1 or len(_tight(rows, open_)) > LONGEST):
            open_ = []
        if not open_ and groups and groups[-1][-1] == number - 1 and _belongs(rows, groups[-1], number):
            groups[-1] = (*groups[-1], number)
            continue
        open_.append(number)
        if _complete(_tight(rows, open_)):
            groups.append(tuple(open_))
            open_ = []
    if open_ and not groups:
        groups.append(tuple(open_))
    return groups


def _belongs(rows: Sequence[HeadRow], group: tuple[int, ...], number: int) -> bool:
    """Tell whether a row goes on with a title that seemed complete: (2018—2022年), 实施方案."""
    tight, above = rows[number].tight, _tight(rows, group)
    if tight.startswith(("及《", "和《", "与《", "、《", "》", "的")) or above.endswith(_BROKEN_NOTICE):
        return True
    if _TITLE_FORMS["goes_on"].search(above) and _TITLE_FORMS["rest_of_title"].match(tight):
        # The word on which the row above ends is of the genres only by chance: 关于完善…制度 / 降低成本的通知.
        return not rows[number].heading
    if _BRACKET_ROW.match(tight):
        return not above.endswith(")")
    return (
        bool(_TITLE_FORMS["genre_alone"].match(tight))
        and len(tight) <= 20
        and not rows[number].heading
        and bare(tight) not in bare(above)
    )


def _complete(tight: str) -> bool:
    if _TITLE_FORMS["issuing"].search(tight):
        return _issues(tight)
    return genre_of(tight) is not None


def _issues(tight: str) -> bool:
    undated = _TITLE_FORMS["day_at_end"].sub("", tight)
    return _TITLE_FORMS["issuing"].search(tight) is not None and _TITLE_FORMS["issuing_end"].search(undated) is not None


def _tight(rows: Sequence[HeadRow], numbers: Iterable[int]) -> str:
    return "".join(rows[number].tight for number in numbers)


def _found(document: Document, rows: Sequence[HeadRow], numbers: Sequence[int], rule: str) -> HeaderText:
    folded = document.folded
    spans = [rows[number].span for number in numbers]
    if bracket := day_bracket(folded, spans):
        spans = [Span(span.start, min(span.end, bracket.start)) for span in spans if span.start < bracket.start]
    last = spans[-1]
    end = last.end
    if number_place := _behind_title(folded, rows[numbers[len(spans) - 1]]):
        end = min(end, number_place[0] - 1)
    spans[-1] = Span(*trim(document.text, last.start, end, "*"))
    return HeaderText(joined(document, spans), tuple(spans), rule)


def notice_over(document: Document, zones: Zones, title: HeaderText) -> HeaderText | None:
    """Return the title of the notice that issues a plan (关于印发…的通知) above that of the plan, or around it."""
    own = _core(title.text)
    above = [row for row in zones.rows[:_ROWS_OVER] if row.start <= title.spans[0].start]
    for first in range(len(above)):
        for last in range(first + 1, min(first + _ROWS_OF_NOTICE, len(above)) + 1):
            rows = above[first:last]
            words = "".join(row.tight for row in rows)
            if words.endswith("通知") and issues_another(words) and own and own in _core(words):
                spans = tuple(row.span for row in rows)
                return HeaderText(joined(document, spans), spans, "notice-over-title")
    return None


def _core(title: str) -> str:
    return _IDLE.sub("", fold(title))


def day_bracket(folded: str, spans: Sequence[Span]) -> Span | None:
    """Return the place of the day in brackets on which a title over one or more rows ends, or None: it is no part of it."""
    words = " ".join(folded[span.start : span.end] for span in spans)
    found = _TITLE_FORMS["day_at_end"].search(words)
    if not found or not words[: found.start()].strip():
        return None
    at = found.start() + len(found.group()) - len(found.group().lstrip())
    for span in spans:
        length = span.end - span.start
        if at < length:
            return Span(span.start + at, spans[-1].end)
        at -= length + 1
    return None
