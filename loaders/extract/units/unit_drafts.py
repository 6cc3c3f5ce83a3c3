"""A unit as cut from a list, before its role and place are known; and what a whole list was read as."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from graph.model import Role, Span, UnitMention
from loaders.read.document import Document

# What a note on all lists says of who leads: the first unit, or all before the first comma.
LeadNote = Literal["first", "before_comma"]


@dataclass(slots=True)
class Draft:
    """A name at [start, end) of the document; `role` is None until a verb, a heading or its place gives one."""

    start: int
    end: int
    collective: bool = False
    alias: str | None = None
    role: Role | None = None
    stated: bool = False


@dataclass(slots=True)
class ListReading:
    """What one list holds: units, the parts that are none, and what was seen on the way.

    `rest` holds every part that is no unit, `unread` those of them that were not understood; `objects` counts the
    verbs that say what is done and not only by whom; `lead_note` is one in the list itself.
    """

    drafts: list[Draft] = field(default_factory=list)
    rest: list[Span] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    verbs: int = 0
    headings: int = 0
    objects: int = 0
    lead_note: LeadNote | None = None

    @property
    def strict(self) -> bool:
        """Whether there are units and nothing that was not understood."""
        return bool(self.drafts) and self.all_read

    @property
    def all_read(self) -> bool:
        """Whether nothing was seen that was not understood, or that says what is done."""
        return not self.unread and not self.objects

    def let_lead(self, document: Document, note: LeadNote) -> None:
        """Make those lead that a note on all lists says, unless the list names a lead itself.

        A list without a comma names no lead by a note that speaks of one.
        """
        if not self.drafts or self.drafts[0].role != "responsible" or any(one.role == "lead" for one in self.drafts):
            return
        for draft in self.drafts[: 1 if note == "first" else self._before_comma(document)]:
            draft.role, draft.stated = "lead", False

    def _before_comma(self, document: Document) -> int:
        for place, (one, other) in enumerate(pairwise(self.drafts), start=1):
            if any(sign in document.folded[one.end : other.start] for sign in ",;"):
                return place
        return 0

    def mentions(self, document: Document, rule: str, first: int = 1) -> tuple[UnitMention, ...]:
        """Return the units as mentions, their places counted from `first`."""
        return tuple(
            UnitMention(
                surface=document.text[draft.start : draft.end],
                span=Span(draft.start, draft.end),
                rule=rule,
                role=draft.role or "responsible",
                collective=draft.collective,
                alias=draft.alias,
                stated=draft.stated,
                order=place,
            )
            for place, draft in enumerate(self.drafts, start=first)
        )


@dataclass(frozen=True, slots=True)
class FoundDuty:
    """A duty as found, before its units are numbered: what was read, the whole statement, and in which form."""

    reading: ListReading
    span: Span
    rule: str
