"""Lines torn anywhere, as text out of a PDF is: behind a comma, before 《, inside names and numbers.

A printed line comes out in fragments whose widths add up to the width of the page. Which breaks are ends of paragraphs
is the choice that costs least over the whole text: a paragraph ends where a sentence does and its last line is not
full; a line of a paragraph that goes on is full; inside a line a fragment ends at a sign or where the font changes.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf

from graph.model import Span
from loaders.numbering import marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Line
from loaders.structure.line_width import empty_between
from loaders.structure.paragraphs import last_item
from loaders.structure.word_pairs import WordPairs

_PATTERNS = by_name("outline")
_SIGN_ALONE = _PATTERNS["sign_alone"]
_REFERENCE = _PATTERNS["refers"]
_OPENS = _PATTERNS["opens_text"]
_ANNEX = _PATTERNS["annex_line"]
_ALONE = _PATTERNS["stands_alone"]
_LABELLED = by_name("units")["label_line"]
_CARRIED = by_name("units")["carried_end"]
_NUMBER = re.compile(r"[\d.]{1,6}[.、]?")
_ROW_NUMBER = re.compile(r"[0-9]{1,3}")
_CALENDAR = re.compile(r"\s{0,2}[年月日个项家%]")
_CELLS = re.compile(r"[|\t]")
_SENTENCE = re.compile(r"[,。;]")
_IN_TEXT = re.compile(r"[,、。;:]")
_STOP = re.compile(r"[。;]")
# A text is torn where so many of its lines are, and so large a share.
_TORN, _TORN_SHARE = 4, 0.08
# So large a share where breaks in mid-word are counted too.
_CUT_SHARE = 0.14
_GOES_ON = ",、([〔《"
_NEVER_FIRST = ",。、;:)]〕》%!?"
_ENDED = "。!?"
# What a cell that goes on ends with; and so many lines make a row at most.
_IN_CELL = ",、;:。"
_ROW = 14
_SIGNS = ',、。;:)》"!?〕'
_OPENING = '(《"〔'
_BRACKETS = (("(", ")"), ("《", "》"), ("〔", "〕"), ("[", "]"), ("【", "】"))
# How far back a bracket may have been opened.
_FAR_BACK = 120
# Paragraphs are indented by so much, and a copy keeps none of it.
_INDENT = 2
# A line is full that lacks no more than this; by its signs it may run out a little over the edge.
_SLACK = 1.5
_OVER = 2.5
# Fewer full lines, or narrower ones, tell no width.
_FULL_LINES = 3
_NARROWEST = 16
_HEADING = 34
# A break that cuts a word is no end, and one that cuts none more likely is one.
_CUT, _UNCUT = 4.0, 0.4
# A heading has no fewer characters behind its number.
_SHORTEST_HEADING = 4
# So many lines of a text that numbers its paragraphs begin with a number.
_NUMBERED_SHARE = 0.06
# More than all other costs of a break together.
_NEVER = 50.0

# A way that costs so much more than the best one so far is not followed further.
_TOO_DEAR = 8.0
# So far back the words of a printed line are looked at: a page has no longer one.
_BACK = 300


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read the text up to a line: the printed line of the page that it ends, and the way up to the line before.

    `first` is the line of the copy that the printed line begins with, `width` the width so far, `opens` whether it is
    the first of its paragraph; `joined` tells whether the line goes on the paragraph of the line before.
    """

    cost: float
    first: int
    width: float
    opens: bool
    joined: bool
    before: "_Way | None"


def torn_breaks(document: Document, skip: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Return what stands between the lines that are one paragraph of a torn text; nothing where the text is not torn.

    The lines of `skip` (furniture) are none of the text.
    """
    hidden = set(skip)
    lines = [line for line in document.lines if line.span not in hidden]
    torn = _TornText(document, lines)
    if not torn.is_torn():
        return ()
    return tuple(
        Span(above.span.end, below.span.start)
        for (above, below), joined in zip(pairwise(lines), torn.joined(), strict=True)
        if joined
    )


class _TornText:
    """The lines of a text, their widths and the width of the page that they were printed on (None where none shows)."""

    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self.document, self.lines, self.folded = document, lines, document.folded
        self.widths = [_width(document.text[line.span.start : line.span.end]) for line in lines]
        self.page = _page_width(self.widths)
        # Whether a line begins an item, as far as it was asked.
        self.items: dict[int, bool] = {}
        self.empty = [empty_between(document, above, below) for above, below in pairwise(lines)]
        self.cells = self._cells_of_rows()
        # Where no empty line stands behind a comma, an empty line parts paragraphs.
        commas = [empty for at, empty in enumerate(self.empty) if self._last(at) in ",、"]
        self.parted = sum(commas) * 4 < len(commas)
        # Where one stands behind most sentences, what is not parted by one goes on.
        ended = [empty for at, empty in enumerate(self.empty) if self._last(at) in _ENDED]
        self.spaced = self.parted and sum(ended) * 3 > len(ended)

    def is_torn(self) -> bool:
        """Tell whether many lines break off in mid-sentence or in mid-word, and not because they are full; no page with places does."""
        if any(line.goes_on is not None for line in self.lines):
            return False
        signs = self._broken(
            lambda at: self._last(at) in ",、" or self.folded[self.lines[at + 1].span.start] in ",。、;)》"
        )
        if signs >= max(_TORN, _TORN_SHARE * len(self.lines)):
            return True
        # Without a width of the page every line of a text broken at one is short.
        if not signs or self.page is None:
            return False
        return signs + self._broken(lambda at: self._cuts_word(at) is True) >= max(_TORN, _CUT_SHARE * len(self.lines))

    def _broken(self, breaks: Callable[[int], bool]) -> int:
        """Return how many lines break off so though they are not full."""
        full = inf if self.page is None else self.page - 2 * _SLACK
        return sum(self.widths[at] < full and breaks(at) for at in range(len(self.lines) - 1))

    def joined(self) -> list[bool]:
        """Tell for each line but the first whether it goes on the paragraph of the line above it."""
        ways = [_Way(0.0, 0, self.widths[0], True, False, None)]
        for at in range(len(self.lines) - 1):
            meant, tearing = self._by_the_lines(at), self._tearing(at)
            item = None if meant else self._last_item(at, min(way.first for way in ways))
            made = [
                way
                for before in ways
                for way in self._onward(at, before, meant or self._by_the_way(at, before, item), tearing)
            ]
            least: dict[tuple[int, bool, bool], _Way] = {}
            for way in sorted(made, key=lambda way: way.cost):
                least.setdefault(self._state(at + 1, way), way)
            best = min(way.cost for way in made)
            ways = [way for way in least.values() if way.cost <= best + _TOO_DEAR]
        last: _Way | None = min(ways, key=lambda way: way.cost)
        said = []
        while last:
            said.append(last.joined)
            last = last.before
        return said[-2::-1]

    def _state(self, at: int, way: _Way) -> tuple[int, bool, bool]:
        """Return what the ways on from the line `at` depend on: of those alike in it only the cheapest is followed.

        A printed line without a width has no end; of one that is longer than any words that are looked at, it is the same
        where it began.
        """
        if self.page is None and self.lines[at].span.end - self.lines[way.first].span.start > _BACK:
            return -1, way.opens, way.opens and self._begins_item(way.first)
        return way.first, way.opens, False

    def _last_item(self, at: int, first: int) -> int | None:
        """Return where the last item inside the lines `first` to `at` begins."""
        end = self.lines[at].span.end
        return last_item(self.folded, max(self.lines[first].span.start, end - _BACK), end)

    def _onward(self, at: int, before: _Way, costs: tuple[float, float], tearing: float) -> Iterator[_Way]:
        """Yield the ways on from the line `at` to the next: a new paragraph, a new printed line, the same printed line."""
        width = self.widths[at + 1]
        end, join = costs
        if end < _NEVER:
            yield _Way(before.cost + end + self._ending(before), at + 1, width, True, False, before)
        if join < _NEVER:
            yield _Way(before.cost + join + self._wrapping(before), at + 1, width, False, True, before)
            if self.page is None or before.width + width <= self.page + _OVER:
                cost = before.cost + join + tearing
                yield _Way(cost, before.first, before.width + width, before.opens, True, before)

    def _by_the_lines(self, at: int) -> tuple[float, float] | None:
        """Return what it costs that a paragraph ends behind the line `at`, and that it goes on, where two lines tell it.

        None where it is for the words of the printed line to say (`_by_the_way`).
        """
        above, below, folded = self.lines[at], self.lines[at + 1], self.folded
        last, first = self._last(at), folded[below.span.start]
        if above.heading or below.heading or below.listed or above.strong != below.strong or self._cells(at):
            return 0.0, _NEVER
        if self.parted and self.empty[at]:
            return 0.0, _NEVER
        if _ANNEX.fullmatch(folded, below.span.start, below.span.end):
            return 0.0, _NEVER
        if self._begins_item(at + 1):
            open_still = last in _GOES_ON or self._open(above.span.end)
            return (2.0, 1.0) if open_still else (0.0, 3.0)
        if self._stands_apart(at) and last not in _GOES_ON and not self._open(above.span.end):
            return 0.0, 3.0
        if _SIGN_ALONE.fullmatch(folded, above.span.start, above.span.end):
            return _NEVER, 0.0
        if first in _NEVER_FIRST or last in _GOES_ON or self._open(above.span.end):
            return _NEVER, 0.0
        if last.isdigit() and _CALENDAR.match(folded, below.span.start, below.span.end):
            return _NEVER, 0.0
        return None

    def _by_the_way(self, at: int, way: _Way, item: int | None) -> tuple[float, float]:
        """Return the same as `_by_the_lines`, told by the words that were read into the printed line so far.

        `item` is where the last item begins that stands above the break, inside this printed line or another.
        """
        above, below, folded = self.lines[at], self.lines[at + 1], self.folded
        last, first = self._last(at), folded[below.span.start]
        # Of items that run together on a line the last one may be a heading.
        start = max(self.lines[way.first].span.start, above.span.end - _BACK)
        item = None if item is None or item <= start else item
        text = folded[start if item is None else item : above.span.end]
        numbered = item is not None or (way.opens and self._begins_item(way.first))
        # A heading with a number may hold a comma.
        in_sentence = not (way.opens or item) or bool((_STOP if numbered else _SENTENCE).search(text))
        # A number alone is a cell, or the number of a page.
        if not in_sentence and any(self._number(one) for one in (at, at + 1)):
            return 0.0, _NEVER
        if at in self.cells and last not in _IN_CELL and self._lacks(way) > _SLACK:
            return (_CUT, 0.0) if self._cuts_word(at) else (0.0, 2.0)
        # (责任单位: … and (2分) belong to the sentence before them.
        if first in "([【〔" and last in _SIGNS:
            return (4.0 if last == "》" else 1.5), 0.0
        if self.spaced:
            return 2.0, 0.0
        if last in _ENDED:
            in_item = self._numbers_paragraphs and at not in self.cells and not self._is_title(at + 1)
            return (0.8 if in_item else 0.3), 0.0
        whole = last == ")" and not _SENTENCE.search(text)
        # A title may be printed over two lines.
        in_title = way.first > 0 and self._is_bare(way.first - 1) and not _IN_TEXT.search(text) and text.count('"') != 1
        below_title = last == ":" or whole or not (last in _SIGNS or (in_sentence and not in_title))
        if below_title and _OPENS.match(folded, below.span.start, below.span.end):
            return 0.0, 3.0
        if last == ":":
            return 0.0, 0.6
        if last == ";":
            return (0.2, 0.4) if numbered else (0.6, 0.2)
        if last == ")" and _CARRIED.search(text):
            return 0.0, 1.0
        if last in _SIGNS:
            return (1.5 if in_sentence and last in '》"' else 0.8), 0.3
        if in_sentence or len(text) > _HEADING:
            return 6.0, 0.2
        return self._behind_heading(at, start if item is None else item, numbered)

    def _behind_heading(self, at: int, start: int, numbered: bool) -> tuple[float, float]:
        """Return the same where the words from `start` up to the break may be a heading above its text."""
        cut, end = self._cuts_word(at), self.lines[at].span.end
        ends, goes_on = (0.2, 0.4) if numbered else (0.6, 0.2)
        if cut is not None:
            ends, goes_on = (ends + _CUT, goes_on) if cut else (ends, goes_on + _UNCUT)
        if not numbered:
            return ends, goes_on
        first, sign = self.folded[self.lines[at + 1].span.start], marker_at(self.folded, start, end)
        if first in "([【〔" or (sign and end - sign.end < _SHORTEST_HEADING):
            return ends + 2.0, goes_on
        return ends + (1.0 if first == '"' else 0.0), goes_on

    def _ending(self, way: _Way) -> float:
        """What it costs that the last printed line of a paragraph is just full."""
        return 1.0 if self.page and self._lacks(way) <= _SLACK else 0.0

    def _wrapping(self, way: _Way) -> float:
        """What it costs that a printed line ends inside a paragraph: nothing where it is full."""
        if self.page is None:
            return 0.4
        lacks = self._lacks(way)
        return 0.0 if lacks <= _SLACK else min(4.0, 0.5 + lacks / 2)

    def _lacks(self, way: _Way) -> float:
        """How much a printed line lacks of the width of the page, its indent counted where it may have one."""
        lacks = (self.page or 0) - way.width
        return min(abs(lacks), abs(lacks - _INDENT)) if way.opens else abs(lacks)

    def _tearing(self, at: int) -> float:
        """What it costs that a printed line is torn behind the line `at`: least at a sign, less where the font changes."""
        last, first = self._last(at), self.folded[self.lines[at + 1].span.start]
        if last in _SIGNS or first in _OPENING or first in _NEVER_FIRST:
            return 0.3
        return 0.6 if last.isascii() or first.isascii() else 1.5

    @cached_property
    def _numbers_paragraphs(self) -> bool:
        # Without a width of the page a line may be a whole paragraph.
        items = sum(map(self._begins_item, range(len(self.lines)))) if self.page else 0
        return items > _NUMBERED_SHARE * len(self.lines)

    @cached_property
    def _pairs(self) -> WordPairs:
        # Names of bodies that run together in a signature are no words.
        text = (line.span for at, line in enumerate(self.lines) if not self._is_bare(at))
        return WordPairs("\n".join(self.folded[span.start : span.end] for span in text))

    def _cuts_word(self, at: int) -> bool | None:
        """Tell whether the text has the characters on either side of the break behind a line side by side elsewhere."""
        return self._pairs.cut(self._last(at), self.folded[self.lines[at + 1].span.start])

    def _last(self, at: int) -> str:
        return self.folded[self.lines[at].span.end - 1]

    def _cells_of_rows(self) -> frozenset[int]:
        """Return which lines are cells: those behind a number alone that the next number follows not far below."""
        numbers = [(at, int(self.folded[line.span.start : line.span.end])) for at, line in self._numbered()]
        cells: set[int] = set()
        for (at, number), (below, following) in pairwise(numbers):
            if following == number + 1 and below - at <= _ROW:
                cells.update(range(at, min(2 * below - at, len(self.lines))))
        return frozenset(cells)

    def _numbered(self) -> Iterator[tuple[int, Line]]:
        for at, line in enumerate(self.lines):
            if _ROW_NUMBER.fullmatch(self.folded, line.span.start, line.span.end):
                yield at, line

    def _cells(self, at: int) -> bool:
        return any(
            _CELLS.search(self.folded, line.span.start, line.span.end) is not None
            for line in (self.lines[at], self.lines[at + 1])
        )

    def _begins_item(self, at: int) -> bool:
        if (known := self.items.get(at)) is None:
            known = self.items[at] = self._has_sign(at)
        return known

    def _has_sign(self, at: int) -> bool:
        span = self.lines[at].span
        if _SIGN_ALONE.fullmatch(self.folded, span.start, span.end):
            return True
        sign = marker_at(self.folded, span.start, span.end)
        return sign is not None and not _REFERENCE.match(self.folded, sign.end, span.end)

    def _stands_apart(self, at: int) -> bool:
        """Tell whether a label (责任单位:) begins behind a line, or a number or a day alone stands on either side."""
        above, below = self.lines[at].span, self.lines[at + 1].span
        if _LABELLED.match(self.folded, below.start, below.end):
            return True
        return any(_ALONE.fullmatch(self.folded, one.start, one.end) is not None for one in (above, below))

    def _is_title(self, at: int) -> bool:
        """Tell whether a line may be a heading or a body that signs: no sentence, above an item, a text or its like."""
        if self._begins_item(at) or not self._is_bare(at):
            return False
        if at + 1 == len(self.lines) or self._begins_item(at + 1) or self._is_bare(at + 1):
            return True
        below = self.lines[at + 1].span
        return _OPENS.match(self.folded, below.start, below.end) is not None

    def _is_bare(self, at: int) -> bool:
        """Tell whether a line holds no sign of a sentence."""
        return _IN_TEXT.search(self.folded, self.lines[at].span.start, self.lines[at].span.end) is None

    def _number(self, at: int) -> bool:
        span = self.lines[at].span
        return _NUMBER.fullmatch(self.folded, span.start, span.end) is not None

    def _open(self, end: int) -> bool:
        """Tell whether a bracket or 《 that was opened not far before `end` is still open there."""
        start = max(0, end - _FAR_BACK)
        return any(
            self.folded.rfind(left, start, end) > self.folded.rfind(right, start, end) for left, right in _BRACKETS
        )


def _width(text: str) -> float:
    """Return how wide a line is printed, in Chinese characters: letters, digits and signs of ASCII are half as wide."""
    narrow = len(text.encode("ascii", "ignore"))
    return len(text) - narrow / 2 - (text.count(" ") + text.count("\t")) / 2


def _page_width(widths: Sequence[float]) -> float | None:
    """Return the width of the page: of the longest lines, where several are so long; nothing is printed over its edge.

    One line in a hundred may be longer (of an address, of a page's own words); None where no width shows.
    """
    longest = sorted((round(width) for width in widths), reverse=True)
    longest = longest[len(longest) // 100 :]
    full = [one for one in longest if one >= longest[0] - 2]
    if len(full) < _FULL_LINES or longest[0] < _NARROWEST:
        return None
    return float(Counter(full).most_common(1)[0][0])
