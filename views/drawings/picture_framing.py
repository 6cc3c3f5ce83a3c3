"""A picture as a drawing that stands alone: its title, counts, legend and notes around it."""

from dataclasses import replace

from views.card_text import width, wrap
from views.drawings.drawn_picture import (
    INK,
    LOOKS,
    SOFT,
    Canvas,
    DrawnBox,
    DrawnPath,
    DrawnWords,
    FilePicture,
    LegendSign,
    Shape,
    StateLook,
    plain,
)

_MARGIN, _LEAST = 24.0, 640.0
_COUNT, _SIGN = 13.0, 12.5


def framed(picture: FilePicture, empty: str = "") -> Canvas:
    """Return the drawing of a picture below its title, counts and legend, and above its notes.

    `empty` is said where there is nothing to draw.
    """
    wide = max(picture.canvas.width, _LEAST)
    shapes: list[Shape] = []
    y = _MARGIN
    for line in wrap(picture.title, wide / 21, 2):
        y += 22
        shapes.append(DrawnWords(x=_MARGIN, y=y, runs=plain(line), size=21, weight=700))
        y += 6
    if picture.subtitle:
        y += 15
        shapes.append(DrawnWords(x=_MARGIN, y=y, runs=plain(picture.subtitle), size=14, colour=SOFT))
    y += 12
    y = _counts(picture, shapes, y, wide)
    y = _legend(picture.legend, shapes, y, wide) + 10
    body = picture.canvas
    moved = [lowered(one, _MARGIN, y) for one in body.ground]
    marks = [replace(mark, shapes=tuple(lowered(one, _MARGIN, y) for one in mark.shapes)) for mark in body.marks]
    end = y + body.height + 26
    if not body.marks:
        shapes.append(DrawnWords(x=_MARGIN, y=y + 14, runs=plain(empty), size=15, colour=SOFT))
    for note in picture.notes:
        for line in wrap(note, wide / 13, 3):
            shapes.append(DrawnWords(x=_MARGIN, y=end, runs=plain(line), size=13, colour=SOFT))
            end += 19
    return Canvas(width=wide + 2 * _MARGIN, height=end + 4, ground=(*shapes, *moved), marks=tuple(marks))


def _counts(picture: FilePicture, shapes: list[Shape], y: float, wide: float) -> float:
    """Draw the counts as labels, and return where they end."""
    x = _MARGIN
    for name, said in picture.totals:
        look = LOOKS.get(name, StateLook(fill="#f6f7f8", ink=INK))
        room = width(said) * _COUNT + 18
        if x + room > wide + _MARGIN:
            x, y = _MARGIN, y + 28
        shapes.append(
            DrawnBox(
                x=x, y=y, width=room, height=22, fill=look.fill, line=look.ink, thick=0.8, dashes=look.dashes, round=11
            )
        )
        shapes.append(
            DrawnWords(x=x + room / 2, y=y + 15.5, runs=plain(said), size=_COUNT, colour=look.ink, anchor="middle")
        )
        x += room + 7
    return y + 32 if picture.totals else y


def _legend(legend: tuple[LegendSign, ...], shapes: list[Shape], y: float, wide: float) -> float:
    x = _MARGIN
    for sign in legend:
        room = 34 + width(sign.said) * _SIGN + 20
        if x + room > wide + _MARGIN and x > _MARGIN:
            x, y = _MARGIN, y + 22
        shapes += [*sign_shapes(sign, x, y)]
        shapes.append(DrawnWords(x=x + 34, y=y + 12, runs=plain(sign.said), size=_SIGN, colour=SOFT))
        x += room
    return y + 24 if legend else y


def sign_shapes(sign: LegendSign, x: float, y: float) -> tuple[Shape, ...]:
    """Return the sign of a legend, 26 pixels wide and 14 high."""
    look = sign.look
    if sign.form == "box":
        return (
            DrawnBox(x=x, y=y + 1, width=26, height=13, fill=look.fill, line=look.ink, dashes=look.dashes, round=2),
        )
    if sign.form == "line":
        return (DrawnPath(path=f"M{x:.1f} {y + 7.5:.1f}H{x + 26:.1f}", line=look.ink, thick=2.4, dashes=look.dashes),)
    return (DrawnWords(x=x + 13, y=y + 13, runs=plain(sign.form), size=15, colour=look.ink, anchor="middle"),)


def lowered(shape: Shape, right: float, down: float) -> Shape:
    """Return a shape moved to the right and down."""
    if isinstance(shape, DrawnPath):
        return replace(shape, path=moved_path(shape.path, right, down))
    return replace(shape, x=shape.x + right, y=shape.y + down)


def moved_path(path: str, right: float, down: float) -> str:
    """Return a path of M, C, L, H, V and Z moved to the right and down.

    >>> moved_path("M1 2H3V4C5 6 7 8 9 10Z", 10, 20)
    'M11.0 22.0H13.0V24.0C15.0 26.0 17.0 28.0 19.0 30.0Z'
    """
    import re

    def piece(found: "re.Match[str]") -> str:
        sign, numbers = found[1], [float(one) for one in found[2].split()]
        by = {"H": (right, right), "V": (down, down)}.get(sign, (right, down))
        return sign + " ".join(f"{one + by[at % 2]:.1f}" for at, one in enumerate(numbers))

    return re.sub(r"([MCLHVZ])([^MCLHVZ]*)", piece, path)
