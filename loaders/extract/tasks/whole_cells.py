"""Cells of a list printed one a line, whole again where a copy broke them over lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from graph.model import Span
from loaders.extract.deadlines.deadline_kinds import time_share
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.table_rows import unit_share
from loaders.read.document import Document
from loaders.structure.table_grid import row_sign

_NEVER_FIRST = ",。、;:)》〕"
_ENDED = "。;:"
# So many lines of exactly the greatest length tell that a copy broke lines at it; shorter ones may be whole cells.
_FULL_LINES, _NARROWEST = 3, 16
# So large a part of the lines has an empty line above it where a copy parts cells by empty lines.
_PARTED = 0.7
# Fewer breaks beside numbers tell nothing of empty lines.
_FEWEST = 3
_HALF = 0.5
_NO_YEARS = Years()


def whole_cells(document: Document, lines: Sequence[Span]) -> list[Span]:
    """Return the cells that `lines` print, each that is broken over lines as one span.

    Where a copy parts cells by empty lines, lines without one between them are one cell; a line of the length at which
    the copy broke all lines goes on in the next, but for a finished sentence, and text in no cell of units or times; no
    cell begins with a sign.
    """
    texts = [document.folded[line.start : line.end] for line in lines]
    gaps = [document.text.count("\n", above.end, below.start) > 1 for above, below in pairwise(lines)]
    parted = _are_parted(texts, gaps)
    width = _width(texts)
    cells = list(lines[:1])
    for (above, below), gap, line in zip(pairwise(texts), gaps, lines[1:], strict=True):
        full = len(above) == width and above[-1] not in _ENDED and not _is_other(above, below)
        goes_on = below[0] in _NEVER_FIRST or (not gap if parted else full)
        if goes_on and not (_is_number(above) or _is_number(below)):
            cells[-1] = Span(cells[-1].start, line.end)
        else:
            cells.append(line)
    return cells


def _are_parted(texts: Sequence[str], gaps: Sequence[bool]) -> bool:
    """Tell whether a copy parts cells by empty lines: most lines, and every number of a row from its neighbours."""
    beside = [gap for pair, gap in zip(pairwise(texts), gaps, strict=True) if any(map(_is_number, pair))]
    return len(beside) >= _FEWEST and all(beside) and sum(gaps) >= _PARTED * len(gaps)


def _width(texts: Sequence[str]) -> int | None:
    """Return the length at which a copy broke the lines, None where none shows: one name may fill several cells."""
    lengths = Counter(map(len, set(texts)))
    longest = max(lengths, default=0)
    return longest if longest >= _NARROWEST and lengths[longest] >= _FULL_LINES else None


def _is_other(above: str, below: str) -> bool:
    """Tell whether a line below a text is a cell of units or of times."""
    of_units = unit_share(below) > _HALF >= unit_share(above)
    return of_units or time_share(below, 0, len(below), _NO_YEARS) > _HALF


def _is_number(text: str) -> bool:
    return row_sign("".join(text.split())) is not None
