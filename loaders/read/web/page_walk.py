"""The visible text of a page, and where its lines, tables and main text stand in it."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from lxml import etree

from graph.model import Span
from graph.numerals import plain_integer
from graph.text import fold, trim
from loaders.numbering import marker_at
from loaders.read.document import Cell, Line, Table
from loaders.read.web.html_table import HtmlCell, data_grid, tables_with_tables

SKIP = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "svg", "object", "select", "button", "rt", "rp"}
)
_BLOCK = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_UNNUMBERED = re.compile(r"list-style[a-z-]*\s*:[^;]{0,60}\bnone", re.I)
# The items of a list of the text are sentences; those of a bread crumb or of a page's data are words.
_SENTENCE = "。"
_SIGN = 16


def hidden(element: etree._Element) -> bool:
    """Tell whether an element says of itself that it is not shown; a whole page that says so is shown by its script."""
    if element.tag == "body":
        return False
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


class PageWalk:
    """Writes the visible text of a page and notes where its lines, tables and main text stand.

    `text` is all of it, `lines` and `tables` stand in it, `main_span` is where the element `main` stands.
    A page may nest deeper than calls may: what is still to be done stands in a list.
    """

    def __init__(self, body: etree._Element, main: etree._Element | None) -> None:
        """Write the text of `body`; `main` is the element of its main text, if one is known."""
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.main_span: tuple[int, int] | None = None
        self._main = main
        self._outer = tables_with_tables(body)
        self._parts: list[str] = []
        self._length = 0
        self._start = 0
        self._heading: int | None = None
        self._strong = False
        self._listed = False
        self._sign = ""
        self._inside_cell = False
        self._cells: list[Cell] = []
        self._numbers: dict[etree._Element, int] = {}
        self._todo: list[Callable[[], None]] = [partial(self._enter, body)]
        while self._todo:
            self._todo.pop()()
        self._newline()
        self.text = "".join(self._parts)

    def _then(self, *steps: Callable[[], None]) -> None:
        self._todo += reversed(steps)

    def _write(self, text: str) -> None:
        collapsed = _BLANK.sub(" ", text)
        if self._at_line_start():
            collapsed = collapsed.lstrip(" ")
        if collapsed:
            # The number of an item stands before its first words, also where a paragraph inside it holds them.
            self._put(self._sign + collapsed if self._at_line_start() else collapsed)
            self._sign = ""

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _at_line_start(self) -> bool:
        return not self._parts or self._parts[-1].endswith(("\n", "\t"))

    def _newline(self) -> None:
        if not self._inside_cell:
            self._end_line()
        if self._parts and not self._at_line_start():
            self._put("\n")
        if not self._inside_cell:
            self._start = self._length

    def _end_line(self) -> None:
        if self._length > self._start:
            text = self._tail(self._length - self._start)
            start, end = trim(text, 0, len(text))
            if start < end:
                span = Span(self._start + start, self._start + end)
                self.lines.append(Line(span=span, heading=self._heading, strong=self._strong, listed=self._listed))

    def _tail(self, size: int) -> str:
        got: list[str] = []
        held = 0
        for part in reversed(self._parts):
            if held >= size:
                break
            got.append(part)
            held += len(part)
        return "".join(reversed(got))[held - size :]

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in SKIP or hidden(element):
            return
        if tag == "br":
            self._newline()
            return
        if element is self._main:
            self._then(partial(self._end_main, self._length))
        if tag == "table" and element not in self._outer and (grid := data_grid(element)):
            self._newline()
            self._table(grid)
        elif tag in _BLOCK:
            self._block(element, tag)
        else:
            self._children(element)

    def _end_main(self, start: int) -> None:
        self._newline()
        self.main_span = (start, self._length)

    def _block(self, element: etree._Element, tag: str) -> None:
        self._newline()
        before = (self._heading, self._strong, self._listed)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdecimal():
            self._heading = int(tag[1])
        if _CENTRED.search(element.get("style") or "") or element.get("align") == "center" or tag == "center":
            self._strong = True
        if tag == "ol" and not self._listed:
            self._numbers.update(_numbers(element))
        if number := self._numbers.pop(element, None):
            self._sign = f"{number}."
        self._listed = self._listed or tag == "li"
        self._then(partial(self._end_block, before))
        self._children(element)

    def _end_block(self, before: tuple[int | None, bool, bool]) -> None:
        self._newline()
        self._sign = ""
        self._heading, self._strong, self._listed = before

    def _children(self, element: etree._Element) -> None:
        if element.text:
            self._write(element.text)
        steps: list[Callable[[], None]] = []
        for child in element:
            steps.append(partial(self._enter, child))
            if child.tail:
                steps.append(partial(self._write, child.tail))
        self._then(*steps)

    def _table(self, grid: Sequence[HtmlCell]) -> None:
        self._inside_cell = True
        self._cells = []
        steps: list[Callable[[], None]] = []
        row = 0
        for place in grid:
            if place.row != row:
                row = place.row
                steps.append(partial(self._put, "\n"))
            steps.append(partial(self._cell, place))
        self._then(*steps, partial(self._end_table, self._length))

    def _cell(self, place: HtmlCell) -> None:
        self._then(partial(self._end_cell, place, self._length))
        self._children(place.element)

    def _end_cell(self, place: HtmlCell, begin: int) -> None:
        text = self._tail(self._length - begin)
        left, right = trim(text, 0, len(text))
        span = Span(begin + left, begin + right)
        self._cells.append(Cell(span=span, row=place.row, column=place.column, covers=place.covers))
        self._put("\t")

    def _end_table(self, start: int) -> None:
        self._inside_cell = False
        self.tables.append(Table(span=Span(start, self._length), cells=tuple(self._cells)))
        self._put("\n")
        self._start = self._length


def _numbers(listed: etree._Element) -> dict[etree._Element, int]:
    """Return the number that a browser prints before each item of an ordered list.

    There is none where the list says so or counts in letters, where an item prints a sign itself, or in a list of words.
    """
    items = [item for item in listed if item.tag == "li" and not hidden(item)]
    if listed.get("type", "1") != "1" or _UNNUMBERED.search(listed.get("style") or "") or len(items) < 2:
        return {}
    words = ["".join(map(str, item.itertext())).strip() for item in items]
    heads = [fold(text[:_SIGN]) for text in words]
    sentences = sum(_SENTENCE in text for text in words)
    if sentences * 2 < len(words) or any(marker_at(head, 0, len(head)) for head in heads):
        return {}
    number = (plain_integer(listed.get("start", "1")) or 1) - 1
    numbers = {}
    for item in items:
        number = plain_integer(item.get("value", "")) or number + 1
        numbers[item] = number
    return numbers
