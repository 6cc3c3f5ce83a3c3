"""What stands in a section and belongs to no task: dates and numbers of an introduction, standing duties of bodies.

None of it is given to tasks, since the text does not say that it is theirs; it is told as an issue with its place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from graph.issues import IssueLog
from graph.model import Span
from graph.text import squeeze
from loaders.document import Document
from loaders.extract.deadlines import find_closing_deadline, read_phase_date
from loaders.extract.targets import find_targets
from loaders.extract.times import find_times
from loaders.extract.years import Years
from loaders.outline import Node
from loaders.sections import TASK_SECTIONS, SectionKind, section_kind

# 活动时间, 走访时间安排: when all the work is done. When rules begin (施行时间) or who may apply until when is no such date.
_TIME_OF_WORK = re.compile(
    r"^(?!.{0,4}(?:施行|生效|执行|申报|申请|报名|公示|解释))[\u4e00-\u9fff]{0,6}(?:时间|期限)(?:安排|要求|节点)?"
    r"(?:[和与及、][\u4e00-\u9fff]{2,4})?(?=$|[:(\d])"
)
_DUTIES = re.compile(r"职责|职能|分工")
# Two bodies of which it is said what they are in charge of are duties; the office of a group is one, its members none.
_IN_CHARGE, _SEVERAL = re.compile(r"负责(?!人)"), 2


class Left(NamedTuple):
    """What is told: its place, the issue's code, and the last day that its words state."""

    span: Span
    code: str
    end: date | None = None


def report_left_out(
    document: Document, nodes: Sequence[Node], tasks: Iterable[Span], years: Years, issues: IssueLog
) -> None:
    """Record what the sections say beside the tasks of the article, whose places are `tasks`; in printed order."""
    starts = sorted(span.start for span in tasks)
    for span, code, end in sorted(_in_sections(document, nodes, starts, years, None), key=lambda left: left.span):
        if code == "section-date":
            issues.add(code, span, "a date stated for a section or for all the work, given to no task", end)
        elif code == "section-target":
            issues.add(code, span, "a target stated for a section, given to no task", end)
        else:
            issues.add(code, span, "a section of standing duties of bodies, in which no tasks are sought")


def _in_sections(
    document: Document, nodes: Sequence[Node], starts: Sequence[int], years: Years, above: SectionKind | None
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
        elif first is None and starts and kind == "general":
            yield from _time_of_work(document, node, whole, years)
        yield from _in_sections(document, node.children, starts, years, kind)


def _states_duties(document: Document, node: Node, whole: Span) -> bool:
    """Tell whether a section of bodies says what they are to do, and is no mere list of bodies and persons."""
    said = any(_DUTIES.search(squeeze(document.plain(one.title)[:40])) for one in node.walk())
    return said or len(_IN_CHARGE.findall(document.folded, whole.start, whole.end)) >= _SEVERAL


def _introduction(document: Document, node: Node, end: int, years: Years) -> Iterator[Left]:
    """Yield the dates and targets of the heading and of the words between it and what stands below."""
    words = Span(node.title.end, max(end, node.title.end))
    stated = (
        read_phase_date(document, node.title, years=years),
        find_closing_deadline(document, words, years=years),
    )
    found = [Left(one.span, "section-date", one.end) for one in stated if one]
    stated_at = [one.span for one in found]
    for one in find_targets(document, Span(node.title.start, words.end), years=years, exclude=stated_at):
        found.append(Left(one.span, "section-date", one.end) if one.value is None else Left(one.span, "section-target", one.end))
    yield from _by_sentence(document, sorted(found, key=lambda left: left[:2]))


def _by_sentence(document: Document, found: Sequence[Left]) -> Iterator[Left]:
    """Yield what one sentence says as one: a record for each number of a sentence of goals would be no help."""
    last: Left | None = None
    for one in found:
        if last and last.code == one.code and "。" not in document.folded[last.span.end : one.span.start]:
            span = Span(last.span.start, max(last.span.end, one.span.end))
            last = Left(span, one.code, max(filter(None, (last.end, one.end)), default=None))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _time_of_work(document: Document, node: Node, whole: Span, years: Years) -> Iterator[Left]:
    """Yield the time that a section like 活动时间 states for all the work of the document."""
    if not _TIME_OF_WORK.search(squeeze(document.plain(node.title))):
        return
    times = [one for one in find_times(document.folded, whole.start, whole.end, years) if one.bound != "since"]
    if times:
        last = max((day for one in times if (day := one.end)), default=None)
        yield Left(Span(times[0].lead, times[-1].span.end), "section-date", last)
