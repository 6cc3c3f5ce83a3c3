"""Reports in the formats they are written in: the page of official documents, whole texts, no markup out of a document."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html

from tests.views.formulas import HOSTILE
from tests.views.reports.tables import pair, side_by_side
from views.office.reports.correlation_report import correlation_report
from views.office.reports.report_docx import write_docx
from views.office.reports.report_html import report_html
from views.office.reports.report_markdown import report_markdown
from views.office.reports.report_parts import PrintedReport, ReportTable
from views.words.visible import visible

GAP = {"task": None, "title": None, "text": None, "answer": "cannot_say", "reason": "summary", "score": None}
OWN = pair(3) | {name: None for name in pair(3) if name.startswith("parent")} | {"answer": "added", "score": None}


def report(*told: str) -> PrintedReport:
    rows = [pair(number, parent_text=text, words_dropped=text) for number, text in enumerate(told, 10)]
    return correlation_report(side_by_side(pair(1), pair(2, **GAP), *rows, OWN), ["某文件只有摘要"], "zh")


def test_the_page_is_that_of_official_documents_turned(tmp_path: Path) -> None:
    write_docx(tmp_path / "a.docx", report())
    document = docx.Document(str(tmp_path / "a.docx"))
    [section] = document.sections
    millimetres = [
        round(getattr(section, name).mm)
        for name in ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    ]
    assert millimetres == [297, 210, 28, 26, 35, 37]
    for table in document.tables:
        assert list(table.rows[0]._tr.iter(qn("w:tblHeader"))), "the head stands on every page"
    styles = {style.name: style for style in document.styles}
    looks = {
        name: (style.font.size.pt, style.element.rPr.rFonts.get(qn("w:eastAsia")))
        for name, style in styles.items()
        if name.startswith("Table") and name != "Table Grid"
    }
    assert looks == {"TableText": (10.5, "仿宋_GB2312"), "TableHead": (10.5, "黑体")}
    used = {
        one.style.name
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for one in cell.paragraphs
    }
    assert used == set(looks)
    printed = {
        fonts.get(qn("w:eastAsia"))
        for one in document.paragraphs
        for run in one.runs
        for fonts in run._r.iter(qn("w:rFonts"))
    }
    assert printed == {"方正小标宋简体", "仿宋_GB2312", "黑体"}


def test_a_lower_task_stands_below_its_upper_one_with_what_is_new_marked(tmp_path: Path) -> None:
    write_docx(tmp_path / "a.docx", report())
    table = docx.Document(str(tmp_path / "a.docx")).tables[1]
    upper, lower = table.rows[1], table.rows[2]
    assert len(upper._tr.tc_lst) == 1
    assert "整修渡口120处。2026年底前完成。" in upper.cells[0].text
    assert "依据：top 1（第11—27字）" in upper.cells[0].text
    assert [cell.text.split("\n")[0] for cell in lower.cells][:3] == [
        "市 澄州市",
        "整修渡口15处，逐月检查。",
        "改编承接",
    ]
    marked = [run.text for one in lower.cells[1].paragraphs for run in one.runs if run.underline]
    assert marked == ["15处，逐月检查"]
    assert lower.cells[3].text == "牵头：市交通局\n市交通局、市水利局\n牵头：对口"
    assert lower.cells[5].text == "未承接字句：120处\n数字：渡口: 120处 → 15处"
    gap = table.rows[4].cells
    assert (gap[1].text, gap[2].text) == ("", "无法判断")
    assert gap[5].text.endswith("原因：只有摘要")


def test_what_is_counted_adds_up() -> None:
    summary = next(one for one in report().parts if isinstance(one, ReportTable))
    counts = {
        name: "".join(part.text for part in cell.text) for name, cell in zip(summary.head, summary.rows[0], strict=True)
    }
    assert counts["改编承接"] == "1"
    assert counts["无法判断"] == "1"
    assert counts["本级任务"] == "1"


def test_a_page_holds_no_markup_of_a_document_and_asks_nobody() -> None:
    page = html.fromstring(report_html(report(*HOSTILE)))
    assert page.xpath("//script | //img | //link | //a | //iframe | //@src | //@href | //@onerror") == []
    shown = str(page.xpath("string(//body)"))
    for text in HOSTILE:
        assert "".join(visible(text).split()) in "".join(shown.split())
    assert page.xpath("string(//ins)") == "15处，逐月检查"
    assert page.xpath("count(//thead)") == 3


def test_markdown_shows_words_and_no_markup() -> None:
    text = report_markdown(report(*HOSTILE))
    assert "<script" not in text
    assert "[丙](" not in text
    heads = [line for line in text.splitlines() if line.startswith("| ")]
    for line in heads:
        columns = line.replace("\\|", "").count("|") - 1
        assert columns in (6, 7, 11), line


@pytest.mark.parametrize("text", HOSTILE)
def test_a_docx_holds_every_text_and_no_field_of_it(tmp_path: Path, text: str) -> None:
    write_docx(tmp_path / "a.docx", report(text))
    document = docx.Document(str(tmp_path / "a.docx"))
    shown = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    # A line may end in it.
    assert "".join(visible(text.replace("\r", "\n")).split()) in "".join(shown.split())
    with zipfile.ZipFile(tmp_path / "a.docx") as file:
        body = file.read("word/document.xml").decode()
    assert "instrText" not in body
    assert "fldSimple" not in body
    assert "hyperlink" not in body
