"""The data that a page prints about its document: 发文字号, 发布机构, 成文日期 …, in lines, front matter or a table.

The labels are those of the catalogue of open government information (政府信息公开目录) and of the web pages that carry it.
"""

import re
from collections.abc import Sequence

from graph.model import Span
from graph.text import fold, squeeze, trim
from loaders.patterns.pattern_files import load_words
from loaders.read.document import Meta, Table

# Pages spread the letters of a label: 索 引 号.
_SPACED = "|".join("[ ]{0,8}".join(label) for label in sorted(load_words("page_data")["LABEL"], key=len, reverse=True))
_LABEL = re.compile(rf"(?<![\u4e00-\u9fff])[*【\[]{{0,2}}({_SPACED})[ ]{{0,4}}[*】\]]{{0,2}}[ ]{{0,4}}:[*]{{0,2}}")
# Every label ends in one: a cheap look before the line is folded.
_COLON = re.compile("[:：︰]")
_CELL = re.compile(rf"[*【\[]{{0,2}}({_SPACED})[ ]{{0,4}}[*】\]]{{0,2}}[ ]{{0,4}}:?[*]{{0,2}}")
# A page prints its data above the text; further down the same words belong to the text.
HEAD_LINES = 40


def read_meta(text: str, lines: Sequence[Span], tables: Sequence[Table]) -> tuple[Meta, ...]:
    """Return the entries in printed order, each a label of page_data.toml with the place of its value; empty ones left out."""
    entries: list[Meta] = []
    for line in lines[:HEAD_LINES]:
        entries += _in_line(text, line)
    for table in tables:
        entries += _in_table(text, table)
    return tuple(sorted(entries, key=lambda meta: meta.span.start))


def _in_line(text: str, line: Span) -> list[Meta]:
    if not _COLON.search(text, line.start, line.end):
        return []
    folded = fold(text[line.start : line.end])
    marks = list(_LABEL.finditer(folded))
    # A sentence that merely holds 来源: somewhere is none of the page's data: the line begins with a label.
    if not marks or squeeze(folded[: marks[0].start()]).strip("[【*"):
        return []
    entries = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        start, end = trim(text, line.start + mark.end(), line.start + after.start() if after else line.end, "*|｜")
        if start < end:
            entries.append(Meta(label=squeeze(mark[1]), span=Span(start, end)))
    return entries


def is_page_data(text: str, table: Table) -> bool:
    """Tell whether a table prints the data of the page rather than anything of the document."""
    return bool(_in_table(text, table))


def _in_table(text: str, table: Table) -> list[Meta]:
    entries = []
    for cell in table.cells:
        if not (mark := _CELL.fullmatch(fold(text[cell.span.start : cell.span.end]).strip())):
            continue
        value = table.at(cell.row, cell.column + cell.covers[1])
        if (
            value
            and value.span.start < value.span.end
            and not _CELL.fullmatch(fold(text[value.span.start : value.span.end]))
        ):
            entries.append(Meta(label=squeeze(mark[1]), span=value.span))
    # A checklist has a column 责任部门 too; the data of a page has a label in at least every third cell.
    filled = sum(cell.span.start < cell.span.end for cell in table.cells)
    return entries if len(entries) >= 2 and len(entries) * 3 >= filled - 2 else []
