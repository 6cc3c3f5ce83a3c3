"""A unit's printed name → one unit: its jurisdiction, its function and its form.

A word of place in the name (区法制办, 市教育局, 省财政厅, 国家…) is read relative to the place of the document; a
name without one is of that place. What the gazetteer does not know keeps its printed name and has no function: two
units are one only where jurisdiction and canonical name are the same.
"""

import re
from dataclasses import dataclass

from graph.gazetteer.branches import branch_of
from graph.gazetteer.functions import Function, central_function, function_of
from graph.gazetteer.places import CENTRE, SEPARATOR, Place, ancestors, by_key, chain, is_ambiguous
from graph.gazetteer.renamings import now_called
from graph.text import squeeze


@dataclass(frozen=True, slots=True)
class UnitId:
    """One body. `key` is the jurisdiction's key, `:` and the canonical name; `name` is for people.

    `jurisdiction` is None where a word of place points where nothing is known (省 in a document of an unlisted
    district); `function` is None where the gazetteer does not know the name; `form` is the kind of body that the
    printed name ends on (局, 委, 办, 政府, 党组 …).
    """

    key: str
    name: str
    jurisdiction: str | None
    function: str | None
    form: str | None


@dataclass(frozen=True, slots=True)
class GroupId:
    """A group of units as printed; `stands_for` says in words what it means, None where that is not clear."""

    key: str
    name: str
    jurisdiction: str | None
    stands_for: str | None


_RELATIVE = re.compile(
    r"(?P<word>国家|全国|中央|自治区|自治州|自治县|自治旗|开发区|高新区|经开区|新区|地区|省|市|州|盟|县|区|旗|街道|镇|乡)"
)
_LEVEL = re.compile(r"(?:本|全|我)?(?P<word>省|市|州|盟|县|区|旗|街道|镇|乡|中央|自治区)(?:级|直|属|政府|委)?")
_ZONES = frozenset({"开发区", "高新区", "经开区", "新区"})
_CENTRAL = frozenset({"国家", "全国", "中央"})
# 市场, 市政, 区域 …: the first character is no word of place.
_NOT_A_PLACE = {
    "市": "场政容民域",
    "区": "域划块",
    "县": "域",
    "省": "际",
    "镇": "域",
    "州": "",
    "新区": "域",
}
_PREFIX = re.compile(r"^(?:中共|中国共产党)(?!中央)(?=.{2})")
_LEAGUE = re.compile(r"^(?:团|共青团|中国共产主义青年团)(?P<place>.{0,20}?[省市州盟县区旗])委(?:员会)?$")
_BRACKET = re.compile(r"[(][^()]{1,20}[)]$")
_PARTY = re.compile(r"(?P<body>.{2,30}?)(?P<form>党组|党工委|党委|党支部|机关党委)$")
# 等八部门: the others are named below; the body itself is meant.
_AND_OTHERS = re.compile(r"等(?:[一二三四五六七八九十]{1,3}|\d{1,2}|多|有关|相关)?个?(?:部门|单位|部委|机关|厅局)$")
# The office inside a body: 财政部办公厅 is no other body's.
_INNER_OFFICE = re.compile(r"(?P<body>.{3,30}(?:部|委|局|署|总局|委员会|厅|院|会))(?P<office>办公厅|办公室)$")
_FORMS = (
    ("领导小组", "领导小组"),
    ("指挥部", "指挥部"),
    ("人民政府", "政府"),
    ("政府", "政府"),
    ("管理委员会", "管委会"),
    ("管委会", "管委会"),
    ("常务委员会", "人大"),
    ("常委会", "人大"),
    ("委员会", "委"),
    ("党工委", "党委"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("检察院", "检察院"),
    ("法院", "法院"),
    ("联合会", "联合会"),
    ("分公司", "公司"),
    ("公司", "公司"),
    ("集团", "公司"),
    ("银行", "银行"),
    ("支行", "银行"),
    ("分行", "银行"),
    ("办事处", "办事处"),
    ("中心", "中心"),
    ("支队", "队"),
    ("大队", "队"),
    ("总队", "队"),
    ("党组", "党组"),
    ("党委", "党委"),
    ("局", "局"),
    ("委", "委"),
    ("办", "办"),
    ("厅", "厅"),
    ("部", "部"),
    ("署", "署"),
    ("院", "院"),
    ("室", "室"),
    ("会", "会"),
    ("海关", "海关"),
    ("联", "联合会"),
    ("队", "队"),
    ("处", "处"),
    ("所", "所"),
    ("站", "站"),
    ("社", "社"),
    ("校", "校"),
    ("台", "台"),
    ("府", "政府"),
    ("行", "银行"),
    ("组", "组"),
    ("科", "科"),
    ("馆", "馆"),
)


def _form(name: str) -> str | None:
    return next((form for end, form in _FORMS if name.endswith(end)), None)


def _relative(word: str, place: Place | None) -> Place | None:
    """The place that a word of place means in a document of `place`; None where none is known.

    It is the nearest one, going up, whose name ends on that word: 市 is the city of a district, the municipality
    of its districts and a county-level city itself.
    """
    if word in _CENTRAL:
        return by_key(CENTRE)
    if place is None:
        return None
    line = (place, *ancestors(place))
    if word in _ZONES:
        return next((one for one in line if one.zone), None) or by_key(f"{place.code}{SEPARATOR}{word}")
    higher = ("自治区", "地区") if word == "区" else ()
    return next((one for one in line if one.name.endswith(word) and not one.name.endswith(higher)), None)


def _start(text: str, place: Place | None) -> tuple[Place | None, str, bool]:
    """The jurisdiction, the name without its words of place, and whether the place is understood."""
    if central_function(text) and not (place and function_of(text)):
        return by_key(CENTRE), text, True
    if (office := _INNER_OFFICE.match(text)) and central_function(office["body"]) and not function_of(text):
        return by_key(CENTRE), text, True
    if function_of(text):
        return place, text, place is not None
    if start := chain(text, place):
        # A place named alone: what of it acts is not said, so its own name is the unit's.
        return start[0], text[start[1] :] or start[0].name, True
    for one in (place, *ancestors(place)) if place else ():
        if one.short_name and text.startswith(one.short_name) and function_of(text[len(one.short_name) :]):
            return one, text[len(one.short_name) :], True
    if (match := _RELATIVE.match(text)) and (rest := text[match.end() :]):
        word = match["word"]
        if rest[0] == "级" and function_of(rest[1:]):
            rest = rest[1:]
        if function_of(rest) or rest[0] not in _NOT_A_PLACE.get(word, ""):
            found = _relative(word, place)
            return found, rest, found is not None
    return place, text, place is not None


def _function(rest: str) -> tuple[Function | None, str | None]:
    """The function that a name without its place means, and the form where it is a body inside another."""
    name = _BRACKET.sub("", rest)
    for one in (rest, name):
        if found := function_of(one) or central_function(one):
            return found, None
    if (match := _PARTY.match(name)) and (found := function_of(match["body"])):
        return found, match["form"]
    if (match := _INNER_OFFICE.match(name)) and (
        found := function_of(match["body"]) or central_function(match["body"])
    ):
        return found, match["office"]
    return None, None


def resolve_unit(surface: str, place: Place | None, alias: str | None = None, document: str = "") -> UnitId:
    """Return the unit that a printed name means in a document of `place`.

    `alias` is a second name printed in brackets: it tells the function where the first name does not. `document`
    stands in for the place in the key where none is known, since 发改局 alone tells nothing.

    >>> resolve_unit("市发改委", by_key("330211")).key
    '330200:发展改革委'
    """
    text = _PREFIX.sub("", squeeze(surface))
    text = _LEAGUE.sub(r"\g<place>团委", text)
    text = _AND_OTHERS.sub("", text) or text
    where, rest, known = _start(text, place)
    function, party = _function(rest)
    shown = rest
    if function is None and (branch := branch_of(rest, where, place) or branch_of(text, None, place)):
        function, where, known = branch[0], branch[1], True
        shown = function.name
    if function is None and alias:
        function = _second(squeeze(alias), place, where)
    form = party or _form(_BRACKET.sub("", rest))
    what = function.function if function else None
    if where is None or not known or is_ambiguous(where):
        # A word of place that points nowhere stays in the name: two of its kind are never one.
        return UnitId(f"{place.code if place else document}:{text}", text, None, what, form)
    name = (function.name + (party or "")) if function else rest
    people = (now_called(text) or text) if where.code == CENTRE or shown == where.name else where.name + shown
    return UnitId(f"{where.code}:{name}", people, where.code, what, form)


def _second(alias: str, place: Place | None, where: Place | None) -> Function | None:
    """The function that a second name tells, where it is of the same place as the first."""
    other, rest, _ = _start(alias, place)
    return _function(rest)[0] if other == where else None


_STANDS_FOR = (
    (re.compile(r"党委|党组|党工委"), "all party committees"),
    (re.compile(r"有关|相关|涉及|其他|其它|等部门"), "the units concerned"),
    (re.compile(r"各?镇|各?乡|街道|园区"), "all towns"),
    (re.compile(r"县|各区|各市|各地|区市|市区|设区|州市|各州|各旗"), "all counties and cities below"),
    (re.compile(r"部门|单位|机关|委办局"), "all departments"),
    (re.compile(r"企业|公司"), "all enterprises"),
)


def group(surface: str, place: Place | None, document: str = "") -> GroupId:
    """Return the group that a collective name means, as printed: never a unit, and never split into units."""
    text = squeeze(surface)
    where = place
    if start := chain(text, place):
        where = start[0]
    elif (match := _LEVEL.match(text)) and not text.startswith(("县(", "市(", "区(", "县、", "市、", "区、")):
        where = _relative(match["word"], place) or place
    head = where.code if where else document
    return GroupId(f"{head}:{text}", text, where.code if where else None, stands_for(text))


def stands_for(surface: str) -> str | None:
    """Return in words what a collective name stands for, or None where it is not clear.

    >>> stands_for("区级各部门"), stands_for("市级有关部门"), stands_for("各镇(街道)")
    ('all departments', 'the units concerned', 'all towns')
    """
    text = squeeze(surface)
    return next((words for pattern, words in _STANDS_FOR if pattern.search(text)), None)
