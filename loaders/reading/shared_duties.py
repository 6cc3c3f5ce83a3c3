"""Who carries several tasks by one statement: a remark for all that follows, a bracket behind the last of several items.

以下均由市水利局负责 reaches to the end of its section; 以上均由市水利局负责 to the first of the items beside it. Where in all parts of a
plan only the last of several items closes with who carries it (1. 2. 3. …(责任单位:市水利局)), each such bracket speaks for
all items of its part.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.model import Span
from graph.text import squeeze, trim
from loaders.extract.tasks.body_tasks import FoundTask
from loaders.extract.units.duties import Duty
from loaders.extract.units.unit_lists import ListReader
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.outline import DocumentOutline, Node

_FOR_ALL = by_name("units")["for_all"]
_NO_MORE = " \t\n。;.)]】〕*_"
# One part that ends so may have forgotten the others.
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class SharedDuty:
    """A remark that several tasks are carried by the same bodies: which, and the stretch in which the tasks begin."""

    duty: Duty
    scope: Span


def remarks_for_all(document: Document, outline: DocumentOutline, tasks: Sequence[FoundTask]) -> list[SharedDuty]:
    """Return the remarks of an article that speak for all tasks behind or before them, in printed order."""
    if not outline.nodes:
        return []
    found = []
    last = outline.nodes[-1].span.end
    for match in _FOR_ALL.finditer(document.folded, outline.nodes[0].title.start, last):
        reading = ListReader(document, Span(*match.span("said")), declared=True).read(None)
        if reading.strict and reading.verbs:
            duty = Duty(
                units=reading.mentions(document, "remark-for-all"),
                span=Span(*match.span()),
                rest=tuple(reading.rest),
                rule="remark-for-all",
            )
            found.append(SharedDuty(duty, _scope(outline, tasks, duty.span, behind=match["behind"] is not None)))
    return found


def _scope(outline: DocumentOutline, tasks: Sequence[FoundTask], remark: Span, *, behind: bool) -> Span:
    """Return where the tasks begin that a remark speaks for, to the end of its section or from the first item beside it."""
    line = _line(outline.nodes, remark.start)
    within = next((task for task in tasks if task.span.start <= remark.start < task.span.end), None)
    if not behind:
        above = [node for node in line if within is None or node.span != within.span]
        return Span((above[-1] if above else outline.nodes[0]).span.start, remark.start)
    # Inside an item it reaches to the end of the section, above the items of a part to the end of that.
    section = line[0] if within else line[-1]
    return Span(within.span.start if within else remark.start, section.span.end)


def _line(nodes: Sequence[Node], at: int) -> list[Node]:
    """Return the nodes around a place, from the top down."""
    for node in nodes:
        if node.title.start <= at < node.span.end:
            return [node, *_line(node.children, at)]
    return []


def with_shared(
    document: Document, tasks: Sequence[FoundTask], own: Sequence[tuple[Duty, ...]], remarks: Sequence[SharedDuty]
) -> list[tuple[Duty, ...]]:
    """Return the duties of each task, its own first, then those that a statement beside other tasks gives it too."""
    given: list[list[Duty]] = [list(duties) for duties in own]
    for at, duty in _closing_for_all(document, tasks, own):
        given[at].append(duty)
    for remark in remarks:
        for at, task in enumerate(tasks):
            if remark.scope.start <= task.span.start < remark.scope.end:
                known = {squeeze(unit.surface) for duty in given[at] for unit in duty.units}
                units = tuple(one for one in remark.duty.units if squeeze(one.surface) not in known)
                given[at].append(replace(remark.duty, units=units))
    return [tuple(duties) for duties in given]


def _closing_for_all(
    document: Document, tasks: Sequence[FoundTask], own: Sequence[tuple[Duty, ...]]
) -> Iterator[tuple[int, Duty]]:
    """Yield the tasks that a bracket behind the last of the items beside them speaks for, each with that bracket.

    It does so where two parts or more end so, and no item of any part but the last has units of its own.
    """
    parts: dict[Span, list[int]] = defaultdict(list)
    for at, task in enumerate(tasks):
        if task.theme and task.kind == "measure":
            parts[task.theme].append(at)
    several = [part for part in parts.values() if len(part) > 1]
    closed = [part for part in several if own[part[-1]] and _closes(document, tasks[part[-1]], own[part[-1]][-1])]
    if len(closed) < _SEVERAL or any(own[at] for part in several for at in part[:-1]):
        return
    for part in closed:
        for at in part[:-1]:
            yield from ((at, duty) for duty in own[part[-1]])


def _closes(document: Document, task: FoundTask, duty: Duty) -> bool:
    """Tell whether nothing of a task follows who carries it."""
    return trim(document.folded, duty.span.end, task.span.end, _NO_MORE)[0] >= task.span.end
