"""Reading a list of units, with the headings and verbs in it."""

import re

from graph.issues import IssueLog
from graph.model import Role, Span, UnitMention
from graph.text import trim
from loaders.extract.units.unit_cutting import HIDDEN, Atom, Cutter, hide_groups
from loaders.extract.units.unit_drafts import Draft, LeadNote, ListReading
from loaders.extract.units.unit_names import is_measure, is_person_title
from loaders.extract.units.unit_roles import ColumnRole, HeadingKind, column_role, heading_kind, note_of, verb_role
from loaders.extract.units.unit_surfaces import draft_of
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_PATTERNS = by_name("units")
_HEADING = _PATTERNS["heading"]
_NOTE = _PATTERNS["first_leads"]
_HIDDEN = re.compile(rf"{HIDDEN}{{4,14}}")
_HEAD_BEFORE = _PATTERNS["head_before"]
_HEAD_AFTER = _PATTERNS["head_after"]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAID_OF_ALL = _PATTERNS["said_of_all"]
_NOTHING = _PATTERNS["nothing"]
_STRAY = "、,;。:.()[]〔〕【】*_ \t"


class ListReader:
    """Reads one stretch of a document; `declared` tells that only units stand there, so that any name is taken."""

    def __init__(self, document: Document, span: Span, *, declared: bool, strict: bool = False) -> None:
        """Look at one stretch, without the brackets around it; with `strict` no further than what no list of units holds."""
        self.document = document
        self.folded = document.folded
        self.base = span.start
        self.declared = declared
        self.strict = strict
        self.hidden = _with_headings(self.folded[span.start : span.end], hide_groups(self.folded, span.start, span.end))
        self.cutter = Cutter(self.folded, self.hidden, span.start)
        self.reading = ListReading()
        self.pending: list[Draft] = []
        self.clause = 0

    def read(self, heading: ColumnRole | None) -> ListReading:
        """Read the whole stretch; `heading` is what is said of the units before any heading inside it."""
        at = 0
        kind: HeadingKind = "units"
        for printed in _HEADING.finditer(self.hidden):
            under = column_role(printed["head"])
            if not printed["colon"] and under is None:
                continue
            self._region(at, printed.start(), kind, heading)
            self.reading.headings += 1
            kind, heading, at = heading_kind(printed["head"]), under, printed.end()
        self._region(at, len(self.hidden), kind, heading)
        if note := self.reading.lead_note:
            self.reading.let_lead(self.document, note)
        return self.reading

    def _region(self, start: int, end: int, kind: HeadingKind, heading: ColumnRole | None) -> None:
        if kind == "units":
            for atom in self.cutter.atoms(start, end):
                self._take(atom, heading)
                if self.strict and not self.reading.all_read:
                    break
            self._settle(heading)
        elif kind == "other":
            first, last = trim(self.folded, start + self.base, end + self.base, _STRAY)
            if first < last:
                self.reading.rest.append(Span(first, last))

    def _take(self, atom: Atom, heading: ColumnRole | None) -> None:
        if atom.kind == "name":
            self._name(atom)
        elif atom.kind == "verb":
            self.reading.verbs += 1
            role = verb_role(self.folded[atom.start : atom.end])
            if heading is None or role != "responsible":
                self._before_clause(role, heading)
                self._assign(role)
            else:
                self._settle(heading)
        elif atom.kind == "object":
            self.reading.objects += 1
        elif atom.kind == "comma":
            self.clause = len(self.pending)
        elif atom.kind == "remark":
            self._remarked(atom.start, atom.end)
        elif heading is not None:
            self._settle(heading)

    def _before_clause(self, role: Role, heading: ColumnRole | None) -> None:
        """Settle the names before the last comma where nobody leads yet: in 甲局,乙局配合 only the second helps."""
        if role == "support" and 0 < self.clause < len(self.pending) and not self.reading.drafts:
            helpers = self.pending[self.clause :]
            del self.pending[self.clause :]
            self._settle(heading)
            self.pending.extend(helpers)

    def _assign(self, role: Role) -> None:
        """Give the role that is said behind them to the names since the last verb."""
        for draft in self.pending:
            if draft.role is None:
                draft.role, draft.stated = role, True
        self._done()

    def _settle(self, heading: ColumnRole | None) -> None:
        """Give the names that no verb follows the role of their heading, or the usual one where there is none."""
        led = any(draft.role == "lead" for draft in (*self.reading.drafts, *self.pending))
        for draft in self.pending:
            if draft.role is not None:
                continue
            if heading is None:
                draft.role = "responsible"
            elif heading.first_leads and not led:
                draft.role, draft.stated, led = "lead", heading.stated, True
            else:
                draft.role, draft.stated = heading.role, heading.stated != heading.first_leads
        self._done()

    def _done(self) -> None:
        self.reading.drafts.extend(self.pending)
        self.pending.clear()
        self.clause = 0

    def _name(self, atom: Atom) -> None:
        draft, unread = draft_of(self.document, atom, declared=self.declared)
        if draft is not None:
            self.pending.append(draft)
            if unread is not None and not self._remarked(*unread):
                self._leave(*unread)
            return
        words = self.folded[atom.start : atom.end]
        if not (_NOTHING.fullmatch(words) or is_person_title(words)):
            self._leave(atom.start, atom.end)

    def _remarked(self, start: int, end: int) -> bool:
        """Heed what is said of the lists themselves; tell whether that is what stands there."""
        if _NOTE.search(self.folded, start, end):
            self.reading.lead_note = note_of(self.folded, start, end)
            return True
        return _SAID_OF_ALL.search(self.folded, start, end) is not None

    def _leave(self, start: int, end: int) -> None:
        span = Span(start, end)
        rest = self.reading.rest
        if rest and self.folded[rest[-1].end : start].strip() == "、":
            rest[-1] = Span(rest[-1].start, end)
        else:
            rest.append(span)
        if not is_measure(self.folded[start:end]):
            self.reading.unread.append(span)


def _with_headings(folded: str, hidden: str) -> str:
    """Return the hidden text with brackets shown again that are part of a heading, or hold one.

    责任(牵头)单位 is one heading; 【责任单位】 becomes a blank, the heading and a colon.
    """

    def shown(bracket: re.Match[str]) -> str:
        start, end = bracket.span()
        words = folded[start:end]
        # A role word has two characters.
        if _HEAD_BEFORE.search(hidden, max(0, start - 2), start) and _HEAD_AFTER.match(hidden, end):
            return words
        behind_name = start > 0 and _HAN.match(hidden, start - 1)
        return bracket.group() if behind_name or not _HEADING.fullmatch(words[1:-1] + ":") else f" {words[1:-1]}:"

    return _HIDDEN.sub(shown, hidden) if HIDDEN in hidden else hidden


def read_unit_list(
    document: Document,
    span: Span,
    *,
    role: Role = "responsible",
    first_leads: bool = False,
    stated: bool = True,
    note: LeadNote | None = None,
    issues: IssueLog,
    rule: str = "unit-list",
) -> tuple[UnitMention, ...]:
    """Return the units of a table cell, or of the inside of a bracket, in printed order.

    `role`, `first_leads` and `stated` are what the column's heading says (see `ColumnRole`); a heading or a verb
    inside the list wins over them. `note` is what is said of who leads in every list. What is neither a unit nor a time nor a person becomes an issue `unit-rest`.
    """
    reading = ListReader(document, span, declared=True).read(ColumnRole(role, first_leads, stated))
    if note:
        reading.let_lead(document, note)
    report(reading, issues)
    return reading.mentions(document, rule)


def report(reading: ListReading, issues: IssueLog) -> None:
    """Record every part of a list that was not understood."""
    for span in reading.unread:
        issues.add("unit-rest", span, "not read as a unit")
