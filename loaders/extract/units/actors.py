"""Who a sentence of a task makes the subject of a duty, and when: 2025年底前,市文旅局要编排场次 (docs/annotation.md, Actors)."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.issues import IssueLog
from graph.model import Role, Span, UnitMention
from graph.text import squeeze, trim
from loaders.extract.deadlines.find import find_clause_deadline
from loaders.extract.deadlines.years import Years
from loaders.extract.units.actor_names import LONGEST_LIST, NamedActor, actors_named
from loaders.extract.units.duty_lines import parts_named
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_WORDS = by_name("actors")
_LEAD = by_name("units")["lead"]
_STOPS = "。;!?\n"
_SENTENCE_END = re.compile(f"[{_STOPS}]")
_CLAUSE_END = re.compile(r"[,。;:!?\n]")
_STRENGTH: tuple[Role, ...] = ("lead", "responsible", "support")
_HAN_END = re.compile(r"[\u4e00-\u9fff]\s?\Z")
# A line so long without a sign at its end is no heading but broken text.
_FULL_LINE = 28
_IDLE = " \t\n,、:。;"
_IN_CHARGE = "负责"
# Who speaks, by the bare word: it is part of much else (国家重点工程).
_STATE = ("政府", "财政", "国家", "地方", "本省", "本市", "本区", "本县")
_LEVEL = re.compile("各?[省市区县州镇乡]")
_LONGEST_BEHIND = 16
# Most words before a duty begin so near to it.
_NEAR = 60
# What opens a sentence and only says of which level it speaks.
_SET_OFF = "层面"


@dataclass(frozen=True, slots=True)
class _Subject:
    """The names that one duty is laid on, where they begin and end, and their role; `helps`: with the subject before."""

    names: tuple[NamedActor, ...]
    start: int
    end: int
    role: Role
    helps: bool = False


@dataclass(frozen=True, slots=True)
class ActorReading:
    """The actors of a task, and the units among whom its text names the lead: `led` are their surfaces, squeezed."""

    actors: tuple[UnitMention, ...]
    led: frozenset[str]

    def with_leads(self, units: Sequence[UnitMention]) -> list[UnitMention]:
        """Return the units of the task, those that the text says lead it as leads; a lead that they print holds."""
        if not self.led or any(unit.role == "lead" for unit in units):
            return list(units)
        return [
            replace(unit, role="lead", stated=True)
            if unit.role == "responsible" and squeeze(unit.surface) in self.led
            else unit
            for unit in units
        ]


def read_actors(
    document: Document,
    span: Span,
    *,
    units: Sequence[UnitMention],
    exclude: Sequence[Span],
    years: Years,
    issues: IssueLog,
) -> ActorReading:
    """Return the bodies that a sentence of the task at `span` makes the subject of a duty, in order of first mention.

    Left out are those among its `units`, what stands in `exclude` (its duties), and bodies that the task founds. Each
    surface comes once, with its strongest role; `clause` is where it first has that role. Where two or more units are
    named for parts and none of them is read so, the issue `duty-parts` says where.
    """
    said = [one for stretch in _outside(span, exclude) for one in _clauses(document, stretch)]
    known = {squeeze(unit.surface) for unit in units} if said else set()
    found, led = _first_mentions(document, span, said, known, years)
    actors = tuple(one if one.order == at else replace(one, order=at) for at, one in enumerate(found.values(), 1))
    if not (actors or units) and len(parts := parts_named(document, span)) > 1:
        issues.add("duty-parts", parts[0], "units are named for parts of the task and not read")
    return ActorReading(actors, led)


def _first_mentions(
    document: Document, span: Span, said: Sequence[tuple[Span, _Subject]], known: Container[str], years: Years
) -> tuple[dict[str, UnitMention], frozenset[str]]:
    """Return the bodies by their surfaces, squeezed, and which of the units `known` are said to lead."""
    led: set[str] = set()
    found: dict[str, UnitMention] = {}
    for clause, subject in said:
        for name in subject.names:
            surface = name.span.of(document.text)
            key = squeeze(surface)
            if key in known:
                led |= {key} if subject.role == "lead" else set()
                continue
            held = found.get(key)
            if held is not None and _STRENGTH.index(held.role) <= _STRENGTH.index(subject.role):
                continue
            if _founded(document, span, name.span):
                continue
            mention = UnitMention(
                surface=surface,
                span=name.span,
                rule="actor",
                role=subject.role,
                collective=name.collective,
                clause=clause,
                deadline=find_clause_deadline(document, clause, years=years),
            )
            found[key] = mention if held is None else replace(mention, span=held.span)
    return found, frozenset(led)


def _outside(span: Span, exclude: Sequence[Span]) -> Iterator[Span]:
    at = span.start
    for hidden in sorted(exclude):
        if hidden.start >= span.end:
            break
        if at < hidden.start:
            yield Span(at, hidden.start)
        at = max(at, hidden.end)
    if at < span.end:
        yield Span(at, span.end)


def _founded(document: Document, span: Span, name: Span) -> bool:
    """Tell whether the task founds the body: it is named behind 成立 before it is given a duty."""
    folded, words = document.folded, name.of(document.folded)
    opened = looked = span.start
    at = folded.find(words, span.start, name.start)
    while at >= 0:
        # What was looked at is not looked at again: a text may name one body at every step.
        opened = max(opened, *(folded.rfind(sign, looked, at) for sign in "。;,\n"))
        if _WORDS["founds"].search(folded, max(opened, looked - 1), at):
            return True
        looked = at
        at = folded.find(words, at + 1, name.start)
    return False


def _clauses(document: Document, stretch: Span) -> Iterator[tuple[Span, _Subject]]:
    """Yield each subject with its clause: from it, or from the words that lead in to the first, up to the next."""
    folded = document.folded
    hits = list(_WORDS["subject_ends"].finditer(folded, stretch.start, stretch.end))
    at, done = 0, stretch.start
    while at < len(hits):
        # The whole sentence of the first place where a duty may begin: most sentences have none.
        begin = max(folded.rfind(sign, done, hits[at].start()) for sign in _STOPS)
        begin = begin + 1 if begin >= 0 else done
        stop = _SENTENCE_END.search(folded, hits[at].end(), stretch.end)
        done = stop.start() if stop else stretch.end
        first = at
        while at < len(hits) and hits[at].start() < done:
            at += 1
        subjects = _without_levels(folded, list(_subjects(document, hits[first:at], begin, done)))
        if not subjects:
            continue
        leading = [one for one in subjects if not one.helps]
        starts = [begin, *(one.start for one in leading[1:]), done]
        clauses = [Span(*trim(folded, start, end, _IDLE)) for start, end in pairwise(starts)]
        led = -1
        for subject in subjects:
            led += not subject.helps
            yield clauses[led], subject


def _without_levels(folded: str, subjects: list[_Subject]) -> list[_Subject]:
    """Return the subjects of a sentence without a level set off (县级层面,各部门要) before another body of it."""
    kept: list[_Subject] = []
    bodies = False
    for subject in reversed(subjects):
        plain = tuple(one for one in subject.names if not _set_off(folded, one.span))
        bodies = bodies or bool(plain)
        names = plain if bodies else subject.names
        if names:
            kept.append(subject if names == subject.names else replace(subject, names=names))
    return kept[::-1]


def _set_off(folded: str, name: Span) -> bool:
    return folded.startswith(_SET_OFF, name.end - len(_SET_OFF)) and folded[name.end : name.end + 1] == ","


def _subjects(document: Document, hits: Sequence[re.Match[str]], start: int, end: int) -> Iterator[_Subject]:
    """Yield the subjects of a sentence, at those of `hits` before which a list of names stands."""
    folded = document.folded
    read = start
    for hit in hits:
        if hit.end() <= read:
            continue
        opened = _opened(folded, read, hit.end())
        subject = _subject(document, opened, hit.end(), end) if opened is not None else None
        if subject is None:
            continue
        if opened is not None and _LEVEL.fullmatch(subject.names[-1].span.of(folded)):
            subject = _longer(document, hits, subject, opened, end) or subject
        yield subject
        read = subject.end
        for partner in _partners(document, subject, end):
            yield partner
            read = partner.end


def _longer(
    document: Document, hits: Sequence[re.Match[str]], level: _Subject, opened: int, stop: int
) -> _Subject | None:
    """Return the subject whose name begins with what looks like a level alone: 市深化改革办要, 各区培训单位负责."""
    folded = document.folded
    first, last = level.names[-1].span.start, level.names[-1].span.end
    close = _CLAUSE_END.search(folded, last, stop)
    reach = min(close.start() if close else stop, last + _LONGEST_BEHIND)
    for hit in hits:
        if last < hit.end() <= reach and _WORDS["named_deed"].fullmatch(folded, last, hit.end()):
            subject = _subject(document, opened, hit.end(), stop)
            if subject and subject.names[-1].span.start == first:
                return subject
    return None


def _opened(folded: str, begin: int, end: int) -> int | None:
    """Return where the words before a duty begin, at `begin` or behind it; None where they are longer than any list."""
    for reach in (_NEAR, LONGEST_LIST):
        start = max(begin, end - reach)
        last = None
        # What tells them may look past the name: 以区政府为主体.
        for sign in _WORDS["opens"].finditer(folded, start):
            if sign.end() >= end:
                break
            if not _inside_bracket(folded, start, sign.start(), end):
                last = sign
        if last or start == begin:
            return last.end() if last else start
    return None


def _inside_bracket(folded: str, start: int, at: int, end: int) -> bool:
    """Tell whether a bracket that opens at or before `at` closes behind it, before `end`: 各镇(街道), 区县(下称"区县")."""
    opened = folded.rfind("(", start, at + 1)
    return opened >= 0 and folded.find(")", opened, at) < 0 and folded.find(")", at, end) >= 0


def _subject(document: Document, opened: int, end: int, stop: int) -> _Subject | None:
    folded = document.folded
    before = folded[max(0, opened - 1) : opened]
    if before == "经":
        if not _WORDS["reviews"].match(folded, end, stop):
            return None
    elif _WORDS["lays_none"].match(folded, end, stop):
        return None
    if before == "以" and not _WORDS["main_party"].match(folded, end, stop):
        return None
    if before in "由经" and before and _WORDS["takes_away"].search(folded, max(0, opened - 6), opened - 1):
        return None
    plain = before == "由" or bool(_WORDS["plain_duty"].match(folded, end, stop))
    _, names = _led_in(document, opened, end, plain=plain)
    if not names and folded.startswith(_IN_CHARGE, end) and (handed := _WORDS["hands"].match(folded, opened, end)):
        _, names = _led_in(document, handed.end(), end, plain=plain)
    if not names or _cut_off(folded, names[0].span.start):
        return None
    bare = before != "由" and all(name.span.of(folded) in _STATE for name in names)
    if bare and _WORDS["qualifies"].match(folded, end, stop):
        return None
    alone = _WORDS["verbs_alone" if len(names) == 1 else "verb_alone"]
    if before not in ("由", "经") and alone.match(folded, end, stop) and not _plain(folded, names):
        return None
    if before == ",":
        opened, names = _with_those_before(document, opened, names)
    elif before and before in "由经以":
        opened -= 1
    return _Subject(tuple(names), opened, end, _role(folded, names, end, stop))


def _cut_off(folded: str, start: int) -> bool:
    """Tell whether a name begins a line that goes on in mid-word from the one above: its own beginning is not there."""
    if folded[start - 1 : start] != "\n":
        return False
    above = folded[max(0, start - 1 - _FULL_LINE) : start - 1]
    return len(above) == _FULL_LINE and "\n" not in above and bool(_HAN_END.search(above))


def _led_in(document: Document, start: int, end: int, *, plain: bool = False) -> tuple[int, list[NamedActor]]:
    """Return the names in text[start:end], without what leads in to them, and where they begin."""
    while start < end:
        if names := actors_named(document, start, end, plain=plain):
            return start, names
        lead = _WORDS["leads_in"].match(document.folded, start, end)
        if lead is None or lead.end() == start:
            break
        start = lead.end()
    return start, []


def _with_those_before(document: Document, opened: int, names: list[NamedActor]) -> tuple[int, list[NamedActor]]:
    """Return the names with those of the clauses before that hold nothing else: 各镇政府,各街道办事处,各部门要."""
    folded = document.folded
    while opened > 0 and folded[opened - 1] == ",":
        first = max(folded.rfind(sign, max(0, opened - LONGEST_LIST), opened - 1) for sign in "。;,:\n由") + 1
        before = _led_in(document, first, opened - 1)[1] if first else []
        if not before:
            break
        names, opened = [*before, *names], first
    return opened, names


def _plain(folded: str, names: Sequence[NamedActor]) -> bool:
    return all(_WORDS["plain_body"].search(name.span.of(folded)) for name in names)


def _role(folded: str, names: Sequence[NamedActor], end: int, stop: int) -> Role:
    if _WORDS["helps"].match(folded, end, stop):
        return "support"
    led = _WORDS["leads"].match(folded, end, stop) or all(_LEAD.search(folded, *_place(one)) for one in names)
    return "lead" if led else "responsible"


def _place(name: NamedActor) -> tuple[int, int]:
    return name.span.start, name.span.end


def _partners(document: Document, subject: _Subject, stop: int) -> Iterator[_Subject]:
    """Yield those with whom a subject does its duty, who help: 市文旅局会同市气象局."""
    folded = document.folded
    together = _WORDS["works_with"].match(folded, subject.end, stop) or _WORDS["then_with"].match(
        folded, subject.end, stop
    )
    if together is None:
        return
    close = _CLAUSE_END.search(folded, together.end(), stop)
    last = close.start() if close else stop
    for hit in _WORDS["subject_ends"].finditer(folded, together.end(), last):
        if names := actors_named(document, together.end(), hit.end()):
            yield _Subject(tuple(names), together.end(), hit.end(), "support", helps=True)
            return
    # 甲局会同乙局,按程序编排: the duty stands in the next clause.
    if close and close.group() == "," and (names := actors_named(document, together.end(), last)):
        yield _Subject(tuple(names), together.end(), last, "support", helps=True)
