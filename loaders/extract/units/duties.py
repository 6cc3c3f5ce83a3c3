"""What a task's text says of who carries it: brackets, headed lines, closing sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.issues import IssueLog
from graph.model import Span, UnitMention
from loaders.extract.units.duty_brackets import BracketFinder
from loaders.extract.units.duty_lines import LineFinder
from loaders.extract.units.unit_drafts import FoundDuty, LeadNote
from loaders.read.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One statement of who carries a task.

    `span` holds the whole bracket, line or sentence; `rest` what stands among the units and is none, such as
    `6月底完成`; `rule` says in which form it was printed.
    """

    units: tuple[UnitMention, ...]
    span: Span
    rest: tuple[Span, ...]
    rule: str


def find_duties(document: Document, span: Span, *, note: LeadNote | None, issues: IssueLog) -> tuple[Duty, ...]:
    """Return every statement in `span`, the text of one task, of who carries it, in printed order.

    `note` is what the document says once of who leads in every list. Units are numbered over all.
    """
    duties: list[Duty] = []
    count = 1
    for stated in sorted(_stated(document, span, issues), key=lambda duty: duty.span.start):
        if note:
            stated.reading.let_lead(document, note)
        units = stated.reading.mentions(document, stated.rule, count)
        count += len(units)
        duties.append(Duty(units=units, span=stated.span, rest=tuple(stated.reading.rest), rule=stated.rule))
    return tuple(duties)


def _stated(document: Document, span: Span, issues: IssueLog) -> Iterator[FoundDuty]:
    """Yield the duties in brackets, then those in what is left between them."""
    at = span.start
    between: list[Span] = []
    for duty in BracketFinder(document, span, issues).duties():
        yield duty
        between.append(Span(at, duty.span.start))
        at = duty.span.end
    for stretch in (*between, Span(at, span.end)):
        yield from LineFinder(document, stretch, issues).duties()
