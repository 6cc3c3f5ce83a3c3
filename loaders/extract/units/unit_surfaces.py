"""From a cut of a list to the unit that it names: its surface, its second name, a role in brackets behind it."""

import re

from graph.text import trim
from loaders.extract.units.unit_cutting import HIDDEN, Atom
from loaders.extract.units.unit_drafts import Draft
from loaders.extract.units.unit_names import (
    is_bare,
    is_collective,
    is_person_title,
    is_unit_name,
    may_be_person,
    may_be_unit,
)
from loaders.extract.units.unit_roles import verb_role
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_PATTERNS = by_name("units")
_ROLE_INSIDE = _PATTERNS["role_in_bracket"]
_KEPT = _PATTERNS["kept_bracket"]
_SAID = _PATTERNS["said_of_name"]
_PARTS = re.compile(r"[、,;/]")
_OWN_OFFICE = _PATTERNS["own_office"]
_OPEN, _CLOSE = "([〔【{", ")]〕】}"


def draft_of(document: Document, atom: Atom, *, declared: bool) -> tuple[Draft | None, tuple[int, int] | None]:
    """Return the unit that a cut names, and the bracket behind it that was not understood, each or None.

    `declared`: the cut stands where only units stand, so that any short name is taken for one.
    """
    folded = document.folded
    start, end = atom.start, atom.end
    draft = Draft(start, end)
    unread: tuple[int, int] | None = None
    opened = _last_group(folded, start, end)
    if opened is not None:
        inner = folded[opened + 1 : end - 1].strip()
        if _ROLE_INSIDE.fullmatch(inner):
            draft.role, draft.stated, end = verb_role(inner), True, opened
        elif _SAID.search(inner):
            unread, end = (opened + 1, end - 1), opened
        elif not _KEPT.fullmatch(inner) and not is_collective(folded[start:opened]):
            if _all_names(inner):
                first, last = trim(folded, opened + 1, end - 1)
                draft.alias = document.text[first:last]
            elif not (may_be_person(inner) or is_person_title(inner)):
                unread = (opened + 1, end - 1)
            end = opened
    draft.start, draft.end = trim(folded, start, end)
    name = folded[draft.start : draft.end]
    plain = name.replace("、", "")
    governed = atom.governed and is_bare(plain)
    office = folded[draft.start - 1 : draft.start] in ("(", "[", "〔", "【") and _OWN_OFFICE.fullmatch(plain)
    if not (governed or office or is_unit_name(plain) or (declared and may_be_unit(plain))):
        return None, None
    draft.collective = governed or is_collective(name)
    return draft, unread


def _last_group(folded: str, start: int, end: int) -> int | None:
    """Return where the bracket opens that ends folded[start:end]; None where none does or it is all there is."""
    if end <= start or folded[end - 1] not in _CLOSE:
        return None
    depth = 0
    for at in range(end - 1, start, -1):
        depth += (folded[at] in _CLOSE) - (folded[at] in _OPEN)
        if depth == 0:
            return at
    return None


def _all_names(words: str) -> bool:
    parts = [part.strip() for part in _PARTS.split(words)]
    return all(is_unit_name(part) or (may_be_unit(part) and part != HIDDEN) for part in parts)
