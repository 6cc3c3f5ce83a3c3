"""PDF: text in reading order with page and box, what stands around it, ruled tables over pages, and what is refused."""

import zlib
from collections.abc import Callable, Sequence

import pytest

from graph.errors import InputError
from graph.model import Reading
from loaders.read import limits
from loaders.read.document import Document
from loaders.read.paged.page_content import PlacedSign
from loaders.read.paged.pdf.pdf_reader import PdfReader
from loaders.read.paged.printed_lines import printed_lines
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.read.text.text_reader import TextReader
from loaders.reading.document_reading import read_document
from tests.loaders.read.paged.pdf_files import (
    FULL,
    PICTURE,
    PITCH,
    TOP,
    Page,
    broken,
    grid,
    paragraph,
    pdf,
    rule,
    stream,
    words,
    written,
)

# Without the extra `ocr` a line says what to install.
ADVICE = "" if ocr_version() else "; pip install 'zhengmai[ocr]' makes pictures readable"

LONG = "组织对云溪河两岸的堤坝逐段检查，把查出的缺口登记造册，逐处说明位置、长度和补法，经县水务局核对后张榜公布。"
PLAN = (
    "云溪县护堤行动方案",
    "一、修堤坝",
    f"（一）补缺口。{LONG}2026年6月底前补完12处。（责任单位：县水务局、县财政局）",
    f"（二）种护堤林。{LONG}（责任单位：县林业局）",
    "二、管堤坝",
    f"（三）建巡堤队。{LONG}2027年底前建成20支。（责任单位：各乡镇人民政府）",
)


def read(data: bytes) -> Document:
    return PdfReader().read(data, name="x", where="x.pdf", suffix=".pdf")


def printed(texts: tuple[str, ...]) -> list[list[str]]:
    """Return the marks of pages on which these paragraphs are printed, the first one as the title."""
    pages: list[list[str]] = [[words(297 - 9 * len(texts[0]), TOP, texts[0], 18)]]
    top = TOP + 2 * PITCH
    for text in texts[1:]:
        for x, line in broken(text):
            if top > 640:
                pages.append([])
                top = TOP
            pages[-1].append(words(x, top, line))
            top += PITCH
    return pages


def facts(reading: Reading) -> list[object]:
    return [
        (
            task.path,
            task.title,
            [(one.surface, one.role) for one in task.units],
            task.deadline and task.deadline.end,
            [(one.value, one.end) for one in task.targets],
        )
        for task in reading.tasks
    ]


def test_a_plan_in_pdf_says_what_its_text_says() -> None:
    pages = printed(PLAN)
    document = read(pdf(*pages))
    text = TextReader().read("\n".join(PLAN).encode(), name="x", where="x", suffix=".txt")
    assert facts(read_document(document)) == facts(read_document(text))
    assert len(read_document(document).tasks) == 3


def test_lines_go_on_over_lines_and_pages_and_paragraphs_begin_with_an_indent() -> None:
    long = "修好云溪河两岸的堤坝，" * 10
    document = read(pdf(paragraph(TOP, long[:52]), paragraph(TOP, long[52:], indent=0) + paragraph(500, "种护堤林。")))
    assert [line.goes_on for line in document.lines] == [None, True, True, True, True, False]
    assert [place.page for place in document.places] == [1, 1, 2, 2, 2, 2]


def test_every_line_has_its_page_and_box() -> None:
    document = read(pdf([words(80, 100, "修堤坝")], [words(96, 400, "种树木")]))
    found = [(place.span.of(document.text), place.page, place.box) for place in document.places]
    assert found == [("修堤坝", 1, (80.0, 100.0, 128.0, 116.0)), ("种树木", 2, (96.0, 400.0, 144.0, 416.0))]


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    mark = f"BT /F1 16 Tf 0 1 -1 0 114.08 80 Tm <{'修堤坝'.encode('utf-16-be').hex()}> Tj ET"
    document = read(pdf(Page([mark], turned=90)))
    assert document.text.strip() == "修堤坝"
    assert document.places[0].box == (80.0, 100.0, 128.0, 116.0)


def test_words_at_an_angle_are_said_and_not_read() -> None:
    mark = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <{'内部资料'.encode('utf-16-be').hex()}> Tj ET"
    document = read(pdf([words(80, 100, "修堤坝"), mark]))
    assert document.text.strip() == "修堤坝"
    assert [(one.code, one.message) for one in document.remarks] == [
        ("turned-text", "page 1: words at an angle, which were not read")
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = ("修好云溪河两岸的堤坝种好树" * 6), ("清理青峰镇旧仓库换上新设备" * 6)
    marks = [words(60, 60, "云溪通报（第三期）", 22)]
    for at in range(6):
        marks.append(words(60, 120 + PITCH * at, left[13 * at : 13 * at + 13]))
        marks.append(words(310, 120 + PITCH * at, right[13 * at : 13 * at + 13]))
    document = read(pdf(marks))
    text = "".join(document.text.split())
    assert text == "云溪通报（第三期）" + left + right


def test_a_list_of_names_and_numbers_is_read_along_its_rows() -> None:
    marks = []
    for at in range(7):
        marks += [words(80, 120 + PITCH * at, f"{'甲乙丙丁戊己庚'[at]}村"), words(300, 120 + PITCH * at, f"{at}处")]
    assert read(pdf(marks)).text.split()[:4] == ["甲村", "0处", "乙村", "1处"]


def test_letters_that_are_set_apart_are_words() -> None:
    document = read(pdf([words(150, 100, "云溪县水务局文件", 30, spread=12), words(80, 300, "修堤坝")]))
    assert document.text.split() == ["云溪县水务局文件", "修堤坝"]


def test_letters_that_are_printed_twice_are_bold_and_read_once() -> None:
    document = read(pdf([words(80, 100, "修堤坝"), words(80.4, 100, "修堤坝"), words(80, 300, "http://tt.cn", 4)]))
    assert document.text.split() == ["修堤坝", "http://tt.cn"]


def test_the_word_beside_two_issuers_stands_behind_the_first() -> None:
    marks = [words(110, 103, "云溪县水务局", 36), words(110, 139, "云溪县财政局", 36), words(400, 121, "文件", 36)]
    document = read(pdf([*marks, words(80, 260, "云水发〔2026〕3号")]))
    assert document.text.split() == ["云溪县水务局", "文件", "云溪县财政局", "云水发〔2026〕3号"]


def test_what_stands_around_the_text_is_furniture_behind_it() -> None:
    pages = []
    for number in range(1, 4):
        body = paragraph(TOP + 40, LONG[: 2 * FULL])
        around = [words(200, 40, "云溪县护堤资料汇编", 10), words(280, 790, f"— {number} —", 12)]
        pages.append([*around, *body])
    pages[1].append(words(80, 700, "① 堤坝指云溪河干流的堤坝。", 9))
    document = read(pdf(*pages))
    reasons = [(span.of(document.text), reason) for span, reason in document.furniture]
    assert reasons == [
        ("云溪县护堤资料汇编", "page-header"),
        ("—1—", "page-number"),
        ("云溪县护堤资料汇编", "page-header"),
        ("① 堤坝指云溪河干流的堤坝。", "footnote"),
        ("—2—", "page-number"),
        ("云溪县护堤资料汇编", "page-header"),
        ("—3—", "page-number"),
    ]
    assert document.text.index("汇编") > document.text.rindex("逐段检查")


def table_page(rows: Sequence[tuple[str, ...]], top: float, *, closed: bool = True) -> list[str]:
    xs: list[float] = [80, 130, 330, 520]
    ys = [top + 40 * at for at in range(len(rows) + 1)]
    marks = grid(xs, ys) if closed else grid(xs, ys[:-1]) + [rule(x, ys[-2], x, ys[-1]) for x in xs]
    for at, row in enumerate(rows):
        marks += [words(x + 4, ys[at] + 10, cell, 12) for x, cell in zip(xs, row, strict=False) if cell]
    return marks


HEAD = ("序号", "任务", "责任单位")


def cells(document: Document) -> list[list[str]]:
    (table,) = document.tables
    return [
        [document.raw(cell.span) if (cell := table.at(row, column)) else "" for column in range(table.columns)]
        for row in range(table.rows)
    ]


def test_a_ruled_table_goes_on_over_pages_with_its_head_once() -> None:
    first = table_page([HEAD, ("1", "修堤坝", "县水务局"), ("2", "种树木", "县林业局")], 600)
    second = table_page([HEAD, ("3", "建巡堤队", "各乡镇")], 60)
    document = read(pdf([words(80, 100, "任务清单"), *first], second))
    assert cells(document) == [
        list(HEAD),
        ["1", "修堤坝", "县水务局"],
        ["2", "种树木", "县林业局"],
        ["3", "建巡堤队", "各乡镇"],
    ]
    place = next(one for one in document.places if one.span.of(document.text) == "各乡镇")
    assert place.page == 2
    assert place.box is not None
    assert place.box[:2] == (334.0, 110.0)


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    first = table_page([HEAD, ("1", "修堤坝", "县水务局"), ("2", "种下三百亩", "县林业局")], 600, closed=False)
    second = table_page([("", "护堤林", ""), ("3", "建巡堤队", "各乡镇")], 60)
    second = [mark for mark in second if mark != rule(80, 60, 520, 60)]
    document = read(pdf(first, second))
    assert cells(document)[2:] == [["2", "种下三百亩护堤林", "县林业局"], ["3", "建巡堤队", "各乡镇"]]


def test_merged_cells_and_lines_of_a_cell() -> None:
    marks = [
        *[rule(80, y, 520, y) for y in (100, 140, 260)],
        rule(130, 180, 520, 180),
        *[rule(x, 100, x, 260) for x in (80, 130, 520)],
        rule(330, 140, 330, 260),
        words(200, 112, "堤坝任务", 12),
        words(90, 190, "1", 12),
        words(134, 150, "修堤坝", 12),
        words(334, 150, "县水务局", 12),
        words(134, 190, "种下护堤林三百亩并逐片登记造册", 12),
        words(134, 206, "后公布", 12),
        words(334, 190, "县林业局", 12),
        words(334, 206, "县财政局", 12),
    ]
    document = read(pdf(marks))
    (table,) = document.tables
    found = {(cell.row, cell.column): (document.raw(cell.span), cell.covers) for cell in table.cells}
    assert found[1, 0] == ("1", (2, 1))
    assert found[0, 1] == ("堤坝任务", (1, 2))
    assert found[2, 1][0] == "种下护堤林三百亩并逐片登记造册后公布"
    assert found[2, 2][0] == "县林业局\n县财政局"


def test_a_frame_around_text_and_a_line_below_a_head_are_no_tables() -> None:
    frame = grid([60, 540], [80, 700])
    document = read(pdf([*frame, rule(80, 200, 500, 200), *paragraph(300, LONG)]))
    assert not document.tables
    assert "".join(document.text.split()) == LONG


def test_a_task_of_a_table_has_its_page_and_box() -> None:
    title = [words(200, 60, "云溪县护堤任务分解表", 18)]
    rows = [HEAD, ("1", "修好堤坝。", "县水务局"), ("2", "种好护堤林。", "县林业局")]
    reading = read_document(read(pdf([*title, *table_page(rows, 120)])))
    assert [task.title for task in reading.tasks] == ["修好堤坝。", "种好护堤林。"]
    assert {place.page for place in reading.places} == {1}


def test_a_page_that_is_a_picture_is_named() -> None:
    document = read(pdf([words(80, 100, "修堤坝")], [PICTURE], [PICTURE], []))
    assert [(one.code, one.message) for one in document.remarks] == [
        ("page-image", f"pages 2, 3: pictures without text, which were not read{ADVICE}")
    ]


def _endless_forms() -> bytes:
    form = stream(b"/F Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>")
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
            b" /Resources << /XObject << /F 5 0 R >> >> >>",
            4: stream(b"/F Do"),
            5: form,
        }
    )


def _one_stream(packed: Callable[[bytes], bytes], filters: str) -> bytes:
    held = packed(b"0 0 m " * (1 << 20))
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
            4: f"<< /Filter {filters} /Length {len(held)} >>\nstream\n".encode() + held + b"\nendstream",
        }
    )


def _twice(data: bytes) -> bytes:
    return zlib.compress(zlib.compress(data))


def _in_letters(data: bytes) -> bytes:
    return zlib.compress(data).hex().encode() + b">"


def _forms() -> bytes:
    """Return a page with a form that draws another one twenty times, which does so again, and so on."""
    bodies = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> >> >>",
        4: stream(b"/F Do"),
        8: stream(b"0 0 m 9 9 l S " * 60, "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
    }
    for at in (5, 6, 7):
        inside = f"/Resources << /XObject << /F {at + 1} 0 R >> >>"
        bodies[at] = stream(b"/F Do " * 20, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {inside}")
    return written(bodies)


def _endless_pages() -> bytes:
    return written({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"})


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a password": (lambda: pdf([words(80, 100, "甲")], locked=True), "protected by a password"),
    "half of a file": (lambda: pdf([words(80, 100, "甲")])[:300], "damaged"),
    "pictures only": (lambda: pdf([PICTURE], [PICTURE]), r"pictures without text \(2\)"),
    "nothing": (lambda: pdf([]), "holds no text"),
    "too many signs": (
        lambda: pdf([words(80, at / 10, chr(0x4E00 + at) * 20, 2) for at in range(5_100)]),
        "more signs or lines",
    ),
    "too many strokes": (
        lambda: pdf([f"{at % 977} {at % 983} m {at % 991} {at} l S" for at in range(100_001)]),
        "more signs or lines",
    ),
    "a stream that unpacks to more": (lambda: pdf(["n " * (60 << 20)]), "unpacks to more than is read"),
    "a stream that is packed twice": (lambda: _one_stream(_twice, "[/FlateDecode /FlateDecode]"), "packed twice"),
    "a stream in letters": (lambda: _one_stream(_in_letters, "[/ASCIIHexDecode /FlateDecode]"), "unpacks to more"),
    "forms that draw forms": (_forms, "more signs or lines"),
    "forms inside themselves": (_endless_forms, "holds no text"),
    "pages inside themselves": (_endless_pages, "damaged|no text"),
}


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_refused_with_one_true_line(make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(InputError, match=why) as error:
        read(make())
    assert str(error.value).startswith("x.pdf: ")


def test_more_pages_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 2)
    with pytest.raises(InputError, match="has 3 pages, over the limit of 2"):
        read(pdf([], [], []))


def test_quotation_marks_that_are_printed_behind_their_line_stand_in_it() -> None:
    # As LibreOffice prints them in a font of their own: at their places, and after the words around them.
    def signs(x: float, text: str, wide: float) -> list[PlacedSign]:
        return [PlacedSign(one, x + wide * at, 100, x + wide * (at + 1), 110, 10) for at, one in enumerate(text)]

    printed = [*signs(80, "建成", 11), *signs(107.6, "连心站", 11), *signs(146.2, "布局。", 11)]
    quotes = [*signs(102, "“", 5.6), *signs(140.6, "”", 5.6)]
    assert [line.text for line in printed_lines([*printed, *quotes])] == ["建成“连心站”布局。"]
