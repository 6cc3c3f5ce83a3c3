"""Tables that are drawn with rules: which rules make a grid, and which signs stand in which of its cells."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.read.limits import PAGE_RULES
from loaders.read.paged.page_content import Box, DrawnRule, PlacedSign, around
from loaders.read.paged.printed_lines import PrintedLine, printed_lines

# Rules that are no further from each other stand on one line, or meet.
_NEAR = 3.0
_WIDEST = 20_000
# A line of a cell is full that leaves no room for another sign (in ems).
_ROOM = 1.6
# In ems: how far the middles of two lines may differ, twice; where a line begins, and where an indented one does.
_MIDDLE, _EDGE, _INDENT = 1.0, 1.0, 3.0


@dataclass(frozen=True, slots=True)
class RuledCell:
    """One cell of a drawn table; `box` is where its words stand, the cell itself where it is empty."""

    text: str
    row: int
    column: int
    covers: tuple[int, int]
    box: Box


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table that is drawn on a page; `edges` are the places of its columns.

    It is open above or below where no rule closes its first or last row there: a page break went through the row.
    """

    box: Box
    edges: tuple[float, ...]
    cells: tuple[RuledCell, ...]
    open_above: bool = False
    open_below: bool = False


@dataclass(slots=True)
class _Lines:
    """The rules on one line of a page, as stretches that do not touch."""

    at: float
    stretches: list[tuple[float, float]]
    drawn: bool = True

    def covers(self, place: float) -> bool:
        """Tell whether a rule runs through this place of the line."""
        found = bisect_right(self.stretches, (place, float("inf"))) - 1
        return found >= 0 and self.stretches[found][1] >= place


def ruled_tables(rules: Sequence[DrawnRule], signs: Sequence[PlacedSign]) -> tuple[list[RuledTable], list[PlacedSign]]:
    """Return the tables of a page and the signs that stand in none.

    A frame around running text is no table: its signs are left.
    """
    rest = list(signs)
    tables: list[RuledTable] = []
    if len(rules) > PAGE_RULES:
        return tables, rest
    for columns, levels in _grids(rules):
        inside, outside = _parted(rest, columns, levels)
        table = _table(columns, levels, inside)
        if table is not None:
            tables.append(table)
            rest = outside
    return tables, rest


def _grids(rules: Sequence[DrawnRule]) -> Iterator[tuple[list[_Lines], list[_Lines]]]:
    """Yield the rules that hang together, those down the page and those along it."""
    down = _on_lines([(one.x0, one.top, one.bottom) for one in rules if not one.level])
    along = _on_lines([(one.top, one.x0, one.x1) for one in rules if one.level])
    groups = _Groups(len(down) + len(along))
    for at, (x, top, bottom) in enumerate(down):
        for behind, (y, left, right) in enumerate(along, len(down)):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                groups.join(at, behind)
    for members in groups.members():
        columns = _lines(down[at] for at in members if at < len(down))
        levels = _lines(along[at - len(down)] for at in members if at >= len(down))
        if len(columns) < 2 or not levels or len(columns) * len(levels) > _WIDEST:
            continue
        levels = _with_open_ends(levels, columns)
        columns = _with_open_ends(columns, levels)
        if len(columns) > 2 and len(levels) > 1:
            yield columns, levels


def _on_lines(rules: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Return rules (place, begin, end) with those on one line that touch made one."""
    made: list[tuple[float, float, float]] = []
    line: list[tuple[float, float, float]] = []
    for one in [*sorted(rules), None]:
        if line and (one is None or one[0] - line[-1][0] > _NEAR):
            place = line[0][0]
            made += [(place, *stretch) for stretch in _touching((begin, end) for _, begin, end in line)]
            line = []
        if one is not None:
            line.append(one)
    return made


def _touching(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1] + _NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _lines(rules: Iterable[tuple[float, float, float]]) -> list[_Lines]:
    found: dict[float, list[tuple[float, float]]] = {}
    for at, begin, end in rules:
        found.setdefault(at, []).append((begin, end))
    return [_Lines(at, sorted(stretches)) for at, stretches in sorted(found.items())]


def _with_open_ends(lines: list[_Lines], across: list[_Lines]) -> list[_Lines]:
    """Return the rules of one direction with the outer ones added where none are drawn but those across them go on."""
    begins = sorted(one.stretches[0][0] for one in across)
    ends = sorted(one.stretches[-1][1] for one in across)
    # A rule alone that goes on is none of the table.
    first, last = begins[len(begins) // 2], ends[len(ends) // 2]
    whole = [(across[0].at, across[-1].at)]
    before = [_Lines(first, whole, drawn=False)] if lines[0].at - first > 2 * _NEAR else []
    behind = [_Lines(last, whole, drawn=False)] if last - lines[-1].at > 2 * _NEAR else []
    return [*before, *lines, *behind]


def _parted(
    signs: Sequence[PlacedSign], columns: Sequence[_Lines], levels: Sequence[_Lines]
) -> tuple[dict[tuple[int, int], list[PlacedSign]], list[PlacedSign]]:
    """Return the signs inside a grid by row and column, and those outside it."""
    xs, ys = [one.at for one in columns], [one.at for one in levels]
    inside: dict[tuple[int, int], list[PlacedSign]] = {}
    outside: list[PlacedSign] = []
    for sign in signs:
        column = bisect_right(xs, (sign.x0 + sign.x1) / 2) - 1
        row = bisect_right(ys, (sign.top + sign.bottom) / 2) - 1
        if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            inside.setdefault((row, column), []).append(sign)
        else:
            outside.append(sign)
    return inside, outside


def _table(
    columns: Sequence[_Lines], levels: Sequence[_Lines], inside: dict[tuple[int, int], list[PlacedSign]]
) -> RuledTable | None:
    """Return the table of a grid; None where it has a single column, or words in one row only."""
    cells: list[RuledCell] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(levels) - 1):
        for column in range(len(columns) - 1):
            if (row, column) in taken:
                continue
            covers = _covers(columns, levels, row, column, taken)
            places = [(row + down, column + across) for down in range(covers[0]) for across in range(covers[1])]
            taken.update(places)
            signs = [sign for place in places for sign in inside.get(place, ())]
            whole = (columns[column].at, levels[row].at, columns[column + covers[1]].at, levels[row + covers[0]].at)
            cells.append(_cell(signs, row, column, covers, whole))
    filled = [one for one in cells if one.text]
    rows = len({one.row for one in filled})
    # The rest of a row that a page break went through is a table of one row.
    if not rows or (rows < 2 and levels[0].drawn) or len({one.column for one in cells}) < 2:
        return None
    box = (columns[0].at, levels[0].at, columns[-1].at, levels[-1].at)
    edges = tuple(one.at for one in columns)
    return RuledTable(box, edges, tuple(cells), not levels[0].drawn, not levels[-1].drawn)


def _covers(
    columns: Sequence[_Lines], levels: Sequence[_Lines], row: int, column: int, taken: set[tuple[int, int]]
) -> tuple[int, int]:
    """Return over how many rows and columns a cell goes: to the next rule on its right, and to the next one below it."""
    middle = (levels[row].at + levels[row + 1].at) / 2
    across = 1
    while (
        column + across < len(columns) - 1
        and not columns[column + across].covers(middle)
        and (row, column + across) not in taken
    ):
        across += 1
    centres = [(one.at + other.at) / 2 for one, other in pairwise(columns[column : column + across + 1])]
    down = 1
    while row + down < len(levels) - 1 and not any(levels[row + down].covers(one) for one in centres):
        down += 1
    return down, across


def _cell(signs: Sequence[PlacedSign], row: int, column: int, covers: tuple[int, int], whole: Box) -> RuledCell:
    lines = printed_lines(signs)
    if not lines:
        return RuledCell("", row, column, covers, whole)
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    parts = [lines[0].text]
    for above, below in pairwise(lines):
        full = max(right, whole[2] - _ROOM * above.size) - above.box[2] < _ROOM * above.size
        wide = full and (_centred(above, below) or _from_edge(left, above, below))
        letters = parts[-1][-1].isascii() and below.text[0].isascii() and parts[-1][-1].isalpha()
        parts.append(("" if wide and not letters else " " if wide else "\n") + below.text)
    return RuledCell("".join(parts), row, column, covers, around([line.box for line in lines]))


def _centred(above: PrintedLine, below: PrintedLine) -> bool:
    """Tell whether two lines stand in the middle of one place."""
    return abs(sum(above.box[::2]) - sum(below.box[::2])) < _MIDDLE * above.size


def _from_edge(left: float, above: PrintedLine, below: PrintedLine) -> bool:
    """Tell whether a line begins at the edge of a cell, and the one above there too, but for an indent."""
    return below.box[0] - left < _EDGE * below.size and above.box[0] - left < _INDENT * above.size


class _Groups:
    """Members by number, joined to groups."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def _first(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        """Put two members into one group."""
        self._above[self._first(one)] = self._first(other)

    def members(self) -> list[list[int]]:
        """Return the groups, each as the numbers of its members."""
        found: dict[int, list[int]] = {}
        for at in range(len(self._above)):
            found.setdefault(self._first(at), []).append(at)
        return list(found.values())
