"""Where the words of a proof stand in a file that has pages or sheets: the columns of Evidence that say so."""

from bisect import bisect_right
from collections.abc import Sequence

from graph.model import FilePlace, Span
from graph.snapshot.tables import SnapshotRow


class FilePlaces:
    """The places of a document's text in its file, found by spans of the text."""

    def __init__(self, places: Sequence[FilePlace]) -> None:
        """Take them in order of the text."""
        self._places = places
        self._ends = [one.span.end for one in places]

    def of(self, span: Span) -> SnapshotRow:
        """Return the columns that say where a span stands; nothing where the file has neither pages nor sheets.

        A span over several lines of a page has the box around them, one over several cells the first and the last; one
        that goes on to another page or sheet is where it begins.
        """
        found: list[FilePlace] = []
        at = bisect_right(self._ends, span.start)
        while at < len(self._places) and self._places[at].span.start < span.end:
            found.append(self._places[at])
            at += 1
        if not found:
            return {}
        first = found[0]
        beside = [one for one in found if (one.page, one.sheet) == (first.page, first.sheet)]
        cells = list(dict.fromkeys(one.cell for one in beside if one.cell))
        sure = [one.confidence for one in found if one.confidence is not None]
        return {
            "page": first.page,
            "box": _around([one.box for one in beside if one.box]),
            "sheet": first.sheet,
            "cell": f"{cells[0]}:{cells[-1]}" if len(cells) > 1 else next(iter(cells), None),
            "confidence": min(sure, default=None),
        }


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> str | None:
    """Return the box around some, as text: left, top, right, bottom in points."""
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return " ".join(f"{edge:.1f}" for edge in (min(left), min(top), max(right), max(bottom)))
