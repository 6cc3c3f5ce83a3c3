"""A page that is a picture: the signs and drawn rules in it, at their places on the page."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from loaders.read import limits
from loaders.read.paged.drawn_rules import drawn_rule
from loaders.read.paged.page_content import Box, PageContent, PlacedSign
from loaders.read.paged.scans.ocr_engine import OcrLine, lines_in, ocr_version

DOTS = 200
"""Dots an inch at which a page is drawn to be read."""
# A page with a picture and fewer signs is a picture: its number, or the mark of the program that took it.
FEW = 16
# A page that is more aslant is turned and read again, in degrees; a line must be so wide (in its height) to tell.
_ASLANT, _TELLS, _MOST = 0.3, 8.0, 15.0
# A page whose letters are less sure may stand on its head.
_UPSIDE_DOWN = 0.75
# Letters that differ no more from the usual size are of it: a box around words is never exact.
_NEAR = 0.2
# A rule is no shorter (in points), and is no thicker.
_RULE, _THICK = 14.0, 3.0
_DARK = 150


def is_picture(page: PageContent) -> bool:
    """Tell whether a page is a picture, as far as its signs say."""
    return page.pictures > 0 and len(page.signs) < FEW


def can_be_read(page: PageContent) -> bool:
    """Tell whether a page is a picture and there is what reads it."""
    return is_picture(page) and bool(ocr_version())


def dots_for(width: float, height: float) -> float:
    """Return how many dots a point has where a page of that size is drawn to be read."""
    return min(DOTS / 72, math.sqrt(limits.PIXELS / max(width * height, 1.0)))


def put_words(page: PageContent, picture: Any, place: Box) -> None:  # noqa: ANN401 - of a library that need not be there
    """Put the words and rules of a picture, which stands at `place`, on its page; few signs that it has give way."""
    picture, lines = _upright(picture)
    if sum(len(line.text) for line in lines) <= len(page.signs):
        return
    if not page.recognized:
        page.signs.clear()
    high, wide = picture.shape[:2]
    across, down = (place[2] - place[0]) / wide, (place[3] - place[1]) / high
    boxes = [_box(line, place, across, down) for line in lines]
    sizes = _sizes(lines, boxes)
    for line, box, size in zip(lines, boxes, sizes, strict=True):
        page.recognized.append((box, line.confidence))
        page.signs += _signs(line.text, box, size)
    for x0, y0, x1, y1 in _rules(picture, across, down):
        rule = drawn_rule((place[0] + x0 * across, place[1] + y0 * down, place[0] + x1 * across, place[1] + y1 * down))
        if rule:
            page.rules.append(rule)


def _upright(picture: Any) -> tuple[Any, list[OcrLine]]:  # noqa: ANN401 - as above
    """Return a picture that stands upright, and its lines; their places are those of the picture returned."""
    lines = lines_in(picture)
    if lines and _sure(lines) < _UPSIDE_DOWN:
        over = picture[::-1, ::-1].copy()
        if _sure(turned_over := lines_in(over)) > _sure(lines):
            picture, lines = over, turned_over
    slopes = []
    for line in lines:
        (x0, y0), (x1, y1), *_, (_, bottom) = line.corners
        if x1 - x0 > _TELLS * max(bottom - y0, 1.0):
            slopes.append(math.degrees(math.atan2(y1 - y0, x1 - x0)))
    slope = median(slopes) if slopes else 0.0
    if not _ASLANT < abs(slope) < _MOST:
        return picture, lines
    import cv2

    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), slope, 1.0)
    turned = cv2.warpAffine(picture, turn, (wide, high), borderValue=(255, 255, 255))
    return turned, lines_in(turned)


def _sure(lines: Sequence[OcrLine]) -> float:
    """Return how sure the letters of a page are, in [0, 1]."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / max(letters, 1)


def _box(line: OcrLine, place: Box, across: float, down: float) -> Box:
    xs, ys = [x for x, _ in line.corners], [y for _, y in line.corners]
    return (
        place[0] + min(xs) * across,
        place[1] + min(ys) * down,
        place[0] + max(xs) * across,
        place[1] + max(ys) * down,
    )


def _ems(text: str) -> float:
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def _sizes(lines: Sequence[OcrLine], boxes: Sequence[Box]) -> list[float]:
    """Return the size of the letters of each line: its width says it best; the usual one where it is near."""
    sizes = []
    for line, box in zip(lines, boxes, strict=True):
        wide, high = (box[2] - box[0]) / max(_ems(line.text), 0.5), box[3] - box[1]
        sizes.append(max(min(wide, high), 1.0))
    counted: Counter[float] = Counter()
    for line, size in zip(lines, sizes, strict=True):
        counted[round(size * 2) / 2] += len(line.text)
    usual = counted.most_common(1)[0][0] if counted else 0.0
    return [usual if abs(size - usual) < _NEAR * usual else size for size in sizes]


def _signs(text: str, box: Box, size: float) -> Iterator[PlacedSign]:
    """Yield the signs of a line, each with its share of the width."""
    step = (box[2] - box[0]) / max(_ems(text), 0.5)
    middle, x = (box[1] + box[3]) / 2, box[0]
    for sign in text:
        wide = step * _ems(sign)
        if sign.strip():
            yield PlacedSign(sign, x, middle - size / 2, x + wide, middle + size / 2, size)
        x += wide


def _rules(picture: Any, across: float, down: float) -> Iterator[tuple[int, int, int, int]]:  # noqa: ANN401 - as above
    """Yield the straight dark lines along a picture and down it: left, top, right, bottom in dots."""
    import cv2

    dark = cv2.threshold(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), _DARK, 255, cv2.THRESH_BINARY_INV)[1]
    for kernel in ((max(round(_RULE / across), 3), 1), (1, max(round(_RULE / down), 3))):
        left = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        # A rule that is a dot aslant is broken into pieces that touch.
        joined = cv2.dilate(left, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        _, _, found, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        for x, y, wide, high, _ in found[1 : limits.PAGE_RULES]:
            thin, long = (high * down, wide * across) if kernel[1] == 1 else (wide * across, high * down)
            if long >= _RULE and thin <= _THICK + 2 * max(across, down):
                # The middle line: its thickness says nothing.
                if kernel[1] == 1:
                    yield int(x), int(y + high / 2), int(x + wide), int(y + high / 2)
                else:
                    yield int(x + wide / 2), int(y), int(x + wide / 2), int(y + high)
