"""What a section, table or annex holds that a rule leaves out: numbered items, assignments, dates, sums that somebody gets."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import Span
from loaders.numbering import Marker
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_MARKS = by_name("marks")


@dataclass(frozen=True, slots=True)
class HeldMarks:
    """How many numbered items, assignments (责任单位:, 由…牵头), dates and sums that somebody gets a stretch holds."""

    items: int
    duties: int
    dates: int
    grants: int

    def beyond(self, natural: frozenset[str]) -> bool:
        """Return whether there is one of a kind that is not in `natural`.

        >>> HeldMarks(3, 1, 0, 0).beyond(frozenset({"items"})), HeldMarks(3, 0, 0, 0).beyond(frozenset({"items"}))
        (True, False)
        """
        counts = {"items": self.items, "duties": self.duties, "dates": self.dates, "grants": self.grants}
        return any(count for kind, count in counts.items() if kind not in natural)


def marks_in(document: Document, span: Span, signs: Iterable[Marker | None]) -> HeldMarks:
    """Return the marks in `span`; `signs` are the numbers of its items."""
    return HeldMarks(
        items=sum(sign is not None for sign in signs),
        duties=sum(1 for _ in _MARKS["assignment"].finditer(document.folded, span.start, span.end)),
        dates=sum(1 for _ in _MARKS["bound"].finditer(document.folded, span.start, span.end)),
        grants=sum(1 for _ in _MARKS["grant"].finditer(document.folded, span.start, span.end)),
    )
