"""The printed lines of a page out of its signs: what stands on one height, left to right, in one column or two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from loaders.read.paged.page_content import Box, PlacedSign, around

# In ems: signs further apart are other stretches of a line; and gaps that print a blank.
_APART, _BLANK, _WIDE = 1.8, 0.22, 0.4
# Letters that are set apart have gaps of about one width; a gap is theirs up to so many times that.
_SPREAD, _SPREAD_OVER = 0.3, 1.7
# Signs stand on one line that share so much of the lesser height.
_SHARED, _BESIDE = 0.5, 0.3
# A second copy of a sign that far from the first one (in ems) makes it bold.
_BOLD = 0.25
# ... and no further aside than that part of its own width; in points at least so far.
_ASIDE, _LEAST = 0.5, 0.1
# Two columns: so many lines side by side, each filling so much of its column; the gap and the least width in ems.
_SIDE_BY_SIDE, _FILLED, _GAP, _COLUMN = 5, 0.6, 1.2, 10
# Signs that share more of the narrower one's width stand on each other.
_OVERLAP = 0.5
_LETTER, _DIGIT = re.compile(r"[0-9A-Za-z]"), re.compile(r"[0-9]")
# Digits that each take the width of a Chinese sign stand that close to it, in ems.
_PITCH = 0.12
# Signs of one size stand on one line whose heights differ no more, in ems: an exponent is smaller.
_SAME_SIZE, _SHIFTED = 0.1, 0.3


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line: its words, where it stands, the size of its letters, and its column (0: none, 1, 2)."""

    text: str
    box: Box
    size: float
    column: int = 0

    @property
    def width(self) -> float:
        """How wide it is printed."""
        return self.box[2] - self.box[0]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Signs that stand close together on one height."""

    signs: tuple[PlacedSign, ...]
    box: Box
    size: float


class _Printed:
    """The signs of a page so far: one that is printed again at its place, a little aside, only makes it bold."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int, int], PlacedSign] = {}

    def again(self, sign: PlacedSign) -> bool:
        """Tell whether a sign was printed there before; note it where it was not."""
        # The second of two narrow letters (tt) stands close to the first, and is another.
        near = max(min(_BOLD * sign.size, _ASIDE * (sign.x1 - sign.x0)), _LEAST)
        at, on = round(sign.x0 / near), round(sign.top / near)
        for x in (at - 1, at, at + 1):
            for y in (on - 1, on, on + 1):
                other = self._places.get((sign.text, x, y))
                if other and abs(other.x0 - sign.x0) < near and abs(other.top - sign.top) < near:
                    return True
        self._places[sign.text, at, on] = sign
        return False


def printed_lines(signs: Sequence[PlacedSign]) -> list[PrintedLine]:
    """Return the lines of a page in the order in which they are read."""
    rows = _rows(_stretches(signs))
    return [_line(row, column) for column, block in _blocks(rows) for row in block]


def _stretches(signs: Sequence[PlacedSign]) -> list[_Stretch]:
    """Return the signs of a page by stretches, cut where a sign does not stand behind the one before it in the file."""
    found: list[_Stretch] = []
    run: list[PlacedSign] = []
    seen = _Printed()
    for sign in signs:
        if not sign.text.strip() or seen.again(sign):
            continue
        if run and not _follows(run[-1], sign):
            found.append(_stretch(run))
            run = []
        run.append(sign)
    return [*found, _stretch(run)] if run else found


def _stretch(signs: Sequence[PlacedSign]) -> _Stretch:
    box = around([(one.x0, one.top, one.x1, one.bottom) for one in signs])
    return _Stretch(tuple(signs), box, median(one.size for one in signs))


def _follows(before: PlacedSign, sign: PlacedSign) -> bool:
    em = max(before.size, sign.size)
    if abs(before.size - sign.size) < _SAME_SIZE * em and abs(before.top - sign.top) > _SHIFTED * em:
        return False
    shared = min(before.bottom, sign.bottom) - max(before.top, sign.top)
    near = -0.5 * em <= sign.x0 - before.x1 <= _APART * em
    return near and shared > _SHARED * min(before.bottom - before.top, sign.bottom - sign.top)


def _rows(stretches: Sequence[_Stretch]) -> list[list[_Stretch]]:
    """Return the stretches by rows from the top down, each from left to right.

    What stands between two rows (文件 beside two issuers) is of the upper one.
    """
    rows: list[list[_Stretch]] = []
    for one in sorted(stretches, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        fitting = [row for row in rows[-3:] if _stands_beside(one, row)]
        if fitting:
            height = one.box[3] - one.box[1]
            max(fitting, key=lambda row: round(_shared(row[0].box, one.box) / max(height, 1), 1)).append(one)
        else:
            rows.append([one])
    rows.sort(key=lambda row: row[0].box[1])
    return [sorted(row, key=lambda one: one.box[0]) for row in rows]


def _stands_beside(one: _Stretch, row: Sequence[_Stretch]) -> bool:
    """Tell whether a stretch stands on the height of a row; beside it, half as much of a height will do."""
    height = min(one.box[3] - one.box[1], row[0].box[3] - row[0].box[1])
    apart = all(one.box[0] >= other.box[2] or one.box[2] <= other.box[0] for other in row)
    return _shared(row[0].box, one.box) > (_BESIDE if apart else _SHARED) * height


def _shared(one: Box, other: Box) -> float:
    """Return how much of their heights two boxes share."""
    return min(one[3], other[3]) - max(one[1], other[1])


def _blocks(rows: Sequence[list[_Stretch]]) -> Iterator[tuple[int, list[list[_Stretch]]]]:
    """Yield the rows in reading order with their column: of rows in two columns the left ones first, then the right ones."""
    at = 0
    while at < len(rows):
        behind, middle = _two_columns(rows, at)
        if middle is None:
            yield 0, [rows[at]]
            at += 1
            continue
        columns = rows[at:behind]
        yield 1, [left for row in columns if (left := [one for one in row if one.box[2] <= middle])]
        yield 2, [right for row in columns if (right := [one for one in row if one.box[0] >= middle])]
        at = behind


def _two_columns(rows: Sequence[list[_Stretch]], at: int) -> tuple[int, float | None]:
    """Return behind which row two columns that begin with the row `at` end, and where the gap is; None where none begin."""
    if len(rows[at]) < 2:
        return at, None
    edges = _gap(rows[at])
    behind = at
    while behind < len(rows):
        found = _narrowed(edges, rows[behind])
        if found is None:
            break
        edges = found
        behind += 1
    pairs = [row for row in rows[at:behind] if len(row) > 1]
    if len(pairs) < _SIDE_BY_SIDE:
        return at, None
    left = min(one.box[0] for row in rows[at:behind] for one in row)
    right = max(one.box[2] for row in rows[at:behind] for one in row)
    widths = sorted((edges[0] - left, right - edges[1]))
    wide = widths[0] * 2 > widths[1] and widths[0] > _COLUMN * rows[at][0].size
    return (behind, sum(edges) / 2) if wide and _full(pairs, left, right, edges) else (at, None)


def _gap(row: Sequence[_Stretch]) -> tuple[float, float]:
    """Return the widest gap of a row."""
    return max(((one.box[2], other.box[0]) for one, other in pairwise(row)), key=lambda it: it[1] - it[0])


def _narrowed(edges: tuple[float, float], row: Sequence[_Stretch]) -> tuple[float, float] | None:
    """Return what is left of a gap between columns beside the stretches of a row; None where one stands across it."""
    left, right = edges
    middle = (left + right) / 2
    for one in row:
        if one.box[2] <= middle:
            left = max(left, one.box[2])
        elif one.box[0] >= middle:
            right = min(right, one.box[0])
        else:
            return None
    return (left, right) if right - left >= _GAP * row[0].size else None


def _full(pairs: Sequence[Sequence[_Stretch]], left: float, right: float, edges: tuple[float, float]) -> bool:
    """Tell whether most rows fill both columns, as running text does and a list of names and numbers does not."""
    filled = 0
    for row in pairs:
        sides = ([one for one in row if one.box[2] <= edges[0]], [one for one in row if one.box[0] >= edges[1]])
        widths = [sum(one.box[2] - one.box[0] for one in side) for side in sides]
        filled += widths[0] > _FILLED * (edges[0] - left) and widths[1] > _FILLED * (right - edges[1])
    return filled * 2 > len(pairs)


def _line(row: Sequence[_Stretch], column: int) -> PrintedLine:
    signs = _in_place([sign for one in row for sign in one.signs])
    return PrintedLine(
        printed_words(signs),
        around([one.box for one in row]),
        median(sign.size for sign in signs),
        column,
    )


def _in_place(signs: list[PlacedSign]) -> list[PlacedSign]:
    """Return the signs of a line from left to right where each has a place of its own.

    A program prints the quotation marks of another font behind the words that they stand among.
    """
    ordered = sorted(signs, key=lambda sign: sign.x0)
    apart = all(
        other.x0 - one.x1 >= -_OVERLAP * min(one.x1 - one.x0, other.x1 - other.x0) for one, other in pairwise(ordered)
    )
    return ordered if apart else signs


def printed_words(signs: Sequence[PlacedSign]) -> str:
    """Return the words of one line out of its signs, blanks where gaps show them; letters set apart stand together."""
    gaps = [(other.x0 - one.x1) / max(one.size, other.size, 1e-6) for one, other in pairwise(signs)]
    usual = median(gaps) if gaps else 0.0
    spread = usual * _SPREAD_OVER if usual > _SPREAD else 0.0
    parts = [signs[0].text] if signs else []
    for (one, other), gap in zip(pairwise(signs), gaps, strict=True):
        narrow = _LETTER.match(one.text[-1]) and _LETTER.match(other.text)
        full = (
            _DIGIT.match(one.text)
            and _DIGIT.match(other.text)
            and abs(other.x0 - one.x0 - one.size) < _PITCH * one.size
        )
        if full:
            pass
        elif gap > max(spread, _APART):
            parts.append("  ")
        elif gap > max(spread, _BLANK if narrow else _WIDE):
            parts.append(" ")
        parts.append(other.text)
    return "".join(parts)
