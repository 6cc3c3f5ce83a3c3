"""The lines of a list printed one cell a line, parted into rows by the numbers that the rows begin with."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.model import Span
from loaders.numbering import RANKS, marker_at
from loaders.read.document import Document
from loaders.structure.table_grid import LEVELS, RowSign, begins_rows, row_sign

# So many numbers that the text leaves out are passed over.
_GAP = 5


@dataclass(slots=True)
class FlatRow:
    """The lines from one row number up to the next: `number` is its line, None above the first."""

    number: int | None
    sign: RowSign | None
    cells: list[int] = field(default_factory=list)


def rows_by_number(texts: Sequence[str], region: Sequence[int], columns: int) -> list[FlatRow]:
    """Return the lines in rows: a row begins at the next number of its kind; the first of them stand above any number."""
    rows = [FlatRow(None, None)]
    expected = {"number": 1, "cn": 1, "cn_bracket": 1}
    if region and (sign := row_sign(texts[region[0]])) and sign.number:
        expected[sign.level] = sign.number
    seen = {texts[line]: place for place, line in enumerate(region)}
    for place, line in enumerate(region):
        sign = row_sign(texts[line])
        if sign and _numbers(texts, region, place, sign, expected, rows[-1], seen, columns):
            rows.append(FlatRow(line, sign))
            level = "cn" if sign.level == "dash" else sign.level
            expected[level] = (sign.number or expected[level]) + 1
            if level == "cn":
                expected["cn_bracket"] = 1
        else:
            rows[-1].cells.append(line)
    return rows


def _numbers(
    texts: Sequence[str],
    region: Sequence[int],
    place: int,
    sign: RowSign,
    expected: dict[str, int],
    open_row: FlatRow,
    seen: dict[str, int],
    columns: int,
) -> bool:
    """Tell whether a number begins a row: the next one, the first below a new group, or one behind a gap."""
    if sign.level == "dash":
        ahead = [texts[line] for line in region[place : place + 3]]
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
    enough = len(open_row.cells) + 1 >= columns - 1
    return sign.level == "number" and 0 < missing <= _GAP and enough and seen.get(str(expected["number"]), -1) < place


def above_text(document: Document, lines: Sequence[Span], cells: Sequence[int]) -> list[int]:
    """Return the cells of the last row up to a heading of the text below the list."""
    for at, line in enumerate(cells):
        marker = marker_at(document.folded, lines[line].start, lines[line].end)
        if at and marker and marker.rank <= RANKS["cn"]:
            return list(cells[:at])
    return list(cells)
