"""Where headings, annexes and articles begin and end in a line that holds a whole document without break or blank.

Items are parted by their numbers (loaders/structure/paragraphs.py); what no sign tells is where the heading of an item ends, and
where an annex or another article begins.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from graph.numerals import chinese_integer
from graph.text import fold
from loaders.numbering import Marker, inner_candidates
from loaders.patterns.pattern_files import by_name

# A whole document is longer, and has at least so many items of one sign.
_WHOLE, _ITEMS = 300, 3
# 第一条, 第二条 … behind a finished sentence, as rules have them.
_ARTICLES = re.compile(r"(?<=[。;])第[一二三四五六七八九十]{1,3}条")
# The first sentence of an item that ends sooner is its heading.
_RUN_IN = 40
_SHORTEST, _LONGEST = 4, 30
_STOP = re.compile(r"[。;:!?]")
_CLEAN = frozenset('。;:!?)]】〕》"')
_FIND = by_name("unbroken")
_ARTICLE = by_name("numbering")["article_in_text"]
_DATED, _BEGIN_OF_PLAN = _FIND["dated"].pattern, _FIND["begin_of_plan"].pattern
_TITLE = 60
# No document has more annexes, and no list of them is longer.
_MANY, _LIST = 40, 400
_HEAD = 250
_QUOTED = re.compile(r"《([^《》]{6,60})》")


def cuts_without_breaks(text: str, start: int, end: int) -> list[int]:
    """Return where the line [start, end) is to be parted: nothing unless it holds a whole document of numbered items."""
    if end - start < _WHOLE:
        return []
    folded = fold(text[start:end])
    items = _items(folded)
    many = any(sum(item.sign == sign for item in items) >= _ITEMS for sign in ("cn", "cn_bracket", "number"))
    if not many and len(_ARTICLES.findall(folded)) < _ITEMS:
        return []
    cuts = {*_heading_ends(folded, items), *_annexes(folded), *_articles(folded), *_head(folded), *_signatures(folded)}
    cuts.update(match.end() for match in _FIND["duty_bracket"].finditer(folded))
    cuts.update(item.start for item in items if item.sign == "cn")
    return sorted(start + at for at in cuts if 0 < at < len(folded))


def _items(folded: str) -> list[Marker]:
    """Return the signs that begin or continue a numbering, behind the end of a sentence or of a heading."""
    running: dict[str, int] = {}
    items: list[Marker] = []
    for marker in inner_candidates(folded, 0, len(folded)):
        if marker.sign not in ("cn", "cn_bracket", "number") or (items and marker.start < items[-1].end):
            continue
        if marker.number not in (1, running.get(marker.sign, 0) + 1):
            continue
        behind_heading = bool(items) and 2 <= marker.start - items[-1].end <= _LONGEST and items[-1].rank < marker.rank
        if behind_heading or folded[marker.start - 1 : marker.start] in _CLEAN:
            running[marker.sign] = marker.number
            items.append(marker)
    return items


def _heading_ends(folded: str, items: Sequence[Marker]) -> Iterator[int]:
    ends = [*(item.start for item in items[1:]), len(folded)] if items else []
    stops = [_first_stop(folded, item.end, end) for item, end in zip(items, ends, strict=True)]
    bare = [stop - item.end > _RUN_IN for item, stop in zip(items, stops, strict=True)]
    for item, end, stop, most in zip(items, ends, stops, _mostly(items, bare), strict=True):
        if end - item.end <= _LONGEST:
            continue
        name = _FIND["section"].match(folded, item.end, end)
        if name and item.sign != "number" and not _FIND["more_of_section"].match(folded, name.end()):
            yield name.end()
        elif most and (at := _heading_end(folded, item.end, min(end, stop))):
            yield at


def _first_stop(folded: str, start: int, end: int) -> int:
    stop = _STOP.search(folded, start, end)
    return stop.start() if stop else end


def _mostly(items: Sequence[Marker], bare: Sequence[bool]) -> list[bool]:
    """Return for each item whether most of the list that it stands in are bare; a list begins with its first number."""
    lists: list[list[int]] = []
    current: dict[str, int] = {}
    for at, item in enumerate(items):
        if item.number == 1 or item.sign not in current:
            current[item.sign] = len(lists)
            lists.append([])
        lists[current[item.sign]].append(at)
    most = [False] * len(items)
    for places in lists:
        flag = sum(bare[at] for at in places) * 2 > len(places)
        for at in places:
            most[at] = flag
    return most


def _heading_end(folded: str, start: int, end: int) -> int | None:
    """Return where the heading at `start` probably ends: before words said again, a subject, else a verb."""
    comma = folded.find(",", start, end)
    reach = min(end, start + _LONGEST, comma if comma >= start + _SHORTEST else end)
    places = [at for at in range(start + _SHORTEST, reach) if folded[at - 1] not in "、和与及的以为不并"]
    sure = next(
        (at for at in places if _said_again(folded, start, at) or _FIND["subject"].match(folded, at, end)), None
    )
    verb = next((at for at in places if at >= start + _SHORTEST + 2 and _FIND["verb"].match(folded, at, end)), None)
    if verb is None or (sure is not None and sure < verb):
        return sure
    # 加强平台建设推动…, 支持产业加快发展统筹…: a verb that ends the heading is a noun there.
    noun = _FIND["noun_at_end"].match(folded, verb, end)
    begins = noun and (_FIND["verb"].match(folded, noun.end(), end) or _FIND["subject"].match(folded, noun.end(), end))
    return noun.end() if noun and begins else verb


def _said_again(folded: str, start: int, at: int) -> bool:
    """Tell whether words at a place were just said, or are those that the heading begins with, its verb left out."""
    if any(folded[at - length : at] == folded[at : at + length] for length in range(2, min(8, at - start) + 1)):
        return True
    word = folded[at : at + 2]
    return at >= start + _SHORTEST + 2 and word in (folded[start : start + 2], folded[start + 2 : start + 4])


def _head(folded: str) -> Iterator[int]:
    """Yield where the number below a title begins and ends, and where the list of addressees ends."""
    number = _FIND["number_below_title"].search(folded, 0, _HEAD)
    if number is None:
        return
    yield from (number.start("number"), number.end("number"))
    to = folded.find(":", number.end(), number.end() + _HEAD)
    if to >= 0 and not _STOP.search(folded, number.end(), to):
        yield to + 1


def _signatures(folded: str) -> Iterator[int]:
    """Yield where a signature with its date or the list of copies stands, and where the title of a plan behind it ends."""
    yield from (match.start() for match in _FIND["copies"].finditer(folded))
    quoted = {match[1] for match in islice(_QUOTED.finditer(folded, 0, _HEAD * 8), _MANY)}
    # The body that the title begins with signs, also behind the name of an annex.
    organ = folded[: max(folded.find("关于", 0, _TITLE), 0)]
    own = re.finditer(rf"(?P<organ>{re.escape(organ)}){_DATED}", folded) if organ else ()
    for match in (*_FIND["signed"].finditer(folded), *own):
        yield from (match.start("organ"), match.start("day"), match.end("day"), match.end())
        yield from (match.end() + len(title) for title in quoted if folded.startswith(title, match.end()))
    for title in quoted:
        for match in re.finditer(rf"(?<![《〈]){re.escape(title)}(?={_BEGIN_OF_PLAN})", folded):
            yield from match.span()


def _annexes(folded: str) -> Iterator[int]:
    listed: list[int] = []
    for match in islice(_FIND["annex_list"].finditer(folded), _MANY):
        yield match.start()
        listed += [one.end() for one in _FIND["annex_entry"].finditer(folded, match.start(), match.start() + _LIST)]
    for match in islice(_FIND["annex"].finditer(folded), _MANY):
        yield from match.span()
        # The title is printed in the list under the text too.
        same = max((_shared(folded, at, match.end()) for at in listed if at < match.start()), default=0)
        genre = _FIND["title_of_annex"].match(folded, match.end())
        if same >= _SHORTEST:
            yield match.end() + same
        elif genre:
            yield genre.end()


def _shared(folded: str, one: int, other: int) -> int:
    """Return how many characters are the same from two places on."""
    length = 0
    while length < _TITLE and other + length < len(folded) and folded[one + length] == folded[other + length]:
        length += 1
    return length


def _articles(folded: str) -> Iterator[int]:
    starts: list[int] = []
    for match in _ARTICLE.finditer(folded):
        if chinese_integer(match[1]) == len(starts) + 1:
            starts.append(match.start())
    return iter(starts if len(starts) > 1 else ())
