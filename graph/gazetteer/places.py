"""Places as identities: the reviewed gazetteer to county level, zones, and places that nobody has listed.

A key is the GB/T 2260 code, else the parent's key and the name with a full stop between
(`350000.平潭综合实验区`, `100000.澜江省.澄州市`): it parses and prints itself, so `by_key` gives back a place
that is in no list. Without a known parent the printed chain alone is the key (`澄州市.云溪区`): no parent is
guessed.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.errors import RecordError
from graph.gazetteer.place_forms import (
    FORMS,
    PLACE_ENDS,
    TOWN_BODY,
    TOWN_FORMS,
    ZONE,
    ZONE_KINDS,
    level_by_form,
    segments,
    short_name,
)
from graph.gazetteer.place_table import SEPARATOR, Place, fuller, gazetteer, same_place
from graph.model import LEVELS, Level
from graph.text import fold

__all__ = [
    "CENTRE",
    "SEPARATOR",
    "Place",
    "all_places",
    "ancestors",
    "by_key",
    "by_prefix",
    "chain",
    "coin",
    "find",
    "fuller",
    "is_ambiguous",
    "is_name",
    "is_within",
    "leading",
    "level_of",
    "parent",
    "resolve",
    "same_place",
]

CENTRE = "100000"
_LONGEST = 15
_CODE = re.compile(r"\d{6}")
_FORM_WORDS = frozenset(form for form, _ in FORMS)


def by_key(key: str) -> Place | None:
    """Return the place of a key, listed or coined; None for a code that is not listed."""
    if place := gazetteer().by_key.get(key):
        return place
    head, dot, name = key.rpartition(SEPARATOR)
    if not dot:
        return None if _CODE.fullmatch(key) or not key else _coined(key, None)
    parent = by_key(head)
    return _coined(name, parent) if parent else None


def all_places() -> tuple[Place, ...]:
    """Return every listed place and zone, the centre first."""
    return tuple(gazetteer().by_key.values())


def parent(place: Place) -> Place | None:
    """Return the place above, or None for the centre and where none is known."""
    return by_key(place.parent) if place.parent else None


def ancestors(place: Place) -> tuple[Place, ...]:
    """Return the places above, nearest first.

    >>> [one.name for one in ancestors(find("镇海区")[0])]
    ['宁波市', '浙江省', '中国']
    """
    above = parent(place)
    return (above, *ancestors(above)) if above else ()


def is_within(place: Place, key: str) -> bool:
    """Tell whether `place` is the place of `key` or lies in it."""
    return place.code == key or any(one.code == key for one in ancestors(place))


def find(name: str) -> tuple[Place, ...]:
    """Return all places of a full, short or former name; the living ones where there are any.

    >>> len(find("朝阳区")) > 1, [one.code for one in find("闸北区")]
    (True, ['310108'])
    """
    found = gazetteer().by_name.get(fold(name).strip(), [])
    living = tuple(one for one in found if one.valid_until is None)
    return living or tuple(found)


def resolve(chain_or_name: str, within: str | None = None) -> Place | None:
    """Return the one place that a name or a chain of names means, in the place of key `within` if given.

    None where it is unknown or ambiguous. A province's short name goes before that of a lesser place (吉林).

    >>> resolve("宁波市镇海区").code, resolve("鼓楼区"), resolve("鼓楼区", within="320100").code
    ('330211', None, '320106')
    """
    text = fold(chain_or_name).strip()
    found = find(text)
    if within is not None:
        found = tuple(one for one in found if is_within(one, within))
    if found:
        return _one_of(text, found)
    if (start := leading(text)) and start[1] == len(text):
        return start[0] if within is None or is_within(start[0], within) else None
    return None


def _one_of(name: str, candidates: Iterable[Place]) -> Place | None:
    """Return the only candidate, the only one of that full name, or the only province; None where several are left."""
    candidates = tuple(candidates)
    if len(candidates) > 1:
        candidates = (
            tuple(one for one in candidates if one.name == name)
            or tuple(one for one in candidates if one.level == "province")
            or candidates
        )
    return candidates[0] if len(candidates) == 1 else None


def _near(candidates: tuple[Place, ...], within: Place) -> tuple[Place, ...]:
    """Return the candidates on the line of `within`, else those that share its nearest place above, up to its province."""
    line = (within, *ancestors(within))
    for one in line:
        if one.level == "central":
            break
        if near := tuple(two for two in candidates if is_within(two, one.code)):
            return near
    if above := tuple(two for two in candidates if two in line):
        return above
    # The document's place is in no list: a lesser place of a listed name is not the one that is listed.
    listed = within.code in gazetteer().by_key
    return tuple(two for two in candidates if listed or LEVELS.index(two.level) <= LEVELS.index(within.level))


def _next(text: str, at: int, above: Place | None, within: Place | None) -> tuple[Place | None, int] | None:
    """The longest listed name at `at`: its place (None if ambiguous) and end; None where there is none."""
    by_name = gazetteer().by_name
    line = {one.name: one for one in (within, *ancestors(within))} if within and not above else {}
    for end in range(min(len(text), at + _LONGEST), at + 1, -1):
        name = text[at:end]
        if name in line:
            return line[name], end
        if name not in by_name:
            continue
        candidates = find(name)
        if above:
            candidates = tuple(one for one in candidates if one is not above and is_within(one, above.code))
        elif within:
            candidates = _near(candidates, within)
        full = tuple(one for one in candidates if one.name == name or one.zone or name[-1] in PLACE_ENDS)
        if full:
            return _one_of(name, full), end
        if text[end : end + 1] in PLACE_ENDS and end < len(text):
            continue
        direct = tuple(one for one in candidates if one.parent == above.code) if above else candidates
        short = tuple(one for one in direct if above or one.level in ("province", "city"))
        if short:
            return _one_of(name, short), end
    return None


def _zone_at(text: str, at: int, above: Place) -> tuple[Place, int] | None:
    """A zone printed right behind its place (郑州 + 高新技术产业开发区), by its form."""
    match = ZONE.match(text, at)
    if not match or above.level in ("central", "town"):
        return None
    return _zone(match["own"], match["kind"], above), match.end()


def _zone(own: str, kind: str, above: Place) -> Place:
    name = (own.removeprefix("国家级").removeprefix("国家") or above.short_name or above.name) + ZONE_KINDS[kind]
    listed = [one for one in find(name) if one.zone and is_within(one, above.code)]
    return listed[0] if len(listed) == 1 else _coined(name, above)


def leading(text: str, within: Place | None = None) -> tuple[Place, int] | None:
    """Return the listed place that the longest chain of names at the start of `text` means, and its length.

    `within`, the place of the document, decides between places of one name: the nearest is meant.

    >>> [(p.code, n) for p, n in [leading("宁波市镇海区人民政府")]], leading("朝阳区人民政府")
    ([('330211', 6)], None)
    """
    text = fold(text)
    place: Place | None = None
    at = 0
    while (step := _next(text, at, place, within)) is not None:
        if step[0] is None or step[0].level == "central":
            break
        place, at = step[0], step[1]
    if place and (zone := _zone_at(text, at, place)):
        return zone
    return (place, at) if place else None


def chain(text: str, within: Place | None = None) -> tuple[Place, int] | None:
    """Return the place at the start of `text`, listed or read by its form alone, and its length.

    `within` is the place of the document: a name is sought in it and on the way up before it is coined.
    """
    text = fold(text)
    place, at = leading(text, within) or (None, 0)
    if place and place.zone:
        return place, at
    for name, end in segments(text, at, strict=True):
        if _by_chance(text, at, end, place or within):
            break
        place, at = (_known(name, within) if place is None else _inside(name, place)), end
    return (place, at) if place else None


def _by_chance(text: str, start: int, end: int, above: Place | None) -> bool:
    """Tell whether a name that was read by its form alone is none where it stands.

    It holds a listed name behind other words (国网 + 萍乡, 人行 + 九江市), or is a zone whose place is not known, or a
    town of which neither the place above is known nor a body of its own is named.
    """
    known = gazetteer().by_name
    for begin in range(start + 1, end - 1):
        if any(text[begin:stop] in known for stop in range(max(end, begin + 2), min(len(text), end + 3) + 1)):
            return True
    if above is None and ZONE.fullmatch(text, start, end):
        return True
    if text[start:end].endswith(TOWN_FORMS) and (above is None or above.level in ("central", "province")):
        return TOWN_BODY.match(text, end) is None
    return False


def is_name(text: str, within: Place | None = None) -> bool:
    """Tell whether a text that ends on the form of a place is the name of one: listed, or such as could be coined.

    >>> is_name("宁波市"), is_name("澄州市"), is_name("住房城乡"), is_name("国网澄州市"), is_name("新能源城市")
    (True, True, False, False, False)
    """
    folded = fold(text).strip()
    found = chain(folded, within)
    return found is not None and found[1] == len(folded)


def coin(chain: str, within: Place | None = None) -> Place:
    """Return a place for a printed chain of names, listed or not; what is not listed gets a key of its own.

    >>> coin("澜江省澄州市").code, coin("澄州市云溪区").code, coin("宁波市高新技术产业开发区").code
    ('100000.澜江省.澄州市', '澄州市.云溪区', '330200.宁波高新区')
    """
    text = fold(chain).strip()
    if not text:
        raise RecordError("a place without a name has no key")
    place, at = leading(text, within) or (None, 0)
    names = [(name, end) for name, end in segments(text, at, strict=False)]
    if (last := names[-1][1] if names else at) < len(text) and not (place and text[last:] in _FORM_WORDS):
        # 温州地区 is 温州: the word of a form behind a place is no place in it.
        names.append((text[last:], len(text)))
    for name, _ in names:
        place = _known(name, within) if place is None else _inside(name, place)
    assert place is not None  # the names cover a text that is not empty
    return place


def _known(name: str, within: Place | None) -> Place:
    """A first name: the place of that name near `within`, anywhere if only one, else coined."""
    for one in (within, *ancestors(within)) if within else ():
        if name in (one.name, one.short_name):
            return one
    if listed := _one_of(name, _near(find(name), within) if within else find(name)):
        return listed
    level = level_by_form(name, None)
    if within is None or LEVELS.index(level) <= LEVELS.index(within.level):
        return _coined(name, None)
    return _coined(name, within)


def _inside(name: str, above: Place) -> Place:
    if (match := ZONE.fullmatch(name)) and above.level not in ("central", "town"):
        return _zone(match["own"], match["kind"], above)
    return resolve(name, above.code) or _coined(name, above)


@lru_cache(4096)
def _coined(name: str, above: Place | None) -> Place:
    level = level_by_form(name, above.level if above else None)
    if above is None and level == "province":
        above = by_key(CENTRE)
    key = f"{above.code}{SEPARATOR}{name}" if above else name
    zone = ZONE.fullmatch(name) is not None
    return Place(key, name, short_name(name), level, above.code if above else None, zone=zone)


def is_ambiguous(place: Place) -> bool:
    """Tell whether a place was printed by a name alone that several listed ones have: it is not known which it is.

    >>> is_ambiguous(coin("鼓楼区")), is_ambiguous(coin("南京市鼓楼区")), is_ambiguous(coin("澄州市"))
    (True, False, False)
    """
    return place.parent is None and place.code == place.name and len(find(place.name)) > 1


def level_of(name: str) -> Level | None:
    """Return the level of a place's name, by the list, else by its form; None where the list has several.

    >>> level_of("义乌市"), level_of("上海市"), level_of("澄州市"), level_of("平潭综合实验区")
    ('county', 'province', 'city', 'city')
    """
    text = fold(name).strip()
    if found := find(text):
        exact = {one.level for one in found if one.name == text} or {one.level for one in found}
        only = _one_of(text, found)
        return only.level if only else exact.pop() if len(exact) == 1 else None
    return coin(text).level if text else None


def by_prefix(agency: str, within: str | None = None) -> Place | None:
    """Return the place that a document number's first words name (甬政发), None where that is not certain.

    Several places print the same words (宁政发: 南京 and 宁夏); `within`, the key of the place of the
    document, keeps those on its line: itself, what is in it and what is above it.
    """
    prefixes = gazetteer().prefixes
    text = fold(agency).strip()
    found = [one for n in range(min(len(text), 6), 0, -1) for one in prefixes.get(text[:n], ())]
    if within and (here := by_key(within)):
        found = [one for one in found if is_within(one, within) or is_within(here, one.code)]
    # 沪崇府办发 begins like Shanghai's numbers and is of its district.
    deepest = [one for one in found if not any(two is not one and is_within(two, one.code) for two in found)]
    return deepest[0] if len(deepest) == 1 else None
