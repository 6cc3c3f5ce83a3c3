"""Dates that several brackets of one task state, each of the sentences before it: 推动修缮。（区水利局牵头，6月底前完成）."""

from collections.abc import Iterator, Sequence

from graph.model import Deadline, Span, Target
from graph.text import trim
from loaders.extract.deadlines.find import read_deadline
from loaders.extract.deadlines.years import Years
from loaders.extract.units.duties import Duty
from loaders.read.document import Document

_MARKS = "。；;，,、:： "
# A sentence that is longer is not shown whole: the words of the bracket stand for it.
_LONGEST = 200


def dates_of_brackets(
    document: Document, span: Span, duties: Sequence[Duty], deadline: Deadline | None, years: Years
) -> Iterator[Target]:
    """Yield a target for each bracket of a task whose date is not the deadline: what the sentence before it is due by.

    `span` is the text of the task. Text and place of a target reach from its sentence to the end of the date.
    """
    if deadline is None:
        return
    for before, duty in zip((None, *duties), duties, strict=False):
        if before is None or duty.span.start < span.start or span.end < duty.span.end:
            continue
        for rest in duty.rest:
            read = read_deadline(document, rest, years=years)
            if read and read.end and read.span.start > deadline.span.end:
                start = _sentence(document, max(before.span.end, span.start), duty.span.start)
                start = start if read.span.end - start <= _LONGEST else read.span.start
                place = Span(*trim(document.text, start, read.span.end, _MARKS))
                yield Target(text=place.of(document.text), span=place, rule="target/bracket", end=read.end)


def _sentence(document: Document, low: int, end: int) -> int:
    """Return where the last sentence of [low, end) begins; its own full stop is not looked at."""
    last = len(document.folded[low:end].rstrip("。 \n"))
    cut = max(document.folded.rfind(sign, low, low + last) for sign in "。\n")
    return cut + 1 if cut >= 0 else low
