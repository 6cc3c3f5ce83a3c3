"""Several bodies printed without a sign between them, taken apart at the ends of known names."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from graph.gazetteer.branches import branch_of
from graph.gazetteer.functions import Function, starts
from graph.gazetteer.places import chain
from graph.text import squeeze

# What may stand between two names, or behind the last of them.
_BETWEEN = ("和", "及", "与")
_OFFICES = ("办公厅", "办公室")
_PARTY = "中共"
_LEVEL = re.compile("自治区|省|市|州|盟|县|区|旗")
# Bodies of the centre that are printed without a word of it where they stand beside others.
_WITHOUT_PLACE = frozenset({"人民银行", "人行", "国资委", "外汇局"})
# The place that a body's name begins with, and what such a name ends with behind it.
_OWN_PLACE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}?(?:自治区|省|市|自治州|县|区))")
_BODY = re.compile(r"^.{2,8}?(?:省|市|州|县|区).{2,}(?:局|厅|委|委员会|办|办公室|办公厅|部|院|中心|人民政府)$")
_SEVERAL = 2
# Of a longer run only a part could be names.
LONGEST = 120
_LONGEST_NAME = 40


def bodies(name: str) -> tuple[str, ...]:
    """Return the names of bodies that a text without blanks is made of; the text itself where it is not all known.

    A name begins with a place, with a word of the centre or with the word of its level; a body of the centre and the
    place of its branch are one (国家税务总局宁波市税务局).

    >>> bodies("教育部财政部人民银行")
    ('教育部', '财政部', '人民银行')
    >>> bodies("上海市财政局上海市市场监督管理局")
    ('上海市财政局', '上海市市场监督管理局')
    >>> bodies("国家税务总局宁波市税务局"), bodies("宁波市教育局办公室")
    (('国家税务总局宁波市税务局',), ('宁波市教育局办公室',))
    """
    text = squeeze(name)
    if len(text) > LONGEST:
        return (name,)
    ends = _ends(text)
    if len(text) != len(name):
        return (name,)
    if len(ends) < _SEVERAL:
        return _at_own_place(name)
    edges = [0, *ends]
    parts = [name[left:right] for left, right in pairwise(edges)]
    return tuple(part[1:] if at and part[0] in _BETWEEN else part for at, part in enumerate(parts))


def _at_own_place(name: str) -> tuple[str, ...]:
    """Return the names of bodies of one place, each printed with it; the text itself where it is no such run.

    >>> _at_own_place("澄州市渡口建设管理局澄州市航道发展委员会")
    ('澄州市渡口建设管理局', '澄州市航道发展委员会')
    >>> _at_own_place("澄州市澄州市渡口管理局")
    ('澄州市澄州市渡口管理局',)
    """
    placed = _OWN_PLACE.match(name)
    starts_at = [found.start() for found in re.finditer(placed["place"], name)] if placed else []
    parts = [name[left:right] for left, right in pairwise([*starts_at, len(name)])]
    return tuple(parts) if len(parts) > 1 and all(_BODY.search(part) for part in parts) else (name,)


def is_inside_name(text: str, at: int) -> bool:
    """Tell whether a character of folded text stands inside a known name that the text begins with.

    >>> text = "市文化广电和旅游局和市教育局"
    >>> is_inside_name(text, 5), is_inside_name(text, 9), is_inside_name("法制办和市财政局", 3)
    (True, False, False)
    """
    return any(
        skip <= at < skip + end - 1
        for skip in (0, *_skips(text))
        for _, end in _starts(text[skip : skip + _LONGEST_NAME])
    )


def _ends(text: str) -> tuple[int, ...]:
    """Return where the names end of which all of a text is made, the fewest names first; nothing where it is not."""
    best: dict[int, tuple[int, ...]] = {0: ()}
    for at in range(len(text)):
        if at not in best:
            continue
        begin = at + 1 if at and text[at] in _BETWEEN else at
        for end in _name_ends(text, begin, first=at == 0):
            told = (*best[at], end)
            if end not in best or len(told) < len(best[end]):
                best[end] = told
    return best.get(len(text), ())


def _name_ends(text: str, begin: int, *, first: bool) -> set[int]:
    """Return where a body's name that begins at `begin` may end."""
    party = text.startswith(_PARTY, begin) and not text.startswith("中央", begin + len(_PARTY))
    at = begin + len(_PARTY) if party else begin
    rest = text[at : at + _LONGEST_NAME]
    known = _starts(rest)
    found = {at + end for body, end in known if rest[:end] in body.central or rest[:end] in _WITHOUT_PLACE}
    if found:
        found |= {at + end for end in range(6, len(rest) + 1) if branch_of(rest[:end])}
    if first:
        found |= {at + end for _, end in known}
    for skip in _skips(rest):
        found |= {at + skip + end for _, end in _starts(rest[skip:])}
        if rest.startswith("委", skip):
            found.add(at + skip + 1)
    for end in sorted(found):
        found |= {end + len(office) for office in _OFFICES if text.startswith(office, end)}
    return found


def _skips(text: str) -> Iterator[int]:
    """Yield how long the place, or the word of a level, is with which a text begins."""
    if (placed := chain(text)) and placed[0].level != "central":
        yield placed[1]
    if match := _LEVEL.match(text):
        yield match.end()


@lru_cache(1024)
def _starts(text: str) -> tuple[tuple[Function, int], ...]:
    return tuple(starts(text))
