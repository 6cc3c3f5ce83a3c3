"""What the heading of a list or a verb behind names says of the role of the units named."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.model import Role, Span
from graph.text import squeeze
from loaders.extract.units.unit_patterns import pattern
from loaders.read.document import Document

_PERSON = pattern("person_head")
_UNIT = pattern("unit_head")
_NOTE = pattern("first_leads")
_UNIT_WORD = re.compile(r"单位|部门|主体|机构|科室|处室|股室|地区|分工|方$")
_ASSESS = re.compile(r"考核|督办|督导|督查|监督")
_SUPPORT = re.compile(r"配合|协助|协办|协同|参加|参与|支持|支撑|协作")
_DUTY = re.compile(r"责任|负责|主责|主办|承办|主管|实施|推进|落实|承担|建设|完成|指导")
_SENTENCE = re.compile(r"[。;\n]")

HeadingKind = Literal["units", "people", "other"]


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a heading says of the units under it.

    `first_leads`: the first unit leads and the others have `role`. `stated`: the lead is printed in the heading
    (牵头单位) and not only taken from the place in the list (责任(牵头)单位).
    """

    role: Role
    first_leads: bool = False
    stated: bool = True


@lru_cache(maxsize=1024)
def column_role(header: str) -> ColumnRole | None:
    """Return what a table column or list headed so says of its units; None for any other column.

    >>> column_role("责任（牵头）单位")
    ColumnRole(role='responsible', first_leads=True, stated=False)
    >>> column_role("配合单位").role, column_role("时间要求"), column_role("责任领导")
    ('support', None, None)
    """
    words = squeeze(header).strip(":*_#|[]【】〔〕")
    if not _UNIT.search(words) or (_PERSON.search(words) and not _UNIT_WORD.search(words)):
        return None
    if _ASSESS.search(words):
        return ColumnRole("assess")
    supports = bool(_SUPPORT.search(words))
    if "牵头" in words:
        plain = not supports and not _DUTY.search(_PERSON.sub("", words))
        return ColumnRole("support" if supports else "responsible", first_leads=True, stated=plain)
    return ColumnRole("support" if supports and not _DUTY.search(words) else "responsible")


def is_person_column(header: str) -> bool:
    """Tell whether a column or list headed so holds people: 责任人, 责任领导, 联系人.

    >>> is_person_column("责任领导"), is_person_column("责任单位及责任人")
    (True, False)
    """
    words = squeeze(header)
    return bool(_PERSON.search(words)) and column_role(header) is None


def heading_kind(header: str) -> HeadingKind:
    """Return what stands under a heading inside a duty: units, people, or something else (a time, a mark)."""
    if column_role(header) is not None:
        return "units"
    return "people" if is_person_column(header) else "other"


def verb_role(words: str) -> Role:
    """Return the role that a verb behind names gives them.

    >>> verb_role("牵头负责"), verb_role("按职责分工负责"), verb_role("参与"), verb_role("配合落实")
    ('lead', 'responsible', 'support', 'support')
    """
    if "考核" in words:
        return "assess"
    if "牵头" in words:
        return "lead"
    return "support" if _SUPPORT.search(words) else "responsible"


def first_leads_note(document: Document, scope: Span) -> Span | None:
    """Return the sentence in `scope` that says once that the first unit of every list leads, if there is one."""
    found = _NOTE.search(document.folded, scope.start, scope.end)
    if found is None:
        return None
    start = max(
        (one.end() for one in _SENTENCE.finditer(document.folded, scope.start, found.start())),
        default=scope.start,
    )
    opened = max(document.folded.rfind(sign, start, found.start()) for sign in "([〔")
    if opened >= 0 and not any(sign in document.folded[opened : found.start()] for sign in ")]〕"):
        start = opened + 1
    after = _SENTENCE.search(document.folded, found.end(), scope.end)
    end = after.start() if after else scope.end
    while start < end and document.folded[start] in " \t([〔":
        start += 1
    while end > start and document.folded[end - 1] in " \t)]〕":
        end -= 1
    return Span(start, end)
