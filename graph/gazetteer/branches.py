"""Branches that are named by their head body and their place: 国家税务总局 + 澄州市 + 税务局."""

import re

from graph.gazetteer.functions import Function, central_function, longest_start
from graph.gazetteer.places import CENTRE, Place, ancestors, chain, find, resolve

_BRANCH = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?)(?P<end>(?:中心支|分|支|中心支分)行(?:营业管理部|营管部)?|中支|营业管理部|营管部|营业部"
    r"|(?:税务|监管|供电|电力)?(?:局|分局|支局|公司|分公司)|监管组|分中心|管理部"
    r"|(?:调查|供电)?(?:大|支|总)?队|办事处|分院|海关)$"
)


def branch_of(text: str, above: Place | None = None, place: Place | None = None) -> tuple[Function, Place] | None:
    """Return what a branch does that is named by its head body and its place, and that place; None where it is none.

    `above` is the place of the head body as printed, `place` that of the document.

    >>> function, where = branch_of("国家税务总局宁波市税务局") or (None, None)
    >>> function.name, where.code
    ('税务局', '330200')
    """
    found = _branch(text)
    if not found:
        return None
    head, name = found[0], found[1]
    for one in (place, *(ancestors(place) if place else ())):
        if one and name in (one.name, one.short_name):
            return head, one
    if where := (resolve(name, above.code) if above and above.code != CENTRE else None) or resolve(name):
        return head, where
    if cities := [one for one in find(name) if one.level == "city"]:
        # 南昌中心支行 is the city's, not the county's of that name.
        return (head, cities[0]) if len(cities) == 1 else None
    coined = chain(name, place)
    return (head, coined[0]) if coined and coined[1] == len(name) else None


def branch_place(name: str) -> tuple[int, int] | None:
    """Return where the place stands in the name of a branch of a body of the centre, or None where it is none.

    >>> branch_place("国家税务总局澄州市税务局"), branch_place("国家税务总局"), branch_place("澄州市税务局")
    ((6, 9), None, None)
    """
    found = _branch(name)
    if not found or not branch_of(name) or not central_function(name[: found[2]]):
        return None
    return found[2], found[2] + len(found[1])


def _branch(text: str) -> tuple[Function, str, int] | None:
    """Return the head body's function, the name of the place and where it begins."""
    head = longest_start(text)
    if not head or not (match := _BRANCH.fullmatch(text[head[1] :])):
        return None
    return head[0], match["place"], head[1]
