"""Where a box (专栏) in a plan begins, and where the text goes on behind it.

A box has numbers of its own; behind it the text goes on with the number that follows its last item. Where nothing has a
number, the print tells: a box is set in smaller type, so that more stands on a line of it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from graph.model import Span
from loaders.numbering import Marker
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document, Line
from loaders.structure.paragraphs import Piece

_BOX = by_name("outline")["box"]
# A blank that stands where print broke a line.
_BROKEN_AT = re.compile(r"(?<=[\u4e00-\u9fff、,。;:\")])[ ](?=[\u4e00-\u9fff])")
_BLANKS = re.compile(r"\s+")
# Shorter lines are no full ones; so much wider or narrower is another type, so much is chance.
_NARROWEST, _OTHER, _CHANCE = 16, 4, 2
# Fewer lines tell no width.
_FEWEST = 3


def opens_box(document: Document, span: Span) -> bool:
    """Tell whether a line or paragraph is the title of a box."""
    return _BOX.match(document.folded, span.start, span.end) is not None


def goes_on(document: Document, found: Sequence[Piece], at: int, top: Marker | None, box: int) -> bool:
    """Tell whether the sign of `found[at]` behind a box belongs to the text: it stands above the last item, or continues its numbers.

    `top` is the sign of the last item of the text, `box` the last number inside the box of a sign like it. A number that
    goes on from both belongs to the box, unless what follows then fits neither.
    """
    marker = found[at].marker
    if marker is None:
        return False
    if top is None or marker.rank < top.rank:
        return True
    if marker.rank != top.rank or marker.number != top.number + 1:
        return False
    return marker.number != box + 1 or not _fits(document, found[at + 1 :], top, marker.number)


def _fits(document: Document, below: Sequence[Piece], top: Marker, box: int) -> bool:
    """Tell whether the next number of the text can follow `top` where the box goes on to `box`."""
    for piece in below:
        if opens_box(document, piece.span):
            box = 0
        elif piece.marker and piece.marker.rank < top.rank:
            return True
        elif piece.marker and piece.marker.rank == top.rank:
            if piece.marker.number == box + 1:
                box += 1
            else:
                return piece.marker.number == top.number + 1
    return True


def box_ends(document: Document, hidden: Collection[Span]) -> frozenset[int]:
    """Return where lines behind the titles of boxes begin that are as wide as those of the text, where a box's are not.

    `document` is as printed, its lines not joined; the lines of `hidden` (furniture) are none of the text.
    """
    lines = [line for line in document.lines if line.span not in hidden]
    heads = [at for at, line in enumerate(lines) if opens_box(document, line.span)]
    usual = _usual(document, lines[: heads[0]]) if heads else None
    if usual is None:
        return frozenset()
    parts = [lines[first + 1 : last] for first, last in pairwise([*heads, len(lines)])]
    return frozenset(place for part in parts for place in _like_text(document, part, usual))


def _like_text(document: Document, lines: Sequence[Line], usual: int) -> Iterator[int]:
    """Yield where lines begin that are as wide as the text; none where the lines right behind the title are."""
    first = next((width for line in lines if (width := _printed(document, line)) >= _NARROWEST), usual)
    if abs(first - usual) >= _OTHER:
        yield from (line.span.start for line in lines if abs(_printed(document, line) - usual) <= _CHANCE)


def _usual(document: Document, lines: Sequence[Line]) -> int | None:
    """Return how wide most lines of a text are printed, None where most are of no one width."""
    widths = Counter(width for line in lines if (width := _printed(document, line)) >= _NARROWEST)
    if not widths:
        return None
    common = widths.most_common(1)[0][0]
    near = sum(count for width, count in widths.items() if abs(width - common) <= _CHANCE)
    return common if near * 2 > widths.total() >= _FEWEST else None


def _printed(document: Document, line: Line) -> int:
    """Return how many characters print had on the first line of what a copy has on one."""
    broken = _BROKEN_AT.search(document.folded, line.span.start, line.span.end)
    words = document.folded[line.span.start : broken.start() if broken else line.span.end]
    return len(_BLANKS.sub("", words))
