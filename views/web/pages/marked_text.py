"""A document's text cut into lines and pieces, each piece with all that it was read as."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.model import Reading, Span, Task

if TYPE_CHECKING:
    from loaders.reading.text_account import TextAccount

MARKS = ("title", "citation", "unit", "actor", "date", "target", "left_out", "unread", "at")
"""The kinds of marks, as the legend has them; `at` are the words that the address asks for."""


@dataclass(frozen=True, slots=True, order=True)
class TextMark:
    """A stretch of a text and what it is: one of `MARKS`, with what to say of it."""

    start: int
    end: int
    kind: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPiece:
    """Some characters with the marks that lie on them; `place` is where they begin."""

    text: str
    place: int
    kinds: tuple[str, ...] = ()
    said: str = ""


@dataclass(slots=True, kw_only=True)
class MarkedLine:
    """A line of a text: its pieces, the tasks that begin in it, and whether it is part of a task, a heading, left out."""

    start: int
    pieces: list[MarkedPiece] = field(default_factory=list)
    begins: list[Task] = field(default_factory=list)
    kinds: tuple[str, ...] = ()


def marks_of(reading: Reading, account: "TextAccount | None" = None, at: Span | None = None) -> list[TextMark]:
    """Return every mark of a document, in the order of the text."""
    marks = [*_of_policies(reading), *(mark for task in reading.tasks for mark in _of_task(task))]
    for issue in reading.issues:
        if issue.span:
            marks.append(TextMark(issue.span.start, issue.span.end, "unread", issue.code))
    for part in account.parts if account else ():
        if part.account == "left_out":
            marks.append(TextMark(part.span.start, part.span.end, "left_out", part.rule))
        elif part.account == "unread":
            marks.append(TextMark(part.span.start, part.span.end, "unread", part.rule))
    if at is not None:
        marks.append(TextMark(at.start, at.end, "at"))
    return sorted(set(marks))


def _of_policies(reading: Reading) -> Iterator[TextMark]:
    for policy in reading.policies:
        own = policy.role in ("self", "reports_on")
        for name, spans in policy.spans.items():
            if own or name == "mention":
                yield from (TextMark(span.start, span.end, "title" if own else "citation", name) for span in spans)


def _of_task(task: Task) -> Iterator[TextMark]:
    for kind, units in (("unit", task.units), ("actor", task.actors)):
        yield from (TextMark(unit.span.start, unit.span.end, kind, unit.role) for unit in units)
    for date in (task.deadline, *(unit.deadline for unit in task.actors)):
        if date:
            yield TextMark(date.span.start, date.span.end, "date", date.edtf or "")
    yield from (TextMark(one.span.start, one.span.end, "target", one.quantity or "") for one in task.targets)


def lines_of(
    text: str, marks: Sequence[TextMark], tasks: Iterable[Task], within: Span | None = None
) -> list[MarkedLine]:
    """Return the lines of a text, or of a stretch of it, that are not empty, with the marks on them.

    The pieces of all lines together are the text but for its line ends and empty lines.
    """
    within = within or Span(0, len(text))
    starts: dict[int, list[Task]] = {}
    for task in tasks:
        starts.setdefault(task.span.start, []).append(task)
    begins = sorted(starts)
    lines: list[MarkedLine] = []
    at = within.start
    first = 0
    open_marks: list[TextMark] = []
    task_at = 0
    for words in within.of(text).splitlines(keepends=True):
        end = at + len(words)
        stop = at + len(words.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
        while first < len(marks) and marks[first].start < end:
            open_marks.append(marks[first])
            first += 1
        open_marks = [mark for mark in open_marks if mark.end > at]
        line = MarkedLine(start=at, pieces=_pieces(text, at, stop, open_marks))
        while task_at < len(begins) and begins[task_at] < end:
            line.begins += starts[begins[task_at]] if begins[task_at] >= at else []
            task_at += 1
        whole = {mark.kind for mark in open_marks if mark.start <= at and mark.end >= stop}
        line.kinds = tuple(kind for kind in MARKS if kind in whole)
        if words.strip() or line.begins:
            lines.append(line)
        at = end
    return lines


def _pieces(text: str, start: int, stop: int, marks: Sequence[TextMark]) -> list[MarkedPiece]:
    """Return a line cut wherever a mark begins or ends."""
    here = [mark for mark in marks if mark.start < stop and mark.end > start]
    cuts = sorted({start, stop, *(min(max(one, start), stop) for mark in here for one in (mark.start, mark.end))})
    made = []
    for low, high in pairwise(cuts):
        on = [mark for mark in here if mark.start <= low and mark.end >= high]
        kinds = tuple(kind for kind in MARKS if any(mark.kind == kind for mark in on))
        # What is marked closest says most.
        close = min(on, key=lambda mark: mark.end - mark.start, default=None)
        made.append(MarkedPiece(text=text[low:high], place=low, kinds=kinds, said=close.said if close else ""))
    return made
