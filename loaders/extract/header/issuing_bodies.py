"""The bodies that issue policies: their names in a line or a title, and the level and place that a name tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.gazetteer import places
from graph.model import Level
from loaders.patterns.pattern_files import load_table

_HAN_LINE = re.compile(r"[\u4e00-\u9fff·()]{2,44}")
_PART = re.compile(r"[^\s、,\u200b\ufeff]+")
_TITLE = re.compile(
    r"^(?P<issuers>[\u4e00-\u9fff、,·() ]{2,90}?)[ ]?"
    r"(?:(?=关于|联合?印发|印发|转发|批转|公布|发布|(?:19|20)\d\d年)|(?=对.{2,60}(?:答复|意见)$))"
)
_AMONG = re.compile(
    r"等(?:[一二三四五六七八九十]{1,3}|\d{1,2}|多|有关|相关)?(?:个)?(?:部门|单位|部委|机关|厅局|委办局)?$"
)
_TOWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡|苏木))(?=办事处|工作委员会|党工委|工委|人民政府|委员会|党)"
)
_CENTRAL = re.compile(
    r"^(?:中共中央|中国共产党(?!.{2,12}[省市县区州])|国务院|中央|全国|国家|中华人民共和国|最高人民|中国(?!共产党)|教育部|外交部)"
    r"|^[\u4e00-\u9fff]{2,12}(?:部|总局|总署|署)(?:办公厅|办公室)?$|^新华社|^国[\u4e00-\u9fff]{1,3}委(?:办公厅)?$"
)
_PARTY = re.compile(r"^(?:中共|中国共产党)(?=[\u4e00-\u9fff]{2,12}[省市县区州旗镇乡道])")
_SHORT = re.compile(r"^(?P<form>省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?=委|人民|政府|党|政协|人大)")
_ZONE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:开发区|高新区|新区|园区|保税区|实验区|试验区|示范区|度假区|合作区|集聚区))(?=管理?委|党工委)"
)
# A name of places that no list holds: short, and not the kind of area that is no jurisdiction.
_COINED = re.compile(
    r"(?!加强|推进|建立|完善|深化|全面|进一步|关于|促进|规范|实施|开展|支持|贯彻)[\u4e00-\u9fff]{2,4}?(?:省|市|州|盟|县|旗|镇|乡|街道"
    r"|(?<![库社校园景灾矿林牧山片小湖海流街商港辖厂军疫老城郊市地全各本税发能范护新学])区)(?![场容域级内外])"
)
_LEVELS: dict[str, Level] = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county",
    "旗": "county", "镇": "town", "乡": "town", "街道": "town",
}  # fmt: skip
# Who is written to tells a city of county level (towns) from one with counties below it.
_TO_COUNTIES = re.compile(
    r"各(?:县|区|旗)(?:人民|政府|[县市区]?[(、]|[县市区]{1,2}(?![直级属]))|各市、区|各市\((?:县|区)|各县[市区]|各区县|各旗县"
)
_TO_TOWNS = re.compile(r"各(?:乡镇|镇乡|镇|乡|街道|乡、镇)|(?:镇|乡)(?:人民)?政府|街道办事处")
_TO_CITIES = re.compile(
    r"各(?:设区的?)?(?:市|州|盟)(?:、[市州盟县]|[州盟市])*(?:\([^)]{1,6}\))?(?:人民)?政府|各市、[州县]|各市州|各盟市|各地市"
)


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
    table = load_table("organs")
    for word in table["but"]:
        name = name.replace(word, word.replace("建设", "").replace("工作", ""))
    if any(word in name for word in table["never"]):
        return False
    return name in table["whole"] or name.endswith(tuple(table["endings"]))


def organs_in_line(folded: str, start: int, end: int) -> tuple[Organ, ...]:
    """Return the bodies of [start, end) where it holds nothing but names of bodies, else ()."""
    whole = re.sub(r"[\s\u200b\ufeff]", "", folded[start:end])
    parts = [Organ(m.start(), m.end(), m.group()) for m in _PART.finditer(folded, start, end)]
    if parts and all(is_organ(part.name) for part in parts):
        return tuple(parts)
    if is_organ(whole) and parts:
        # Letters spread over the line: 国 务 院.
        return (Organ(parts[0].start, parts[-1].end, whole),)
    return ()


def organs_of_title(folded: str, start: int, end: int) -> tuple[Organ, ...]:
    """Return the bodies that a title begins with (A B关于…), the words 等七部门 kept with the last."""
    title = folded[start:end]
    if not (match := _TITLE.match(title)):
        return ()
    words = match["issuers"].rstrip()
    found = [Organ(start + m.start(), start + m.end(), m.group()) for m in _PART.finditer(words)]
    if found and all(is_organ(_AMONG.sub("", organ.name)) for organ in found):
        return tuple(found)
    whole = re.sub(r"\s", "", words)
    return (Organ(start, start + len(words), whole),) if is_organ(_AMONG.sub("", whole)) else ()


def place_of(name: str) -> tuple[str, Level] | None:
    """Return the printed chain of places that a body's name begins with, and the level of the last; else None.

    >>> place_of("宁波市镇海区人民政府"), place_of("国家税务总局"), place_of("澜江省教育厅")
    (('宁波市镇海区', 'county'), None, ('澜江省', 'province'))
    """
    party = _PARTY.match(name)
    offset = party.end() if party else 0
    if not offset and _CENTRAL.match(name) and not places.leading(name):
        return None
    if zone := _ZONE.match(name[offset:]):
        return zone["name"], places.level_of(zone["name"]) or "county"
    found = places.chain(name[offset:])
    chain: str = _whole(name, offset, offset + found[1]) if found and found[1] else ""
    level: Level | None = found[0].level if found else None
    rest = name[offset + len(chain) :]
    town = _TOWN.search(rest.removeprefix("人民政府"))
    if town and level != "town" and (chain or rest.startswith(town["name"])):
        return chain + town["name"], "town"
    if not chain or level is None or level == "central":
        return None
    return chain, level


def _whole(text: str, start: int, end: int) -> str:
    """Return a chain of places with the word of its form behind a short name: 湘西 + 自治州."""
    form = re.match(r"(?:自治州|自治区|自治县|自治旗|地区)", text[end:])
    return text[start : end + (form.end() if form else 0)]


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
    if short := _SHORT.match(name):
        return _LEVELS[short["form"]]
    return "central" if _CENTRAL.match(name) else None


def level_by_addressees(addressees: Sequence[str]) -> Level | None:
    """Return the level of a body that writes to these: cities, counties or towns one step below it."""
    joined = ",".join(addressees)
    if not joined:
        return None
    if _TO_COUNTIES.search(joined):
        return "city"
    if _TO_CITIES.search(joined):
        return "province"
    return "county" if _TO_TOWNS.search(joined) else None


def _writes_to_towns(addressees: Sequence[str]) -> bool:
    return level_by_addressees(addressees) == "county"


def place_in_title(folded: str) -> tuple[int, int, Level] | None:
    """Return the chain of places that a title begins with, also behind 关于: its start, end and level.

    A place that no list knows counts by its form where its name is short; 库区, 园区 and the like are none.

    >>> place_in_title("澄州市云溪区绩效考核办法"), place_in_title("三峡库区水污染防治规划")
    ((0, 6, 'county'), None)
    """
    skip = 2 if folded.startswith("关于") else 0
    found = places.leading(folded[skip:])
    if found is None and not skip and (coined := _COINED.match(folded)):
        found = places.chain(folded)
        if found is None and (level := places.level_of(coined.group())):
            return 0, coined.end(), level
    if found is None or found[0].level == "central" or found[1] < 2:
        return None
    place, length = found
    above = places.parent(place)
    if place.zone and above and not re.match(r"管理?委|党工委", folded[skip + length :]):
        # 省高新技术产业开发区…办法 is about every such zone of the province.
        names = [name for name in (above.name, above.short_name) if name and folded.startswith(name, skip)]
        if above.level == "province" and names:
            return skip, skip + len(names[0]), above.level
    return skip, skip + len(_whole(folded, skip, skip + length)), place.level
