"""What a task's text says of who carries it: brackets, headed lines, closing sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.issues import IssueLog
from graph.model import Span, UnitMention
from loaders.extract.units.duty_brackets import BracketFinder
from loaders.extract.units.duty_lines import LineFinder, parts_named
from loaders.extract.units.unit_drafts import Found
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


def find_duties(document: Document, span: Span, *, first_leads: bool, issues: IssueLog) -> tuple[Duty, ...]:
    """Return every statement in `span`, the text of one task, of who carries it, in printed order.

    `first_leads`: the document says once that the first unit of every list leads. Units are numbered over all.
    """
    found = sorted(_found(document, span, issues), key=lambda one: one.span.start)
    duties: list[Duty] = []
    count = 1
    for one in found:
        if first_leads:
            one.reading.let_first_lead()
        units = one.reading.mentions(document, one.rule, count)
        count += len(units)
        duties.append(Duty(units=units, span=one.span, rest=tuple(one.reading.rest), rule=one.rule))
    if not duties and len(parts := parts_named(document, span)) > 1:
        issues.add("duty-parts", parts[0], "units are named for parts of the task, none for all of it")
    return tuple(duties)


def _found(document: Document, span: Span, issues: IssueLog) -> Iterator[Found]:
    """Yield the duties in brackets, then those in what is left between them."""
    at = span.start
    between: list[Span] = []
    for one in BracketFinder(document, span, issues).found():
        yield one
        between.append(Span(at, one.span.start))
        at = one.span.end
    for stretch in (*between, Span(at, span.end)):
        yield from LineFinder(document, stretch, issues).found()
