"""The names before a duty in running text: which bodies they are, whether a group, and which words name nobody."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from graph.model import Span
from graph.text import trim
from loaders.extract.units.unit_cutting import Cutter, hide_groups
from loaders.extract.units.unit_names import is_collective, is_unit_name, without_groups
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_WORDS = by_name("actors")
# What may part two names.
_JOINS = re.compile(r"[、,和及与暨等\s]")
_LISTED = re.compile(r"、|以及")
_LAST = re.compile(r"[、,和及与暨]")
# What may stand behind another name without its own beginning.
_BARE = ("人民政府", "政府", "部门", "单位", "行政机关")
# No name is longer, and no list of subjects.
LONGEST_LIST = 120
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class NamedActor:
    """A body or group as named before a duty, without what leads in to it."""

    span: Span
    collective: bool


def actors_named(document: Document, start: int, end: int) -> list[NamedActor]:
    """Return the bodies that text[start:end] lists; empty where anything in it is none, or nothing stands there."""
    start, end = trim(document.folded, start, end)
    folded = document.folded
    if not 2 <= end - start <= LONGEST_LIST or folded[start] == "(":
        return []
    if collective := _narrowed(folded[start:end]):
        return [NamedActor(Span(start, end), collective)]
    if shared := _sharing(folded, start, end):
        return shared
    if not _JOINS.search(folded, start, end):
        group = kind_of(folded[start:end])
        return [] if group is None else [NamedActor(Span(start, end), group)]
    if not _may_end(folded[start:end]):
        return []
    named: list[NamedActor] = []
    hidden = hide_groups(folded, start, end)
    for atom in Cutter(folded, hidden, start).atoms(0, len(hidden)):
        if atom.kind == "comma":
            continue
        found = _cut(folded, atom.start, atom.end, bool(named)) if atom.kind == "name" else None
        if not found:
            return []
        named += found
    return named


def _may_end(words: str) -> bool:
    """Tell whether the last of several may name a body: a cheap look before the list is cut."""
    last = _LAST.split(without_groups(words))[-1]
    return "等" in words or last in _BARE or kind_of(last) is not None


def _cut(folded: str, start: int, end: int, behind: bool) -> list[NamedActor]:
    """Return the bodies in one cut of a list: one, or several where 、 parts levels of one (市、区两级)."""
    words = folded[start:end]
    group = kind_of(words)
    if group is None and behind and words in _BARE:
        group = True
    if group is None:
        beside = _WORDS["bare_second"].fullmatch(words)
        if beside is None or not kind_of(beside["first"]):
            return []
        places = (beside.span("first"), beside.span("second"))
        return [NamedActor(Span(start + left, start + right), True) for left, right in places]
    if "、" in without_groups(words) and _WORDS["level"].fullmatch(words.rpartition("、")[2]):
        cuts = [start, *(start + at + 1 for at, sign in enumerate(words) if sign == "、"), end + 1]
        return [NamedActor(Span(left, right - 1), True) for left, right in pairwise(cuts)]
    return [NamedActor(Span(start, end), group)]


@lru_cache(maxsize=8192)
def kind_of(words: str) -> bool | None:
    """Return whether folded words name a group (True) or one body (False); None where they name nobody.

    >>> [kind_of(words) for words in ("市文旅局", "各区政府", "城管部门", "建设单位", "运营企业")]
    [False, True, False, True, None]
    """
    if not 2 <= len(words) <= _LONGEST_NAME:
        return True if _WORDS["level"].fullmatch(words) else None
    plain = without_groups(words)
    if _WORDS["begins_none"].match(plain) or _WORDS["holds_none"].search(plain):
        return None
    if _WORDS["party"].fullmatch(plain) or _WORDS["group"].fullmatch(words) or _WORDS["level"].fullmatch(plain):
        return True
    if _WORDS["organisation"].search(plain) and (is_collective(words) or not _WORDS["named_organisation"].match(plain)):
        return None
    if _WORDS["department"].fullmatch(plain) and not _WORDS["kind_of_department"].fullmatch(plain):
        return False
    parts = plain.split("、")
    if len(parts) > 1 and all(len(part) <= 4 for part in parts) and _WORDS["level"].fullmatch(parts[-1]):
        return True
    if is_unit_name(words.replace("、", "")):
        group = is_collective(words)
        return group if group or _WORDS["body"].fullmatch(plain) else None
    if plain in ("工会", "总工会", "共青团"):
        return False
    return True if _WORDS["kind_of_department"].fullmatch(plain) and "跨" not in plain else None


def _narrowed(words: str) -> bool:
    """Tell whether a clause narrows a group (承担试点任务的县政府), which none of its words makes the object of a verb."""
    return bool(_WORDS["narrowed"].fullmatch(words)) and not _WORDS["holds_none"].search(words)


def _sharing(folded: str, start: int, end: int) -> list[NamedActor]:
    """Return the departments that share one noun at the end of a list: 住房城乡建设、交通、水务部门.

    Empty where the list has no such noun, or holds what is no matter of a department.
    """
    signs = list(_LISTED.finditer(folded, start, end))
    if not signs:
        return []
    cuts = [
        (left, right)
        for left, right in zip(
            [start, *(sign.end() for sign in signs)], [*(sign.start() for sign in signs), end], strict=True
        )
    ]
    noun = _WORDS["shared_noun"].fullmatch(folded[cuts[-1][0] : end])
    if noun is None or not noun["own"] or _WORDS["kind_of_department"].fullmatch(noun["own"] + "部门"):
        return []
    named = []
    for left, right in cuts[:-1]:
        kind = kind_of(folded[left:right])
        words = folded[left:right]
        if kind is None and not _is_matter(words):
            return []
        named.append(NamedActor(Span(left, right), bool(kind)))
    last = cuts[-1][0]
    if noun["etc"]:
        own = last + len(noun["own"])
        named.append(NamedActor(Span(last, own), bool(kind_of(folded[last:own]))))
        # 等有关部门 names a group besides, 等部门 only says what they are.
        if noun["group"] and _WORDS["kind_of_department"].fullmatch(noun["group"]):
            named.append(NamedActor(Span(end - len(noun["group"]), end), True))
    else:
        named.append(NamedActor(Span(last, end), bool(_WORDS["kind_of_department"].fullmatch(folded[last:end]))))
    return named


def _is_matter(words: str) -> bool:
    """Tell whether words may be the matter of a department, its noun left to the end of the list."""
    none = _WORDS["begins_none"].match(words) or _WORDS["holds_none"].search(words + "部门")
    return not none and bool(_WORDS["matter"].fullmatch(words))
