"""The straight lines of what is drawn on a page, and the limit of how much may be drawn there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.errors import InputError
from loaders.read import limits
from loaders.read.paged.page_content import Box, DrawnRule

# A bar that is no thicker (in points) is a rule, and nothing shorter parts anything.
THIN, _SHORTEST = 3.0, 4.0


class StrokeCounter:
    """Counts what is drawn on a page, up to the limit."""

    def __init__(self, where: str, number: int) -> None:
        """Begin at nothing; `where` names the file in errors, `number` the page."""
        self._where, self._number, self._count = where, number, 0

    def count(self, more: int = 1) -> None:
        """Count so many strokes.

        Raises:
            InputError: there are more of them than are read.
        """
        self._count += more
        if self._count > limits.PAGE_STROKES:
            raise too_full(self._where, self._number)


def too_full(where: str, number: int) -> InputError:
    """Return the error of a page that holds more than any page that is read."""
    return InputError(
        "{where}: page {number} holds more signs or lines than are read; it was not read, make sure where it comes from",
        where=where,
        number=number,
    )


def straight_parts(points: Sequence[tuple[float, float]], stroked: bool) -> Iterator[Box]:
    """Yield the straight parts between points, of a thin bar the bar itself; of a patch of colour nothing."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if len(points) > 2 and min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
        yield min(xs), min(ys), max(xs), max(ys)
        return
    for (x0, y0), (x1, y1) in pairwise(points if stroked else ()):
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def drawn_rule(box: Box) -> DrawnRule | None:
    """Return a straight line along the page or down it; None for one aslant, or too short to part anything."""
    x0, top, x1, bottom = box
    along, down = x1 - x0, bottom - top
    if min(along, down) > THIN or max(along, down) < _SHORTEST:
        return None
    return DrawnRule(x0, top, x1, bottom)
