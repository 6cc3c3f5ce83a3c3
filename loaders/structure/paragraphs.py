"""From printed lines to pieces: broken lines joined, items that run together parted, each with its numbering sign.

A piece is what a reader sees as one paragraph: a heading, an item or a run of text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.model import Span
from graph.text import trim
from loaders.numbering import RANKS, Marker, inner_candidates, marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Line
from loaders.structure.covered_places import CoveredPlaces
from loaders.structure.line_width import ENDED, WRAP, Width, empty_between, wrap_width
from loaders.structure.word_pairs import WordPairs

_PATTERNS = by_name("outline")
# Behind these a sentence or a heading is over, even where a line is full.
_FINISHED = re.compile(r"[。:;!?…|]$")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
# A line that ends so is broken off: nothing can stop there.
_HANGING = _PATTERNS["hanging"]
_LABELLED = by_name("units")["label_line"]
_ANNEX = _PATTERNS["annex_line"]
_BEFORE_SIGN = re.compile(r"[。;:!?)\]】〕》\"'\s*]")
_REFERENCE = _PATTERNS["refers"]
_LETTERS = _PATTERNS["begins_words"]
# A bracket that was opened earlier was never closed.
_BRACKETED = 80
_SIGN_ALONE = by_name("numbering")["sign_alone"]
_NUMBER_ALONE = by_name("numbering")["number_alone"]
_SENTENCE_OVER = re.compile(r"[。;)\]】〕][ \t]*$")
# A heading is no longer, and holds no sentence; it ends with a word, not with a number.
_HEADING = 40
_NO_HEADING = re.compile(r"[。;]|[\dA-Za-z.,、:]$")
_NUMBER_AND_DIGITS = _PATTERNS["number_and_digits"]
_BARE_NUMBER = re.compile(r"(\d{1,2})[ \t]{1,4}([\u4e00-\u9fff][\u4e00-\u9fff、,()\"]{1,29})")
_DECIMALS = 2
# A bracket of units runs over no more.
_DUTY_BRACKET = 300
# How many paragraphs on an item that was begun inside one may be continued.
_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph: `span` with its sign, `marker` the sign or None, `content` where its own words begin.

    `heading` is the level that markup gives it (1 to 6), `strong` whether markup makes all of it bold or centred.
    """

    span: Span
    marker: Marker | None
    content: int
    heading: int | None = None
    strong: bool = False

    @property
    def body(self) -> Span:
        """The piece without its sign."""
        return Span(self.content, self.span.end)


def pieces(document: Document, scope: Span, skip: Iterable[Span] = ()) -> list[Piece]:
    """Return the pieces of the lines inside `scope`, without lines that lie in a span of `skip` (furniture).

    Lines that a copy broke at one width must be joined before (`soft_breaks`): of those left no length tells anything.
    """
    hidden = CoveredPlaces(skip)
    lines = [line for line in _inside(document.lines_of(scope), scope) if not hidden.hold(line.span)]
    parted: list[Piece] = []
    running: dict[str, int] = {}
    groups = _joined(document, lines, None)
    signs = _signs(document.folded, groups)
    if document.media_type == "text/markdown":
        signs = _counted(signs)
    for number, group in enumerate(groups):
        parted += _parted(document, group, running, signs[number], signs[number + 1 : number + 1 + _AHEAD])
    return parted


def _signs(folded: str, groups: Sequence[Sequence[Line]]) -> list[Marker | None]:
    """Return the sign that each paragraph begins with; above 2.1 a heading may be numbered 2 without a dot."""
    signs = [marker_at(folded, group[0].span.start, group[-1].span.end) for group in groups]
    last = 0
    for at, group in enumerate(groups):
        sign = signs[at] or _joined_number(folded, group, last, signs[at + 1 : at + 1 + _AHEAD])
        signs[at] = sign
        last = sign.number if sign and sign.rank == RANKS["number"] else last
    if sum(sign is not None and sign.sign == "number" and sign.rank > RANKS["number"] for sign in signs) < _DECIMALS:
        return signs
    for at, group in enumerate(groups):
        bare = _BARE_NUMBER.fullmatch(folded, group[0].span.start, group[-1].span.end)
        if signs[at] is None and bare:
            signs[at] = Marker("number", int(bare[1]), bare.start(), bare.start(2), RANKS["number"])
    return signs


def _counted(signs: Sequence[Marker | None]) -> list[Marker | None]:
    """Return the signs of Markdown with its lists counted: a page shows 1. 1. 1. as 1. 2. 3."""
    counted: list[Marker | None] = []
    for sign in signs:
        above = counted[-1] if counted else None
        ones = sign and above and sign.sign == above.sign == "number" and sign.rank == above.rank and sign.number == 1
        counted.append(replace(sign, number=above.number + 1) if ones and sign and above else sign)
    return counted


def _joined_number(folded: str, group: Sequence[Line], last: int, ahead: Sequence[Marker | None]) -> Marker | None:
    """Return the sign of an item whose title begins with digits (11.360度…): its number goes on from `last`.

    A number that the next sign does not go on from, or that the words make a quantity (1.5万亩), is none.
    """
    joined = _NUMBER_AND_DIGITS.match(folded, group[0].span.start, group[-1].span.end)
    following = next((one for one in ahead if one and one.rank <= RANKS["number"]), None)
    goes_on = following is not None and following.rank == RANKS["number"]
    number = int(joined[1]) if joined else 0
    if not joined or number not in (1, last + 1) or (number == 1 and not goes_on):
        return None
    if following and goes_on and following.number != number + 1:
        return None
    return Marker("number", number, joined.start(), joined.end(1) + 1, RANKS["number"])


def soft_breaks(document: Document, scope: Span, skip: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Return what stands between the lines inside `scope` that are one paragraph: breaks that a reader reads over."""
    hidden = CoveredPlaces(skip)
    lines = [line for line in _inside(document.lines_of(scope), scope) if not hidden.hold(line.span)]
    return tuple(
        Span(above.span.end, below.span.start)
        for group in _joined(document, lines, wrap_width(document, lines))
        for above, below in pairwise(group)
    )


def _inside(lines: Iterable[Line], scope: Span) -> list[Line]:
    kept = []
    for line in lines:
        start, end = max(line.span.start, scope.start), min(line.span.end, scope.end)
        if start < end:
            whole = (start, end) == (line.span.start, line.span.end)
            kept.append(line if whole else Line(span=Span(start, end), strong=line.strong))
    return kept


def _joined(document: Document, lines: Sequence[Line], width: Width | None) -> list[list[Line]]:
    """Group lines that are one paragraph broken in print or by a copy, at `width` where it has one."""
    groups: list[list[Line]] = []
    stop, seen = -1, 0
    pairs = WordPairs("\n".join(document.folded[line.span.start : line.span.end] for line in lines)) if width else None
    for line in lines:
        if groups and (
            _heads(document, groups, line)
            or _continues(document, groups[-1], line, width, stop)
            or (width and pairs and _wraps_indented(document, groups[-1], line, width, pairs))
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
        stop = max(stop, document.folded.rfind("。", seen, line.span.end))
        seen = line.span.end
    return groups


def _heads(document: Document, groups: Sequence[Sequence[Line]], line: Line) -> bool:
    """Tell whether the line above is a sign alone, (一) or 15., and `line` its heading, whatever its face."""
    folded, last = document.folded, groups[-1][-1]
    if len(groups[-1]) > 1 or line.heading or line.listed or last.heading:
        return False
    alone = _SIGN_ALONE.fullmatch(folded, last.span.start, last.span.end)
    if not alone and _NUMBER_ALONE.fullmatch(folded, last.span.start, last.span.end):
        above = groups[-2][-1].span if len(groups) > 1 else None
        alone = _SENTENCE_OVER.search(folded, max(above.start, above.end - 3), above.end) if above else None
    return bool(alone) and marker_at(folded, line.span.start, line.span.end) is None


def _continues(document: Document, before: list[Line], line: Line, width: Width | None, stop: int) -> bool:
    """Tell whether a line goes on with the paragraph of the lines `before`; `stop` is where the last 。 above it stands."""
    last, folded = before[-1], document.folded
    if line.goes_on is not None:
        return line.goes_on
    if line.heading or line.listed or line.strong != last.strong or last.heading:
        return False
    if marker_at(folded, line.span.start, line.span.end):
        return False
    if _in_duty_bracket(folded, before[0].span.start, last.span.end):
        return True
    if _LABELLED.match(folded, line.span.start, line.span.end):
        return False
    if _ANNEX.fullmatch(folded, line.span.start, line.span.end):
        return False
    above = folded[last.span.start : last.span.end]
    if folded[line.span.start] in ",。、;)〕》":
        return True
    # A number alone is the first cell of a row.
    if _NUMBER.fullmatch(folded, line.span.start, line.span.end):
        return False
    if width and width.tight and empty_between(document, last, line):
        return False
    if width and width.filled_by(last):
        if not _FINISHED.search(above):
            return True
        # A sentence that ends with a line: headings bear no 。, and paragraphs begin with blanks where any do.
        if not width.more_or_less and not line.indent and "。" in folded[line.span.start : line.span.end]:
            return True
    if ENDED.search(above):
        return False
    start = before[0].span.start
    if _open_bracket(folded[max(start, last.span.end - _BRACKETED) : last.span.end]):
        return True
    if _HANGING.search(above) and len(above) > 6:
        return True
    # A heading stands on a line of its own; a line that already ran past one 。 broke in mid-sentence. Of items that
    # run together on a line only the last one counts: it may be a heading.
    item = last_item(folded, last.span.start, last.span.end)
    return stop >= (start if item is None else item) and last.span.end - (item or last.span.start) >= WRAP


def _wraps_indented(document: Document, before: list[Line], line: Line, width: Width, pairs: WordPairs) -> bool:
    """Tell whether the first line of a paragraph wraps that lacks no more than its indent: an article, or in mid-word."""
    last, folded = before[0], document.folded
    if len(before) > 1 or last.indent or line.heading or line.listed or last.heading or line.strong != last.strong:
        return False
    if not width.filled_but_for_indent(last) or (width.tight and empty_between(document, last, line)):
        return False
    above, below = last.span, line.span
    if _FINISHED.search(folded, above.start, above.end) or _starts_anew(folded, below):
        return False
    sign = marker_at(folded, above.start, above.end)
    is_article = sign is not None and sign.sign == "article"
    return is_article or pairs.cut(folded[above.end - 1], folded[below.start]) is True


def _starts_anew(folded: str, line: Span) -> bool:
    """Tell whether a line opens with a sign, a label of units or the word of an annex, or is a number."""
    patterns = (_ANNEX.fullmatch, _NUMBER.fullmatch, _LABELLED.match)
    return marker_at(folded, line.start, line.end) is not None or any(
        found(folded, line.start, line.end) for found in patterns
    )


def _in_duty_bracket(folded: str, start: int, end: int) -> bool:
    """Tell whether a bracket that a label of units begins is open at `end`: (责任单位: with the names on the next line."""
    start = max(start, end - _DUTY_BRACKET)
    opened = max(folded.rfind(sign, start, end) for sign in "([〔【")
    if opened < 0 or any(folded.rfind(sign, opened, end) > 0 for sign in ")]〕】。"):
        return False
    return _LABELLED.match(folded, opened, end) is not None


def last_item(folded: str, start: int, end: int) -> int | None:
    """Return where the last item begins that stands inside a line behind a finished sentence; None where none does."""
    items = [
        marker.start
        for marker in inner_candidates(folded, start + 1, end)
        if folded[marker.start - 1] in "。;)]〕】" and _LETTERS.match(folded, marker.end, end)
    ]
    return items[-1] if items else None


def _open_bracket(text: str) -> bool:
    """Tell whether a bracket or 《 that `text` opens is still open at its end."""
    return any(text.rfind(left) > text.rfind(right) for left, right in ("()", "《》", "〔〕", "[]"))


def _parted(
    document: Document,
    group: Sequence[Line],
    running: dict[str, int],
    first: Marker | None,
    ahead: Sequence[Marker | None],
) -> list[Piece]:
    """Return the pieces of one paragraph: cut where a sign inside continues a numbering or begins one.

    `running` holds the last number of each sign so far, and is moved on; `first` is the sign that it begins with,
    `ahead` those of the paragraphs that follow.
    """
    folded = document.folded
    start, end = group[0].span.start, group[-1].span.end
    if first:
        running[first.sign] = first.number
    kept = _without_lonely(folded, _cuts(folded, first, start, end, running), first, ahead)
    edges = [start, *(marker.start for marker in kept), end]
    parts = []
    for sign, left, right in zip([first, *kept], edges, edges[1:], strict=False):
        left, right = trim(document.text, left, right)
        if left < right:
            # 3. **修渡口**。: the marks of emphasis belong neither to the sign nor to the heading.
            # A sign takes the blanks behind it; where it is all of the piece, they are cut off with its end.
            content = trim(document.text, min(sign.end, right), right, "*")[0] if sign else left
            heading, strong = (group[0].heading, group[0].strong) if left == start else (None, False)
            parts.append(Piece(Span(left, right), sign, content, heading, strong))
    return parts


def _cuts(folded: str, first: Marker | None, start: int, end: int, running: dict[str, int]) -> list[Marker]:
    cuts: list[Marker] = []
    above = first
    for marker in inner_candidates(folded, first.end if first else start, end):
        # A sign that overlaps the one before is part of it.
        if marker.start < max(above.end if above else start, start + 1):
            continue
        if _begins(folded, marker, above, running, end):
            cuts.append(marker)
            running[marker.sign] = marker.number
            above = marker
    return cuts


def _begins(folded: str, marker: Marker, above: Marker | None, running: dict[str, int], end: int) -> bool:
    """Tell whether a sign inside a paragraph begins an item: it continues or begins a numbering, at a place for one.

    `above` is the sign of the item before, None where there is none.
    """
    if marker.number not in (1, running.get(marker.sign, 0) + 1) or not _LETTERS.match(folded, marker.end, end):
        return False
    before = folded[marker.start - 1]
    clean = bool(_BEFORE_SIGN.match(before))
    if marker.sign == "cn":
        return clean and before not in "\"'*"
    headed = above is not None and _behind_heading(folded, above, marker)
    if marker.sign == "number":
        # (一)1. and (见附件)1. are no items; behind the bracket that closes one item the next number is the next item.
        return headed or (clean and before not in "\"'*" and (before != ")" or marker.number > 1))
    if marker.sign in ("cn_bracket", "number_bracket"):
        if _REFERENCE.match(folded, marker.end, end):
            return False
        return headed or (clean and before not in "\"'")
    return clean or (headed and marker.sign == "article")


def _behind_heading(folded: str, above: Marker, marker: Marker) -> bool:
    """Tell whether a sign stands right behind a heading: where all breaks are lost, 一、总体要求(一)指导思想."""
    between = folded[above.end : marker.start]
    return above.rank < marker.rank and 2 <= len(between) <= _HEADING and not _NO_HEADING.search(between)


def _without_lonely(
    folded: str, cuts: list[Marker], first: Marker | None, ahead: Sequence[Marker | None]
) -> list[Marker]:
    """Drop a low numbering that is begun inside this paragraph and continued neither there nor, behind 。, below."""
    counts: dict[str, int] = {}
    for marker in cuts:
        counts[marker.sign] = counts.get(marker.sign, 0) + 1
    lonely = {"number", "number_bracket", "ring", "ordinal"}
    return [
        m
        for m in cuts
        if m.sign not in lonely
        or counts[m.sign] > 1
        or m.number > 1
        or (first and first.sign == m.sign)
        or (folded[m.start - 1] in "。;)]〕】" and _continued(m, ahead))
    ]


def _continued(marker: Marker, ahead: Sequence[Marker | None]) -> bool:
    """Tell whether the next paragraph with a sign of this rank or above bears the next number."""
    following = next((one for one in ahead if one and one.rank <= marker.rank), None)
    return following is not None and following.sign == marker.sign and following.number == marker.number + 1
