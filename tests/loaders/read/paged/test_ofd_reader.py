"""OFD: text by its place, templates, annotations and seals, ruled tables, and what is refused."""

from collections.abc import Callable

import pytest

from graph.errors import InputError
from loaders.read import limits
from loaders.read.document import Document
from loaders.read.paged.ofd.ofd_reader import OfdReader
from loaders.read.paged.scans.ocr_engine import ocr_version
from loaders.reading.document_reading import read_document
from tests.loaders.read.paged.ofd_files import FULL, LEFT, PICTURE, SIZE, SPACE, grid, layer, ofd, rule, sealed, words

# Without the extra `ocr` a line says what to install.
ADVICE = "" if ocr_version() else "; pip install 'zhengmai[ocr]' makes pictures readable"

LONG = "组织对云溪河两岸的堤坝逐段检查，把查出的缺口登记造册，逐处说明位置、长度和补法，经县水务局核对后张榜公布。"


def read(data: bytes) -> Document:
    return OfdReader().read(data, name="x", where="x.ofd", suffix=".ofd")


def paragraph(top: float, text: str) -> str:
    """Return the objects of a paragraph with an indent."""
    lines = [(LEFT + 2 * SIZE, text[: FULL - 2])]
    lines += [(LEFT, text[at : at + FULL]) for at in range(FULL - 2, len(text), FULL)]
    return "".join(words(x, top + 10 * at, line) for at, (x, line) in enumerate(lines))


def test_a_plan_in_ofd_has_its_tasks_with_page_and_box() -> None:
    first = layer(
        words(60, 30, "云溪县护堤行动方案", 8),
        paragraph(60, "一、修堤坝"),
        paragraph(80, f"（一）补缺口。{LONG}2026年6月底前补完12处。（责任单位：县水务局）"),
    )
    document = read(ofd(first, layer(paragraph(30, f"（二）种护堤林。{LONG}（责任单位：县林业局）"))))
    reading = read_document(document)
    assert [(task.title, [unit.surface for unit in task.units]) for task in reading.tasks] == [
        ("补缺口", ["县水务局"]),
        ("种护堤林", ["县林业局"]),
    ]
    assert reading.tasks[0].targets[0].value == 12
    place = next(one for one in reading.places if "种护堤林" in one.span.of(reading.text))
    assert place.page == 2
    assert place.box == (111.1, 85.0, 508.0, 100.9)


def test_parts_are_found_from_the_file_or_from_what_names_them_with_any_namespace() -> None:
    page = layer(words(30, 30, "修堤坝")).replace("ofd:", "").replace(SPACE.replace("ofd:", ""), "")
    page = page.replace(' xmlns:ofd="http://www.ofdspec.org/2016"', "").replace(SPACE, "")
    data = ofd(
        parts={
            "Doc_0/Document.xml": '<Document><Pages><Page ID="1" BaseLoc="/Doc_0/P/C.xml"/></Pages></Document>',
            "Doc_0/P/C.xml": page,
        }
    )
    assert read(data).text.strip() == "修堤坝"


def test_steps_that_repeat_and_letters_of_half_a_width() -> None:
    code = '<ofd:TextCode X="0" Y="5" DeltaX="g 4 2.8 5.6">2026年堤</ofd:TextCode>'
    document = read(ofd(layer(f'<ofd:TextObject Boundary="30 30 50 9" Size="5.6">{code}</ofd:TextObject>')))
    assert document.text.strip() == "2026年堤"


def test_a_matrix_scales_and_moves() -> None:
    code = '<ofd:TextCode X="0" Y="14.08" DeltaX="16">堤坝</ofd:TextCode>'
    held = (
        f'<ofd:TextObject CTM="0.3528 0 0 0.3528 0 0" Boundary="28.222 35.278 50 9" Size="16">{code}</ofd:TextObject>'
    )
    (place,) = read(ofd(layer(held))).places
    assert place.box == (80.0, 100.0, 112.0, 116.0)


def test_letters_that_the_file_does_not_tell_are_said() -> None:
    code = '<ofd:CGTransform CodePosition="0" CodeCount="5"/><ofd:TextCode X="0" Y="5" DeltaX="5.6">堤坝</ofd:TextCode>'
    document = read(ofd(layer(f'<ofd:TextObject Boundary="30 30 50 9" Size="5.6">{code}</ofd:TextObject>')))
    assert [(one.code, one.message) for one in document.remarks] == [
        ("letters-unknown", "page 1: the file does not say what some signs are")
    ]


def test_a_template_of_one_page_is_its_text_and_one_of_several_stands_aside_once() -> None:
    templates = "".join(f'<ofd:TemplatePage ID="{one}" BaseLoc="T/{one}.xml"/>' for one in ("51", "52"))
    parts: dict[str, str | bytes] = {
        "Doc_0/T/51.xml": layer(words(30, 20, "护堤通报")),
        "Doc_0/T/52.xml": layer(words(30, 20, "任务单")),
    }
    pages = [
        layer(words(30, 60, "修堤坝"), template="51"),
        layer(words(30, 60, "种树木"), template="51"),
        layer(words(30, 60, "建巡堤队"), template="52"),
    ]
    document = read(ofd(*pages, common=templates, parts=parts))
    assert document.text.split() == ["修堤坝", "种树木", "任务单", "建巡堤队", "护堤通报"]
    assert [(span.of(document.text), why) for span, why in document.furniture] == [("护堤通报", "page-template")]


def test_annotations_stand_aside_and_words_at_an_angle_are_said() -> None:
    aslant = words(30, 30, "内部资料", more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    noted = f'<ofd:PageAnnot {SPACE}><ofd:Annot><ofd:Appearance Boundary="50 50 90 40">{words(0, 0, "同意")}{aslant}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    listed = (
        f'<ofd:Annotations {SPACE}><ofd:Page PageID="1"><ofd:FileLoc>One.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    document = read(
        ofd(
            layer(words(30, 60, "修堤坝")),
            more="<ofd:Annotations>A/All.xml</ofd:Annotations>",
            parts={"Doc_0/A/All.xml": listed, "Doc_0/A/One.xml": noted},
        )
    )
    assert [(span.of(document.text), why) for span, why in document.furniture] == [("同意", "annotation")]
    assert [one.code for one in document.remarks] == ["turned-text"]


def test_what_is_drawn_in_several_places_is_read_where_it_is_drawn() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="5"><ofd:Content>{words(1, 1, "修堤坝")}</ofd:Content></ofd:CompositeGraphicUnit>'
    used = '<ofd:CompositeObject ID="3" Boundary="30 60 90 40" ResourceID="5"/>'
    resources = f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    document = read(
        ofd(layer(used), common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>", parts={"Doc_0/R.xml": resources})
    )
    assert document.text.strip() == "修堤坝"
    assert document.places[0].box is not None
    assert document.places[0].box[:2] == (87.9, 172.9)


def test_seals_are_named_and_attached_files_counted() -> None:
    parts, body = sealed("云溪县人民政府")
    parts["Doc_0/F.xml"] = f'<ofd:Attachments {SPACE}><ofd:Attachment Name="a"/></ofd:Attachments>'
    attached = "<ofd:Attachments>F.xml</ofd:Attachments>"
    document = read(ofd(layer(words(30, 60, "修堤坝")), parts=parts, body=body, more=attached))
    assert [(one.code, one.message) for one in document.remarks] == [
        ("seal", "bears 1 seals, which were not checked: 云溪县人民政府"),
        ("object-unread", "1 attached files were not read"),
    ]


def test_a_ruled_table_is_a_table() -> None:
    xs: list[float] = [28, 50, 110, 180]
    ys: list[float] = [60, 72, 84, 96]
    rows = [("序号", "任务", "责任单位"), ("1", "修堤坝", "县水务局"), ("2", "种树木", "县林业局")]
    inside = [
        words(x + 2, y + 3, cell) for row, y in zip(rows, ys, strict=False) for x, cell in zip(xs, row, strict=False)
    ]
    (table,) = (document := read(ofd(layer(grid(xs, ys), *inside)))).tables
    assert [document.raw(cell.span) for cell in table.cells] == [cell for row in rows for cell in row]


def test_a_page_that_is_a_picture_is_named() -> None:
    document = read(ofd(layer(words(30, 60, "修堤坝")), layer(PICTURE)))
    assert [one.message for one in document.remarks] == [f"page 2: pictures without text, which were not read{ADVICE}"]


def _itself() -> bytes:
    unit = '<ofd:CompositeGraphicUnit ID="5"><ofd:Content><ofd:CompositeObject ResourceID="5"/><ofd:CompositeObject ResourceID="5"/></ofd:Content></ofd:CompositeGraphicUnit>'
    return ofd(
        layer('<ofd:CompositeObject ResourceID="5"/>'),
        common="<ofd:DocumentRes>R.xml</ofd:DocumentRes>",
        parts={"Doc_0/R.xml": f"<ofd:Res {SPACE}>{unit}</ofd:Res>"},
    )


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "pictures only": (lambda: ofd(layer(PICTURE), layer(PICTURE)), r"pictures without text \(2\)"),
    "nothing": (lambda: ofd(layer()), "holds no text"),
    "no document": (lambda: ofd(parts={"OFD.xml": "<OFD/>"}), "damaged"),
    "a page that is not there": (
        lambda: ofd(layer(), parts={"Doc_0/Document.xml": "<D><Page ID='1' BaseLoc='x'/></D>"}),
        "damaged",
    ),
    "numbers that are none": (lambda: ofd(layer(words(30, 60, "甲").replace("30 60", "30 nan"))), "damaged"),
    "words of its own": (lambda: ofd("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "words of its own"),
    "too many strokes": (
        lambda: ofd(
            layer(rule(1, 1, 9, 9).replace("M 0 0", "M 0 0 " + " ".join(f"L {at % 977} {at}" for at in range(210_000))))
        ),
        "signs or lines",
    ),
    "units inside themselves": (_itself, "holds no text"),
}


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_refused_with_one_true_line(make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(InputError, match=why) as error:
        read(make())
    assert str(error.value).startswith("x.ofd: ")


def test_more_pages_and_more_signs_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 1)
    with pytest.raises(InputError, match="has 2 pages, over the limit of 1"):
        read(ofd(layer(), layer()))
    monkeypatch.setattr(limits, "PAGE_SIGNS", 2)
    with pytest.raises(InputError, match="page 1 holds more signs"):
        read(ofd(layer(words(30, 60, "修堤坝"))))
