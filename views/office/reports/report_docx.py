"""A report as a DOCX file: the page and type of GB/T 9704 turned to landscape, heads repeated on every page."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from views.office.reports.answer_colours import HEAD
from views.office.reports.report_parts import (
    MarkedStretch,
    PrintedReport,
    ReportCell,
    ReportHeading,
    ReportTable,
    StretchLook,
    lines_of,
)
from views.office.reports.report_words import WORDS
from views.words.visible import visible

# GB/T 9704-2012: 37 mm above, 35 below, 28 left, 26 right. A page turned to landscape keeps the same field of type,
# 156 by 225 mm, and the head of a table lies at the bound side.
_MARGINS = {"top": 28, "bottom": 26, "left": 35, "right": 37}
_WIDTH = 297 - _MARGINS["left"] - _MARGINS["right"]
_TITLE, _BODY, _HEADING, _TABLE = ("方正小标宋简体", 22), ("仿宋_GB2312", 16), ("黑体", 16), ("仿宋_GB2312", 10.5)
_LINE = Pt(29)
_TABLE_HEAD, _FOOT = ("黑体", 10.5), ("宋体", 14)
_STYLES = {"TableText": _TABLE, "TableHead": _TABLE_HEAD}
_LATIN = "Times New Roman"
_TWIPS_PER_MM = 1440 / 25.4
_Font = tuple[str, float]


def write_docx(path: Path, report: PrintedReport) -> None:
    """Write a report into a new DOCX file at `path`."""
    document = Document()
    _page(document, report)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title._p, [MarkedStretch(report.title)], _TITLE)
    for part in report.parts:
        if isinstance(part, ReportTable):
            document.element.body.insert(len(document.element.body) - 1, _table(part))
        else:
            paragraph = document.add_paragraph()
            heading = isinstance(part, ReportHeading)
            paragraph.paragraph_format.page_break_before = isinstance(part, ReportHeading) and part.new_page
            paragraph.paragraph_format.first_line_indent = None if heading else Pt(2 * _BODY[1])
            paragraph.paragraph_format.keep_with_next = heading
            paragraph.paragraph_format.line_spacing = _LINE
            _write(paragraph._p, [MarkedStretch(part.text)], _HEADING if heading else _BODY)
    document.save(str(path))


def _page(document: Any, report: PrintedReport) -> None:  # noqa: ANN401 - python-docx carries no types
    """Set the page, the language, the base font and the number at the foot."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance = Mm(_MARGINS["bottom"] - 7)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _LATIN, Pt(_BODY[1])
    normal.paragraph_format.space_after = Pt(0)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _BODY[0])
    # A style for a table's words: told at every one of them, a long table would take twice the memory.
    for name, font in _STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.name, style.font.size = _LATIN, Pt(font[1])
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font[0])
    _page_number(section.footer.paragraphs[0], report.language)
    about = document.core_properties
    about.title, about.author, about.comments = visible(report.title), "zhengmai", ""
    about.language = "zh-CN" if report.language == "zh" else "en"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)


def _page_number(paragraph: Any, language: str) -> None:  # noqa: ANN401
    """Write the number of the page between dashes, as official documents have it."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = WORDS[language]["page"].split("{page}")
    _write(paragraph._p, [MarkedStretch(before)], _FOOT)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(_run(MarkedStretch("1"), _FOOT))
    paragraph._p.append(field)
    _write(paragraph._p, [MarkedStretch(after)], _FOOT)


def _write(paragraph: Any, text: Iterable[MarkedStretch], font: _Font | None = None) -> None:  # noqa: ANN401
    for stretch in text:
        if stretch.text:
            paragraph.append(_run(stretch, font))


def _run(stretch: MarkedStretch, font: _Font | None) -> Any:  # noqa: ANN401
    """Return a run of text; without a font it has that of its paragraph's style."""
    run, look = OxmlElement("w:r"), OxmlElement("w:rPr")
    if font is not None:
        look.append(_made("w:rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=font[0]))
    look.extend(_look(stretch.look))
    if font is not None:
        look.append(_made("w:sz", val=str(round(font[1] * 2))))
    if len(look):
        run.append(look)
    text = OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = visible(stretch.text)
    run.append(text)
    return run


def _look(look: StretchLook) -> list[Any]:
    """Return what makes a stretch look so, in the order in which the format wants it."""
    if look == "strong":
        return [OxmlElement("w:b")]
    if look == "added":
        return [OxmlElement("w:b"), _made("w:color", val="0D3F86"), _made("w:u", val="single")]
    if look == "dropped":
        return [OxmlElement("w:strike"), _made("w:color", val="8F1414")]
    return [_made("w:color", val="545D67")] if look == "soft" else []


def _table(table: ReportTable) -> Any:  # noqa: ANN401
    """Return a table; made of elements at once, as python-docx looks every cell up in all others."""
    whole = sum(table.shares)
    widths = [round(_WIDTH * _TWIPS_PER_MM * share / whole) for share in table.shares]
    made, about = OxmlElement("w:tbl"), OxmlElement("w:tblPr")
    about.append(_made("w:tblW", w=str(sum(widths)), type="dxa"))
    about.append(_made("w:jc", val="center"))
    borders = OxmlElement("w:tblBorders")
    borders.extend(
        _made(f"w:{side}", val="single", sz="4", space="0", color="7F7F7F")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    about.append(borders)
    about.append(_made("w:tblLayout", type="fixed"))
    cells = OxmlElement("w:tblCellMar")
    cells.extend(_made(f"w:{side}", w="60", type="dxa") for side in ("left", "right"))
    about.append(cells)
    made.append(about)
    grid = OxmlElement("w:tblGrid")
    grid.extend(_made("w:gridCol", w=str(width)) for width in widths)
    made.append(grid)
    head = [ReportCell(text=(MarkedStretch(one),), fill=HEAD, centred=True) for one in table.head]
    made.append(_row(head, widths, "TableHead", head=True))
    for row in table.rows:
        made.append(_row(row, widths, "TableText"))
    return made


def _row(row: Sequence[ReportCell], widths: Sequence[int], style: str, *, head: bool = False) -> Any:  # noqa: ANN401
    made = OxmlElement("w:tr")
    if head:
        about = OxmlElement("w:trPr")
        about.extend([OxmlElement("w:cantSplit"), OxmlElement("w:tblHeader")])
        made.append(about)
    at = 0
    for cell in row:
        # A row across stands above what belongs to it: they are not parted.
        made.append(_cell(cell, sum(widths[at : at + cell.span]), style, next_along=cell.span > 1))
        at += cell.span
    return made


def _cell(cell: ReportCell, width: int, style: str, *, next_along: bool) -> Any:  # noqa: ANN401
    made, about = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    about.append(_made("w:tcW", w=str(width), type="dxa"))
    if cell.span > 1:
        about.append(_made("w:gridSpan", val=str(cell.span)))
    if cell.fill:
        about.append(_made("w:shd", val="clear", color="auto", fill=cell.fill.removeprefix("#")))
    made.append(about)
    for line in lines_of(cell.text):
        paragraph, place = OxmlElement("w:p"), OxmlElement("w:pPr")
        place.append(_made("w:pStyle", val=style))
        if next_along:
            place.append(OxmlElement("w:keepNext"))
        if cell.centred:
            place.append(_made("w:jc", val="center"))
        paragraph.append(place)
        _write(paragraph, line)
        made.append(paragraph)
    return made


def _made(name: str, **values: str) -> Any:  # noqa: ANN401
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element
