"""What the heading of a list or a verb behind names says of the role of the units named."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.model import Role, Span
from graph.text import squeeze
from loaders.extract.units.unit_drafts import LeadNote
from loaders.patterns.pattern_files import by_name, load_patterns
from loaders.read.document import Document

_PATTERNS = by_name("units")
_PERSON = _PATTERNS["person_head"]
_UNIT = _PATTERNS["unit_head"]
_NOTE = _PATTERNS["first_leads"]
_COMMA = _PATTERNS["comma_leads"]
# A cheap look before it: a note is sought in whole texts.
_FIRST = re.compile(next(one.data["needs"] for one in load_patterns("units") if one.name == "first_leads"))
_UNIT_WORD = _PATTERNS["unit_word"]
_CHECK = _PATTERNS["check"]
_SUPPORT = _PATTERNS["support"]
_DUTY = _PATTERNS["duty"]
_LEAD = _PATTERNS["lead"]
_STOPS = "。;\n"
_SENTENCE = re.compile(f"[{_STOPS}]")

HeadingKind = Literal["units", "people", "other"]


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """What a heading says of the units under it.

    `first_leads`: the first unit leads and the others have `role`. `stated`: the role is printed (牵头单位: all lead) and
    not only taken from the place in the list (责任(牵头)单位: the first does).
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
    if _CHECK.search(words):
        return ColumnRole("assess")
    supports = bool(_SUPPORT.search(words))
    if _LEAD.search(words):
        if not supports and not _DUTY.search(_PERSON.sub("", words)):
            return ColumnRole("lead")
        return ColumnRole("support" if supports else "responsible", first_leads=True, stated=False)
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
    if _CHECK.search(words):
        return "assess"
    if _LEAD.search(words):
        return "lead"
    return "support" if _SUPPORT.search(words) else "responsible"


def note_of(folded: str, start: int, end: int) -> LeadNote:
    """Return what a note on leads at folded[start:end] says.

    >>> note_of("逗号前为牵头单位", 0, 8), note_of("列第一位的为牵头单位", 0, 10)
    ('before_comma', 'first')
    """
    return "before_comma" if _COMMA.search(folded, start, end) else "first"


def lead_note(document: Document, scope: Span) -> LeadNote | None:
    """Return what a note in `scope` says of who leads in every list, None where there is none."""
    note = first_leads_note(document, scope)
    return note_of(document.folded, note.start, note.end) if note else None


def first_leads_note(document: Document, scope: Span) -> Span | None:
    """Return the sentence in `scope` that says once who leads in every list (its first unit), if there is one."""
    folded = document.folded
    note = _first_note(folded, scope)
    if note is None:
        return None
    sentences = _SENTENCE.finditer(folded, scope.start, note.start())
    start = max((mark.end() for mark in sentences), default=scope.start)
    opened = max(folded.rfind(sign, start, note.start()) for sign in "([〔")
    if opened >= 0 and not any(sign in folded[opened : note.start()] for sign in ")]〕"):
        start = opened + 1
    after = _SENTENCE.search(folded, note.end(), scope.end)
    end = after.start() if after else scope.end
    while start < end and folded[start] in " \t([〔":
        start += 1
    while end > start and folded[end - 1] in " \t)]〕":
        end -= 1
    return Span(start, end)


def _first_note(folded: str, scope: Span) -> re.Match[str] | None:
    """Return where the first note says it: in a sentence that holds one of the words which every note needs."""
    done = scope.start
    for word in _FIRST.finditer(folded, scope.start, scope.end):
        if word.start() < done:
            continue
        begin = max(done, *(folded.rfind(sign, done, word.start()) + 1 for sign in _STOPS))
        stop = _SENTENCE.search(folded, word.end(), scope.end)
        done = stop.start() if stop else scope.end
        if note := _NOTE.search(folded, begin, done):
            return note
    return None
