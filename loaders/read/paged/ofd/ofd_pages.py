"""The pages of an OFD: its signs, drawn rules and pictures at their places, those of templates and annotations too."""

import math
import re
from collections.abc import Iterator

from lxml import etree

from graph.errors import InputError, NotFoundError
from loaders.read import limits
from loaders.read.paged.drawn_rules import StrokeCounter, drawn_rule, straight_parts, too_full
from loaders.read.paged.ofd.ofd_file import OfdFile, OfdPage, first_named, name_of, named, words_of
from loaders.read.paged.page_content import Box, PageContent, PlacedSign
from loaders.read.paged.page_matrix import AS_IT_IS, Matrix, moved, times
from loaders.read.paged.scans.picture_pages import pictures_in
from loaders.read.paged.scans.scanned_page import can_be_read, put_words
from loaders.read.refusals import damaged

TEMPLATE, ANNOTATION = "page-template", "annotation"
_POINTS = 72 / 25.4
_SCALE: Matrix = (_POINTS, 0.0, 0.0, _POINTS, 0.0, 0.0)
# How much of a letter stands above the line on which it is written, in ems.
_ABOVE = 0.88
_UPRIGHT = math.radians(5)
_DRAWN = re.compile(r"[A-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
# How many numbers stand behind each sign of a path.
_NUMBERS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_A4 = (0.0, 0.0, 210.0, 297.0)
_DEEP = 8


class OfdPages:
    """Makes the contents of pages out of their parts."""

    def __init__(self, file: OfdFile) -> None:
        """Read from an open file."""
        self._file = file
        self._units = file.units()

    def pages(self) -> Iterator[PageContent]:
        """Yield the pages in order.

        Raises:
            InputError: a page holds more signs or lines than are read, or numbers that are none.
        """
        printed: set[str] = set()
        for number, page in enumerate(self._file.pages(), 1):
            found, pictures = self._whole(page, number, printed)
            if can_be_read(found):
                for name, box in pictures:
                    self._put_words(found, name, box)
            yield found

    def drawn(self, number: int) -> tuple[PageContent, list[tuple[bytes | None, Box]]]:
        """Return one page (1-based) with all that is printed on it, and the files of its pictures, each with its place.

        Raises:
            InputError: as for `pages`.
            NotFoundError: there is no such page.
        """
        count = 0
        for count, page in enumerate(self._file.pages(), 1):
            if count == number:
                found, pictures = self._whole(page, number, set())
                return found, [(self._file.picture(name), box) for name, box in pictures]
        raise NotFoundError(
            "{where}: has no page {page}, only {count}", where=self._file.where, page=number, count=count
        )

    def _whole(self, page: OfdPage, number: int, printed: set[str]) -> tuple[PageContent, list[tuple[str, Box]]]:
        try:
            return self._content(page, number, printed)
        except (ValueError, OverflowError) as error:
            raise damaged(self._file.where) from error

    def _content(self, page: OfdPage, number: int, printed: set[str]) -> tuple[PageContent, list[tuple[str, Box]]]:
        """Return one page, and the names and places of its pictures.

        What a template of several pages prints is told once, of the first (`printed`).
        """
        area = first_named(page.content, "PhysicalBox")
        left, top, width, height = _numbers(words_of(area) or page.area, 4) or _A4
        place = times((1.0, 0.0, 0.0, 1.0, -left, -top), _SCALE)
        found = PageContent(number, width * _POINTS, height * _POINTS)
        drawing = _Drawing(self._file.where, found, self._units)
        for template, pages in page.templates:
            if pages < 2:
                drawing.draw(template, place)
                continue
            beside = PageContent(number, found.width, found.height)
            _Drawing(self._file.where, beside, self._units).draw(template, place)
            found.rules += beside.rules
            words = "".join(sign.text for sign in beside.signs)
            if words and words not in printed:
                printed.add(words)
                found.beside.setdefault(TEMPLATE, []).extend(beside.signs)
        drawing.draw(page.content, place)
        noted = PageContent(number, found.width, found.height)
        for part in page.annotations:
            for one in named(part, "Appearance"):
                _Drawing(self._file.where, noted, self._units).draw(one, times(_boundary(one), place))
        if noted.signs:
            found.beside[ANNOTATION] = noted.signs
        found.turned += noted.turned
        return found, drawing.pictures

    def _put_words(self, page: PageContent, name: str, box: Box) -> None:
        """Put the words of a picture on its page; one in a form that is not known stays a picture."""
        data = self._file.picture(name)
        try:
            picture = next(pictures_in(data, self._file.where), None) if data else None
        except InputError:
            return
        if picture is not None:
            put_words(page, picture, box)


class _Drawing:
    """Puts the objects of parts of a page on it."""

    def __init__(self, where: str, page: PageContent, units: dict[str, etree._Element]) -> None:
        self._where, self._page, self._units = where, page, units
        self._counter = StrokeCounter(where, page.number)
        self.pictures: list[tuple[str, Box]] = []

    def draw(self, element: etree._Element, place: Matrix, deep: int = _DEEP) -> None:
        """Put all objects below an element on the page, which `place` leads to."""
        for one in element:
            kind = name_of(one) if isinstance(one.tag, str) else ""
            if kind.endswith("Object"):
                self._counter.count()
                if one.get("Visible") == "false":
                    continue
                own = times(times(_matrix(one), _boundary(one)), place)
                if kind == "TextObject":
                    self._text(one, own)
                elif kind == "PathObject":
                    self._path(one, own)
                elif kind == "ImageObject":
                    self._page.pictures += 1
                    self.pictures.append((one.get("ResourceID") or "", _picture_box(one, own)))
                elif (
                    kind == "CompositeObject"
                    and deep
                    and (unit := self._units.get(one.get("ResourceID") or "")) is not None
                ):
                    self.draw(unit, own, deep - 1)
            elif kind not in ("Area", "Template", "Actions", "Clips") and len(one) and deep:
                self.draw(one, place, deep - 1 if kind == "PageBlock" else deep)

    def _text(self, element: etree._Element, place: Matrix) -> None:
        size = float(element.get("Size") or 0)
        across = float(element.get("HScale") or 1)
        a, b, _, d, *_ = place
        written = 0
        for code in named(element, "TextCode"):
            text = code.text or ""
            written += len(text)
            x, y = float(code.get("X") or 0), float(code.get("Y") or 0)
            right, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
            for at, letter in enumerate(text):
                wide = size * across * (0.5 if letter.isascii() else 1.0)
                step = right[at] if at < len(right) else wide
                if letter.strip():
                    if abs(math.atan2(b, a)) > _UPRIGHT:
                        self._page.turned += 1
                    else:
                        self._put(
                            letter,
                            moved(place, x, y),
                            (min(wide, step) if step > 0 else wide) * a,
                            max(size * abs(d), 1.0),
                        )
                x += right[at] if at < len(right) else (0.0 if down else wide)
                y += down[at] if at < len(down) else 0.0
        shown = sum(int(one.get("CodeCount") or 1) for one in named(element, "CGTransform"))
        self._page.unknown += max(shown - written, 0)

    def _put(self, letter: str, start: tuple[float, float], wide: float, size: float) -> None:
        x, line = start
        top = line - _ABOVE * size
        self._page.signs.append(PlacedSign(letter, x, top, x + wide, top + size, size))
        if len(self._page.signs) > limits.PAGE_SIGNS:
            raise too_full(self._where, self._page.number)

    def _path(self, element: etree._Element, place: Matrix) -> None:
        stroked = element.get("Stroke") != "false"
        if not stroked and element.get("Fill") != "true":
            return
        tokens = _DRAWN.findall(words_of(first_named(element, "AbbreviatedData")))
        self._counter.count(len(tokens) // 3)
        for points in _strokes(tokens, place):
            for box in straight_parts(points, stroked):
                if rule := drawn_rule(box):
                    self._page.rules.append(rule)


def _picture_box(element: etree._Element, place: Matrix) -> Box:
    """Return where a picture stands, which fills a square of one, or its boundary where nothing turns it."""
    *_, wide, high = _numbers(element.get("Boundary") or "", 4) or (0.0, 0.0, 1.0, 1.0)
    far = (1.0, 1.0) if element.get("CTM") else (wide, high)
    (x0, y0), (x1, y1) = moved(place, 0.0, 0.0), moved(place, *far)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _strokes(tokens: list[str], place: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of the straight strokes of a path, a list for each stroke without a break or a bow."""
    points: list[tuple[float, float]] = []
    at = 0
    while at < len(tokens):
        sign, count = tokens[at], _NUMBERS.get(tokens[at], 0)
        given = [float(one) for one in tokens[at + 1 : at + 1 + count] if not one.isalpha()]
        at += 1 + len(given)
        if sign == "C" and points:
            points.append(points[0])
        elif len(given) == count and count:
            end = moved(place, given[-2], given[-1])
            if sign == "L":
                points.append(end)
            else:
                yield points
                points = [end]
    yield points


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    """Return so many numbers, None where there are others.

    Raises:
        ValueError: they are no numbers.
    """
    found = tuple(float(one) for one in (text or "").split())
    if not all(map(math.isfinite, found)):
        raise ValueError("a place without end")
    return found if len(found) == count else None


def _boundary(element: etree._Element) -> Matrix:
    x, y, *_ = _numbers(element.get("Boundary"), 4) or (0.0, 0.0)
    return (1.0, 0.0, 0.0, 1.0, x, y)


def _matrix(element: etree._Element) -> Matrix:
    found = _numbers(element.get("CTM"), 6)
    return AS_IT_IS if found is None else (found[0], found[1], found[2], found[3], found[4], found[5])


def _steps(text: str | None, most: int) -> list[float]:
    """Return the steps between signs, no more than `most`: `g 3 5.5` is three steps of 5.5.

    >>> _steps("2 g 3 5.5 1", 9)
    [2.0, 5.5, 5.5, 5.5, 1.0]
    """
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            found += [float(words[at + 2])] * min(max(int(words[at + 1]), 0), most)
            at += 3
        else:
            found.append(float(words[at]))
            at += 1
    return found[:most]
