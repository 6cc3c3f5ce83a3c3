"""Pages that are pictures: read by OCR where it is installed, each line with its confidence; named where it is not."""

import io
from pathlib import Path
from typing import Any

import pytest

from graph.assemble.file_places import FilePlaces
from graph.errors import InputError
from loaders.read import limits
from loaders.read.child.parsing_process import end_child
from loaders.read.document import Document
from loaders.read.paged import paged_document, picture_reader
from loaders.read.paged.ofd.ofd_reader import OfdReader
from loaders.read.paged.page_content import PageContent
from loaders.read.paged.scans import ocr_engine, scanned_page
from loaders.read.paged.scans.ocr_engine import OcrLine, ocr_version
from loaders.read.registry import read
from tests.loaders.read.paged import ofd_files
from tests.loaders.read.paged.pdf_files import PICTURE, pdf

needs_ocr = pytest.mark.skipif(not ocr_version(), reason="the extra ocr (rapidocr, onnxruntime) is not installed")
WIDE, HIGH = 1654, 2339


def blank(high: int = HIGH, wide: int = WIDE) -> Any:  # noqa: ANN401 - of a library that need not be there
    numpy = pytest.importorskip("numpy")
    return numpy.full((high, wide, 3), 255, dtype=numpy.uint8)


def told(monkeypatch: pytest.MonkeyPatch, *lines: tuple[str, float, float, float]) -> None:
    """Have these lines read in every picture: words, left, top, confidence; letters are 44 dots wide."""
    read_lines = [
        OcrLine(text, ((x, y), (x + 44 * len(text), y), (x + 44 * len(text), y + 40), (x, y + 40)), sure)
        for text, x, y, sure in lines
    ]
    monkeypatch.setattr(scanned_page, "lines_in", lambda picture: read_lines)


def of(page: PageContent) -> Document:
    return paged_document.paged_document([page], name="x", data=b"x", where="x", media_type="image", title_hint=None)


def scanned(picture: Any) -> Document:  # noqa: ANN401 - as above
    page = PageContent(1, 595, 842, pictures=1)
    scanned_page.put_words(page, picture, (0.0, 0.0, 595.0, 842.0))
    return of(page)


@needs_ocr
def test_what_was_read_has_page_box_and_confidence_and_unsure_lines_are_issues(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, ("云溪县护堤方案", 600, 300, 0.99), ("一、修堤坝，六月底前完成。", 300, 500, 0.71))
    document = scanned(blank())
    assert document.text.split() == ["云溪县护堤方案", "一、修堤坝，六月底前完成。"]
    places = FilePlaces(document.places)
    assert places.of(document.lines[0].span)["confidence"] == 0.99
    assert places.of(document.lines[1].span)["page"] == 1
    left, top, right, bottom = map(float, str(places.of(document.lines[1].span)["box"]).split())
    assert (round(left), round(right)) == (108, 314)
    assert 178 < top < 184 < 190 < bottom < 198
    assert [(one.code, one.span, one.message) for one in document.remarks] == [
        ("ocr", None, "page 1: read by OCR, confidence 0.71 or more"),
        ("ocr-unsure", document.lines[1].span, "read by OCR, confidence 0.71"),
    ]


@needs_ocr
def test_a_table_that_is_drawn_in_a_picture_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = blank()
    for y in (400, 500, 600):
        picture[y : y + 3, 300:1300] = 0
    for x in (300, 700, 1300):
        picture[400:603, x : x + 3] = 0
    told(
        monkeypatch,
        ("重点任务", 320, 430, 0.99),
        ("责任单位", 720, 430, 0.99),
        ("修堤坝", 320, 530, 0.8),
        ("县水务局", 720, 530, 0.99),
    )
    document = scanned(picture)
    (table,) = document.tables
    assert [(cell.row, cell.column, document.raw(cell.span)) for cell in table.cells] == [
        (0, 0, "重点任务"),
        (0, 1, "责任单位"),
        (1, 0, "修堤坝"),
        (1, 1, "县水务局"),
    ]
    assert [one.code for one in document.remarks] == ["ocr", "ocr-unsure"]
    assert [one.confidence for one in document.places] == [0.99, 0.99, 0.8, 0.99]


@needs_ocr
def test_a_page_that_is_aslant_is_turned_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def lines(picture: Any) -> list[OcrLine]:  # noqa: ANN401 - as above
        seen.append(picture)
        drop = 20 if len(seen) == 1 else 0
        return [
            OcrLine("一、修堤坝，六月底前完成", ((300, 300), (820, 300 + drop), (820, 340 + drop), (300, 340)), 0.9)
        ]

    monkeypatch.setattr(scanned_page, "lines_in", lines)
    assert scanned(blank()).text.strip() == "一、修堤坝，六月底前完成"
    assert len(seen) == 2


@needs_ocr
def test_a_page_with_text_and_a_picture_is_no_picture_and_one_with_its_number_is() -> None:
    page = PageContent(1, 595, 842, pictures=1)
    assert scanned_page.can_be_read(page)
    page.pictures = 0
    assert not scanned_page.can_be_read(page)


def drawn(words: list[str]) -> Any:  # noqa: ANN401 - as above
    """Return a picture of words drawn by PDFium, whose own letters are the one font that is everywhere."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    from tests.loaders.read.paged import pdf_files

    marks = [pdf_files.words(80, 100 + 40 * at, line) for at, line in enumerate(words)]
    page = pypdfium2.PdfDocument(pdf(marks))[0]
    return page.render(scale=200 / 72, rev_byteorder=True).to_numpy()[:, :, :3]


def saved(picture: Any, kind: str = "PNG", more: list[Any] | None = None) -> bytes:  # noqa: ANN401 - as above
    image = pytest.importorskip("PIL.Image")
    held = io.BytesIO()
    frames = [image.fromarray(one) for one in more or ()]
    image.fromarray(picture).save(held, kind, **({"save_all": True, "append_images": frames} if frames else {}))
    return held.getvalue()


WORDS = ["1. REPAIR THE DYKE 2027", "2. PLANT TREES 300"]


@needs_ocr
@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("TIFF", ".tif")])
def test_a_picture_is_read_in_the_child_process(kind: str, suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"a{suffix}").write_bytes(saved(drawn(WORDS), kind))
    document = read(tmp_path / f"a{suffix}")
    end_child()
    squeezed = "".join(document.text.split())
    assert "REPAIRTHEDYKE2027" in squeezed
    assert "PLANTTREES300" in squeezed
    assert document.media_type == "image"
    assert all(place.confidence is not None and place.page == 1 for place in document.places)


@needs_ocr
def test_pictures_in_pdf_and_ofd_and_pages_of_a_tiff_are_read() -> None:
    from loaders.read.paged.picture_reader import PictureReader

    tiff = saved(drawn(WORDS), "TIFF", [drawn(["3. CLEAN THE CANAL"])])
    document = PictureReader().read(tiff, name="x", where="x.tif", suffix=".tif")
    assert "CANAL" in document.text
    assert {place.page for place in document.places} == {1, 2}
    data = ofd_files.pictured(saved(drawn(WORDS)))
    document = OfdReader().read(data, name="x", where="x.ofd", suffix=".ofd")
    assert "REPAIR" in "".join(document.text.split())
    left, top = (document.places[0].box or (0.0, 0.0))[:2]
    # The picture fills the page, and its first words stand where they were drawn.
    assert abs(left - 80) < 8
    assert abs(top - 100) < 12


def test_without_the_extra_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in (picture_reader, paged_document, scanned_page):
        monkeypatch.setattr(module, "ocr_version", lambda: "")
    with pytest.raises(InputError, match=r"was not read: it is a picture; pip install 'zhengmai\[ocr\]'"):
        picture_reader.PictureReader().read(b"\x89PNG", name="x", where="x.png", suffix=".png")
    from loaders.read.paged.pdf.pdf_reader import PdfReader

    with pytest.raises(InputError, match=r"pictures without text \(1\).*pip install 'zhengmai\[ocr\]'"):
        PdfReader().read(pdf([PICTURE]), name="x", where="x.pdf", suffix=".pdf")


@needs_ocr
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG\r\n\x1a\nbroken", "the file is damaged"),
        (None, "a picture of more than"),
    ],
)
def test_a_picture_that_is_broken_or_too_large_is_refused(
    data: bytes | None, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PIXELS", 1_000)
    with pytest.raises(InputError, match=why):
        picture_reader.PictureReader().read(data or saved(blank(100, 100)), name="x", where="x.png", suffix=".png")


def test_the_point_behind_a_number_is_one() -> None:
    read_as = {
        "2·改造中心": "2.改造中心",
        "12・建设": "12.建设",
        "2·5万吨": "2.5万吨",
        "3·15晚会": "3·15晚会",
        "阿·布": "阿·布",
    }
    assert {one: ocr_engine._POINT.sub(".", one) for one in read_as} == read_as


@needs_ocr
def test_a_page_that_stands_on_its_head_is_turned_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def lines(picture: Any) -> list[OcrLine]:  # noqa: ANN401 - as above
        seen.append(picture)
        words, sure = ("。、四", 0.4) if len(seen) == 1 else ("一、修堤坝，六月底前完成", 0.98)
        return [OcrLine(words, ((300, 300), (820, 300), (820, 340), (300, 340)), sure)]

    monkeypatch.setattr(scanned_page, "lines_in", lines)
    picture = blank()
    picture[0, 0] = 0
    assert scanned(picture).text.strip() == "一、修堤坝，六月底前完成"
    assert not seen[1][-1, -1].any()


@needs_ocr
def test_the_sign_of_an_item_that_lost_its_point_is_put_right_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    told(
        monkeypatch,
        ("一、总体要求", 300, 300, 0.99),
        ("坚持先急后缓，统筹推进全县渡口整修各项工作。", 300, 400, 0.99),
        ("二主要任务", 300, 500, 0.99),
        ("三、保障措施", 300, 600, 0.99),
    )
    document = scanned(blank())
    assert document.raw(document.lines[2].span) == "二、主要任务"
    assert [(one.code, one.span) for one in document.remarks if one.span] == [("ocr-sign", document.lines[2].span)]


@needs_ocr
def test_the_work_is_told_before_each_picture() -> None:
    told_of = []
    ocr_engine.tell(begin=lambda: None, go_on=lambda: told_of.append(1))
    try:
        ocr_engine.lines_in(blank(60, 200))
        ocr_engine.lines_in(blank(60, 200))
    finally:
        ocr_engine.tell(begin=lambda: None, go_on=lambda: None)
    assert told_of == [1, 1]
