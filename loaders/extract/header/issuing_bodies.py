"""The bodies that issue policies: their names in a line or a title, and the level and place that a name tells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.gazetteer import places
from graph.gazetteer.branches import branch_place
from graph.gazetteer.joint_names import bodies
from graph.model import Level
from loaders.patterns.pattern_files import by_name, load_table, load_words

_FIND = by_name("organs")
_WORDS = load_words("organs")
_LEVELS: Mapping[str, Level] = load_table("organs")["levels"]
# The longer words that hold 建设 or 工作 and may stand in a name, without them.
_ALLOWED = tuple((word, word.replace("建设", "").replace("工作", "")) for word in _WORDS["BUT"])
_HAN_LINE = re.compile(r"[\u4e00-\u9fff·()]{2,44}")
_PART = re.compile(r"[^\s、,\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Organ:
    """A body as printed at [start, end) of the folded text, with `name` folded."""

    start: int
    end: int
    name: str


def is_organ(name: str) -> bool:
    """Tell whether a name without blanks has the form of a body that issues documents.

    >>> is_organ("澄州市人民政府办公室"), is_organ("重点工作任务"), is_organ("现予印发")
    (True, False, False)
    """
    if not _HAN_LINE.fullmatch(name):
        return False
    for word, rest in _ALLOWED:
        name = name.replace(word, rest)
    if any(word in name for word in _WORDS["NEVER"]):
        # 东莞市 + 长安镇 holds 市长 by chance.
        place = places.chain(name)
        if place is None:
            return False
        rest = name[place[1] :]
        if any(word in rest for word in _WORDS["NEVER"]) and not _FIND["named_group"].fullmatch(rest):
            return False
    return name in _WORDS["WHOLE"] or name.endswith(_WORDS["ENDING"])


def organs_in_line(folded: str, start: int, end: int) -> tuple[Organ, ...]:
    """Return the bodies of [start, end) where it holds nothing but names of bodies, else ()."""
    whole = re.sub(r"[\s\u200b\ufeff]", "", folded[start:end])
    parts = [Organ(m.start(), m.end(), m.group()) for m in _PART.finditer(folded, start, end)]
    if parts and all(is_organ(part.name) for part in parts):
        return _each(parts)
    if is_organ(whole) and parts:
        # Letters spread over the line: 国 务 院.
        return (Organ(parts[0].start, parts[-1].end, whole),)
    return ()


def organs_of_title(folded: str, start: int, end: int) -> tuple[Organ, ...]:
    """Return the bodies that a title begins with (A B关于…), the words 等七部门 kept with the last."""
    title = folded[start:end]
    if not (match := _FIND["issuers_of_title"].match(title)):
        return ()
    words = match["issuers"].rstrip()
    found = [Organ(start + m.start(), start + m.end(), m.group()) for m in _PART.finditer(words)]
    if found and all(_is_organ_among(organ.name) for organ in found):
        return _each(found)
    whole = re.sub(r"\s", "", words)
    return (Organ(start, start + len(words), whole),) if _is_organ_among(whole) else ()


def _each(printed: Sequence[Organ]) -> tuple[Organ, ...]:
    """Return the bodies of printed names, each of which may be several without a sign between them."""
    found = []
    for organ in printed:
        at = organ.start
        for name in bodies(organ.name):
            start = organ.name.index(name, at - organ.start) + organ.start
            at = start + len(name)
            found.append(Organ(start, at, name))
    return tuple(found)


def _is_organ_among(name: str) -> bool:
    """Tell whether a name is that of a body, also with the words for others behind it (等七部门)."""
    return is_organ(_FIND["and_others"].sub("", name))


def place_of(name: str) -> tuple[str, Level] | None:
    """Return the printed chain of places that a body's name begins with, and the level of the last; else None.

    >>> place_of("宁波市镇海区人民政府"), place_of("国家税务总局"), place_of("澜江省教育厅")
    (('宁波市镇海区', 'county'), None, ('澜江省', 'province'))
    """
    party = _FIND["party_of_place"].match(name)
    offset = party.end() if party else 0
    if branch := branch_place(name):
        # A branch of a body of the centre is of its place: 国家税务总局 + 澄州市 + 税务局.
        printed = name[slice(*branch)]
        where = places.level_of(printed)
        return (printed, where) if where else None
    if not offset and _FIND["central_body"].match(name) and not places.leading(name):
        return None
    if zone := _FIND["zone"].match(name[offset:]):
        return zone["name"], places.level_of(zone["name"]) or "county"
    found = places.chain(name[offset:])
    chain: str = _whole(name, offset, offset + found[1]) if found and found[1] else ""
    level: Level | None = found[0].level if found else None
    rest = name[offset + len(chain) :]
    town = _FIND["town"].search(rest.removeprefix("人民政府"))
    if town and level != "town" and (chain or rest.startswith(town["name"])):
        return chain + town["name"], "town"
    if not chain or level is None or level == "central":
        return None
    return chain, level


def _whole(text: str, start: int, end: int) -> str:
    """Return a chain of places with the word of its form behind a short name: 湘西 + 自治州."""
    form = _FIND["long_form"].match(text, end)
    return text[start : form.end() if form else end]


def level_of(name: str, addressees: Sequence[str] = ()) -> Level | None:
    """Return the level of the government that a body belongs to.

    A 市 without its province that writes to towns is of county level (`addressees`, as printed and folded).
    """
    found = place_of(name)
    if found:
        chain, level = found
        if level == "city" and chain.endswith("市") and not places.find(chain):
            return "county" if _writes_to_towns(addressees) else "city"
        return level
    if short := _FIND["short_name"].match(name):
        return _LEVELS[short["form"]]
    return "central" if _FIND["central_body"].match(name) else None


def level_by_addressees(addressees: Sequence[str]) -> Level | None:
    """Return the level of a body that writes to these: cities, counties or towns one step below it."""
    joined = ",".join(addressees)
    if not joined:
        return None
    if _FIND["to_counties"].search(joined):
        return "city"
    if _FIND["to_cities"].search(joined):
        return "province"
    return "county" if _FIND["to_towns"].search(joined) else None


def _writes_to_towns(addressees: Sequence[str]) -> bool:
    return level_by_addressees(addressees) == "county"


def place_in_title(folded: str) -> tuple[int, int, Level] | None:
    """Return the chain of places that a title begins with, also behind 关于: its start, end and level.

    A place that no list knows counts by its form where its name is short; 库区, 园区 and the like are none.

    >>> place_in_title("澄州市云溪区绩效考核办法"), place_in_title("三峡库区水污染防治规划")
    ((0, 6, 'county'), None)
    """
    skip = 2 if folded.startswith("关于") else 0
    if not skip and (party := _FIND["party_of_place"].match(folded)):
        skip = party.end()
    leading = places.leading(folded[skip:])
    if leading is None and folded[:2] != "关于" and (coined := _FIND["coined_place"].match(folded, skip)):
        leading = places.chain(folded[skip:])
        name = coined.group()
        if leading is None and places.is_name(name) and (level := places.level_of(name)):
            return skip, coined.end(), level
    if leading is None or leading[0].level == "central" or leading[1] < 2:
        return None
    place, length = leading
    above = places.parent(place)
    if place.zone and above and not _FIND["zone_body"].match(folded, skip + length):
        # 省高新技术产业开发区…办法 is about every such zone of the province.
        names = [name for name in (above.name, above.short_name) if name and folded.startswith(name, skip)]
        if above.level == "province" and names:
            return skip, skip + len(names[0]), above.level
    return skip, skip + len(_whole(folded, skip, skip + length)), place.level
