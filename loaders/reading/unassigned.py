"""What stands in a section and belongs to no task: dates and numbers of an introduction, standing duties of bodies.

None of it is given to tasks, since the text does not say that it is theirs; it is told as an issue with its place.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from graph.issues import IssueLog
from graph.model import Deadline, Span, Task
from graph.text import squeeze
from loaders.extract.deadlines.find import find_closing_deadline, read_phase_date
from loaders.extract.deadlines.times import find_times
from loaders.extract.deadlines.years import Years
from loaders.extract.targets.commitments import find_targets
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.covered_places import CoveredPlaces
from loaders.structure.outline import Node
from loaders.structure.section_kinds import TASK_SECTIONS, SectionKind, section_kind

_FIND = by_name("left_out")
_CARRIED = _FIND["carried_above"]
# A section that says when all the work is done: 活动时间, 走访时间安排.
_TIME_OF_WORK = by_name("deadline_places")["section_head"]
# Two bodies of which it is said what they are in charge of are duties; the office of a group is one, its members none.
_SEVERAL = 2


class Left(NamedTuple):
    """What is told: its place, the issue's code, and the last day that its words state."""

    span: Span
    code: str
    end: date | None = None


def report_left_out(
    document: Document, nodes: Sequence[Node], tasks: Sequence[Task], years: Years, issues: IssueLog
) -> None:
    """Record what the sections of an article, and the headings of its annexes, say beside its tasks; in printed order."""
    starts = sorted(task.span.start for task in tasks)
    units = frozenset(unit.span.start for task in tasks for unit in task.units)
    found = [*_in_sections(document, nodes, starts, years, units, None), *_over_lists(document, nodes, tasks, years)]
    for span, code, end in sorted(found, key=lambda left: left.span):
        if code == "section-date":
            issues.add(code, span, "a date stated for a section or for all the work, given to no task", end)
        elif code == "section-duty":
            issues.add(code, span, "who carries a section or all the work, given to no task")
        elif code == "section-target":
            issues.add(code, span, "a target stated for a section, given to no task", end)
        else:
            issues.add(code, span, "a section of standing duties of bodies, in which no tasks are sought")


def _in_sections(
    document: Document,
    nodes: Sequence[Node],
    starts: Sequence[int],
    years: Years,
    units: Container[int],
    above: SectionKind | None,
) -> Iterator[Left]:
    for node in nodes:
        kind = section_kind(document.plain(node.title), above)
        whole = node.span
        at = bisect_left(starts, whole.start)
        first = starts[at] if at < len(starts) and starts[at] < whole.end else None
        if first == whole.start:
            continue  # the item is a task itself, and all in it is its own
        if first is None and kind == "bodies":
            if _states_duties(document, node, whole):
                yield Left(node.title, "duties-unread")
            continue
        if first is not None and kind in TASK_SECTIONS:
            below = node.children[0].piece.span.start if node.children else whole.end
            yield from _introduction(document, node, min(first, below), years)
            yield from _carried(document, Span(node.title.start, min(first, below)), units)
        elif first is None and starts and kind == "general":
            yield from _time_of_work(document, node, whole, years)
        yield from _in_sections(document, node.children, starts, years, units, kind)


def _over_lists(document: Document, nodes: Sequence[Node], tasks: Sequence[Task], years: Years) -> Iterator[Left]:
    """Yield the dates and targets of the headings that stand above tasks outside of the article's own sections."""
    sections = CoveredPlaces(node.span for node in nodes)
    for title in dict.fromkeys(task.theme_span for task in tasks if task.theme_span):
        if not sections.at(title.start):
            yield from _heading(document, title, years)


def _states_duties(document: Document, node: Node, whole: Span) -> bool:
    """Tell whether a section of bodies says what they are to do, and is no mere list of bodies and persons."""
    said = any(_FIND["duties"].search(squeeze(document.plain(one.title)[:40])) for one in node.walk())
    return said or len(_FIND["in_charge"].findall(document.folded, whole.start, whole.end)) >= _SEVERAL


def _introduction(document: Document, node: Node, end: int, years: Years) -> Iterator[Left]:
    """Yield the dates and targets of the heading, and of the words between it and what stands below."""
    yield from _heading(document, node.title, years)
    words = Span(node.title.end, max(end, node.title.end))
    yield from _stated(document, words, find_closing_deadline(document, words, years=years), years)


def _carried(document: Document, words: Span, units: Container[int]) -> Iterator[Left]:
    """Yield where the words above tasks say in a bracket or behind a label who carries them; not where a task has it."""
    for match in _CARRIED.finditer(document.folded, words.start, words.end):
        if not any(at in units for at in range(*match.span())):
            yield Left(Span(*match.span()), "section-duty")


def _heading(document: Document, title: Span, years: Years) -> Iterator[Left]:
    yield from _stated(document, title, read_phase_date(document, title, years=years), years)


def _stated(document: Document, words: Span, deadline: Deadline | None, years: Years) -> Iterator[Left]:
    """Yield the deadline that some words state, and the targets in them; in printed order."""
    found = [Left(deadline.span, "section-date", deadline.end)] if deadline else []
    for one in find_targets(document, words, years=years, exclude=[left.span for left in found]):
        found.append(Left(one.span, "section-date" if one.value is None else "section-target", one.end))
    yield from _by_sentence(document, sorted(found, key=lambda left: left[:2]))


def _by_sentence(document: Document, found: Sequence[Left]) -> Iterator[Left]:
    """Yield what one sentence says as one, but no two days: a record for each number of a sentence of goals is no help."""
    last: Left | None = None
    for left in found:
        if last is None:
            last = left
            continue
        one_sentence = "。" not in document.folded[last.span.end : left.span.start]
        if one_sentence and last.code == left.code and len({last.end, left.end} - {None}) < 2:
            span = Span(last.span.start, max(last.span.end, left.span.end))
            last = Left(span, left.code, last.end or left.end)
        else:
            yield last
            last = left
    if last:
        yield last


def _time_of_work(document: Document, node: Node, whole: Span, years: Years) -> Iterator[Left]:
    """Yield the time that a section like 活动时间 states for all the work of the document.

    Where it prints no stretch and no day by which, several times leave open which of them is meant.
    """
    if not _TIME_OF_WORK.search(squeeze(document.plain(node.title))):
        return
    times = [one for one in find_times(document.folded, whole.start, whole.end, years) if one.bound != "since"]
    meant = [one for one in times if one.spread or one.bound == "by"] or times
    if meant:
        days = {one.end for one in meant if one.end}
        sure = meant is not times or len(days) == 1
        yield Left(Span(meant[0].lead, meant[-1].span.end), "section-date", max(days) if days and sure else None)
