"""The length at which print or a copy broke all lines of a text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.read.document import Document, Line

ENDED = re.compile(r"[。:;!?.…)\]】〕》\"'>|*]$")
# Shorter lines are complete: headings, cells, names. Web copies break long paragraphs, not short ones.
WRAP = 22
# So many lines broken at about one length are no chance, nor so many at exactly the greatest length.
_ENOUGH = 5
_EXACT = 3
# Print indents a paragraph by so much.
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Width:
    """How long the lines are that a copy broke, and whether it left no empty lines inside paragraphs."""

    length: int
    more_or_less: int
    tight: bool

    def filled_by(self, line: Line) -> bool:
        """Tell whether the line is so long."""
        return abs(_length(line) - self.length) <= self.more_or_less

    def filled_but_for_indent(self, line: Line) -> bool:
        """Tell whether the first line of a paragraph would be so long with the indent that a copy lost."""
        return abs(_length(line) + _INDENT - self.length) <= self.more_or_less


def wrap_width(document: Document, lines: Sequence[Line]) -> Width | None:
    """Return the length at which a copy breaks all its lines, or None.

    Where several lines are exactly as long as the longest, that is it; else most unfinished long lines are about so long.
    """
    every = Counter(_length(line) for line in lines)
    longest = max(every, default=0)
    if longest >= WRAP and every[longest] >= _EXACT:
        return Width(longest, 0, _tight(document, lines, longest))
    lengths = Counter(
        _length(line)
        for line in lines
        if line.span.end - line.span.start >= WRAP and not ENDED.search(document.plain(line.span))
    )
    if not lengths:
        return None
    common = lengths.most_common(1)[0][0]
    near = sum(count for length, count in lengths.items() if abs(length - common) <= 2)
    return (
        Width(common, 2, _tight(document, lines, common))
        if near >= _ENOUGH and near * 3 >= lengths.total() * 2
        else None
    )


def _length(line: Line) -> int:
    return line.indent + line.span.end - line.span.start


def _tight(document: Document, lines: Sequence[Line], length: int) -> bool:
    """Tell whether most lines of about this length are followed by the next without an empty line between."""
    gaps = [empty_between(document, one, other) for one, other in pairwise(lines) if abs(_length(one) - length) <= 2]
    return sum(gaps) * 2 < len(gaps)


def empty_between(document: Document, above: Line, below: Line) -> bool:
    """Tell whether an empty line stands between two lines."""
    return document.text.count("\n", above.span.end, below.span.start) > 1
