"""A drawing as SVG: our own shapes, every word of documents escaped, nothing that a viewer would fetch or run."""

import re
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from views.drawings.drawn_picture import FONTS, Canvas, DrawnBox, DrawnMark, DrawnPath, DrawnWords, Shape, WordPieces

Address = Callable[[str, str], str | None]
"""Gives the address of a thing by its kind and key; None where it has none."""

# What XML 1.0 cannot hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS = {
    "strong": ' font-weight="700"',
    "dropped": ' fill="#a31515" text-decoration="line-through"',
    "added": ' fill="#1b5e20" text-decoration="underline"',
}


def svg(canvas: Canvas, title: str, language: str, address: Address | None = None, *, alone: bool = True) -> str:
    """Return a drawing as SVG; `address` makes links of its marks; `alone` is for a file of its own.

    >>> svg(Canvas(width=10, height=5), "a<b", "zh", alone=False)
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5" width="10" height="5" role="group" aria-label="a&lt;b" lang="zh"></svg>'
    """
    body = [_shape(one) for one in canvas.ground] + [_mark(one, address) for one in canvas.marks]
    size = (
        f'viewBox="0 0 {_n(canvas.width)} {_n(canvas.height)}" width="{_n(canvas.width)}" height="{_n(canvas.height)}"'
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}'
    if not alone:
        return f'{head} role="group" aria-label={_attribute(title)} lang="{language}">{"".join(body)}</svg>'
    ground = _shape(DrawnBox(x=0, y=0, width=canvas.width, height=canvas.height, fill="#ffffff"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head} font-family="{FONTS}" lang="{language}">'
        f"<title>{_text(title)}</title>{ground}\n" + "\n".join(body) + "\n</svg>\n"
    )


def _mark(mark: DrawnMark, address: Address | None) -> str:
    inside = "".join(map(_shape, mark.shapes))
    chosen = (
        f' class="mark" data-state={_attribute(mark.state)} data-units={_attribute("|".join(mark.units))}'
        f' data-doubt="{int(mark.doubt)}"'
    )
    made = f"<g{chosen}><title>{_text(mark.said)}</title>{inside}</g>"
    to = address(mark.kind, mark.key) if address and mark.key else None
    return f"<a href={_attribute(to)}>{made}</a>" if to else made


def _shape(shape: Shape) -> str:
    if isinstance(shape, DrawnBox):
        return (
            f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            + (f' rx="{_n(shape.round)}"' if shape.round else "")
            + _painted(shape.fill, shape.line, shape.thick, shape.dashes)
            + "/>"
        )
    if isinstance(shape, DrawnPath):
        seen = f' opacity="{_n(shape.opacity)}"' if shape.opacity != 1 else ""
        return f'<path d="{shape.path}"{_painted(shape.fill, shape.line, shape.thick, shape.dashes)}{seen}/>'
    return _words(shape)


def _painted(fill: str, line: str, thick: float, dashes: str) -> str:
    drawn = f' stroke="{line}" stroke-width="{_n(thick)}"' if line != "none" else ""
    return f' fill="{fill}"{drawn}' + (f' stroke-dasharray="{dashes}"' if dashes and drawn else "")


def _words(words: DrawnWords) -> str:
    halo = ' stroke="#ffffff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"' if words.halo else ""
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    weight = f' font-weight="{words.weight}"' if words.weight != 400 else ""
    place = f'x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}" fill="{words.colour}"'
    return f"<text {place}{weight}{anchor}{halo}>{_runs(words.runs)}</text>"


def _runs(runs: WordPieces) -> str:
    return "".join(
        f"<tspan{_LOOKS[look]}>{_text(text)}</tspan>" if look in _LOOKS else _text(text) for text, look in runs
    )


def _text(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", text))


def _n(value: float) -> str:
    """Return a number with one place at most.

    >>> _n(3.0), _n(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def texts_of(shapes: Iterable[Shape]) -> str:
    """Return the words among some shapes, a line each."""
    return "\n".join("".join(text for text, _ in one.runs) for one in shapes if isinstance(one, DrawnWords))
