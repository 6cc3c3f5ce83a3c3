"""A page of an OFD as a drawing (SVG): its words, rules and pictures at their places, with some boxes marked.

Fonts, colours and seals of the file are not drawn: no library at hand draws OFD, and what a reader compares with the text are the
words and where they stand.
"""

import base64
from collections.abc import Iterable, Sequence

from lxml import etree

from loaders.read.paged.ofd.ofd_file import OfdFile
from loaders.read.paged.ofd.ofd_pages import OfdPages
from loaders.read.paged.page_content import Box, DrawnRule, PlacedSign

_SPACE = "http://www.w3.org/2000/svg"
_MARK = "#ffe45c"
_FONTS = "'Noto Serif CJK SC','Source Han Serif SC',SimSun,FangSong,serif"
# How much of a letter stands above the line on which it is written, in ems.
_ABOVE = 0.88
# The first bytes of the pictures that every browser draws.
_MEDIA = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"BM": "image/bmp"}


def page_drawing(data: bytes, where: str, page: int, boxes: Sequence[Box]) -> bytes:
    """Return a page (1-based) of an OFD as an SVG in points, the boxes marked; it names nothing outside itself.

    Raises:
        InputError: the file is damaged, or a page holds more than is read.
        NotFoundError: it has no such page.
    """
    file = OfdFile(data, where)
    content, pictures = OfdPages(file).drawn(page)
    size = {"width": f"{content.width:g}", "height": f"{content.height:g}"}
    root = etree.Element("svg", {"xmlns": _SPACE, "viewBox": f"0 0 {content.width:g} {content.height:g}", **size})
    _put(root, "rect", {**size, "fill": "#ffffff"})
    for box in boxes:
        _put(root, "rect", _placed(box) | {"fill": _MARK})
    for held, box in pictures:
        _picture(root, held, box)
    for rule in content.rules:
        _rule(root, rule)
    words = _put(root, "g", {"font-family": _FONTS, "fill": "#000000"})
    for run in _runs([*content.signs, *(sign for beside in content.beside.values() for sign in beside)]):
        _words(words, run)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _runs(signs: Iterable[PlacedSign]) -> Iterable[list[PlacedSign]]:
    """Yield the signs that follow each other on one line in letters of one size."""
    run: list[PlacedSign] = []
    for sign in signs:
        if run and (sign.top, sign.size) != (run[-1].top, run[-1].size):
            yield run
            run = []
        run.append(sign)
    if run:
        yield run


def _words(parent: etree._Element, run: Sequence[PlacedSign]) -> None:
    """Put a run of signs on the page, each at its own place, whatever the viewer's font is wide."""
    first = run[0]
    places = " ".join(f"{sign.x0:.2f}" for sign in run for _ in sign.text)
    line = f"{first.top + _ABOVE * first.size:.2f}"
    _put(parent, "text", {"x": places, "y": line, "font-size": f"{first.size:.2f}"}).text = "".join(
        sign.text for sign in run
    )


def _rule(parent: etree._Element, rule: DrawnRule) -> None:
    ends = {"x1": rule.x0, "y1": rule.top, "x2": rule.x1, "y2": rule.bottom}
    ends |= {"y2": rule.top} if rule.level else {"x2": rule.x0}
    _put(
        parent, "line", {name: f"{at:.2f}" for name, at in ends.items()} | {"stroke": "#000000", "stroke-width": "0.7"}
    )


def _picture(parent: etree._Element, data: bytes | None, box: Box) -> None:
    """Put a picture at its place; one in a form that browsers do not draw is a grey field."""
    media = next((name for head, name in _MEDIA.items() if data and data.startswith(head)), None)
    if data is None or media is None:
        _put(parent, "rect", _placed(box) | {"fill": "#dddddd"})
        return
    held = f"data:{media};base64,{base64.b64encode(data).decode()}"
    _put(parent, "image", _placed(box) | {"href": held, "preserveAspectRatio": "none"})


def _placed(box: Box) -> dict[str, str]:
    x0, top, x1, bottom = box
    sides = {"x": x0, "y": top, "width": x1 - x0, "height": bottom - top}
    return {name: f"{side:.2f}" for name, side in sides.items()}


def _put(parent: etree._Element, name: str, given: dict[str, str]) -> etree._Element:
    return etree.SubElement(parent, name, given)
