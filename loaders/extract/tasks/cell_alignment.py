"""Which line of a row of a flattened list is the cell of which column: the choice that suits all lines best."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Span
from loaders.extract.deadlines.deadline_kinds import time_share
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.table_columns import TableColumn
from loaders.extract.tasks.table_rows import JOINTS, unit_share
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.table_grid import row_sign
from loaders.structure.word_pairs import WordPairs

_SHORT, _NARROW = 12, 6
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("〔", "〕"))
_HALF = 0.5
_NEVER = float("-inf")
# No step from one line to the next is worth more (`_step`): what cannot be the best even so is not weighed.
_MOST_STEP = 0.2
_BLANK = {"task": 1.5, "group": 0.2, "name": 0.2}
_ORDINAL = by_name("columns")["group_row"]


@dataclass(frozen=True, slots=True)
class CellSlot:
    """Where a cell may go: a column of the row (or, `ahead`, of the next), the row that heads those below (-1), or nowhere (-2)."""

    column: int
    kind: TableColumn
    ahead: bool = False


# The places of cells in no column: the row that heads those below, and nowhere.
HEADING, OUTSIDE = -1, -2


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line is like as a cell."""

    length: int
    units: float
    times: float
    blank: bool
    ordinal: bool


class CellAlignment:
    """Gives the lines of each row of a list their columns."""

    def __init__(self, document: Document, lines: Sequence[Span], texts: Sequence[str], years: Years) -> None:
        """Take the lines of the list and their words (`line_texts`)."""
        self._document, self._lines, self._texts, self._years = document, lines, texts, years
        self._seen: dict[int, _Line] = {}

    def aligned(
        self, lines: Sequence[int], slots: Sequence[CellSlot], width: int
    ) -> tuple[list[dict[int, list[int]]], dict[int, list[int]]]:
        """Give each line of a row its column; return the cells, row by row, and what heads the next rows.

        The order is kept; a column may be empty (merged) or hold several lines, and behind the last column the cells of
        another row below the same number may follow.
        """
        if not lines or not slots:
            return ([{}], {})
        rows: list[dict[int, list[int]]] = [{}]
        ahead: dict[int, list[int]] = {}
        before = -1
        for line, at in zip(lines, self._best_way(lines, slots, width), strict=True):
            if at < before:
                rows.append({})
            before = at
            into = ahead if slots[at].ahead else rows[-1]
            if slots[at].column != OUTSIDE:
                into.setdefault(slots[at].column, []).append(line)
        return rows, ahead

    def _best_way(self, lines: Sequence[int], slots: Sequence[CellSlot], width: int) -> list[int]:
        """Return which slot each line takes in the choice that suits all of them best."""
        size = len(slots)
        surplus = len(lines) > width
        best = [[_NEVER] * size for _ in lines]
        back = [[0] * size for _ in lines]
        for place, line in enumerate(lines):
            fits = [self._fit(slot, line, surplus) for slot in slots]
            above = lines[place - 1]
            hangs = place > 0 and self._hangs(above, line)
            for at, fit in enumerate(fits):
                if place == 0:
                    best[0][at] = fit - _passed(slots, 0, at)
                    continue
                for before in range(size):
                    if best[place - 1][before] + fit + _MOST_STEP <= best[place][at]:
                        continue
                    step = self._step(slots, above, line, before, at, hangs)
                    if (value := best[place - 1][before] + fit + step) > best[place][at]:
                        best[place][at], back[place][at] = value, before
        at = max(range(size), key=lambda one: best[-1][one] - _passed(slots, one + 1, size))
        way = [at]
        for place in range(len(lines) - 1, 0, -1):
            at = back[place][at]
            way.append(at)
        return way[::-1]

    def _line(self, line: int) -> _Line:
        if line not in self._seen:
            span, text = self._lines[line], self._texts[line]
            sign = row_sign(text)
            self._seen[line] = _Line(
                len(text),
                unit_share(self._document.plain(span)),
                time_share(self._document.folded, span.start, span.end, self._years),
                sign is not None and sign.level == "dash",
                _ORDINAL.match(text) is not None,
            )
        return self._seen[line]

    def _hangs(self, line: int, below: int) -> bool:
        """Tell whether the words of a line must go on in the next: a list or a bracket is open, a word is cut."""
        text = self._document.raw(self._lines[line])
        if text[-1] in JOINTS or any(text.rfind(left) > text.rfind(right) for left, right in _BRACKETS):
            return True
        if self._widens(line, below):
            return False
        return bool(self._pairs.cut(text[-1], self._document.folded[self._lines[below].start]))

    def _widens(self, line: int, below: int) -> bool:
        """Tell whether a short line stands above one of more than twice its length: the end of a narrow cell."""
        length = self._line(line).length
        return length <= _SHORT < self._line(below).length > 2 * length

    @cached_property
    def _pairs(self) -> WordPairs:
        return WordPairs(self._document.folded)

    def _step(self, slots: Sequence[CellSlot], above: int, line: int, before: int, at: int, hanging: bool) -> float:
        """What it costs to go on in the same column, to leave columns out, or to begin another row."""
        slot = slots[at]
        if before == at:
            if slot.column == OUTSIDE:
                return 0.0
            first, second = self._line(above), self._line(line)
            if hanging:
                return 0.2
            if first.blank or second.blank:
                return -2.0
            # The lines of a broken cell are as long as its column is wide, but for the last.
            shorter = -1.5 if self._widens(above, line) else -0.5 if second.length > first.length + 2 else 0.0
            narrow = first.length <= _NARROW and second.length <= _NARROW and slot.kind.kind in ("group", "name")
            return shorter - (0.2 if narrow else 0.6)
        torn = 1.0 if self._document.text[self._lines[above].end - 1] in "、，," else 0.0
        if at > before:
            return -_passed(slots, before + 1, at) - torn
        if (
            slot.ahead
            or slot.kind.kind not in ("task", "group", "name", "detail")
            or not self._ends_row(slots, above, before)
        ):
            return _NEVER
        return -0.8 - _passed(slots, 0, at) - torn

    def _ends_row(self, slots: Sequence[CellSlot], line: int, at: int) -> bool:
        """Tell whether a line in a slot may end a row: a cell of the last column, in words that this column holds."""
        if slots[at].ahead or at != max(one for one, other in enumerate(slots) if not other.ahead):
            return False
        seen = self._line(line)
        share = {"unit": seen.units, "time": seen.times}.get(slots[at].kind.kind, 1.0)
        return seen.blank or share >= _HALF

    def _fit(self, slot: CellSlot, line: int, surplus: bool) -> float:
        """How well a line suits a column, about -1 to 1."""
        seen, kind = self._line(line), slot.kind.kind
        if slot.column == OUTSIDE:
            return -0.1
        if seen.blank:
            return 0.8 if kind in ("unit", "time", "other") and not slot.ahead else -1.0
        if slot.column == HEADING:
            if seen.ordinal:
                return 0.6
            return (-0.2 if surplus else -1.0) - seen.units - seen.times
        if kind == "unit":
            return 2 * seen.units - 1 - seen.times
        if kind == "time":
            return 2 * seen.times - 1
        if kind in ("task", "detail"):
            return (0.6 if seen.length >= 8 else 0.3) - seen.units - seen.times
        if kind in ("group", "name"):
            return (0.3 if seen.length <= _SHORT else -0.3) - seen.units - seen.times
        return 0.1 - seen.units * 0.5 - seen.times * 0.5


def _passed(slots: Sequence[CellSlot], start: int, stop: int) -> float:
    """What it costs to leave out some columns: much for the task, little for those that group rows, nothing for what heads the next."""
    return sum(0.0 if one.ahead else _BLANK.get(one.kind.kind, 0.3) for one in slots[start:stop])
