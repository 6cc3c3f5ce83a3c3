"""The data that a page prints about its document: 发文字号, 发布机构, 成文日期 …, in lines, front matter or a table.

The labels are those of the catalogue of open government information (政府信息公开目录) and of the web pages that carry it.
"""

import re
from collections.abc import Sequence

from graph.model import Span
from graph.text import fold, squeeze, trim
from loaders.read.document import Meta, Table

LABELS = (
    "索引号",
    "发文字号",
    "文件编号",
    "文号",
    "字号",
    "发布机构",
    "发文机关",
    "发文机构",
    "发布单位",
    "公开主体",
    "公开机构",
    "制定机关",
    "发文单位",
    "公开责任部门",
    "责任部门",
    "成文日期",
    "生成日期",
    "发文日期",
    "发布日期",
    "发布时间",
    "公开日期",
    "印发日期",
    "签发日期",
    "生效日期",
    "实施日期",
    "施行日期",
    "失效日期",
    "有效期",
    "标题",
    "名称",
    "文件名称",
    "信息名称",
    "主题分类",
    "体裁分类",
    "服务对象",
    "主题词",
    "公开方式",
    "公开类别",
    "统一编号",
    "规范性文件编号",
    "有效性",
    "效力状态",
    "信息来源",
    "来源",
    "层级",
    "类型",
    "分类",
    "状态",
    "官方链接",
    "原文链接",
    "检索时间",
    "检索关键词",
)
_ONE = "|".join("[ ]{0,8}".join(label) for label in sorted(LABELS, key=len, reverse=True))
_LABEL = re.compile(rf"(?<![\u4e00-\u9fff])[*【\[]{{0,2}}({_ONE})[ ]{{0,4}}[*】\]]{{0,2}}[ ]{{0,4}}:[*]{{0,2}}")
_CELL = re.compile(rf"[*【\[]{{0,2}}({_ONE})[ ]{{0,4}}[*】\]]{{0,2}}[ ]{{0,4}}:?[*]{{0,2}}")
# A page prints its data above the text; further down the same words belong to the text.
HEAD_LINES = 40


def read_meta(text: str, lines: Sequence[Span], tables: Sequence[Table]) -> tuple[Meta, ...]:
    """Return the entries in printed order, each a label of `LABELS` with the place of its value; empty ones left out."""
    found: list[Meta] = []
    for number, line in enumerate(lines[:HEAD_LINES]):
        found += _in_line(text, line, lines[number + 1] if number + 1 < len(lines) else None)
    for table in tables:
        found += _in_table(text, table)
    return tuple(sorted(found, key=lambda meta: meta.span.start))


def _in_line(text: str, line: Span, following: Span | None) -> list[Meta]:
    folded = fold(text[line.start : line.end])
    marks = list(_LABEL.finditer(folded))
    # A sentence that merely holds 来源: somewhere is none of the page's data: the line begins with a label.
    if not marks or squeeze(folded[: marks[0].start()]).strip("[【*"):
        return []
    found = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        start, end = trim(text, line.start + mark.end(), line.start + after.start() if after else line.end, "*|｜")
        if start < end:
            found.append(Meta(label=squeeze(mark[1]), span=Span(start, end)))
    return found


def is_page_data(text: str, table: Table) -> bool:
    """Tell whether a table prints the data of the page rather than anything of the document."""
    return bool(_in_table(text, table))


def _in_table(text: str, table: Table) -> list[Meta]:
    found = []
    for cell in table.cells:
        if not (mark := _CELL.fullmatch(fold(text[cell.span.start : cell.span.end]).strip())):
            continue
        value = table.at(cell.row, cell.column + cell.covers[1])
        if (
            value
            and value.span.start < value.span.end
            and not _CELL.fullmatch(fold(text[value.span.start : value.span.end]))
        ):
            found.append(Meta(label=squeeze(mark[1]), span=value.span))
    # A checklist has a column 责任部门 too; the data of a page has a label in at least every third cell.
    return (
        found if len(found) >= 2 and len(found) * 3 >= sum(c.span.start < c.span.end for c in table.cells) - 2 else []
    )
