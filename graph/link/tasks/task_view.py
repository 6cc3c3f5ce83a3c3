"""A task as linking sees it: its words without duty brackets, their places in the text, and the facts read from it."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.gazetteer.functions import central_function, function_of
from graph.identity import TaskKey
from graph.link.policies.policy_kinship import NOWHERE, PolicyStanding, standings_of
from graph.model import Reading, Role, Span, Task, TaskKind
from graph.text import fold

# How far a bracket that holds the units may reach to both sides of a unit's name.
_BRACKET_REACH = 400
# Tasks of several paragraphs are the exception up to this share.
_FEW = 0.1
_OPEN, _CLOSE = "([〔【{", ")]〕】}"
# 省 市 区 … before a unit's function says whose unit it is, not which: 区发改局 and 市发改委 are counterparts.
_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区|市|自治州|州|地区|盟|县|区|旗|镇|乡|街道))?(?:省|市|区|县|州|镇|旗)?(?:级|直|属)?"
)
_FORM = re.compile(r"(?:委员会|管理局|办公室|委员|总局|分局|支队|中心|厅|局|委|办|部|院)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTask:
    """A task as linking sees it.

    `text` is folded and without the brackets that name units; `pieces` tells where it stands in the document: each
    is (position in `text`, position in the document, length). `sections` are the headings above it, `units` are (function or surface, role, collective);
    `standing` says what its policy is called and carries out.
    """

    key: str
    path: str
    kind: TaskKind
    title: str
    text: str
    order: int
    pieces: tuple[tuple[int, int, int], ...] = ()
    theme_heading: str | None = None
    sections: tuple[str, ...] = ()
    units: tuple[tuple[str, Role, bool], ...] = ()
    standing: PolicyStanding = NOWHERE

    def span(self, start: int, end: int) -> Span | None:
        """Return the place in the document of `text[start:end]`; None where the task was made without places.

        Words that a bracket of units interrupts are given up to the interruption.
        """
        for at, origin, length in self.pieces:
            if at <= start < at + length:
                return Span(origin + start - at, origin + min(end, at + length) - at)
        return None


def from_reading(reading: Reading) -> tuple[LinkTask, ...]:
    """Return the tasks of one reading as linking sees them, in printed order."""
    folded = fold(reading.text)
    standings = standings_of(reading)
    tasks = [_link_task(reading.name, folded, task, standings[task.policy]) for task in reading.tasks]
    return (*tasks[:-1], _without_close(tasks[-1], tasks[:-1])) if tasks else ()


def _without_close(last: LinkTask, others: list[LinkTask]) -> LinkTask:
    """Return the last task without the closing words of its document, where the other tasks are one paragraph each.

    What calls on everybody at the end belongs to no task, though it stands below the last heading. A heading on a line
    of its own is no paragraph.
    """
    several = sum("\n" in task.text.strip() for task in others)
    text = last.text
    start = len(text) - len(text.lstrip())
    behind = text.find(last.title, start) + len(last.title)
    heads = last.title in text and text[behind : behind + 1] == "\n"
    end = text.rstrip().find("\n", behind + 1 if heads else start)
    return last if end < 0 or several > _FEW * len(others) else replace(last, text=text[:end])


def _link_task(document: str, folded: str, task: Task, standing: PolicyStanding) -> LinkTask:
    start, end = task.span.start, task.span.end
    cuts = sorted(_duty_brackets(folded, task, start, end))
    text, pieces, at = "", [], start
    for cut_start, cut_end in [*cuts, (end, end)]:
        if cut_start > at:
            pieces.append((len(text), at, cut_start - at))
            text += folded[at:cut_start]
        at = max(at, cut_end)
    return LinkTask(
        key=str(TaskKey(document, task.path)),
        path=task.path,
        kind=task.kind,
        title=fold(task.title),
        text=text,
        order=task.order,
        pieces=tuple(pieces),
        theme_heading=fold(task.theme_heading) if task.theme_heading else None,
        sections=tuple(fold(one) for one in task.section),
        units=tuple((unit_function(unit.surface), unit.role, unit.collective) for unit in task.units),
        standing=standing,
    )


def _duty_brackets(folded: str, task: Task, start: int, end: int) -> set[tuple[int, int]]:
    """Return the places of the brackets, within the task, in which its units are named."""
    brackets = set()
    for unit in task.units:
        if not start <= unit.span.start < end:
            continue
        opening = _enclosing(folded, unit.span.start, max(start, unit.span.start - _BRACKET_REACH))
        if opening is None:
            continue
        closing = _closing(folded, opening, min(end, opening + 2 * _BRACKET_REACH))
        if closing is not None:
            brackets.add((opening, closing))
    return brackets


def _enclosing(folded: str, place: int, limit: int) -> int | None:
    """Return where the outermost bracket that is still open at `place` begins, looking back to `limit`."""
    depth, outermost = 0, None
    for at in range(place - 1, limit - 1, -1):
        char = folded[at]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            if depth:
                depth -= 1
            else:
                outermost = at
        elif char in "。\n" and depth == 0:
            break
    return outermost


def _closing(folded: str, opening: int, limit: int) -> int | None:
    """Return the place behind the bracket that closes the one at `opening`, or None where none does."""
    depth = 0
    for at in range(opening, limit):
        if folded[at] in _OPEN:
            depth += 1
        elif folded[at] in _CLOSE:
            depth -= 1
            if depth == 0:
                return at + 1
    return None


@lru_cache(maxsize=16384)
def unit_function(surface: str) -> str:
    """Return the function of a unit, without its place; where it is not known, the rest of its name.

    >>> unit_function("澄州市发展改革委"), unit_function("区发改局"), unit_function("市某某专班")
    ('发展改革', '发展改革', '某某专班')
    """
    name = fold(surface)
    bare = _PLACE.sub("", name, count=1) or name
    for one in (name, bare):
        if known := function_of(one) or central_function(one):
            return known.function
    return _FORM.sub("", bare) or bare
