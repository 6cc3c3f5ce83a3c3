"""A table as a drawing: cells as boxes with their lines, bands over rows of one kind, headings on top."""

from views.card_text import width, wrap
from views.drawings.drawn_picture import (
    INK,
    LOOKS,
    RULE,
    SOFT,
    Canvas,
    DrawnBox,
    DrawnMark,
    DrawnWords,
    PictureCell,
    PictureGrid,
    Shape,
    WordPieces,
)

_SIZE, _LINE, _PAD = 12.5, 18.0, 7.0
_BAND = 26.0


def grid_canvas(grid: PictureGrid) -> Canvas:
    """Return a table as a drawing; paper may end below every row."""
    lefts = [grid.head_width]
    for wide in grid.widths:
        lefts.append(lefts[-1] + wide)
    ground, y = _headings(grid, lefts)
    marks, cuts, band = [], [], ""
    for row in grid.rows:
        if row.band and row.band != band:
            band = row.band
            ground.append(DrawnBox(x=0, y=y, width=lefts[-1], height=_BAND, fill="#e9edf2"))
            ground.append(_line(_PAD, y + 17.5, ((band, "strong"),), 13.5, 600))
            y += _BAND
        cells = [(row.head, 0.0, grid.head_width)]
        cells += [(cell, lefts[at], grid.widths[at]) for at, cell in enumerate(row.cells)]
        fitted = [_fitted(cell, wide - 2 * _PAD) for cell, _, wide in cells]
        tall = max(len(lines) for lines in fitted) * _LINE + 2 * _PAD - 3
        for (cell, x, wide), lines in zip(cells, fitted, strict=True):
            marks.append(_cell(cell, lines, x, y, wide, tall))
        y += tall
        cuts.append(y)
    return Canvas(width=lefts[-1] + 1, height=y + 1, ground=tuple(ground), marks=tuple(marks), cuts=tuple(cuts))


def _headings(grid: PictureGrid, lefts: list[float]) -> tuple[list[Shape], float]:
    """Return the headings of the columns and where they end."""
    wides = (grid.head_width, *grid.widths)
    columns = [
        [(text, "strong" if at == 0 else "plain") for at, text in enumerate(column)]
        for column in (grid.corner, *grid.columns)
    ]
    printed = []
    for column, wide in zip(columns, wides, strict=True):
        lines: list[WordPieces] = []
        for text, look in column:
            lines += [((one, look),) for one in wrap(text, (wide - 2 * _PAD) / _SIZE, 3)]
        printed.append(lines)
    tall = max(map(len, printed)) * _LINE + 2 * _PAD - 2
    shapes: list[Shape] = [DrawnBox(x=0, y=0, width=lefts[-1], height=tall, fill="#f3f5f7", line=RULE)]
    for lines, x in zip(printed, [0.0, *lefts], strict=False):
        for at, runs in enumerate(lines):
            shapes.append(_line(x + _PAD, _PAD + 12.5 + at * _LINE, runs, _SIZE, 400))
    return shapes, tall


def _cell(cell: PictureCell, lines: list[WordPieces], x: float, y: float, wide: float, tall: float) -> DrawnMark:
    look = LOOKS[cell.look]
    shapes: list[Shape] = [DrawnBox(x=x, y=y, width=wide, height=tall, fill=look.fill, line=RULE)]
    if look.dashes:
        shapes.append(
            DrawnBox(
                x=x + 2.5,
                y=y + 2.5,
                width=wide - 5,
                height=tall - 5,
                line=look.ink,
                thick=1.3,
                dashes=look.dashes,
            )
        )
    for at, runs in enumerate(lines):
        base = y + _PAD + 12.5 + at * _LINE - 1.5
        at_x, anchor = (x + wide / 2, "middle") if cell.middle else (x + _PAD, "start")
        shapes.append(DrawnWords(x=at_x, y=base, runs=runs, size=_SIZE, colour=look.ink, anchor=anchor))
    return DrawnMark(
        shapes=tuple(shapes),
        said=cell.said,
        kind=cell.kind,
        key=cell.key,
        state=cell.state,
        units=cell.units,
        doubt=cell.doubt,
    )


def _line(x: float, y: float, runs: WordPieces, size: float, weight: int) -> DrawnWords:
    return DrawnWords(x=x, y=y, runs=runs, size=size, weight=weight, colour=INK if weight > 400 else SOFT)


def _fitted(cell: PictureCell, room: float) -> list[WordPieces]:
    """Return the lines of a cell cut to its width, each piece keeping its look."""
    found: list[WordPieces] = []
    for runs in cell.lines:
        found += fitted_runs(runs, room / _SIZE)
    return found


def fitted_runs(runs: WordPieces, ems: float) -> list[WordPieces]:
    """Return pieces of words in lines of a width, each with its look.

    >>> fitted_runs((("推进平台", "plain"), ("建设开放", "added")), 6)
    [(('推进平台', 'plain'), ('建设', 'added')), (('开放', 'added'),)]
    """
    whole = "".join(text for text, _ in runs)
    if len(runs) == 1:
        return [((line, runs[0][1]),) for line in wrap(whole, ems)]
    looks = [look for text, look in runs for _ in text]
    lines: list[WordPieces] = []
    at = 0
    for line in wrap(whole, ems):
        pieces: list[tuple[str, str]] = []
        for char in line:
            # White space goes where a line breaks, and a blank stands for other white space.
            while at < len(whole) and whole[at] != char and char != " ":
                at += 1
            look = looks[min(at, len(looks) - 1)]
            at += 1
            if pieces and pieces[-1][1] == look:
                pieces[-1] = (pieces[-1][0] + char, look)
            else:
                pieces.append((char, look))
        lines.append(tuple(pieces))
    return lines


def ems_of(runs: WordPieces) -> float:
    """Return the width of pieces of words in ems."""
    return sum(width(text) for text, _ in runs)
