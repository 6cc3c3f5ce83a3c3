"""Every page in both languages: well formed, of this site alone, and the same rows in every file of it."""

import csv
import io
import math
import re
import struct
import zlib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from lxml import etree
from starlette.testclient import TestClient

from loaders.ingest.graph_build import build
from queries.changes.text_changes import compared
from tests.loaders.read.paged.ofd_files import PICTURE, SPACE, grid, layer, ofd, words
from tests.loaders.read.paged.pdf_files import TOP, paragraph, pdf
from tests.shared import ROOT
from tests.sources import files
from tests.views.web.conftest import BASE, EVIL
from tests.views.web.dom import dom
from views.web.explorer import PAGES, explorer
from views.web.held_graph import HeldGraph

SAMPLE = {
    "start": "/?today=2025-12-20",
    "search": "/search?q=服务",
    "search narrowed": "/search?level=city&due_to=2026-12-31",
    "search empty": "/search",
    "document": "/document?of=chengzhou",
    "document at": "/document?of=chengzhou&at=383-400",
    "articles": "/document?of=articles",
    "task": "/task?of=chengzhou/2.1.1",
    "family": "/family?of=province",
    "family of theme": "/family?of=province&theme=办事流程瘦身",
    "tree": "/family?of=province&view=tree",
    "matrix": "/family?of=province&view=matrix",
    "timeline": "/family?of=province&view=timeline&today=2026-03-01",
    "sankey": "/family?of=province&view=sankey",
    "sankey of theme": "/family?of=province&view=sankey&theme=办事流程瘦身",
    "family of cited": "/family?of=澜江省政务服务条例",
    "family of task": "/family?of=yunxi/2.1.1&view=matrix",
    "family alone": "/family?of=shuoyuan&view=matrix",
    "unit": "/unit?of=澜江省民政厅",
    "unit in a role": "/unit?of=澜江省民政厅&role=lead",
    "compare empty": "/compare",
    "compare": "/compare?of=province&with=chengzhou",
    "compare three": "/compare?of=province&with=chengzhou&third=lanchuan&part=all",
    "compare what differs": "/compare?of=province&with=chengzhou&show=units",
    "place": "/place?of=澄州市",
    "theme": "/theme?of=办事流程瘦身",
    "deadlines": "/deadlines?today=2026-06-01",
    "deadlines of a month": "/deadlines?today=2026-06-01&month=2026-12&state=later&level=city",
    "deadlines of targets": "/deadlines?what=targets&today=2026-06-01",
    "indicators": "/indicators",
    "indicator": "/indicators?of=每月到访&measure=次",
    "review": "/review?by=李岚",
    "review of units": "/review?what=units&by=李岚",
    "review of one": "/review?child=chengzhou/2.1.1&parent=province/2.1.1",
    "issues": "/issues",
    "issues of one": "/issues?of=yunxi",
    "keys": "/keys",
}
HOSTILE = {
    "start": "/",
    "search": f"/search?q={EVIL.replace(';', '%3B')}",
    "found": "/search?q=老渡口",
    "document": "/document?of=province",
    "task": "/task?of=province/1.1",
    "family": "/family?of=province",
    "tree": "/family?of=province&view=tree",
    "matrix": "/family?of=province&view=matrix",
    "timeline": "/family?of=province&view=timeline",
    "sankey": "/family?of=province&view=sankey",
    "unit": "/unit?of=澜江省交通运输厅",
    "compare": "/compare?of=province&with=city",
    "place": "/place?of=澜江省",
    "theme": "/theme?of=整修渡口",
    "deadlines": "/deadlines?today=2026-06-01",
    "deadlines of targets": "/deadlines?what=targets&today=2026-06-01",
    "indicators": "/indicators",
    "review": "/review?child=city/1.1&parent=province/1.1&by=<b>x</b>",
    "issues": "/issues",
    "no such": f"/document?of={EVIL.replace(';', '%3B')}",
}


def page(client: TestClient, address: str, status: int = 200) -> Any:  # noqa: ANN401 - as lxml has it
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:400]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return dom(answer.text)


def in_language(address: str, language: str) -> str:
    return address if language == "zh" else f"{address}{'&' if '?' in address else '?'}lang=en"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_is_of_this_site_alone_and_whole(name: str, language: str, sample: TestClient) -> None:
    answer = sample.get(in_language(SAMPLE[name], language))
    assert answer.status_code == 200
    assert re.findall(r'(?:src|href|action|srcset|poster)="(?:https?:)?//', answer.text) == []
    found = dom(answer.text)
    assert found.get("lang") == ("zh-CN" if language == "zh" else "en")
    assert len(found.xpath("//h1")) == 1
    assert [
        one for one in found.iter() if isinstance(one.tag, str) and any(at.startswith("on") for at in one.attrib)
    ] == []
    assert found.xpath("//*[@style] | //style") == []
    assert [one.get("src") for one in found.xpath("//script")] == [
        one for one in found.xpath("//script/@src") if one.startswith("/assets/")
    ]
    assert found.xpath("//th[not(@scope)]") == []
    assert found.xpath("//table[not(caption)]") == []
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    labels = set(found.xpath("//label/@for"))
    fields = found.xpath("//input[not(@type='hidden')]")
    assert [one for one in fields if one.get("id") not in labels and not one.xpath("ancestor::label")] == []
    assert found.xpath("//main[@id='main']")
    assert found.xpath("//a[@class='skip'][@href='#main']")
    targets = {one[1:] for one in found.xpath("//a/@href") if one.startswith("#")}
    assert targets - set(ids) == set()


@pytest.mark.parametrize("name", [name for name in SAMPLE if name not in ("search empty", "compare empty", "keys")])
def test_every_file_of_a_page_has_its_rows(name: str, sample: TestClient) -> None:
    address = SAMPLE[name]
    path, _, query = address.partition("?")
    stem = "/start" if path == "/" else path
    tables = sample.get(f"{stem}.json?{query}").json()["tables"]
    shown = page(sample, address)
    for table in shown.xpath("//@data-table"):
        assert table in tables, table
    for table, rows in tables.items():
        marked = shown.xpath(f"//*[@data-table='{table}']")
        inner = sum(len(one.xpath(".//*[@data-row]")) or len(one.xpath("./tbody/tr")) for one in marked)
        assert not marked or inner == len(rows), table
    text = sample.get(f"{stem}.csv?{query}").text
    assert len(list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))) - 1 == sum(map(len, tables.values()))
    book = openpyxl.load_workbook(io.BytesIO(sample.get(f"{stem}.xlsx?{query}").content))
    assert [max(sheet.max_row - 1, 0) for sheet in book] == [len(rows) for rows in tables.values()]
    for table, rows in tables.items():
        one = sample.get(f"{stem}.csv?{query}&table={table}").text.lstrip("\ufeff")
        assert len(list(csv.DictReader(io.StringIO(one, newline="")))) == len(rows)


def test_the_pages_tested_are_all_there_are() -> None:
    tested = {(address.partition("?")[0].lstrip("/") or "start") for address in SAMPLE.values()}
    assert tested == set(PAGES)


@pytest.mark.parametrize("name", HOSTILE)
def test_words_of_documents_stay_words(name: str, hostile: TestClient) -> None:
    answer = hostile.get(HOSTILE[name])
    assert answer.status_code == (404 if name == "no such" else 200)
    found = dom(answer.text)
    assert [one.get("src", "").partition("?")[0] for one in found.xpath("//script")] == ["/assets/explorer.js"]
    assert found.xpath("//img | //b[text()='x']") == []
    if name not in (
        "unit",
        "issues",
        "start",
        "review",
        "place",
        "theme",
        "deadlines",
        "deadlines of targets",
        "indicators",
        "timeline",
        "sankey",
    ):
        assert "document.title" in found.text_content()


def test_a_file_for_spreadsheets_calculates_nothing(hostile: TestClient) -> None:
    address = "task.{}?of=province/1.2"
    assert "=HYPERLINK" in hostile.get("/" + address.format("json")).text
    rows = csv.reader(io.StringIO(hostile.get("/" + address.format("csv")).text, newline=""))
    assert [cell for row in rows for cell in row if cell.startswith("=")] == []
    book = openpyxl.load_workbook(io.BytesIO(hostile.get("/" + address.format("xlsx")).content))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}


def test_the_text_of_a_document_stands_whole_on_its_page(sample: TestClient) -> None:
    for document in ("chengzhou", "province", "yunxi", "articles", "press"):
        found = page(sample, f"/document?of={document}")
        lines = ["".join(one.itertext()) for one in found.xpath("//article//p")]
        tasks = sample.get(f"/document.json?of={document}").json()["tables"]["tasks_of_document"]
        assert len(found.xpath("//article//a[@class='badge']")) == len(tasks)
        assert all(len(line.strip()) for line in lines)


def test_a_place_of_a_document_is_marked(sample: TestClient) -> None:
    found = page(sample, "/document?of=chengzhou&at=383-400")
    assert "".join(found.xpath("//*[@id='at']")[0].itertext()) == "澄州市基层便民服务提质行动实施方案"
    assert page(sample, "/document?of=chengzhou&at=9999999-99999999").xpath("//*[@id='at']") == []


def test_links_keep_the_language_and_the_day(sample: TestClient) -> None:
    found = page(sample, "/?today=2025-12-20&lang=en")
    inner = [one for one in found.xpath("//main//a/@href") if one.startswith("/") and ".json" not in one]
    assert all("lang=en" in one and "today=2025-12-20" in one for one in inner)
    assert len(inner) > 20


def test_faults_say_what_is_wrong(sample: TestClient) -> None:
    assert "没有名为" in page(sample, "/document?of=nowhere", 404).text_content()
    several = page(sample, "/unit?of=民政局", 404)
    meant = several.xpath("//main//li/a/@href")
    assert len(meant) > 1
    assert all(sample.get(one).status_code == 200 and one.startswith("/unit?of=") for one in meant)
    meant = page(sample, "/search?unit=民政局&lang=en", 404).xpath("//main//li/a/@href")
    assert all(sample.get(one).status_code == 200 and one.startswith("/search?unit=") for one in meant)
    assert page(sample, "/document?of=nowhere", 404).xpath("//a[@hreflang='en']/@href") == [
        "/document?of=nowhere&lang=en"
    ]
    assert page(sample, "/task", 400).xpath("//*[@role='alert']")
    assert sample.get("/task.json?of=nowhere").status_code == 404
    assert page(sample, "/?today=soon", 400).xpath("//*[@role='alert']")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../explorer.py",
        "/assets/%2e%2e/explorer.py",
        "/assets/..%2fexplorer.py",
        "//etc/passwd",
        "/document/yunxi",
        "/start.exe",
        "/document.json/../start",
        "/document?of=../../../../etc/passwd",
        "/printed?of=../../../../etc/passwd&page=1",
        "/printed?of=%2fetc%2fpasswd&page=1",
        "/printed/../assets/../../held_graph.py",
    ],
)
def test_path_tricks_lead_nowhere(path: str, sample: TestClient) -> None:
    answer = sample.get(f"http://127.0.0.1:8765{path}")
    assert answer.status_code in (404, 200)
    assert "def " not in answer.text
    assert "root:" not in answer.text
    assert answer.status_code == 404 or path == "/document.json/../start"


def test_assets_write_no_markup_and_ask_nobody() -> None:
    script = "\n".join(one.read_text(encoding="utf-8") for one in files("views") if one.name == "explorer.js")
    sheet = "\n".join(one.read_text(encoding="utf-8") for one in files("views") if one.name == "explorer.css")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", script) == []
    assert re.findall(r"https?://|@import|url\(", sheet) == []
    for template in (
        one for one in files("views") if one.suffix == ".html" and one.is_relative_to(ROOT / "views" / "web")
    ):
        assert re.findall(r"\|\s*safe|autoescape false|innerHTML|Markup", template.read_text(encoding="utf-8")) == [], (
            template
        )


def test_sentences_stand_beside_each_other_and_units_are_sets(sample: TestClient) -> None:
    found = page(sample, SAMPLE["compare"])
    kinds = {one.get("class").split()[1] for one in found.xpath("//li[contains(@class, 'sentence')]")}
    assert kinds == {"kept", "changed", "added", "dropped"}
    rows = sample.get("/compare.json?of=province&with=chengzhou").json()["tables"]
    own = [row for row in rows["sentences"] if row["parent"] == "province/2.1.1"]
    for name, side in (("task", "lower"), ("parent", "upper")):
        [fact] = sample.get(f"/task.json?of={own[0][name]}").json()["tables"]["task"]
        said = [row[side] for row in own if row[side]]
        assert all(one in "".join(fact["text"].split()) for one in said)
        # Together they are the text but for the bracket that names who does it.
        assert sum(map(len, said)) == fact["text"].index("（责任单位")
    sets = found.xpath("//span[contains(@class, 'set ')]")
    assert {one.get("class").split()[1] for one in sets} == {"kept", "added", "dropped"}
    assert all(one.text_content().count("（") == one.text_content().count("）") for one in sets)


@pytest.mark.parametrize("shown", ["added", "not_found", "tightened", "relaxed", "units", "numbers", "doubtful"])
def test_a_comparison_counts_what_it_is_narrowed_to(shown: str, sample: TestClient) -> None:
    whole = page(sample, SAMPLE["compare three"])
    [count] = whole.xpath(f"//nav[@class='tabs']/a[contains(@href, 'show={shown}')]/span/text()")
    rows = sample.get(f"/compare.json?of=province&with=chengzhou&third=lanchuan&part=all&show={shown}").json()["tables"]
    assert len(rows["compared"]) == int(count)


def test_a_comparison_in_parts_is_the_whole(sample: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("views.web.pages.compare_page._BLOCKS", 5)
    address = "/compare.json?of=province&with=chengzhou&part="
    whole = sample.get(address + "all").json()["tables"]["compared"]
    parts = [sample.get(f"{address}{at}").json()["tables"]["compared"] for at in range(1, 6)]
    assert [row for part in parts[:5] for row in part] == whole
    assert sample.get(f"{address}99").json()["tables"]["compared"] == parts[4]


def test_an_indicator_goes_down_its_chain(sample: TestClient) -> None:
    rows = sample.get("/indicators.json?of=每月到访&measure=次").json()["tables"]["indicator"]
    assert [(row["hops"], row["place"], row["value"]) for row in rows] == [
        (0, "澜江省", 2.0),
        (1, "岚川市", 4.0),
        (1, "临澜区", 6.0),
        (1, "云溪区", 3.0),
    ]
    assert {row["value_change"] for row in rows[1:]} == {"more"}
    assert {row["parent_target"] for row in rows[1:]} == {rows[0]["target"]}


def test_deadlines_can_be_subscribed_to(sample: TestClient) -> None:
    told = sample.get("/deadlines.ics?today=2026-06-01&month=2026-12")
    assert told.headers["content-type"] == "text/calendar; charset=utf-8"
    rows = sample.get("/deadlines.json?today=2026-06-01&month=2026-12").json()["tables"]["due"]
    assert told.text.count("BEGIN:VEVENT") == len(rows) > 5
    assert sample.get("/start.ics").status_code == 404


def test_what_is_ahead_stands_first(sample: TestClient) -> None:
    days = [row["days"] for row in sample.get("/deadlines.json?today=2026-06-01").json()["tables"]["due"]]
    ahead = [one for one in days if one >= 0]
    assert days == sorted(ahead) + sorted((one for one in days if one < 0), reverse=True)
    assert 0 < len(ahead) < len(days)


def test_numbers_that_differ_are_marked_whole() -> None:
    upper, lower = compared("整修渡口1200处，2026年底前完成", "整修渡口260处，2026年10月底前完成")
    assert [text for text, changed in upper if changed] == ["1200处", "2026年底"]
    assert [text for text, changed in lower if changed] == ["260处", "2026年10月底"]


def test_a_count_of_a_theme_holds_what_one_task_below_carries_of_several(sample: TestClient) -> None:
    # Of the four tasks of a theme two places carry one together with another by one task (merged).
    row = page(sample, SAMPLE["family"]).xpath(
        "//tr[*[contains(., '办事流程瘦身')]][td/span[contains(@class, 'answer')]]"
    )[0]
    assert [cell.xpath("string(span[2])") for cell in row.xpath("td[span]")] == ["3/4", "4/4", "2/4", "4/4", "4/4"]


def test_words_are_found_in_texts_where_no_task_stands(sample: TestClient) -> None:
    rows = sample.get("/search.json?q=浏览次数").json()["tables"]
    assert rows["found"] == []
    [hit] = rows["in_texts"]
    assert (hit["document"], hit["hits"]) == ("chengzhou", 1)
    shown = page(sample, "/search?q=浏览次数")
    assert [one.text for one in shown.xpath("//table[@data-table='in_texts']//mark")] == ["浏览次数"]
    [place] = shown.xpath("//a[@class='hit-place']/@href")
    assert "".join(page(sample, place).xpath("//*[@id='at']")[0].itertext()) == "浏览次数"


def test_texts_are_narrowed_by_level_and_place_and_left_out_of_what_only_tasks_meet(sample: TestClient) -> None:
    def documents(address: str) -> set[str]:
        return {row["document"] for row in sample.get(address).json()["tables"].get("in_texts", ())}

    everywhere = documents("/search.json?q=便民")
    assert {"province", "chengzhou"} <= everywhere
    assert documents("/search.json?q=便民&level=city") < everywhere
    assert documents("/search.json?q=便民&place=澄州市") == {"chengzhou"}
    assert documents("/search.json?q=便民&unit=澜江省民政厅") == set()


@pytest.mark.parametrize("name", SAMPLE)
def test_every_link_of_a_page_leads_somewhere(name: str, sample: TestClient) -> None:
    # One of each shape: the page it leads to, and the words that it gives along.
    shapes: dict[tuple[str, ...], str] = {}
    for address in page(sample, SAMPLE[name]).xpath("//a/@href"):
        path, _, query = address.partition("#")[0].partition("?")
        shapes.setdefault((path, *(one.partition("=")[0] for one in query.split("&"))), address)
    for address in shapes.values():
        if address.startswith("/"):
            answer = sample.get(address)
            # A name that several units have leads to a page that asks which is meant.
            asks = answer.status_code == 404 and dom(answer.text).xpath("//main//li/a/@href")
            assert answer.status_code == 200 or asks, address


def test_pages_of_a_file_are_shown_as_they_are_printed(tmp_path: Path) -> None:
    first = [
        "澄州市关于整修渡口的通知",
        "为办好渡口，现通知如下。",
        "一、整修栈桥。2026年底前整修12处。（责任单位：市交通运输局）",
    ]
    marks = [mark for at, line in enumerate(first) for mark in paragraph(TOP + 90 * at, line, indent=0)]
    (tmp_path / "plan.pdf").write_bytes(
        pdf(marks, paragraph(TOP, "二、添置渡船。2027年底前更换。（责任单位：市财政局）"))
    )
    build([tmp_path / "plan.pdf"], tmp_path / "store", jobs=1)
    with TestClient(explorer(HeldGraph(str(tmp_path / "store"))), base_url=BASE) as client:
        text = client.get("/document?of=plan").text
        assert re.findall(r"第(\d)页", text) == ["1", "2"]
        whole = "".join("".join(one.itertext()) for one in dom(text).xpath("//article//p"))
        assert "添置渡船" in whole
        shown = page(client, "/document?of=plan&at=1-5")
        [picture] = shown.xpath("//img/@src")
        assert "at=1-5" in picture
        assert shown.xpath("//img[@alt]")
        marked = client.get(picture)
        assert marked.headers["content-type"] == "image/png"
        plain = client.get("/printed?of=plan&page=1")
        assert marked.content[:8] == plain.content[:8] == b"\x89PNG\r\n\x1a\n"
        size, dots = picture_of(plain.content)
        assert size == (math.ceil(595 * 1.5), math.ceil(842 * 1.5))
        changed = [
            at for at, (one, other) in enumerate(zip(dots, picture_of(marked.content)[1], strict=True)) if one != other
        ]
        rows = {at // size[0] for at in changed}
        assert changed
        # The line that the words stand in is marked, and nothing below it.
        assert TOP * 1.5 - 8 < min(rows) <= max(rows) < (TOP + 40) * 1.5
        for wrong in ("page=3", "page=0", "page=x", "page=99999999"):
            assert client.get(f"/printed?of=plan&{wrong}").status_code == 404
        assert client.get("/printed?of=plan").status_code == 400


def test_pages_of_an_ofd_are_drawn_with_their_words_rules_and_pictures_in_place(tmp_path: Path) -> None:
    first = ["澄州市关于整修渡口的通知", "一、整修栈桥<12>处。（责任单位：市交通运输局）"]
    lines = [words(28, 30 + 12 * at, escape(line)) for at, line in enumerate(first)]
    template = layer(words(28, 280, "澄州市人民政府公报"))
    pages = [
        layer(*lines, *grid([28, 60, 90], [80, 90, 100]), PICTURE, template="5"),
        layer(words(28, 30, "二、添置渡船。（责任单位：市财政局）"), template="5"),
    ]
    parts: dict[str, str | bytes] = {
        "Doc_0/T.xml": template,
        "Doc_0/DocumentRes.xml": f'<ofd:Res {SPACE}><ofd:MultiMedias><ofd:MultiMedia ID="6"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>',
        "Doc_0/a.png": b"\x89PNG\r\n\x1a\n",
    }
    common = '<ofd:TemplatePage ID="5" BaseLoc="T.xml"/><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>'
    (tmp_path / "plan.ofd").write_bytes(ofd(*pages, parts=parts, common=common))
    build([tmp_path / "plan.ofd"], tmp_path / "store", jobs=1)
    with TestClient(explorer(HeldGraph(str(tmp_path / "store"))), base_url=BASE) as client:
        shown = page(client, "/document?of=plan&at=1-5")
        [picture] = shown.xpath("//img/@src")
        drawn = client.get(picture)
        assert drawn.headers["content-type"] == "image/svg+xml"
        root = etree.fromstring(drawn.content)
        run = {one.text: one for one in root.iter("{*}text")}
        assert {*first, "澄州市人民政府公报"} <= run.keys()
        # Every sign has its own place, in points.
        places = [float(one) for one in run[first[0]].attrib["x"].split()]
        assert places[:2] == pytest.approx([28 * 72 / 25.4, 33.6 * 72 / 25.4], abs=0.01)
        assert len(places) == len(first[0])
        assert len(list(root.iter("{*}line"))) == 6
        assert [one.get("href", "").partition(",")[0] for one in root.iter("{*}image")] == ["data:image/png;base64"]
        [mark] = [one for one in root.iter("{*}rect") if one.get("fill") == "#ffe45c"]
        assert float(mark.attrib["y"]) == pytest.approx(30 * 72 / 25.4, abs=1)
        # What a template prints on every page is on every page.
        second = etree.fromstring(client.get("/printed?of=plan&page=2").content)
        assert "澄州市人民政府公报" in [one.text for one in second.iter("{*}text")]
        assert not [one for one in second.iter("{*}rect") if one.get("fill") == "#ffe45c"]
        for wrong in ("page=3", "page=0", "page=x"):
            assert client.get(f"/printed?of=plan&{wrong}").status_code == 404


def test_what_has_no_pages_has_no_picture(sample: TestClient) -> None:
    assert page(sample, SAMPLE["document"]).xpath("//img") == []
    assert sample.get("/printed?of=chengzhou&page=1").status_code == 404


def picture_of(data: bytes) -> tuple[tuple[int, int], list[bytes]]:
    """Return the size of a PNG of three bytes a dot without filters, and its dots."""
    width, height = struct.unpack(">II", data[16:24])
    packed = b""
    at = 8
    while at < len(data):
        [length] = struct.unpack(">I", data[at : at + 4])
        packed += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    rows = zlib.decompress(packed)
    step = 3 * width + 1
    lines = [rows[step * one + 1 : step * (one + 1)] for one in range(height)]
    return (width, height), [line[3 * dot : 3 * dot + 3] for line in lines for dot in range(width)]
