"""Every picture: well formed, closed in itself, whatever documents say; with the counts of the answers it is drawn from."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html

from graph.errors import UsageError
from graph.store.protocol import Store
from queries.faults import UnknownNameError
from queries.run import run
from tests.cli.pages import browser, opened, parsed
from tests.views.conftest import HOSTILE
from views.card_text import width
from views.drawings import png_writing
from views.drawings.drawing_page import drawing_page, sheets_of
from views.drawings.drawing_words import DRAWING_WORDS
from views.drawings.drawn_picture import LOOKS, DrawnWords, FilePicture
from views.drawings.picture_framing import framed
from views.drawings.picture_making import LARGEST, ROOM, PictureWish, day_of, draw, file_of_picture, picture
from views.drawings.pictures.matrix_grid import answer_counts, family_matrix
from views.picture_words import WORDS

SVG = "{http://www.w3.org/2000/svg}"
DAY = date(2026, 3, 1)
OF = {
    "cascade": ["province"],
    "matrix": ["province"],
    "timeline": ["province"],
    "compare": ["province", "chengzhou", "yunxi"],
    "sankey": ["province"],
    "heatmap": ["province"],
    "unit": ["澄州市行政审批服务局"],
    "neighbours": ["province/2.1.1"],
}
SMALL = OF | {name: ["lanjiang"] for name in ("cascade", "matrix", "timeline", "sankey", "heatmap")}
SMALL |= {"compare": ["lanjiang", "chengzhou"], "neighbours": ["lanjiang/1.1"]}


def drawn(store: Store, kind: str, language: str = "zh", **more: object) -> FilePicture:
    wish = PictureWish(kind=kind, of=OF[kind], today=DAY, language=language, **more)  # type: ignore[arg-type]
    return picture(store, wish)


def test_every_picture_is_tested() -> None:
    assert set(OF) == set(ROOM)


# -- the files


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", OF)
def test_svg_is_well_formed_and_asks_for_nothing(kind: str, language: str, sample_graph: Store) -> None:
    made = drawn(sample_graph, kind, language)
    root = etree.fromstring(file_of_picture(made, "svg", language))
    assert root.tag == f"{SVG}svg"
    tags = {str(one.tag).removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "title", "g", "rect", "path", "text", "tspan"}
    for one in root.iter():
        for name, value in one.attrib.items():
            assert not str(name).startswith("on")
            assert "href" not in str(name)
            assert not re.search(r"url\(|javascript:|https?:", str(value))
    assert made.title in "".join(map(str, root.itertext()))
    assert float(root.get("width", "0")) > 300


@pytest.mark.parametrize("kind", OF)
def test_words_stay_on_the_paper_and_are_large_enough(kind: str, sample_graph: Store) -> None:
    canvas = framed(drawn(sample_graph, kind))
    words = [one for one in canvas.ground if isinstance(one, DrawnWords)]
    words += [one for mark in canvas.marks for one in mark.shapes if isinstance(one, DrawnWords)]
    assert len(words) > 15
    for one in words:
        wide = width("".join(text for text, _ in one.runs)) * one.size
        left = one.x - {"start": 0.0, "middle": wide / 2, "end": wide}[one.anchor]
        assert left > -6, one
        assert left + wide < canvas.width + 6, one
        assert one.size >= 11.5, one
        assert 0 < one.y <= canvas.height, one


@pytest.mark.parametrize("kind", OF)
def test_a_page_runs_its_own_script_alone(kind: str, sample_graph: Store) -> None:
    found = parsed(drawing_page(drawn(sample_graph, kind), "zh"))
    assert len(found.run) == 1
    assert len(found.scripts) == 1
    assert "default-src 'none'" in found.policy
    for tag, attributes in found.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "foreignobject", "use", "image")
        for name in ("src", "href", "action", "data", "srcset", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#")
    assert not re.search(r"url\(|@import", found.style)


@pytest.mark.parametrize("kind", [kind for kind in SMALL if kind != "unit"])
def test_words_of_documents_are_words(kind: str, hostile_words: Store) -> None:
    made = picture(hostile_words, PictureWish(kind=kind, of=SMALL[kind], today=DAY))
    root = etree.fromstring(file_of_picture(made, "svg", "zh"))
    assert {str(one.tag).removeprefix(SVG) for one in root.iter()} <= {
        "svg", "title", "g", "rect", "path", "text", "tspan",
    }  # fmt: skip
    page = drawing_page(made, "zh")
    found = parsed(page)
    assert len(found.run) == 1
    assert {tag for tag, _ in found.tags} & {"img", "b:", "iframe"} == set()
    assert html.fromstring(page).xpath("//*[@onload or @onerror]") == []
    assert "document.title" in found.words
    assert "49" not in found.words.split()


@pytest.mark.parametrize("kind", [kind for kind in SMALL if kind != "unit"])
def test_in_a_browser_nothing_that_a_document_says_runs(kind: str, hostile_words: Store, tmp_path: Path) -> None:
    if browser() is None:
        pytest.skip("no browser of the Chromium family is installed")
    made = picture(hostile_words, PictureWish(kind=kind, of=SMALL[kind], today=DAY))
    (tmp_path / "page.html").write_text(drawing_page(made, "zh"), encoding="utf-8")
    dom, said = opened(tmp_path / "page.html", tmp_path / "profile")
    assert said == ""
    assert 'class=" scripted"' in dom or 'class="scripted"' in dom
    assert html.fromstring(dom).findtext(".//title") != "taken"
    assert HOSTILE[0] not in dom


def test_png_is_made_of_svg(sample_graph: Store, tmp_path: Path) -> None:
    if not png_writing.has_chinese_font():
        pytest.skip("no font with Chinese characters is installed")
    wish = PictureWish(kind="sankey", of=["province"], today=DAY)
    draw(sample_graph, wish, tmp_path / "flow.png")
    data = (tmp_path / "flow.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    wide, tall = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    whole = framed(picture(sample_graph, wish))
    assert (wide / 2, tall / 2) == pytest.approx((whole.width, whole.height), abs=1)


def test_without_a_chinese_font_one_line_says_so(
    sample_graph: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png_writing, "_probe", lambda sign: b"an empty box")
    png_writing.has_chinese_font.cache_clear()
    try:
        with pytest.raises(UsageError, match="no font with Chinese characters"):
            draw(sample_graph, PictureWish(kind="unit", of=OF["unit"]), tmp_path / "a.png")
    finally:
        png_writing.has_chinese_font.cache_clear()
    assert not (tmp_path / "a.png").exists()


# -- the counts


def test_the_flow_has_every_link_and_every_gap_of_the_cascade(sample_graph: Store) -> None:
    answer = run("cascade", sample_graph, of="province")
    links = {(row["parent"], row["task"]) for row in answer.rows if row["relation"] and not row["details"]}
    gaps = {
        (row["parent"], row["policy"], row["answer"]) for row in answer.rows if row["task"] is None and row["parent"]
    }
    made = drawn(sample_graph, "sankey")
    assert sum(int(row["tasks"] or 0) for row in made.rows.rows if row["to_place"]) == len(links)
    counted = Counter[str]()
    for row in made.rows.rows:
        if row["to_place"] is None:
            counted[str(row["answer"])] += int(row["tasks"] or 0)
    assert counted == Counter(str(state) for _, _, state in gaps)
    assert counted["not_found"] > 10


def test_the_flow_of_themes_adds_up_to_the_whole(sample_graph: Store) -> None:
    whole = drawn(sample_graph, "sankey")
    themes = {str(row["theme_name"]) for row in whole.rows.rows}
    parts = [drawn(sample_graph, "sankey", theme=name) for name in themes]
    assert len(parts) > 3
    total = sum(int(row["tasks"] or 0) for row in whole.rows.rows)
    # A lower task that carries out tasks of two themes stands in both.
    assert sum(int(row["tasks"] or 0) for made in parts for row in made.rows.rows) >= total


def test_the_matrix_has_a_cell_for_each_task_and_document(sample_graph: Store) -> None:
    answer, _ = family_matrix(sample_graph, "province")
    made = drawn(sample_graph, "matrix")
    assert made.grid
    shown = Counter(cell.state for row in made.grid.rows for cell in row.cells if cell.state)
    assert shown == answer_counts(answer)
    parents = {row["parent"] for row in answer.rows if row["parent"]}
    heads = [row.head.key for row in made.grid.rows]
    assert parents <= set(heads)
    assert shown["not_found"] == sum(row["answer"] == "not_found" for row in answer.rows)


def test_the_timeline_has_each_dated_task_once_and_says_how_many_have_no_date(sample_graph: Store) -> None:
    made = drawn(sample_graph, "timeline")
    cards = {row["task"] for row in run("cascade", sample_graph, of="province").rows if row["task"]}
    due = {row["task"]: row for row in run("due", sample_graph, today=DAY.isoformat()).rows if row["task"] in cards}
    marks = [mark for mark in made.canvas.marks if mark.key]
    assert sorted(mark.key for mark in marks) == sorted(str(task) for task in due)
    assert {mark.key: mark.state for mark in marks} == {task: row["state"] for task, row in due.items()}
    assert len(made.rows) == len(cards)
    by_theme = drawn(sample_graph, "timeline", by="theme")
    assert {mark.key for mark in by_theme.canvas.marks} == {mark.key for mark in marks}


def test_the_heat_map_counts_what_units_carry(sample_graph: Store) -> None:
    made = drawn(sample_graph, "heatmap", most=LARGEST)
    assert made.grid
    cards = {row["task"] for row in run("cascade", sample_graph, of="province").rows if row["task"]}
    load = {row["task"] for row in run("unit_load", sample_graph, unit="澜江省民政厅").rows} & cards
    row = next(row for row in made.grid.rows if row.head.said == "澜江省民政厅")
    assert row.cells[0].lines[0][0][0] == str(len(load))
    few = drawn(sample_graph, "heatmap", most=3)
    assert few.grid
    assert any("其余" in one.head.said for one in few.grid.rows)


@pytest.mark.parametrize("kind", ["cascade", "matrix", "timeline", "sankey", "heatmap"])
def test_one_theme_alone_is_named(kind: str, sample_graph: Store) -> None:
    whole, part = drawn(sample_graph, kind), drawn(sample_graph, kind, theme="办事流程瘦身")
    assert "办事流程瘦身" in part.subtitle
    assert 0 < len(part.canvas.marks) < len(whole.canvas.marks)


def test_a_unit_and_its_neighbours(sample_graph: Store) -> None:
    made = drawn(sample_graph, "unit")
    load = run("unit_load", sample_graph, unit=OF["unit"][0]).rows
    assert len(made.rows) == len(load)
    assert any(mark.kind == "unit" and "云溪区" in mark.said for mark in made.canvas.marks)
    near = drawn(sample_graph, "neighbours", most=5)
    boxes = [mark for mark in near.canvas.marks if mark.key]
    assert 3 < len(boxes) <= 11
    assert any("未画" in note for note in near.notes)


def test_what_was_written_in_and_dropped_is_marked(sample_graph: Store) -> None:
    made = drawn(sample_graph, "compare")
    assert made.grid
    runs = [run for row in made.grid.rows for cell in row.cells for line in cell.lines for run in line]
    assert {look for _, look in runs} >= {"added", "dropped", "strong", "plain"}
    with pytest.raises(UsageError):
        picture(sample_graph, PictureWish(kind="compare", of=["province"]))


# -- the page


def test_pieces_for_paper_hold_every_mark(sample_graph: Store) -> None:
    canvas = drawn(sample_graph, "timeline", by="theme").canvas
    pieces = sheets_of(canvas, "t", "zh")
    assert len(pieces) == 1 if canvas.height <= canvas.width * 1.36 else len(pieces) > 1
    for text in pieces:
        etree.fromstring(text)
    held = "".join(str(one) for text in pieces for one in etree.fromstring(text).itertext())
    for mark in canvas.marks:
        assert mark.said.split("\n")[0] in held


def test_both_languages_have_the_same_words() -> None:
    assert set(DRAWING_WORDS["zh"]) == set(DRAWING_WORDS["en"])
    assert not set(DRAWING_WORDS["zh"]) & set(WORDS["zh"])
    for code, said in DRAWING_WORDS["zh"].items():
        fields = re.compile(r"\{(\w+)\}")
        assert set(fields.findall(said)) == set(fields.findall(DRAWING_WORDS["en"][code])), code


def test_looks_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for name, look in LOOKS.items():
        high, low = sorted((light(look.fill), light(look.ink)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, name


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"kind": "pie", "of": ["province"]}, "there is no picture pie"),
        ({"kind": "compare", "of": ["province"]}, "takes 2 to 3 names, not 1"),
        ({"kind": "matrix", "of": ["province", "yunxi"]}, "takes 1 to 1 names, not 2"),
        ({"kind": "unit", "of": ["yunxi"], "theme": "a"}, "unit is of no theme"),
        ({"kind": "matrix", "of": ["province"], "most": 0}, "shows 1 to 2000, not 0"),
        ({"kind": "timeline", "of": ["province"], "by": "moon"}, "goes by document, theme, not moon"),
    ],
)
def test_what_cannot_be_drawn_is_said(wish: dict[str, object], said: str, sample_graph: Store) -> None:
    with pytest.raises(UsageError, match=said):
        picture(sample_graph, PictureWish(**wish))  # type: ignore[arg-type]


def test_names_and_files_that_are_none(sample_graph: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no \\.pdf file"):
        draw(sample_graph, PictureWish(kind="matrix", of=["province"]), tmp_path / "a.pdf")
    with pytest.raises(UnknownNameError):
        drawn(sample_graph, "matrix", theme="没有这个主题")
    with pytest.raises(UsageError, match="is no day"):
        day_of("yesterday")
    assert day_of("2026-03-01") == DAY
