"""Web pages: the whole page's visible text with its tables; what stands outside the main text is marked furniture."""

import re

import lxml.html
from lxml import etree

from graph.errors import InputError
from graph.model import Span
from graph.numerals import plain_integer
from graph.text import trim
from loaders.read.charset import decode
from loaders.read.document import Cell, Document, Line, Table
from loaders.read.page_data import read_meta
from loaders.read.text.text_reader import digest
from loaders.read.web.main_text import main_text

_SKIP = frozenset(
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
OUTSIDE = "outside-main-text"


class _Walker:
    """Writes the visible text of a page and notes where its lines, tables and main text stand."""

    def __init__(self, main: etree._Element | None) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.main = main
        self.main_span: tuple[int, int] | None = None
        self._start = 0
        self._heading: int | None = None
        self._strong = False
        self._listed = False
        self._cell = 0

    def write(self, text: str) -> None:
        collapsed = _BLANK.sub(" ", text)
        if self._at_line_start():
            collapsed = collapsed.lstrip(" ")
        if collapsed:
            self.parts.append(collapsed)
            self.length += len(collapsed)

    def _at_line_start(self) -> bool:
        return not self.parts or self.parts[-1].endswith(("\n", "\t"))

    def newline(self, mark: str = "\n") -> None:
        if not self._cell:
            self._end_line()
        if self.parts and not self._at_line_start():
            self.parts.append(mark)
            self.length += 1
        if not self._cell:
            self._start = self.length

    def _end_line(self) -> None:
        if self.length > self._start:
            text = "".join(self.parts)[self._start :] if len(self.parts) < 8 else self._tail(self.length - self._start)
            start, end = trim(text, 0, len(text))
            if start < end:
                span = Span(self._start + start, self._start + end)
                self.lines.append(Line(span=span, heading=self._heading, strong=self._strong, listed=self._listed))

    def _tail(self, size: int) -> str:
        got: list[str] = []
        held = 0
        for part in reversed(self.parts):
            got.append(part)
            held += len(part)
            if held >= size:
                break
        return "".join(reversed(got))[held - size :]

    def walk(self, element: etree._Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is None or tag in _SKIP or _HIDDEN.search(element.get("style") or ""):
            return
        if tag == "br":
            self.newline()
            return
        start = self.length
        if tag == "table" and (grid := _grid(element)):
            self.newline()
            self._table(grid)
        elif tag in _BLOCK:
            self._block(element, tag)
        else:
            self._children(element)
        if element is self.main:
            self.newline()
            self.main_span = (start, self.length)

    def _block(self, element: etree._Element, tag: str) -> None:
        self.newline()
        before = (self._heading, self._strong, self._listed)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = int(tag[1])
        if _CENTRED.search(element.get("style") or "") or element.get("align") == "center" or tag == "center":
            self._strong = True
        self._listed = self._listed or tag == "li"
        self._children(element)
        self.newline()
        self._heading, self._strong, self._listed = before

    def _children(self, element: etree._Element) -> None:
        if element.text:
            self.write(element.text)
        for child in element:
            self.walk(child)
            if child.tail:
                self.write(child.tail)

    def _table(self, grid: list[tuple[int, int, int, int, etree._Element]]) -> None:
        start, cells, row = self.length, [], 0
        self._cell += 1
        for at, column, rows, columns, element in grid:
            if at != row:
                row = at
                self._close_row()
            begin = self.length
            self._children(element)
            text = self._tail(self.length - begin)
            left, right = trim(text, 0, len(text))
            cells.append(Cell(span=Span(begin + left, begin + right), row=at, column=column, covers=(rows, columns)))
            self.parts.append("\t")
            self.length += 1
        self._cell -= 1
        end = self.length
        self.parts.append("\n")
        self.length += 1
        self._start = self.length
        self.tables.append(Table(span=Span(start, end), cells=tuple(cells)))

    def _close_row(self) -> None:
        self.parts.append("\n")
        self.length += 1


def _grid(table: etree._Element) -> list[tuple[int, int, int, int, etree._Element]] | None:
    """Return (row, column, rows, columns, element) of a table that holds data, None for one that only lays out a page."""
    if table.find(".//table") is not None:
        return None
    taken: set[tuple[int, int]] = set()
    grid = []
    rows = list(table.iter("tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            down, across = _number(cell.get("rowspan")), _number(cell.get("colspan"))
            down = min(down, len(rows) - number)
            taken |= {(number + r, column + c) for r in range(down) for c in range(across)}
            grid.append((number, column, down, across, cell))
            column += across
    wide = max((c + w for _, c, _, w, _ in grid), default=0)
    return grid if len(rows) >= 2 and wide >= 2 else None


def _number(printed: str | None) -> int:
    return max(plain_integer((printed or "").strip()) or 1, 1)


class HtmlReader:
    """Reads `.html` and `.htm`."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: its text is the page's visible text, blocks on lines, cells parted by tabs."""
        markup, charset = decode(data, where=where)
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
        try:
            root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError) as error:
            raise InputError(
                "{where}: holds no page that can be read ({reason}); save it again from the browser",
                where=where,
                reason=error,
            ) from error
        body = root.find("body")
        body = root if body is None else body
        walker = _Walker(main_text(body, markup))
        walker.walk(body)
        walker.newline()
        text = "".join(walker.parts)
        if not text.strip():
            raise InputError(
                "{where}: the page shows no text; it may draw its text by script, save it from the browser", where=where
            )
        title = root.findtext(".//title")
        return Document(
            name=name,
            text=text,
            sha256=digest(data),
            text_sha256=digest(text.encode("utf-8", "surrogatepass")),
            media_type="text/html",
            charset=charset,
            lines=tuple(walker.lines),
            tables=tuple(walker.tables),
            meta=read_meta(text, [line.span for line in walker.lines], walker.tables),
            title_hint=title.strip() if title else None,
            furniture=_outside(walker, len(text)),
        )


def _outside(walker: _Walker, length: int) -> tuple[tuple[Span, str], ...]:
    if walker.main_span is None:
        return ()
    start, end = walker.main_span
    return tuple((span, OUTSIDE) for span in (Span(0, start), Span(end, length)) if span.start < span.end)
