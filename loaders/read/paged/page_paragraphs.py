"""Which printed lines go on the paragraph of the line above, as their places on the page show it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.numbering import marker_at
from loaders.read.paged.page_layout import LaidPage, line_pitch
from loaders.read.paged.printed_lines import PrintedLine

# In ems: a line begins at the edge, or is indented; and what is centred stands clear of both edges.
_AT_EDGE, _INDENTED, _CENTRED, _CLEAR = 0.8, 1.2, 0.8, 2.5
# An edge is where so large a share of the lines begin; the right one where so many end, else the furthest but a few.
_EDGE_SHARE, _RIGHT_SHARE, _FEW = 0.04, 0.15, 0.05
# Lines further apart than so many times the usual stand in different paragraphs; letters of one are of one size.
_GAP, _SIZES = 1.45, 0.12
# A document indents its paragraphs that indents so large a share of those behind a line that is not full.
_MOST = 0.6
# So many lines of a page show where its lines end.
_ENOUGH = 10
_FIRST = re.compile(r"[0-9A-Za-z.,%+/-]+|.")
_NEVER_FIRST = "，。、；：！？）》〕】”’%,.;:!?)"


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the lines of a column begin and end."""

    left: float
    right: float


class PageParagraphs:
    """Tells of two lines that follow each other whether they are one paragraph."""

    def __init__(self, pages: Sequence[LaidPage]) -> None:
        """Measure the lines of a document."""
        kept: dict[tuple[int, int, int], list[PrintedLine]] = {}
        for page in pages:
            for at, line in enumerate(page.lines):
                if at not in page.aside:
                    kept.setdefault(_kind(page, line), []).append(line)
        self._edges = {kind: _edges(lines) for kind, lines in kept.items()}
        self._rights = {
            (page.number, column): _edges(lines).right
            for page in pages
            for column in (0, 1, 2)
            if len(lines := [line for line in page.lines if line.column == column]) >= _ENOUGH
        }
        self._pitch = line_pitch(pages)
        self._indents = self._indents_paragraphs(pages)

    def centred(self, page: LaidPage, line: PrintedLine) -> bool:
        """Tell whether a line stands in the middle, clear of both edges."""
        edges = self._edges[_kind(page, line)]
        before, behind = line.box[0] - edges.left, edges.right - line.box[2]
        return min(before, behind) > _CLEAR * line.size and abs(before - behind) < 2 * _CENTRED * line.size

    def goes_on(self, page: LaidPage, above: PrintedLine, next_page: LaidPage, line: PrintedLine) -> bool | None:
        """Tell whether `line` goes on the paragraph of the line `above`; None where their places do not tell."""
        if self.centred(page, above) or self.centred(next_page, line):
            return None
        if abs(above.size - line.size) > _SIZES * max(above.size, line.size):
            return False
        indent = line.box[0] - self._edges[_kind(next_page, line)].left
        full = self._is_full(page, above, line)
        if not full or self._far_below(page, above, next_page, line):
            return False
        if indent >= _INDENTED * line.size:
            same = abs(above.box[0] - self._edges[_kind(page, above)].left - indent) < _AT_EDGE * line.size
            return None if same else False
        if self._indents:
            return True
        return None if marker_at(line.text, 0, len(line.text)) else True

    def _is_full(self, page: LaidPage, above: PrintedLine, line: PrintedLine) -> bool:
        """Tell whether the first word of `line` had no room in the line above it."""
        right = self._rights.get((page.number, above.column), self._edges[_kind(page, above)].right)
        room = right - above.box[2]
        first = _FIRST.match(line.text)
        word = first[0] if first else ""
        size = sum(0.55 if sign.isascii() else 1.0 for sign in word)
        size += line.text[len(word) : len(word) + 1] in tuple(_NEVER_FIRST)
        return room < (size + 0.5) * line.size

    def _far_below(self, page: LaidPage, above: PrintedLine, next_page: LaidPage, line: PrintedLine) -> bool:
        if page is not next_page or above.column != line.column or not self._pitch:
            return False
        return line.box[1] - above.box[1] > _GAP * max(self._pitch, 1.3 * line.size)

    def _indents_paragraphs(self, pages: Sequence[LaidPage]) -> bool:
        indented = every = 0
        for page in pages:
            lines = [line for at, line in enumerate(page.lines) if at not in page.aside]
            for above, line in pairwise(lines):
                if self.centred(page, above) or self.centred(page, line) or self._is_full(page, above, line):
                    continue
                every += 1
                indented += line.box[0] - self._edges[_kind(page, line)].left >= _INDENTED * line.size
        return indented >= _MOST * every


def _kind(page: LaidPage, line: PrintedLine) -> tuple[int, int, int]:
    """Return what lines with the same edges have in common: the width of the page, its side of a sheet, the column."""
    return round(page.width), page.number % 2, line.column


def _edges(lines: Sequence[PrintedLine]) -> _Edges:
    least = max(_EDGE_SHARE * len(lines), min(2, len(lines)))
    lefts = _counted(line.box[0] for line in lines)
    left = min((at for at, count in lefts.items() if count >= least), default=min(line.box[0] for line in lines))
    ends = sorted(line.box[2] for line in lines)
    rights = _counted(ends)
    most, count = max(rights.items(), key=lambda it: (it[1], it[0]))
    right = most if count >= _RIGHT_SHARE * len(lines) else ends[-1 - int(_FEW * len(ends))]
    return _Edges(left, right)


def _counted(places: Iterable[float]) -> Counter[float]:
    """Count places, those within two points as one."""
    return Counter(2.0 * round(place / 2) for place in places)
