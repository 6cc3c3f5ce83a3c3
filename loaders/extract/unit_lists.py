"""Reading a list of units, with headings and verbs in it, into mentions with roles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.issues import IssueLog
from graph.model import Role, Span, UnitMention
from graph.text import trim
from loaders.document import Document
from loaders.extract.unit_atoms import HIDDEN, Atom, Cutter, hide_groups
from loaders.extract.unit_names import (
    is_bare,
    is_collective,
    is_person_title,
    is_unit_name,
    may_be_person,
    may_be_unit,
)
from loaders.extract.unit_patterns import pattern
from loaders.extract.unit_roles import ColumnRole, column_role, heading_kind, verb_role

_HEADING = pattern("heading")
_MEASURE = pattern("measure")
_NOTE = pattern("first_leads")
_ROLE_INSIDE = re.compile(r"(?:总?牵头|配合|负责|责任|主责|主办|协办|协助|参与|参加|考核)(?:单位|部门|负责)?")
_KEPT = re.compile(
    r"(?:[省市县区州旗盟镇乡村场厅室局、,/和\s]|街道|乡镇|党组|党委|党工委|工委|管委会|功能区|园区|开发区|社区|办事处)+|[a-zà-ǿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü\s]+"
)
_HIDDEN = re.compile(rf"{HIDDEN}{{4,14}}")
_HEAD_BEFORE = re.compile(r"[任头合责]\Z")
_HEAD_AFTER = re.compile(r"单位|部门")
_NOTHING = re.compile(r"[-/\s_*无—]*")
_OPENERS = "([〔【"
_STRAY = "、,;。:.()[]〔〕【】*_ \t"


@dataclass(slots=True)
class ListReading:
    """What one list holds: units, the parts that are none, and what was seen on the way."""

    mentions: list[UnitMention] = field(default_factory=list)
    rest: list[Span] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    verbs: int = 0
    headings: int = 0
    objects: int = 0
    first_leads: bool = False

    @property
    def strict(self) -> bool:
        """Whether every unit looks like one by its form, and nothing else is there that was not understood."""
        return bool(self.mentions) and not self.unread and not self.objects


class ListReader:
    """Reads stretches of one document; `declared` tells that the place is kept for units, so any name is taken."""

    def __init__(self, document: Document, span: Span, *, rule: str, declared: bool) -> None:
        """Look at one stretch, without the brackets around it."""
        self.document = document
        self.folded = document.folded
        self.span = span
        self.rule = rule
        self.declared = declared
        self.hidden = hide_groups(self.folded, span.start, span.end)
        self.cutter = Cutter(self.folded, self.hidden, span.start)
        self.reading = ListReading()
        self.pending: list[UnitMention] = []

    def read(self, heading: ColumnRole | None) -> ListReading:
        """Read the whole stretch; `heading` is what is said of the units before any heading inside it."""
        at = 0
        kind = "units"
        for found in self._headings():
            self._region(at, found.start(), kind, heading)
            kind, heading = self._under(found.group("head"))
            at = found.end()
        self._region(at, len(self.hidden), kind, heading)
        if self.reading.first_leads:
            self.reading.mentions = let_first_lead(self.reading.mentions)
        self.reading.mentions = numbered(self.reading.mentions, 1)
        return self.reading

    def _headings(self) -> list[re.Match[str]]:
        searched = _shown_headings(self.folded[self.span.start : self.span.end], self.hidden)
        return [one for one in _HEADING.finditer(searched) if one["colon"] or column_role(one["head"])]

    def _under(self, head: str) -> tuple[str, ColumnRole | None]:
        self.reading.headings += 1
        kind = heading_kind(head)
        return kind, column_role(head) if kind == "units" else None

    def _region(self, start: int, end: int, kind: str, heading: ColumnRole | None) -> None:
        if kind == "other":
            self._keep(start, end)
        elif kind == "units":
            for atom in self.cutter.atoms(start, end):
                self._take(atom, heading)
            self._settle(heading)

    def _keep(self, start: int, end: int) -> None:
        first, last = trim(self.folded, start + self.span.start, end + self.span.start, _STRAY)
        if first < last:
            self.reading.rest.append(Span(first, last))

    def _take(self, atom: Atom, heading: ColumnRole | None) -> None:
        if atom.kind == "name":
            self._name(atom)
        elif atom.kind == "verb":
            self.reading.verbs += 1
            role = verb_role(self.folded[atom.start : atom.end])
            if heading is None or role != "responsible":
                self._assign(role)
            else:
                self._settle(heading)
        elif atom.kind == "object":
            self.reading.objects += 1
        elif atom.kind == "remark":
            said = self.folded[atom.start : atom.end]
            self.reading.first_leads = self.reading.first_leads or bool(_NOTE.search(said))
        elif heading is not None:
            self._settle(heading)

    def _assign(self, role: Role) -> None:
        """Give the role that is said behind them to the names since the last verb."""
        for mention in self.pending:
            own = mention.stated
            self.reading.mentions.append(mention if own else replace(mention, role=role, stated=True))
        self.pending.clear()

    def _settle(self, heading: ColumnRole | None) -> None:
        """Give the names that no verb follows the role of their heading, or of what is usual without one."""
        leads = heading is not None and heading.first_leads and not self._led()
        for mention in self.pending:
            if mention.stated:
                pass
            elif heading is None:
                mention = replace(mention, role="responsible")
            elif leads:
                mention = replace(mention, role="lead", stated=heading.stated)
            else:
                mention = replace(mention, role=heading.role, stated=heading.stated != heading.first_leads)
            leads = False
            self.reading.mentions.append(mention)
        self.pending.clear()

    def _led(self) -> bool:
        return any(mention.role == "lead" for mention in (*self.reading.mentions, *self.pending))

    def _name(self, atom: Atom) -> None:
        words = self.folded[atom.start : atom.end]
        if _NOTHING.fullmatch(words):
            return
        mention = self._mention(atom)
        if mention is not None:
            self.pending.append(mention)
        elif not is_person_title(words):
            self._leave(atom, measured=bool(_MEASURE.search(words)))

    def _leave(self, atom: Atom, *, measured: bool) -> None:
        span = Span(atom.start, atom.end)
        rest = self.reading.rest
        if rest and self.folded[rest[-1].end : span.start].strip() == "、":
            rest[-1] = Span(rest[-1].start, span.end)
        else:
            rest.append(span)
        if not measured:
            self.reading.unread.append(span)

    def _mention(self, atom: Atom) -> UnitMention | None:
        start, end = atom.start, atom.end
        alias: str | None = None
        role: Role | None = None
        opened = self._last_group(start, end)
        if opened is not None:
            inner = self.folded[opened + 1 : end - 1].strip()
            if _ROLE_INSIDE.fullmatch(inner):
                role, end = verb_role(inner), opened
            elif not self._belongs(start, opened, inner):
                if _all_names(inner):
                    first, last = trim(self.folded, opened + 1, end - 1)
                    alias = self.document.text[first:last]
                elif not may_be_person(inner) and not is_person_title(inner):
                    self._leave(Atom("name", opened + 1, end - 1), measured=bool(_MEASURE.search(inner)))
                end = opened
        start, end = trim(self.folded, start, end)
        name = self.folded[start:end]
        if not self._accepted(name, atom.governed):
            return None
        return UnitMention(
            surface=self.document.text[start:end],
            span=Span(start, end),
            rule=self.rule,
            role=role or "responsible",
            collective=is_collective(name) or (atom.governed and is_bare(name)),
            alias=alias,
            stated=role is not None,
        )

    def _accepted(self, name: str, governed: bool) -> bool:
        plain = name.replace("、", "")
        if is_unit_name(plain) or (governed and is_bare(plain)):
            return True
        return self.declared and may_be_unit(plain)

    def _last_group(self, start: int, end: int) -> int | None:
        """Return where the bracket that ends the name opens, unless it is the whole name."""
        hidden = self.hidden[start - self.span.start : end - self.span.start]
        if not hidden.endswith(HIDDEN):
            return None
        opened = start + len(hidden.rstrip(HIDDEN))
        while opened < end and self.folded[opened] in _OPENERS and self._closes_early(opened, end):
            opened = self._closes_early(opened, end)
        return opened if start < opened < end else None

    def _closes_early(self, opened: int, end: int) -> int:
        """Return where a bracket that begins at `opened` ends if another one follows it, else 0."""
        depth = 0
        for at in range(opened, end):
            depth += (self.folded[at] in "([〔【{") - (self.folded[at] in ")]〕】}")
            if depth == 0:
                return at + 1 if at + 1 < end else 0
        return 0

    def _belongs(self, start: int, opened: int, inner: str) -> bool:
        """Tell whether a bracket is part of the name: 各镇(街道), 各部门党委(党组), not a second name."""
        return bool(_KEPT.fullmatch(inner)) or is_collective(self.folded[start:opened].strip())


def numbered(mentions: Iterable[UnitMention], first: int) -> list[UnitMention]:
    """Return the mentions with their places counted from `first`."""
    return [replace(mention, order=place) for place, mention in enumerate(mentions, start=first)]


def let_first_lead(mentions: list[UnitMention]) -> list[UnitMention]:
    """Return the mentions with the first as lead, by a note on all lists, unless a lead is printed."""
    if not mentions or mentions[0].role != "responsible" or any(one.role == "lead" for one in mentions):
        return mentions
    return [replace(mentions[0], role="lead", stated=False), *mentions[1:]]


def _all_names(words: str) -> bool:
    return all(
        is_unit_name(part.strip()) or may_be_unit(part.strip()) and not may_be_person(part.strip())
        for part in re.split(r"[、,;/]", words)
    )


def _shown_headings(folded: str, hidden: str) -> str:
    """Return the hidden text with brackets shown again that are part of a heading, or hold one.

    责任(牵头)单位 is one heading; 【责任单位】 becomes a blank, the heading and a colon.
    """

    def shown(found: re.Match[str]) -> str:
        words = folded[found.start() : found.end()]
        if _HEAD_BEFORE.search(hidden, 0, found.start()) and _HEAD_AFTER.match(hidden, found.end()):
            return words
        return f" {words[1:-1]}:" if _HEADING.fullmatch(words[1:-1] + ":") else found.group()

    return _HIDDEN.sub(shown, hidden)


def read_unit_list(
    document: Document,
    span: Span,
    *,
    role: Role = "responsible",
    first_leads: bool = False,
    stated: bool = True,
    issues: IssueLog,
    rule: str = "unit-list",
) -> tuple[UnitMention, ...]:
    """Return the units of a table cell, or of the inside of a bracket, in printed order.

    `role`, `first_leads` and `stated` are what the column's heading says (see `ColumnRole`); a heading or a verb
    inside the list wins over them. What is neither a unit nor a time becomes an issue `unit-rest`.
    """
    reader = ListReader(document, span, rule=rule, declared=True)
    reading = reader.read(ColumnRole(role, first_leads=first_leads, stated=stated))
    report(reading, issues)
    return tuple(reading.mentions)


def report(reading: ListReading, issues: IssueLog) -> None:
    """Record every part of a list that was not understood."""
    for span in reading.unread:
        issues.add("unit-rest", span, "not read as a unit")
