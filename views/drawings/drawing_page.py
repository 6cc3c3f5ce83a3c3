"""A picture as one page that asks for nothing: the drawing or table, what to choose by, and the rows it was made from."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import LOOKS, Canvas, DrawnMark, FilePicture, PictureCell, Shape
from views.drawings.picture_framing import lowered, sign_shapes
from views.drawings.svg_writing import Address, svg

_LISTED = 2000
"""So many rows stand in the table below a picture; what is left out is said."""
_SHEET = 1.36
"""So many times its width a piece of a drawing is high at most: then it fits a sheet of A4."""


def drawing_page(picture: FilePicture, language: str) -> str:
    """Return the page of a picture."""
    from views.picture_file import content_policy

    words = DrawingWords(language)
    style, app = _file("drawing.css"), _file("drawing.js")
    return _rendered(
        "drawing.html",
        picture=picture,
        words=words,
        sheets=sheets_of(picture.canvas, picture.title, words.tag),
        signs=_signs(picture, words.tag),
        units=units_of(picture),
        looks=LOOKS,
        listed=_LISTED,
        style=style,
        app=app,
        policy=content_policy([app]),
    )


def embedded_picture(picture: FilePicture, language: str, address: Address) -> str:
    """Return the drawing of a picture, its counts, legend and notes, as HTML for a page of others.

    It holds no style, script or identifier of its own; `address` gives the links of its marks.
    """
    words = DrawingWords(language)
    return _rendered(
        "embedded.html",
        picture=picture,
        words=words,
        sheets=sheets_of(picture.canvas, picture.title, words.tag, address),
        signs=_signs(picture, words.tag),
    )


def sheets_of(canvas: Canvas, title: str, language: str, address: Address | None = None) -> list[str]:
    """Return a drawing in pieces that each fit a sheet of paper; one below the other they are the whole."""
    if not canvas.marks:
        return []
    room, found, start, last = canvas.width * _SHEET, [], 0.0, 0.0
    ends = [cut for cut in sorted(canvas.cuts) if 0 < cut < canvas.height - 1]
    for cut in [*ends, canvas.height]:
        if cut - start > room and last > start:
            found.append((start, last))
            start = last
        last = cut
    found.append((start, canvas.height))
    return [svg(_piece(canvas, top, end), title, language, address, alone=False) for top, end in found]


def _piece(canvas: Canvas, top: float, end: float) -> Canvas:
    """Return what stands between two heights; what spans more is in every piece, and cut by its edge."""
    if top == 0 and end == canvas.height:
        return canvas
    marks = []
    for mark in canvas.marks:
        if any(_within(shape, top, end) for shape in mark.shapes):
            marks.append(_moved(mark, top))
    ground = tuple(lowered(shape, 0, -top) for shape in canvas.ground if _within(shape, top, end))
    return Canvas(width=canvas.width, height=end - top, ground=ground, marks=tuple(marks))


def _moved(mark: DrawnMark, top: float) -> DrawnMark:
    from dataclasses import replace

    return replace(mark, shapes=tuple(lowered(shape, 0, -top) for shape in mark.shapes))


def _within(shape: Shape, top: float, end: float) -> bool:
    y = getattr(shape, "y", None)
    # A path is cut by the edge of its piece.
    return True if y is None else y + getattr(shape, "height", 0.0) > top and y < end


def units_of(picture: FilePicture) -> list[str]:
    """Return the units that one can choose a picture's marks by, in order of their first place."""
    found: dict[str, None] = {}
    marks: Sequence[DrawnMark | PictureCell] = picture.canvas.marks
    for mark in marks:
        found.update(dict.fromkeys(mark.units))
    return list(found)


def _signs(picture: FilePicture, language: str) -> list[tuple[str, str]]:
    """Return the legend: each sign as a small drawing, and what it means."""
    return [
        (svg(Canvas(width=28, height=16, ground=sign_shapes(sign, 1, 0)), sign.said, language, alone=False), sign.said)
        for sign in picture.legend
    ]


def _rendered(name: str, **values: Any) -> str:  # noqa: ANN401 - values of a template
    from views.picture_file import _environment

    text: str = _environment().get_template(name).render(**values)
    return text


def _file(name: str) -> str:
    return files("views.templates").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
