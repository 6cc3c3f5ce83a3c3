"""Lists of tasks that a copy prints one cell a line: where their heads stand, which line is which cell of which row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.deadlines.deadline_kinds import time_share
from loaders.extract.deadlines.years import Years
from loaders.extract.tasks.table_columns import LONGEST_HEAD, ColumnCells, TableColumn, column, columns
from loaders.extract.tasks.table_rows import JOINTS, TaskTable, described, task_table, unit_share
from loaders.extract.tasks.whole_cells import whole_cells
from loaders.numbering import RANKS, marker_at
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document
from loaders.structure.table_grid import LEVELS, Grid, GridCell, RowSign, begins_rows, first_row, line_texts, row_sign
from loaders.structure.word_pairs import WordPairs

# A list of tasks has so many columns; a column of numbers stands no further right.
_FEWEST, _RIGHTMOST = 3, 3
# So many lines further down a head is still looked for, and a number that the text leaves out is passed over.
_MOST_HEADS, _GAP = 12, 5
_SHORT, _NARROW = 12, 6
_BRACKETS = (("（", "）"), ("(", ")"), ("《", "》"), ("〔", "〕"))
_NEVER = float("-inf")
_BLANK = {"task": 1.5, "group": 0.2, "name": 0.2}
_FOOT = by_name("columns")["foot"]
_ORDINAL = by_name("columns")["group_row"]


@dataclass(frozen=True, slots=True)
class _Heads:
    """The heads of a list: the lines of each, the place of the head of the numbers (None where there is none), the first line below."""

    lines: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]
    number: int | None
    below: int


@dataclass(slots=True)
class _Chunk:
    """The lines from one row number up to the next: `number` is its line, None above the first."""

    number: int | None
    sign: RowSign | None
    cells: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a cell may go: a column of the row (or, `ahead`, of the next), the row that heads those below (-1), or nowhere (-2)."""

    column: int
    kind: TableColumn
    ahead: bool = False


_HEADING, _OUTSIDE = -1, -2


def flat_tables(document: Document, lines: Sequence[Span], years: Years, issues: IssueLog) -> list[TaskTable]:
    """Return the lists of tasks that `lines` print one cell a line, in printed order."""
    lines = whole_cells(document, lines)
    texts = line_texts(document, lines)
    found: list[TaskTable] = []
    at = 0
    while at < len(lines):
        heads = _heads(texts, at)
        if heads is None:
            at += 1
            continue
        end = _end(document, lines, texts, heads)
        table = _Flat(document, lines, texts, heads, end, years, issues).table()
        if table:
            found.append(table)
        at = end if table else at + 1
    return found


def heads_of_flat(document: Document, lines: Sequence[Span]) -> list[int]:
    """Return where the headings of a list printed one cell a line begin, if there is one: one of units, one of tasks."""
    texts = line_texts(document, lines)
    for at in range(len(texts)):
        if (heads := _heads(texts, at)) is None:
            continue
        kinds = {one.kind for word in heads.words if (one := column(word))}
        if "unit" in kinds and kinds & {"task", "name"}:
            return [lines[at].start]
    return []


def _heads(texts: Sequence[str], at: int) -> _Heads | None:
    """Return the heads that begin at a line: all above the first row number, else a run of known ones."""
    first = column(texts[at]) if len(texts[at]) <= LONGEST_HEAD else None
    if first is None or (
        at and first.kind != "number" and len(texts[at - 1]) <= LONGEST_HEAD and column(texts[at - 1])
    ):
        return None
    number = next((one for one in range(at, min(at + _RIGHTMOST, len(texts))) if _is(texts[one], "number")), None)
    if number is not None and (below := first_row(texts, number) or _later_row(texts, number)) is not None:
        return _numbered_heads(texts, at, below)
    merged = _merged(texts, at, min(at + _MOST_HEADS, len(texts)))
    known = [column(word) for _, word in merged]
    run = next((stop for stop in range(len(known)) if not known[stop] and not any(known[stop : stop + 2])), len(known))
    while run and not known[run - 1]:
        run -= 1
    kinds = {one.kind for one in known[:run] if one}
    if run < _FEWEST or "number" in kinds or not kinds & {"unit", "time"} or not kinds & {"task", "name", "group"}:
        return None
    return _as_heads(merged[:run])


def _later_row(texts: Sequence[str], at: int) -> int | None:
    """Return where the rows of a list begin in mid-count, below heads that are all known; None where they do not."""
    for below in range(at + 1, min(at + _MOST_HEADS, len(texts))):
        if row_sign(texts[below]):
            return below if below - at >= _FEWEST else None
        if len(texts[below]) > LONGEST_HEAD or not column(texts[below]):
            return None
    return None


def _is(text: str, kind: str) -> bool:
    said = column(text) if len(text) <= LONGEST_HEAD else None
    return said is not None and said.kind == kind


def _merged(texts: Sequence[str], start: int, stop: int) -> list[tuple[tuple[int, ...], str]]:
    """Return the heads of some lines; two lines that only together are a known one (序, 号) are one."""
    found: list[tuple[tuple[int, ...], str]] = []
    at = start
    while at < stop:
        both = texts[at] + texts[at + 1] if at + 1 < stop else ""
        together, apart = column(both), [column(one) for one in texts[at : at + 2]]
        if together and (not any(apart) or all(one and one.kind == "number" for one in (together, *apart))):
            found.append(((at, at + 1), both))
            at += 2
        else:
            found.append(((at,), texts[at]))
            at += 1
    return found


def _as_heads(merged: Sequence[tuple[tuple[int, ...], str]]) -> _Heads:
    words = tuple(word for _, word in merged)
    number = next((at for at, word in enumerate(words) if _is(word, "number")), None)
    return _Heads(tuple(lines for lines, _ in merged), words, number, merged[-1][0][-1] + 1)


def _numbered_heads(texts: Sequence[str], at: int, below: int) -> _Heads | None:
    """Return the heads above the first row number at `below`; what stands between them names the first group."""
    merged = _merged(texts, at, below)
    again = next(
        (one for one in range(below, len(texts)) if texts[one] == texts[at] and _same(texts, at, one) > 1), None
    )
    if again is not None:
        # Printed again at a page break, the heads tell where they end.
        size = _same(texts, at, again)
        merged = [one for one in merged if one[0][-1] < at + size]
    else:
        last = max(one for one, (_, word) in enumerate(merged) if column(word))
        grouped = any(_is(word, "number") for _, word in merged[1:])
        stop = last + 1 if grouped else len(merged)
        signed = (one for one in range(last + 1, stop) if _ORDINAL.match(merged[one][1]))
        merged = merged[: next(signed, stop)]
    if len(merged) < _FEWEST or any(len(word) > LONGEST_HEAD for _, word in merged):
        return None
    return _as_heads(merged)


def _same(texts: Sequence[str], one: int, other: int) -> int:
    size = 0
    while size < _MOST_HEADS and other + size < len(texts) and one + size < other:
        if texts[one + size] != texts[other + size] or row_sign(texts[one + size]):
            break
        size += 1
    return size


def _end(document: Document, lines: Sequence[Span], texts: Sequence[str], heads: _Heads) -> int:
    """Return where a list ends at the latest: at other heads, or at what stands below a table (注:)."""
    own = [texts[line] for line in heads.lines[0]]
    for at in range(heads.below, len(texts)):
        if _FOOT.match(texts[at]):
            return at
        if texts[at] == own[0]:
            continue
        if (
            column(texts[at])
            and (other := _heads(texts, at))
            and other.words != heads.words
            and "unit" in _kinds(other)
        ):
            return at
    return len(texts)


def _kinds(heads: _Heads) -> set[str]:
    return {one.kind for word in heads.words if (one := column(word))}


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line is like as a cell."""

    length: int
    units: float
    times: float
    blank: bool
    ordinal: bool


class _Flat:
    """One list: its lines are parted into rows, and each line is given the column that suits it."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[Span],
        texts: Sequence[str],
        heads: _Heads,
        end: int,
        years: Years,
        issues: IssueLog,
    ) -> None:
        self._document, self._lines, self._texts, self._years, self._issues = document, lines, texts, years, issues
        self._heads, self._end = heads, end
        self._seen: dict[int, _Line] = {}
        self._cells: list[GridCell] = []
        self._last = heads.below - 1

    def table(self) -> TaskTable | None:
        """Return the list, or None where its heads and cells are not those of a list of tasks."""
        region = self._without_repeats(self._heads.below, self._end)
        if self._heads.number is None:
            return self._counted(region)
        chunks = self._chunks(region)
        chunks[-1].cells = self._before_text(chunks[-1].cells)
        words = self._columns(chunks)
        kinds = columns(words, self._described(chunks, len(words)))
        if kinds is None or len(chunks) < 2:
            return None
        kinds = self._settled(words, kinds, chunks)
        rows = self._rows(kinds, chunks) if kinds else 0
        if kinds is None or not rows:
            return None
        return self._made(kinds, rows)

    def _without_repeats(self, start: int, end: int) -> list[int]:
        """Return the lines of the rows, without heads that are printed again at a page break."""
        printed = [self._texts[line] for lines in self._heads.lines for line in lines]
        kept: list[int] = []
        at = start
        while at < end:
            if self._texts[at] == printed[0] and self._texts[at : at + len(printed)] == printed:
                at += len(printed)
            else:
                kept.append(at)
                at += 1
        return kept

    def _chunks(self, region: Sequence[int]) -> list[_Chunk]:
        """Return the lines in rows: a row begins at the next number of its kind; the first of them stand above any number."""
        chunks = [_Chunk(None, None)]
        expected = {"number": 1, "cn": 1, "cn_bracket": 1}
        if region and (sign := row_sign(self._texts[region[0]])) and sign.number:
            expected[sign.level] = sign.number
        seen = {self._texts[line]: place for place, line in enumerate(region)}
        for place, line in enumerate(region):
            sign = row_sign(self._texts[line])
            if sign and self._numbers(region, place, sign, expected, chunks[-1], seen):
                chunks.append(_Chunk(line, sign))
                level = "cn" if sign.level == "dash" else sign.level
                expected[level] = (sign.number or expected[level]) + 1
                if level == "cn":
                    expected["cn_bracket"] = 1
            else:
                chunks[-1].cells.append(line)
        return chunks

    def _numbers(
        self,
        region: Sequence[int],
        place: int,
        sign: RowSign,
        expected: dict[str, int],
        open_row: _Chunk,
        seen: dict[str, int],
    ) -> bool:
        """Tell whether a number begins a row: the next one, the first below a new group, or one behind a gap."""
        if sign.level == "dash":
            ahead = [self._texts[line] for line in region[place : place + 3]]
            return begins_rows(ahead, 0, sign) and len(open_row.cells) != 1
        if open_row.sign and not open_row.cells:
            return False
        if sign.number == expected[sign.level]:
            return True
        if sign.number == 1:
            above = open_row.sign
            return above is not None and LEVELS[above.level] < LEVELS[sign.level]
        # A number that the copy leaves out comes nowhere further down.
        missing = (sign.number or 0) - expected[sign.level]
        enough = len(open_row.cells) + 1 >= len(self._heads.words) - 1
        return (
            sign.level == "number" and 0 < missing <= _GAP and enough and seen.get(str(expected["number"]), -1) < place
        )

    def _before_text(self, cells: list[int]) -> list[int]:
        """Return the lines of the last row up to a heading of the text below the list."""
        for at, line in enumerate(cells):
            marker = marker_at(self._document.folded, self._lines[line].start, self._lines[line].end)
            if at and marker and marker.rank <= RANKS["cn"]:
                self._end = line
                return cells[:at]
        return cells

    def _columns(self, chunks: Sequence[_Chunk]) -> tuple[str, ...]:
        """Return the heads of the columns.

        Where rows are a cell shorter than the heads, a head over others (责任单位 over 牵头, 配合) is none of them, or the
        last is the first row across the table.
        """
        words, number = self._heads.words, self._heads.number
        sizes = Counter(len(chunk.cells) for chunk in chunks[1:-1] or chunks[1:] if len(chunk.cells) > 1)
        if not sizes or number:
            return words
        usual = max(sizes, key=lambda size: (sizes[size], size))
        if usual != len(words) - 2:
            return words
        kinds = [column(word) for word in words]
        trailing = len(words)
        while trailing and (one := kinds[trailing - 1]) and one.kind == "unit":
            trailing -= 1
        over = next((at for at in range(trailing) if (one := kinds[at]) and one.kind == "unit"), None)
        if over is not None and len(words) - trailing >= 2:
            return (*words[:over], *words[trailing:], *words[over + 1 : trailing])
        if kinds[-1] is None and chunks[1].number is not None:
            chunks[0].cells.insert(0, self._heads.lines[-1][-1])
            self._heads = _Heads(self._heads.lines[:-1], words[:-1], number, self._heads.below - 1)
            return words[:-1]
        return words

    def _described(self, chunks: Sequence[_Chunk], size: int) -> "_Described":
        """Return what columns are like, by the rows that print a line for every cell; neutral where none does."""
        number = self._heads.number or 0
        whole = [chunk.cells for chunk in chunks[1:] if len(chunk.cells) == size - 1] if number == 0 else []
        of = {}
        for at in range(size):
            if at != number and whole:
                cells = [self._lines[cells[at - (at > number)]] for cells in whole]
                of[at] = described(self._document, cells, 1.0)
        return _Described(of)

    def _settled(
        self, words: Sequence[str], kinds: tuple[TableColumn, ...], chunks: list[_Chunk]
    ) -> tuple[TableColumn, ...] | None:
        """Return the columns again, told by the cells that they get: merged ones have gaps, a register has no tasks."""
        kept = list(self._cells)
        rows = self._rows(kinds, chunks)
        filled: Counter[int] = Counter()
        spans: dict[int, list[Span]] = {}
        for cell in self._cells:
            if rows and cell.covers[1] == 1 and cell.spans:
                filled[cell.column] += 1
                spans.setdefault(cell.column, []).extend(cell.spans)
        matter = len({cell.row for cell in self._cells if cell.covers[1] == 1 and kinds[cell.column].kind != "number"})
        self._cells = kept
        of = (
            {
                at: described(self._document, spans.get(at, []), min(1.0, filled[at] / matter))
                for at in range(len(words))
            }
            if matter
            else {}
        )
        return columns(words, _Described(of))

    def _rows(self, kinds: Sequence[TableColumn], chunks: Sequence[_Chunk]) -> int:
        """Fill the grid; return how many rows it has below the heads."""
        number = self._heads.number or 0
        self._cells = [
            GridCell(spans=tuple(self._lines[line] for line in lines), row=0, column=at)
            for at, lines in enumerate(self._heads.lines[: len(kinds)])
        ]
        row = 1
        ahead: dict[int, list[int]] = {}
        for place, chunk in enumerate(chunks):
            after = chunks[place + 1] if place + 1 < len(chunks) else None
            if chunk.number is not None and self._heads_group(chunk, after):
                self._put(row, number, [chunk.number])
                self._put(row, 1 if number == 0 else 0, chunk.cells, across=len(kinds) - 1)
                row += 1
                continue
            slots = (
                [_Slot(at, kind) for at, kind in enumerate(kinds) if at > number] if chunk.number is not None else []
            )
            slots += self._slots_ahead(kinds, number, after)
            rows, ahead_next = self._aligned(chunk.cells, slots, len(kinds) - 1 - number)
            if chunk.number is not None:
                for column_at, lines in ahead.items():
                    self._put(row, column_at, lines)
                self._put(row, number, [chunk.number], down=max(1, len(rows)))
                for at, cells in enumerate(rows):
                    for column_at, lines in cells.items():
                        self._put(row + at, column_at, lines)
                row += max(1, len(rows))
            if heading := ahead_next.pop(_HEADING, None):
                self._put(row, 0, heading, across=len(kinds))
                row += 1
            ahead = ahead_next
        return row - 1

    def _heads_group(self, chunk: _Chunk, after: _Chunk | None) -> bool:
        """Tell whether a row is a number and one cell above rows of a lower number: 一, 水上."""
        if chunk.sign is None or after is None or after.sign is None or len(chunk.cells) != 1:
            return False
        return LEVELS[chunk.sign.level] < LEVELS[after.sign.level]

    def _slots_ahead(self, kinds: Sequence[TableColumn], number: int, after: _Chunk | None) -> list[_Slot]:
        """Return what may stand behind the last cell of a row: what heads the next rows, else the text below the list."""
        if after is None:
            return [_Slot(_OUTSIDE, TableColumn("other"), ahead=True)]
        groups = [_Slot(at, kinds[at], ahead=True) for at in range(number)]
        return [_Slot(_HEADING, TableColumn("group"), ahead=True), *groups]

    def _put(self, row: int, at: int, lines: Sequence[int], across: int = 1, down: int = 1) -> None:
        spans: list[Span] = []
        for line in lines:
            span = self._lines[line]
            if spans and not self._document.text[spans[-1].end : span.start].strip():
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
            self._last = max(self._last, line)
        self._cells.append(GridCell(spans=tuple(spans), row=row, column=at, covers=(down, across)))

    def _made(self, kinds: tuple[TableColumn, ...], rows: int) -> TaskTable:
        start = self._lines[self._heads.lines[0][0]].start
        grid = Grid(span=Span(start, self._lines[self._last].end), cells=tuple(self._cells), drawn=False)
        return task_table(self._document, grid, 1, kinds)

    def _counted(self, region: Sequence[int]) -> TaskTable | None:
        """Without a column of numbers the rows can be told only where every one is complete."""
        region = self._before_text(list(region))
        size = len(self._heads.words)
        of = {
            at: described(self._document, [self._lines[line] for line in region[at::size]], 1.0) for at in range(size)
        }
        kinds = columns(self._heads.words, _Described(of))
        if kinds is None or not region:
            return None
        if len(region) % len(kinds):
            self._issues.add(
                "table-rows",
                Span(self._lines[region[0]].start, self._lines[region[-1]].end),
                "a list without row numbers whose cells do not fill its columns",
            )
            return None
        said = {"unit": lambda at: of[at].units, "time": lambda at: of[at].times}
        if not any(said[one.kind](at) >= 0.5 for at, one in enumerate(kinds) if one.kind in said):
            return None  # the heads of a form to be filled in stand in a run too
        self._cells = [
            GridCell(spans=tuple(self._lines[line] for line in lines), row=0, column=at)
            for at, lines in enumerate(self._heads.lines)
        ]
        for place, line in enumerate(region):
            self._put(1 + place // len(kinds), place % len(kinds), [line])
        return self._made(kinds, len(region) // len(kinds))

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

    def _aligned(
        self, lines: Sequence[int], slots: Sequence[_Slot], width: int
    ) -> tuple[list[dict[int, list[int]]], dict[int, list[int]]]:
        """Give each line of a row its column; return the cells, row by row, and what heads the next rows.

        The order is kept; a column may be empty (merged) or hold several lines, and behind the last column the cells of
        another row below the same number may follow.
        """
        if not lines or not slots:
            return ([{}], {})
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
                    step = self._step(slots, above, line, before, at, hangs)
                    if (value := best[place - 1][before] + fit + step) > best[place][at]:
                        best[place][at], back[place][at] = value, before
        at = max(range(size), key=lambda one: best[-1][one] - _passed(slots, one + 1, size))
        way = [at]
        for place in range(len(lines) - 1, 0, -1):
            at = back[place][at]
            way.append(at)
        rows: list[dict[int, list[int]]] = [{}]
        ahead: dict[int, list[int]] = {}
        before = -1
        for line, at in zip(lines, reversed(way), strict=True):
            if at < before:
                rows.append({})
            before = at
            into = ahead if slots[at].ahead else rows[-1]
            if slots[at].column != _OUTSIDE:
                into.setdefault(slots[at].column, []).append(line)
        return rows, ahead

    def _hangs(self, line: int, below: int) -> bool:
        """Tell whether the words of a line must go on in the next: a list or a bracket is open, a word is cut."""
        text = self._document.raw(self._lines[line])
        if text[-1] in JOINTS or any(text.rfind(left) > text.rfind(right) for left, right in _BRACKETS):
            return True
        return bool(self._pairs.cut(text[-1], self._document.folded[self._lines[below].start]))

    @cached_property
    def _pairs(self) -> WordPairs:
        return WordPairs(self._document.folded)

    def _step(self, slots: Sequence[_Slot], above: int, line: int, before: int, at: int, hanging: bool) -> float:
        """What it costs to go on in the same column, to leave columns out, or to begin another row."""
        slot = slots[at]
        if before == at:
            if slot.column == _OUTSIDE:
                return 0.0
            first, second = self._line(above), self._line(line)
            if hanging:
                return 0.2
            if first.blank or second.blank:
                return -2.0
            # The lines of a broken cell are as long as its column is wide, but for the last.
            shorter = -0.5 if second.length > first.length + 2 else 0.0
            narrow = first.length <= _NARROW and second.length <= _NARROW and slot.kind.kind in ("group", "name")
            return shorter - (0.2 if narrow else 0.6)
        torn = 1.0 if self._document.text[self._lines[above].end - 1] in "、，," else 0.0
        if at > before:
            return -_passed(slots, before + 1, at) - torn
        ended = (
            before == max(one for one, other in enumerate(slots) if not other.ahead)
            if not slots[before].ahead
            else False
        )
        if not ended or slot.ahead or slot.kind.kind not in ("task", "group", "name", "detail"):
            return _NEVER
        return -0.8 - _passed(slots, 0, at) - torn

    def _fit(self, slot: _Slot, line: int, surplus: bool) -> float:
        """How well a line suits a column, about -1 to 1."""
        seen, kind = self._line(line), slot.kind.kind
        if slot.column == _OUTSIDE:
            return -0.1
        if seen.blank:
            return 0.8 if kind in ("unit", "time", "other") and not slot.ahead else -1.0
        if slot.column == _HEADING:
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


def _passed(slots: Sequence[_Slot], start: int, stop: int) -> float:
    """What it costs to leave out some columns: much for the task, little for those that group rows, nothing for what heads the next."""
    return sum(0.0 if one.ahead else _BLANK.get(one.kind.kind, 0.3) for one in slots[start:stop])


@dataclass(frozen=True, slots=True)
class _Described:
    """What the columns of a list are like, those that are known to be."""

    of: dict[int, ColumnCells]

    def __call__(self, at: int) -> ColumnCells:
        return self.of.get(at, ColumnCells())
