"""Which places of a text some spans hold, asked many times: a sorted list answers without looking at every span."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from graph.model import Span


class CoveredPlaces:
    """Answers of spans that may overlap what a place or another span has to do with them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Sort `spans`; each question then looks at one of them."""
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def hold(self, span: Span) -> bool:
        """Tell whether all of `span` lies in one of the spans.

        >>> CoveredPlaces([Span(2, 8), Span(3, 4)]).hold(Span(5, 8))
        True
        """
        return self._reach(bisect_right(self._starts, span.start)) >= span.end

    def at(self, place: int) -> bool:
        """Tell whether a place lies in one of the spans."""
        return self._reach(bisect_right(self._starts, place)) > place

    def touch(self, start: int, end: int) -> bool:
        """Tell whether one of the spans shares a place with [start, end)."""
        return self._reach(bisect_left(self._starts, end)) > start

    def _reach(self, count: int) -> int:
        """Return how far the first `count` spans reach, -1 where there are none."""
        return self._furthest[count - 1] if count else -1
