"""DOCX: automatic numbers, tables with merged cells, what stands around the text, tracked changes."""

import io

import docx as python_docx
import pytest

from graph.errors import InputError
from loaders.read.document import Document
from loaders.read.office.docx_reader import DocxReader
from loaders.reading.document_reading import read_document
from tests.loaders.read.office.docx_files import docx, level, numbered, p, zipped

OFFICIAL = (
    "<w:abstractNum w:abstractNumId='7'>"
    + "".join(
        (
            level(0, "chineseCountingThousand", "%1、"),
            level(1, "chineseCountingThousand", "（%2）"),
            level(2, "decimal", "%3."),
            level(3, "decimalEnclosedCircle", "%4"),
        )
    )
    + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
)


def read(data: bytes) -> Document:
    document = DocxReader().read(data, name="x", where="x.docx", suffix=".docx")
    assert all(0 <= line.span.start < line.span.end <= len(document.text) for line in document.lines)
    return document


def lines(data: bytes) -> list[str]:
    document = read(data)
    return [document.raw(line.span) for line in document.lines]


def test_numbers_are_printed_as_if_typed() -> None:
    body = (
        numbered("修堤坝")
        + numbered("查隐患", 1)
        + numbered("查闸门", 2)
        + numbered("查锁", 3)
        + numbered("查泵站", 2)
        + numbered("补缺口", 1)
        + numbered("种树木")
        + numbered("选苗圃", 1)
        + numbered("选树种", 2)
    )
    assert lines(docx(body, numbering=OFFICIAL)) == [
        "一、修堤坝",
        "（一）查隐患",
        "1.查闸门",
        "①查锁",
        "2.查泵站",
        "（二）补缺口",
        "二、种树木",
        "（一）选苗圃",
        "1.选树种",
    ]


def test_a_paragraph_of_a_list_without_words_has_its_number_and_counts() -> None:
    assert lines(docx(numbered("修堤坝") + numbered("") + numbered("种树木"), numbering=OFFICIAL)) == [
        "一、修堤坝",
        "二、",
        "三、种树木",
    ]


def test_a_list_that_begins_anew_does_and_one_that_goes_on_does_not() -> None:
    more = (
        "<w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='7'/>"
        "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
    )
    body = numbered("甲") + numbered("乙", 0, 2) + numbered("丙", 0, 3) + numbered("丁", 0, 3) + numbered("戊", 0, 0)
    assert lines(docx(body, numbering=OFFICIAL + more)) == ["一、甲", "二、乙", "五、丙", "六、丁", "戊"]


def test_a_level_that_says_so_is_not_begun_anew_by_the_ones_above() -> None:
    levels = level(0, "chineseCountingThousand", "第%1章") + level(
        1, "chineseCountingThousand", "第%2条", "<w:lvlRestart w:val='0'/>"
    )
    lists = f"<w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    body = numbered("总则") + numbered("为了护堤。", 1) + numbered("职责") + numbered("由水务站管。", 1)
    assert lines(docx(body, numbering=lists)) == ["第一章总则", "第一条为了护堤。", "第二章职责", "第二条由水务站管。"]


def test_levels_in_digits_and_a_blank_where_a_number_would_run_into_words() -> None:
    levels = level(0, "chineseCountingThousand", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    lists = f"<w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    body = numbered("总体") + numbered("2026年底前完成", 1)
    assert lines(docx(body, numbering=lists)) == ["一、总体", "1.1 2026年底前完成"]


def test_styles_give_numbers_and_headings() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/>"
        "<w:pPr><w:outlineLvl w:val='0'/><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='H1b'><w:basedOn w:val='H1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='H2'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    linked = OFFICIAL.replace("<w:lvlText w:val='（%2）'/>", "<w:pStyle w:val='H2'/><w:lvlText w:val='（%2）'/>")
    body = (
        p("修堤", "<w:pStyle w:val='H1'/>") + p("查闸", "<w:pStyle w:val='H2'/>") + p("种树", "<w:pStyle w:val='H1b'/>")
    )
    document = read(docx(body, numbering=linked, styles=styles))
    assert [(document.raw(one.span), one.heading) for one in document.lines] == [
        ("一、修堤", 1),
        ("（一）查闸", None),
        ("二、种树", 1),
    ]


def test_a_list_that_only_names_a_style_has_the_levels_of_it() -> None:
    lists = OFFICIAL.replace(
        "<w:num ", "<w:abstractNum w:abstractNumId='8'><w:numStyleLink w:val='L'/></w:abstractNum><w:num "
    )
    lists += "<w:num w:numId='4'><w:abstractNumId w:val='8'/></w:num>"
    styles = (
        "<w:style w:type='numbering' w:styleId='L'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    assert lines(docx(numbered("修堤", 1, 4), numbering=lists, styles=styles)) == ["（一）修堤"]


def test_bullets_are_no_numbers() -> None:
    lists = f"<w:abstractNum w:abstractNumId='1'>{level(0, 'bullet', '')}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    document = read(docx(numbered("查闸门"), numbering=lists))
    assert [(document.raw(one.span), one.listed) for one in document.lines] == [("查闸门", True)]


def test_merged_cells_stand_once_and_are_found_from_every_place() -> None:
    made = python_docx.Document()
    table = made.add_table(rows=4, cols=4)
    for row, words in enumerate((("序号", "任务", "牵头单位", "时限"), ("1", "修堤", "水务站", "6月底前"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(2, 0).text, table.cell(2, 1).text, table.cell(2, 3).text = "2", "种树", "9月底前"
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(3, 0).merge(table.cell(3, 3)).text = "注：按月报送"
    held = io.BytesIO()
    made.save(held)
    document = read(held.getvalue())
    (found,) = document.tables
    assert (found.rows, found.columns) == (4, 4)
    cell = found.at(2, 2)
    assert cell is not None
    assert (document.raw(cell.span), cell.covers) == ("水务站", (2, 1))
    assert [document.raw(one.span) for one in found.cells if one.row == 2] == ["2", "种树", "9月底前"]
    last = found.at(3, 3)
    assert last is not None
    assert (document.raw(last.span), last.covers) == ("注：按月报送", (1, 4))


def test_tasks_of_a_document_with_automatic_numbers_are_those_of_the_typed_one() -> None:
    head = p("云溪县护堤工作方案") + p("云政发〔2026〕7号") + p("为护好堤坝，制定本方案。")
    body = (
        numbered("主要任务")
        + numbered("修堤坝。6月底前补完缺口。（责任单位：县水务局）", 1)
        + numbered("种树木。9月底前种完。（责任单位：县林业局）", 1)
        + numbered("保障措施")
        + numbered("压实责任。各镇人民政府要管好本镇堤段。", 1)
    )
    reading = read_document(read(docx(head + body, numbering=OFFICIAL)))
    found = [(task.path, task.title, [unit.surface for unit in task.units]) for task in reading.tasks]
    assert found[:2] == [("1.1", "修堤坝", ["县水务局"]), ("1.2", "种树木", ["县林业局"])]


def test_what_stands_around_the_text_is_furniture() -> None:
    body = p("修堤坝。") + (
        "<w:p><w:r><w:t>种树木</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:pict><v:shape>"
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>图一</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    notes = "<w:footnote w:type='separator' w:id='0'/><w:footnote w:id='2'><w:p><w:r><w:t>指乔木</w:t></w:r></w:p></w:footnote>"
    document = read(docx(body, header=p("内部资料"), footer=p("第1页"), footnotes=notes))
    assert [document.raw(one.span) for one in document.lines] == [
        "修堤坝。",
        "种树木",
        "图一",
        "内部资料",
        "第1页",
        "指乔木",
    ]
    assert [(document.raw(span), reason) for span, reason in document.furniture] == [
        ("图一", "text-box"),
        ("内部资料", "page-header"),
        ("第1页", "page-footer"),
        ("指乔木", "footnote"),
    ]


def test_a_document_laid_out_in_boxes_is_read_from_them() -> None:
    box = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>修好全县堤坝</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    document = read(docx(box + p("完")))
    assert document.furniture == ()
    assert [document.raw(one.span) for one in document.lines] == ["修好全县堤坝", "完"]


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    body = (
        "<w:p><w:r><w:t>6月</w:t></w:r><w:del><w:r><w:delText>初</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>底</w:t></w:r></w:ins><w:r><w:t>前完成</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上半</w:t></w:r></w:p>" + p("下半")
    )
    document = read(docx(body))
    assert [document.raw(one.span) for one in document.lines] == ["6月底前完成", "上半下半"]
    assert [(one.code, one.message) for one in document.remarks] == [
        ("tracked-changes", "tracked changes are read as accepted (1 insertions, 1 deletions)")
    ]


def test_fields_links_breaks_and_signs() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"x\" </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>见附件</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    link = "<w:hyperlink r:id='z'><w:r><w:t>清单</w:t></w:r></w:hyperlink>"
    body = f"<w:p>{field}{link}<w:r><w:br/><w:t>第二行</w:t><w:noBreakHyphen/><w:t>完</w:t></w:r></w:p>"
    assert lines(docx(body)) == ["见附件清单", "第二行-完"]


def test_hidden_words_comments_and_objects_are_said() -> None:
    body = p("修堤") + (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        "<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r></w:p><w:altChunk r:id='q'/>"
    )
    document = read(docx(body, comments="<w:comment w:id='0'/>"))
    assert document.text.strip() == "修堤"
    assert [one.message for one in document.remarks] == [
        "1 stretches of text are hidden; they were not read",
        "1 comments stand beside the text; they were not read",
        "embedded objects were not read: Excel.Sheet.12 1, inserted file 1",
    ]


def test_the_strict_form_is_read_too() -> None:
    data = docx(p("修堤坝"), numbering=OFFICIAL)
    plain, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as held:
        members = {name: held.read(name).replace(plain, strict) for name in held.namelist()}
    assert lines(zipped(dict(members))) == ["修堤坝"]


@pytest.mark.parametrize("body", ["", p(" "), "<w:p><w:r><w:drawing/></w:r></w:p>"])
def test_a_document_without_words_is_refused(body: str) -> None:
    with pytest.raises(InputError, match="holds no text"):
        read(docx(body))


def test_a_table_that_only_lays_out_is_read_as_lines() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    document = read(docx(f"<w:tbl><w:tr><w:tc>{p('修堤')}{inner}</w:tc></w:tr></w:tbl>"))
    assert [document.raw(one.span) for one in document.lines] == ["修堤", "甲", "乙"]
    assert document.tables == ()
