"""The names before a duty in running text: which bodies they are, whether a group, and which words name nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from graph.gazetteer.functions import starts
from graph.gazetteer.joint_names import is_inside_name
from graph.model import Span
from graph.text import trim
from loaders.extract.units.unit_cutting import Cutter, hide_groups
from loaders.extract.units.unit_names import is_collective, is_unit_name, without_groups
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_WORDS = by_name("actors")
# What may part two names.
_JOINS = re.compile(r"[、,和及与暨或等\s]")
_LISTED = re.compile(r"、|以及|或者?")
_PAIRED = re.compile(r"[和与及]")
_TWO = re.compile(r"以及|及其|和|与|及(?!时)|暨|或者?")
_LAST = re.compile(r"及其|[、,和及与暨]|或者?")
_FIRST = re.compile("[、,和与及或(]")
_ORGANISATION_END = re.compile(r"(?:企业|单位|公司|机构|银行|学校|医院|协会|商会|组织|团体|集团|平台)\Z")
_OR = re.compile(r"或者?|及其(?!他|它)")
_LEVEL_ALONE = re.compile(r"[市县区旗](?:\([市县区旗、]{1,5}\))?")
_LEVEL_GROUP = re.compile(r"各[市县区旗州]{1,2}(?:\([市县区旗、]{1,5}\))?")
_LEVEL_WORD = re.compile("(?:各|同)?[省市区县镇]级?|本级|地方|各地区?|各级|所在地|属地")
# What the office of a matter may be called, for a look at the names that are known.
_OFFICES = ("局", "委", "厅")
_JOIN = re.compile("[和及、]")
_SOME = ("有关", "相关", "各")
_LEVELS = "省市区县州旗镇乡"
# What may stand behind another name without its own beginning.
_BARE = ("人民政府", "政府", "部门", "单位", "行政机关", "自治区", "直辖市", "计划单列市", "行政村")
# What a noun ends in that several may share: 部门, 机关, 组织, 团体, 单位.
_SHARED_END = "门关织体位"
# No name is longer, and no list of subjects.
LONGEST_LIST = 400
_LONGEST_NAME = 40
_LONGEST_CLAUSE = 28
_ENDS_CLAUSE = re.compile(r"[,。;:\s的由\d.]")


@dataclass(frozen=True, slots=True)
class NamedActor:
    """A body or group as named before a duty, without what leads in to it."""

    span: Span
    collective: bool


def actors_named(document: Document, start: int, end: int, *, plain: bool = False) -> list[NamedActor]:
    """Return the bodies that text[start:end] lists; empty where anything in it is none, or nothing stands there.

    `plain` tells that the words behind it lay a duty on it whatever it is (要, 负责): 房管所 is a body only then.
    """
    start, end = trim(document.folded, start, end)
    folded = document.folded
    if not 2 <= end - start <= LONGEST_LIST or folded[start] == "(":
        return []
    end = _without_alias(folded, start, end)
    if named := _with_clause(folded, start, end):
        return [named]
    if not _JOINS.search(folded, start, end):
        group = _kind(folded[start:end], plain)
        return [] if group is None else [NamedActor(Span(start, end), group)]
    if shared := _sharing(folded, start, end):
        return shared
    if not _may_end(folded[start:end], plain):
        return []
    return _listed(folded, start, end, plain)


def _listed(folded: str, start: int, end: int, plain: bool) -> list[NamedActor]:
    """Return the bodies of a list that signs and joining words part; who carries no duty in it is passed over."""
    named: list[NamedActor] = []
    hidden = _OR.sub(lambda word: "、" * len(word.group()), hide_groups(folded, start, end))
    for atom in Cutter(folded, hidden, start).atoms(0, len(hidden)):
        # 各级政府及其部门: they are named by nothing of their own.
        if atom.kind == "comma" or (folded[atom.start : atom.end] in _BARE and folded.endswith("及其", 0, atom.start)):
            continue
        # 居委会 opens like a remark on the list (居首位的…).
        is_name = atom.kind in ("name", "remark")
        found = _cut(folded, atom.start, atom.end, bool(named), plain) if is_name else None
        if named and _continues(folded, named[-1].span, atom.start, atom.end):
            named[-1] = NamedActor(Span(named[-1].span.start, atom.end), True)
        elif found:
            named += found
        elif not _carries_nothing(folded[atom.start : atom.end]):
            return []
    return named


def _continues(folded: str, before: Span, start: int, end: int) -> bool:
    """Tell whether a bare level is the rest of the group before it: 各县(市)、区."""
    level = _LEVEL_ALONE.fullmatch(folded, start, end)
    return (
        bool(level)
        and folded[before.end : start] == "、"
        and bool(_LEVEL_GROUP.fullmatch(folded, before.start, before.end))
    )


@lru_cache(maxsize=8192)
def _carries_nothing(words: str) -> bool:
    """Tell whether a part of a list is an organisation of any kind, which is passed over: 各医疗机构, 物业."""
    if _WORDS["trade"].fullmatch(words):
        return True
    told = _WORDS["no_body"].fullmatch(words) or (_WORDS["organisation"].search(words) and "的" not in words)
    # 市、区国有企业: the level before it is none either.
    return bool(told) and words[0] not in _LEVELS and not _none(words)


@lru_cache(maxsize=8192)
def _kind(words: str, plain: bool) -> bool | None:
    """Return what `kind_of` does, an office without its place among the bodies where a duty is `plain`ly laid on it."""
    group = kind_of(words)
    if group is None and plain:
        if _WORDS["role_party"].fullmatch(words):
            return True
        if _WORDS["office"].fullmatch(words) and not _none(words):
            return False
    return group


def _none(words: str) -> bool:
    return bool(_WORDS["begins_none"].match(words) or _WORDS["holds_none"].search(words))


def _without_alias(folded: str, start: int, end: int) -> int:
    """Return where a name ends without the bracket behind it that is none of its parts: 领导小组(以下简称"小组")."""
    if folded[end - 1] != ")":
        return end
    opened = folded.rfind("(", start + 2, end)
    return opened if opened >= 0 and _WORDS["other_name"].fullmatch(folded, opened + 1, end - 1) else end


def _may_end(words: str, plain: bool) -> bool:
    """Tell whether the last of several may name a body, or the first does and the last is passed over: a cheap look."""
    plainly = without_groups(words[-_LONGEST_NAME * 2 :])
    last = _LAST.split(plainly)[-1]
    if "等" in words or last in _BARE or _kind(last, plain) is not None:
        return True
    if not ("的" in last or _ORGANISATION_END.search(last)):
        return False
    first = _FIRST.split(words, maxsplit=1)[0]
    return _kind(first, plain) is not None and ("的" in last or _carries_nothing(last))


def _cut(folded: str, start: int, end: int, behind: bool, plain: bool) -> list[NamedActor]:
    """Return the bodies in one cut of a list: one, or several where 、 parts levels of one (市、区两级)."""
    end = _without_alias(folded, start, end)
    words = folded[start:end]
    if "、" in words and _WORDS["levels"].match(words):
        hidden = hide_groups(folded, start, end)
        cuts = [start, *(start + at + 1 for at, sign in enumerate(hidden) if sign == "、"), end + 1]
        levels = [Span(left, right - 1) for left, right in pairwise(cuts[:-1])]
        last = _cut(folded, cuts[-2], end, True, plain)
        return [*(NamedActor(one, True) for one in levels), *last] if last else []
    for sign in _TWO.finditer(folded, start, end):
        if two := _two(folded, (start, sign.start()), (sign.end(), end), plain):
            return two
    group = _kind(words, plain)
    if group is None and behind and words in _BARE:
        group = True
    if group is not None:
        return [NamedActor(Span(start, end), group)]
    named = _with_clause(folded, start, end)
    return [named] if named else []


def _two(folded: str, one: tuple[int, int], other: tuple[int, int], plain: bool) -> list[NamedActor]:
    """Return the two bodies that a joining word parts; empty where it stands inside of a name, or one is none."""
    left, right = folded[slice(*one)], folded[slice(*other)]
    first = _kind(left, plain)
    second = True if right in _BARE else _kind(right, plain)
    if is_inside_name(folded[one[0] : other[1]], len(left)):
        return []
    if second is None:
        return [NamedActor(Span(*one), first)] if first is not None and _carries_nothing(right) else []
    if first is None:
        return [NamedActor(Span(*other), second)] if _carries_nothing(left) else []
    return [NamedActor(Span(*one), first), NamedActor(Span(*other), second)]


@lru_cache(maxsize=8192)
def kind_of(words: str) -> bool | None:
    """Return whether folded words name a group (True) or one body (False); None where they name nobody.

    >>> [kind_of(words) for words in ("市文旅局", "各区政府", "城管部门", "建设单位", "运营企业")]
    [False, True, False, True, None]
    """
    if not 2 <= len(words) <= _LONGEST_NAME:
        return True if _WORDS["level"].fullmatch(words) else None
    if _WORDS["bare_kind"].fullmatch(words):
        return False
    plain = without_groups(words)
    if _WORDS["whole_group"].fullmatch(plain):
        return True
    if _WORDS["begins_none"].match(plain) or _WORDS["holds_none"].search(plain):
        return None
    if _WORDS["party"].fullmatch(plain) or _WORDS["group"].fullmatch(words) or _WORDS["level"].fullmatch(plain):
        return True
    if _WORDS["organisation"].search(plain) and (is_collective(words) or not _WORDS["named_organisation"].match(plain)):
        return None
    if _WORDS["department"].fullmatch(plain) and not _WORDS["kind_of_department"].fullmatch(plain):
        return False
    if _WORDS["body_alone"].fullmatch(plain):
        return False
    if is_unit_name(words.replace("、", "")):
        group = is_collective(words)
        return group if group or _WORDS["body"].fullmatch(plain) else None
    if plain in ("工会", "总工会", "共青团"):
        return False
    return True if _WORDS["kind_of_department"].fullmatch(plain) and "跨" not in plain else None


def _with_clause(folded: str, start: int, end: int) -> NamedActor | None:
    """Return the body whose name begins with a clause, which none of its words makes the object of a verb.

    承担试点任务的县政府 is a group that the clause narrows, 渡口所在地的县政府 the one that it tells from others.
    """
    if folded.find("的", start, end) < 0:
        return None
    words = folded[start:end]
    if _WORDS["whole_group"].fullmatch(words):
        return NamedActor(Span(start, end), True)
    clause, _, last = words.rpartition("的")
    narrowed = _WORDS["narrows"].match(clause) and _WORDS["narrowed"].fullmatch(last)
    if narrowed and len(clause) <= _LONGEST_CLAUSE and not _WORDS["holds_none"].search(words):
        return NamedActor(Span(start, end), True)
    which = _WORDS["which"].fullmatch(words)
    group = kind_of(which["name"]) if which else None
    if which and group is not None and not _none(which["clause"]):
        return NamedActor(Span(start, end), group)
    if 2 <= len(clause) <= _LONGEST_CLAUSE and not _ENDS_CLAUSE.search(clause) and kind_of(last):
        none = _WORDS["holds_none"].search(clause) or _WORDS["begins_none"].match(clause)
        if _WORDS["narrows"].match(clause) or not none:
            return NamedActor(Span(start, end), True)
    return None


def _sharing(folded: str, start: int, end: int) -> list[NamedActor]:
    """Return the departments that share one noun at the end of a list: 住房城乡建设、交通、水务部门.

    Empty where the list has no such noun, or holds what is no matter of a department.
    """
    if folded[end - 1] not in _SHARED_END:
        return []
    signs = [sign.span() for sign in _LISTED.finditer(folded, start, end)]
    signs += [one.span() for one in _PAIRED.finditer(folded, start, end) if _parts_two(folded, start, end, one.start())]
    if not signs:
        return []
    signs.sort()
    cuts = list(zip([start, *(last for _, last in signs)], [*(first for first, _ in signs), end], strict=True))
    if parts := _sharing_part(folded, cuts):
        return parts
    noun = _WORDS["shared_noun"].fullmatch(folded[cuts[-1][0] : end])
    if noun is None or not noun["own"] or _WORDS["kind_of_department"].fullmatch(noun["own"] + "部门"):
        return _with_group_last(folded, cuts)
    if any(kind_of(noun["own"][: one.start()]) is not None for one in _PAIRED.finditer(noun["own"])):
        return []
    last = cuts[-1][0]
    own = last + len(noun["own"])
    matters = [*cuts[:-1], (last, own if noun["etc"] else end)]
    kinds = [kind_of(folded[left:right]) for left, right in matters]
    if any(
        kind is None and not _is_matter(folded[slice(*cut)]) for kind, cut in zip(kinds[:-1], matters, strict=False)
    ):
        return []
    known = [kind is not None or _is_office(folded[slice(*cut)]) for kind, cut in zip(kinds, matters, strict=True)]
    # 供水、供电、供气等单位 are no offices.
    if noun["kinds"] and 2 * sum(known) <= len(known):
        return []
    governed = folded[start] == "各"
    named = [NamedActor(Span(*cut), governed or bool(kind)) for kind, cut in zip(kinds, matters, strict=True)]
    return [*named, *_groups_behind(end, noun)]


def _with_group_last(folded: str, cuts: Sequence[tuple[int, int]]) -> list[NamedActor]:
    """Return the departments before a group of others: 教育、科技以及行业主管部门; each must be known as one."""
    *offices, group = cuts
    if not kind_of(folded[slice(*group)]) or not all(_is_office(folded[slice(*cut)]) for cut in offices):
        return []
    return [*(NamedActor(Span(*cut), False) for cut in offices), NamedActor(Span(*group), True)]


def _sharing_part(folded: str, cuts: Sequence[tuple[int, int]]) -> list[NamedActor]:
    """Return the parties that share one noun at the end of a list: 勘察、设计、施工单位."""
    parts = [_WORDS["shared_part"].fullmatch(folded, *cut) for cut in cuts]
    if any(one is None for one in parts) or not (parts[-1] and parts[-1]["noun"]):
        return []
    ends = [
        one.end("part") if one and (one["noun"] or "").startswith("等") else right
        for one, (_, right) in zip(parts, cuts, strict=True)
    ]
    return [NamedActor(Span(left, right), True) for (left, _), right in zip(cuts, ends, strict=True)]


def _groups_behind(end: int, noun: re.Match[str]) -> list[NamedActor]:
    """Return the groups that 等 names besides, up to `end`: 等有关部门, 等有关部门和单位; 等部门 only says what the others are."""
    group = noun["kinds"] or noun["group"]
    if not group:
        return []
    start = end - len(group)
    if noun["kinds"] and group.startswith(_SOME):
        cuts = [start, *(start + sign.end() for sign in _JOIN.finditer(group)), end + 1]
        return [NamedActor(Span(left, right - 1), True) for left, right in pairwise(cuts)]
    if _WORDS["kind_of_department"].fullmatch(group):
        return [NamedActor(Span(start, end), True)]
    return []


@lru_cache(maxsize=8192)
def _is_matter(words: str) -> bool:
    """Tell whether words may be the matter of a department, its noun left to the end of the list."""
    words = without_groups(words)
    if _is_office(words):
        return True
    none = _WORDS["begins_none"].match(words) or _WORDS["holds_none"].search(words + "部门")
    return not none and bool(_WORDS["matter"].fullmatch(words))


def _parts_two(folded: str, start: int, end: int, at: int) -> bool:
    """Tell whether 和, 与 or 及 at `at` parts two matters (财政和医保部门), and stands in none (规划和自然资源部门).

    Each of the two must be known as the matter of an office, and both together must not be.
    """
    first = max(folded.rfind(sign, start, at) for sign in "、和与及") + 1 or start
    first = max(first, start)
    behind = _LAST.split(folded[at + 1 : end], maxsplit=1)[0]
    noun = _WORDS["shared_noun"].fullmatch(behind)
    own = noun["own"] if noun else behind
    both, before = folded[first : at + 1] + own, folded[first:at]
    known = _is_office(before) or (noun is not None and noun["etc"] and kind_of(before) is not None)
    if not (known and _is_office(own)) or _is_office(both):
        return False
    # The document may name the office itself: 市住房保障和房产管理局.
    return all(folded.find(both + office) < 0 for office in _OFFICES)


@lru_cache(maxsize=2048)
def _is_office(matter: str) -> bool:
    """Tell whether offices of this matter are known by name: 财政, 规划和自然资源."""
    level = _LEVEL_WORD.match(matter)
    matter = matter[level.end() :] if level else matter
    return len(matter) > 1 and any(
        end == len(matter) + 1 for office in (*_OFFICES, "部") for _, end in starts(matter + office)
    )
