"""Plain text and Markdown: the decoded file is the text; lines, headings and pipe tables are spans of it."""

import hashlib
import re

from graph.model import Span
from graph.text import trim
from loaders.read.document import Cell, Document, Line, Meta, Remark, Table
from loaders.read.page_data import read_meta
from loaders.read.text.charset import contradicted, decode
from loaders.read.text.lost_breaks import unfolded
from loaders.read.text.repaired_text import repaired

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_RULE_ROW = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*){0,60}\|?")
_TAB = re.compile(r"\t")
_PIPE = re.compile(r"(?<!\\)\|")


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


class TextReader:
    """Reads `.txt` and `.md`; a pipe table of Markdown becomes a Table."""

    suffixes: tuple[str, ...] = (".txt", ".text", ".md", ".markdown")
    formats: tuple[str, ...] = ("text",)
    apart = False

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document; its text is the file as decoded, repaired where that is certain, without its mark of byte order."""
        text, charset = decode(data, where=where)
        markdown = suffix in (".md", ".markdown")
        text, repairs = repaired(text, markdown=markdown)
        spans = _lines(text)
        tables, rest = _pipe_tables(text, spans) if markdown else _drawn_tables(text, spans)
        lines = tuple(line for span in rest if (line := _line(text, span, markdown)))
        return Document(
            name=name,
            text=text,
            sha256=digest(data),
            text_sha256=digest(text.encode("utf-8", "surrogatepass")),
            media_type="text/markdown" if markdown else "text/plain",
            charset=charset,
            lines=lines,
            tables=tables,
            meta=_meta(text, lines, tables),
            remarks=(*charset_remarks(contradicted(data, charset), charset), *repairs),
        )


def charset_remarks(label: str | None, charset: str) -> tuple[Remark, ...]:
    """Return what is to be said where a file calls its character set `label` and was read as another."""
    if label is None:
        return ()
    return (Remark("charset", None, f"says that it is written in {label}; read as {charset}, which its bytes are"),)


def _meta(text: str, lines: tuple[Line, ...], tables: tuple[Table, ...]) -> tuple[Meta, ...]:
    return read_meta(text, [line.span for line in lines], tables)


def _lines(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        spans += unfolded(text, start, match.start())
        start = match.end()
    return spans + unfolded(text, start, len(text))


def _line(text: str, span: tuple[int, int], markdown: bool) -> Line | None:
    start, end = trim(text, *span)
    indent = start - span[0]
    heading, strong, listed = None, False, False
    if markdown:
        while start < end and text[start] == ">":
            start, end = trim(text, start + 1, end)
        if match := _HEADING.match(text, start, end):
            heading = len(match[1])
            start, end = trim(text, match.end(), end, "#")
        elif match := _BULLET.match(text, start, end):
            listed = True
            start, end = trim(text, match.end(), end)
        if text[start : start + 2] == "**" and text[:end].endswith("**") and end - start > 4:
            inner = text[start + 2 : end - 2]
            if "**" not in inner:
                strong = True
                start, end = trim(text, start + 2, end - 2)
    if start >= end:
        return None
    return Line(span=Span(start, end), heading=heading, strong=strong, listed=listed, indent=indent)


def _pipe_tables(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[Table, ...], list[tuple[int, int]]]:
    """Return the pipe tables (a header row, a rule row of dashes, rows) and the lines that are not part of one."""
    tables: list[Table] = []
    rest: list[tuple[int, int]] = []
    at = 0
    while at < len(spans):
        following = spans[at + 1] if at + 1 < len(spans) else (0, 0)
        if text.find("|", *spans[at]) >= 0 and _RULE_ROW.fullmatch(text, *trim(text, *following)):
            stop = at + 2
            while stop < len(spans) and "|" in text[slice(*spans[stop])]:
                stop += 1
            rows = [spans[at], *spans[at + 2 : stop]]
            tables.append(_pipe_table(text, rows))
            at = stop
        else:
            rest.append(spans[at])
            at += 1
    return tuple(tables), rest


def _drawn_tables(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[Table, ...], list[tuple[int, int]]]:
    """Return the tables whose cells are parted by tabs or | (at least three cells a row, two rows), and the other lines."""
    tables: list[Table] = []
    rest: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    before: re.Pattern[str] | None = None
    for span in [*spans, None]:
        mark = _cell_mark(text, span) if span else None
        # An empty line between two rows parts nothing; the rows below it go on.
        if span and run and not text[slice(*span)].strip():
            continue
        if run and mark is not before:
            if before and len(run) >= 2:
                tables.append(_cells(text, [_split(text, _bare_row(text, row), before) for row in run]))
            else:
                rest += run
            run = []
        before = mark
        if span and mark:
            run.append(span)
        elif span:
            rest.append(span)
    return tuple(tables), rest


def _cell_mark(text: str, span: tuple[int, int]) -> re.Pattern[str] | None:
    """Return what parts the cells of a line, None where it is no row."""
    if text.count("\t", *span) >= 2 and text.count("\t", *trim(text, *span)) >= 2:
        return _TAB
    return _PIPE if text.count("|", *span) >= 2 else None


def _bare_row(text: str, row: tuple[int, int]) -> tuple[int, int]:
    """Return a row without the | that stand at its ends."""
    start, end = trim(text, *row)
    start += text[start] == "|"
    end -= text[end - 1] == "|" and text[end - 2 : end - 1] != "\\"
    return start, end


def _split(text: str, row: tuple[int, int], mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the cells of a row, cut at every `mark`."""
    edges = [row[0], *(edge for match in mark.finditer(text, *row) for edge in match.span()), row[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _cells(text: str, rows: list[list[tuple[int, int]]]) -> Table:
    cells = []
    for number, row in enumerate(rows):
        for column, (left, right) in enumerate(row):
            inner = trim(text, left, right)
            place = Span(*inner) if inner[0] < inner[1] else Span(left, left)
            cells.append(Cell(span=place, row=number, column=column))
    return Table(span=Span(trim(text, *rows[0][0])[0], trim(text, *rows[-1][-1])[1]), cells=tuple(cells))


def _pipe_table(text: str, rows: list[tuple[int, int]]) -> Table:
    return _cells(text, [_split(text, _bare_row(text, row), _PIPE) for row in rows])
