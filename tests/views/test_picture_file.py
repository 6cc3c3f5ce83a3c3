import base64
import hashlib
import html as entities
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from graph.errors import UsageError
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store
from graph.store.protocol import Store
from queries.faults import UnknownNameError
from tests.cli.pages import Page, browser, made, opened, parsed, with_script
from tests.factories import TEXTS
from tests.made import make_store
from tests.queries.summary import with_summary
from tests.shared import ROOT
from tests.sources import named
from views import picture_file
from views.cards import STYLES
from views.cascade_payload import SAID
from views.page_payload import COLOURS, LINES, TINTS, TOGETHER
from views.picture_file import HARD_CARDS, SOFT_CARDS, VIS_SHA256, Summary, embedded, page, write_cascade
from views.picture_records import DrawnLink
from views.picture_words import WORDS, Words

SCRIPT, STYLE = named("cascade.js"), named("cascade.css")
Drawn = Callable[..., Page]


@pytest.fixture(scope="module")
def summary_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    snapshot = Snapshot.of_rows(with_summary(), rules="test")
    with open_store(make_store(tmp_path_factory.mktemp("picture-summary") / "store", snapshot)) as found:
        yield found


@pytest.fixture
def store(drawn_store: Store) -> Store:
    return drawn_store


@pytest.fixture
def hostile(hostile_words: Store) -> Store:
    return hostile_words


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    def write(store: Store, of: str = "lanjiang", **more: Any) -> Page:  # noqa: ANN401
        write_cascade(store, of, tmp_path / "picture.html", **more)
        return parsed((tmp_path / "picture.html").read_text(encoding="utf-8"))

    return write


# -- the file


def test_a_page_refers_to_nothing_outside(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    for tag, attributes in found.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "source")
        for name in ("src", "href", "action", "data", "srcset", "poster", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#")
    assert not re.search(r"url\(|@import|expression", found.style)
    assert all("sourceMappingURL" not in script and "import(" not in script for script in found.run)
    assert [one.get("lang") for tag, one in found.tags if tag == "html"] == ["zh-CN"]
    assert ("meta", {"charset": "utf-8"}) in found.tags


def test_a_page_is_utf8_with_plain_line_ends(store: Store, tmp_path: Path) -> None:
    summary = write_cascade(store, "lanjiang", tmp_path / "a.html")
    raw = (tmp_path / "a.html").read_bytes()
    raw.decode("utf-8")
    assert b"\r" not in raw
    assert raw.startswith(b"<!DOCTYPE html>")
    assert summary == Summary(tasks=8, links=4, pictures=3, folded=0, notes=())
    write_cascade(store, "lanjiang", tmp_path / "b.html")
    assert (tmp_path / "b.html").read_bytes() == raw


def test_the_policy_allows_just_the_scripts_of_the_page(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    assert len(found.run) == 2
    hashes = {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in found.run}
    assert set(re.findall(r"'sha256-([^']+)'", found.policy)) == hashes
    assert found.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in found.policy.split("style-src")[0]
    assert "unsafe-eval" not in found.policy
    assert all(not name.startswith("on") for _, one in found.tags for name in one)


def test_the_data_of_a_page_comes_back_as_it_was(store: Store, drawn: Drawn) -> None:
    data = drawn(store).data
    assert set(data["tasks"]) == {node["id"] for view in data["views"] for node in view["nodes"]}
    whole = data["views"][0]
    assert {(edge["from"], edge["to"], edge["label"]) for edge in whole["edges"]} == {
        ("lanjiang/1.1", "chengzhou/1.1", "改编"),
        ("lanjiang/2.3", "chengzhou/2.2", "部分 0.74？"),
        ("chengzhou/1.1", "yunxi/1.1", "改编"),
        ("chengzhou/2.2", "yunxi/2.2", "改编 0.66？"),
    }
    assert all(node["physics"] is False and node["shape"] == "custom" for node in whole["nodes"])
    value = {"a": "</script><!--<script>\u2028\u2029&", "b": [1.5, None, True]}
    assert json.loads(embedded(value)) == value
    assert not set("<\u2028\u2029") & set(embedded(value))


def test_hostile_text_stays_text(hostile: Store, drawn: Drawn) -> None:
    for language in ("zh", "en"):
        found = drawn(hostile, language=language)
        assert [tag for tag, _ in found.tags].count("script") == 3
        assert not [tag for tag, _ in found.tags if tag in ("img", "b", "iframe")] or all(
            "onerror" not in one for _, one in found.tags
        )
        assert all(not name.startswith("on") for _, one in found.tags for name in one)
        assert {tag for tag, one in found.tags if tag == "svg" and "onload" in one} == set()
        assert "{{ 7 * 7 }}" in found.words
        assert "49" not in [one.strip() for one in found.text]
        # What turns the writing round or breaks lines is blank in headings, and kept in quotes.
        titles = [task["title"] for task in found.data["tasks"].values()]
        assert not any(char in title for title in titles for char in "\u202e\u2028\u2029")


def test_an_own_script_never_makes_html_of_text() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    for banned in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch("):
        assert banned not in script
    assert "</script" not in script.lower()


NEWER_THAN_CHROME_90 = (
    r"\.at\(",
    r"Object\.hasOwn\(",
    "structuredClone",
    r"\.toSorted",
    r"\.toReversed",
    r"\.findLast",
    r"\.replaceAll\(",
    r"\?\?",
    r"\?\.",
    r"^\s*import ",
    "showPopover",
    r"\.group\(",
    r"#[a-z]+ in ",
)


def test_old_browsers_read_the_page() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    style = STYLE.read_text(encoding="utf-8")
    for banned in NEWER_THAN_CHROME_90:
        assert not re.search(banned, script, re.MULTILINE), banned
    for banned in (":has(", "@container", "&:", "& ", "dvh", "color-mix", "@layer", ":is("):
        assert banned not in style, banned
    for name in ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"):
        assert name in style
        assert name in script


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine to parse the script")
def test_the_script_parses() -> None:
    subprocess.run(["node", "--check", str(SCRIPT)], check=True, timeout=60)


# -- vis-network


def test_vis_network_is_the_one_on_record() -> None:
    found = picture_file._vis_file()
    if found is None or picture_file.VIS_VERSION not in str(found):
        pytest.skip("the installed pyvis carries another vis-network")
    assert hashlib.sha256(found.read_bytes()).hexdigest() == VIS_SHA256
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert f"vis-network {picture_file.VIS_VERSION}" in notice


@pytest.fixture
def another_vis(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path | None], None]]:
    def use(path: Path | None) -> None:
        picture_file._vis.cache_clear()
        monkeypatch.setattr(picture_file, "_vis_file", lambda: path)

    yield use
    picture_file._vis.cache_clear()


def test_another_vis_network_is_used_and_said(
    store: Store, drawn: Drawn, another_vis: Callable[[Path | None], None], tmp_path: Path
) -> None:
    (tmp_path / "vis-network.min.js").write_text('"use strict";\r\n//# sourceMappingURL=x.map\r\n', encoding="utf-8")
    another_vis(tmp_path / "vis-network.min.js")
    found = drawn(store)
    assert "不一致" in found.words
    assert found.run[0] == '"use strict";\n'
    assert base64.b64encode(hashlib.sha256(found.run[0].encode()).digest()).decode() in found.policy


@pytest.mark.parametrize("broken", [None, "var a = '</script>';"])
def test_without_vis_network_the_tree_says_it_all(
    store: Store, drawn: Drawn, another_vis: Callable[[Path | None], None], tmp_path: Path, broken: str | None
) -> None:
    if broken:
        (tmp_path / "vis-network.min.js").write_text(broken, encoding="utf-8")
    another_vis(tmp_path / "vis-network.min.js" if broken else None)
    found = drawn(store)
    assert "本机没有 vis-network" in found.words
    assert "main" not in [tag for tag, _ in found.tags]
    assert "更新老旧管网" in found.words


# -- what it says


def test_lanes_are_levels(store: Store, drawn: Drawn) -> None:
    view = drawn(store).data["views"][0]
    assert [lane["level"] for lane in view["columns"]] == ["province", "city", "county"]
    assert [lane["title"].split(" · ")[0] for lane in view["columns"]] == ["省级", "市级", "县级"]
    x = {lane["level"]: lane["x"] for lane in view["columns"]}
    levels = {"lanjiang": "province", "chengzhou": "city", "yunxi": "county"}
    assert all(node["x"] == x[levels[node["id"].split("/")[0]]] for node in view["nodes"])


def test_cards_say_place_title_units_and_deadline(store: Store, drawn: Drawn) -> None:
    card = drawn(store).data["tasks"]["yunxi/1.1"]
    assert (card["levelWord"], card["place"], card["path"]) == ("县级", "云溪区", "1.1")
    said = [text for _, text, _ in card["lines"]]
    assert said[0] == "划定水源保护区"
    assert "牵头：区水利局" in said
    assert "配合：各镇（街道）" in said
    assert "时限：2022年9月底前（至2022-09-30）" in "".join(said)
    assert "时限晚于上级" in said
    assert "目标时限晚于上级" in said


def test_what_is_not_taken_up_added_or_unknown_is_said_in_words(
    store: Store, summary_store: Store, drawn: Drawn
) -> None:
    found = drawn(store)
    cards = found.data["tasks"]
    assert ["missing", "⚠ 未见承接：澄州市"] in [line[:2] for line in cards["lanjiang/1.2"]["lines"]]
    assert cards["lanjiang/1.2"]["state"] == "missing"
    assert cards["lanjiang/1.1"]["state"] == "plain"
    assert "⚠ 未见承接：澄州市（下级文件已全文入库，其中未见对应任务）" in found.words

    found = drawn(summary_store, "lan")
    cards = found.data["tasks"]
    told = {key: [text for _, text, _ in card["lines"]] for key, card in cards.items()}
    assert any(text.startswith("？无法判断：") for text in told["lan/2.1"])
    assert "下级文件未全文入库" in found.words
    assert "＋ 本级新增" in told["cheng/2.9"]
    assert cards["cheng/2.9"]["state"] == "added"
    assert any("无法判断是否新增" in text for text in told["shi/1.2"])
    assert cards["shi/1.2"]["state"] == "unsure"
    assert "越级对应" in told["yun/1.2"]
    labels = {(edge["from"], edge["to"]): edge["label"] for edge in found.data["views"][0]["edges"]}
    assert labels["lan/2.2", "yun/1.2"] == "同·越级"
    for words in ("本级新增", "无法判断是否新增", "越级", "未见承接", "无法判断"):
        assert words in found.words


def test_every_quote_stands_where_it_is_said_to(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    data = found.data
    quotes = [one for task in data["tasks"].values() for one in task["quotes"]]
    quotes += [one for link in data["links"] for one in (*link["above"], *link["below"])]
    assert len(quotes) > 30
    for _, place, text, _ in quotes:
        match = re.fullmatch(r"(\w+) 第(\d+)–(\d+)字", place)
        assert match
        assert TEXTS[match[1]][int(match[2]) : int(match[3])] == text
        assert " ".join(text.split()) in found.words
    assert all(link["above"] and link["below"] for link in data["links"])


def test_the_tree_lists_what_the_picture_shows(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    listed = [one["data-task"] for tag, one in found.tags if "data-task" in one]
    assert sorted(str(one) for one in listed) == sorted(found.data["tasks"])
    anchors = {one.get("id") for _, one in found.tags}
    assert all(task["anchor"] in anchors for task in found.data["tasks"].values())
    assert [tag for tag, _ in found.tags].count("details") > len(listed)


def test_counts_stand_on_top_and_over_lanes(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    for said in ("省级 3项", "市级 2项", "县级 3项", "改编 ", "部分 1", "未见承接 ", "本级新增"):
        assert said in found.words.replace("无法判断是否新增", "本级新增")
    lanes = found.data["views"][0]["columns"]
    assert lanes[0]["title"] == "省级 · 3项"
    assert "其下未见承接 1项" in lanes[0]["said"]


def test_one_theme_alone(store: Store, drawn: Drawn) -> None:
    found = drawn(store, theme="方便群众")
    assert [view["name"] for view in found.data["views"]] == ["方便群众"]
    assert set(found.data["tasks"]) == {"lanjiang/2.3", "chengzhou/2.2", "yunxi/2.2", "yunxi/2.3"}
    with pytest.raises(UnknownNameError):
        drawn(store, theme="没有这个主题")


def test_one_task_alone(store: Store, drawn: Drawn) -> None:
    found = drawn(store, "lanjiang/2.3")
    assert set(found.data["tasks"]) == {"lanjiang/2.3", "chengzhou/2.2", "yunxi/2.2"}
    assert "用水报装网上办" in next(text for text in found.text if "任务承接图" in text)


def test_english(store: Store, drawn: Drawn) -> None:
    found = drawn(store, language="en")
    assert [one.get("lang") for tag, one in found.tags if tag == "html"] == ["en"]
    assert "⚠ Not taken up: 澄州市" in found.words
    own = re.sub(r"[^一-鿿]", "", " ".join(WORDS["en"].values()))
    assert own == ""
    assert set(WORDS["zh"]) == set(WORDS["en"])


# -- how much


def test_a_page_of_many_cards_goes_theme_by_theme() -> None:
    html, summary = page(made(12, 2, 3, themes=3), Words("zh"))
    data = parsed(html).data
    assert summary.tasks > TOGETHER
    assert [view["name"] for view in data["views"]] == ["全部主题", "主题0", "主题1", "主题2"]
    assert data["start"] == 1
    assert f"任务超过 {TOGETHER} 项" in parsed(html).words


@pytest.mark.parametrize(
    ("size", "most"), [((4, 6, 5), 60), ((3, 4, 9), 40), ((90, 0, 0), 30), ((5, 5, 5), 5), ((2, 2, 2), 1)]
)
def test_what_there_is_no_room_for_is_folded_and_counted(size: tuple[int, int, int], most: int) -> None:
    cascade = made(*size)
    html, summary = page(cascade, Words("zh"), most)
    view = parsed(html).data["views"][0]
    assert len(view["nodes"]) <= most
    folded = [task for fold in view["folds"].values() for task in fold["folded"]]
    shown = [node["id"] for node in view["nodes"] if node["id"] in cascade.cards]
    assert sorted(folded + shown) == sorted(cascade.cards)
    assert summary.folded == len(folded) == view["folded"] > 0
    assert view["tasks"] == len(cascade.cards)
    assert all("已折叠" in fold["title"] for fold in view["folds"].values())
    ends = {node["id"] for node in view["nodes"]}
    assert all(edge["from"] in ends and edge["to"] in ends for edge in view["edges"])
    # The tree still has them all.
    assert len(re.findall(r"data-task=", html)) >= len(cascade.cards)


def test_limits(store: Store, tmp_path: Path) -> None:
    for most in (0, HARD_CARDS + 1):
        with pytest.raises(UsageError, match=str(HARD_CARDS)):
            write_cascade(store, "lanjiang", tmp_path / "a.html", most=most)
    html, summary = page(made(25, 3, 4), Words("zh"), HARD_CARDS)
    assert "note.many" in summary.notes
    assert f"超过 {SOFT_CARDS} 张卡片" in html
    html, summary = page(made(30, 9, 9), Words("zh"), 60)
    assert "note.tree" in summary.notes
    assert f"只列出前 {HARD_CARDS} 项" in html
    assert html.count("data-task=") == HARD_CARDS


def test_nothing_to_draw() -> None:
    html, summary = page(made(0, 0, 0, themes=1), Words("zh"))
    assert summary.pictures == 0
    assert "没有可画的任务" in html


# -- seen


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast() -> None:
    fills = ["#ffffff", *re.findall(r'fill: "(#\w{6})"', SCRIPT.read_text(encoding="utf-8"))]
    for name, style in STYLES.items():
        for behind in [style.tint] if style.tint else fills:
            assert _contrast(style.colour, behind) >= 4.5, name
    for level, colour in COLOURS.items():
        assert _contrast(colour, "#ffffff") >= 4.5, level
        assert _contrast("#a31515", TINTS[level]) >= 4.5
    for kind, look in LINES.items():
        assert _contrast(look["colour"], "#ffffff") >= 4.5, kind
    css = STYLE.read_text(encoding="utf-8")
    for rule in re.findall(r"\{([^{}]*)\}", css):
        front = re.search(r"(?<![\w-])color: (#\w{3,6})", rule)
        behind = re.search(r"background: (#\w{3,6})", rule)
        if front:
            pair = [
                one if len(one) == 7 else "#" + "".join(char * 2 for char in one[1:])
                for one in (front[1], behind[1] if behind else "#fff")
            ]
            assert _contrast(*pair) >= 4.5, rule


def test_relations_differ_in_more_than_colour() -> None:
    looks = [(look["width"], str(look["dashes"])) for kind, look in LINES.items() if kind != "several"]
    assert len(set(looks)) == len(LINES) - 1


def test_a_doubtful_link_looks_doubtful(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    weak = {edge["to"]: edge["weak"] for edge in found.data["views"][0]["edges"]}
    assert weak == {"chengzhou/1.1": False, "yunxi/1.1": False, "chengzhou/2.2": True, "yunxi/2.2": True}
    for look in LINES.values():
        drawn_so = (found.data["weak"]["width"], found.data["weak"]["dashes"])
        assert drawn_so != (look["width"], look["dashes"])
        assert drawn_so[0] < look["width"]
    assert "点线：把握不大" in found.words
    assert "把握不大 2条" in found.words
    assert "改编 0.66？" in found.words, "the tree says it too"


def test_what_a_person_confirmed_is_not_doubtful() -> None:
    link = DrawnLink(parent="a/1", child="b/1", relation="partial", score=0.4)
    assert link.weak
    assert not replace(link, confirmed=True).weak
    assert not replace(link, score=0.9).weak


def test_the_page_of_a_policy_that_is_only_cited(summary_store: Store, drawn: Drawn) -> None:
    found = drawn(summary_store, "朔政发〔2024〕4号")
    assert set(found.data["tasks"]) == {"shi/1.1", "shi/1.2"}
    assert "朔政发〔2024〕4号 本身未载入；贯彻它的文件：shi。" in found.words
    assert "朔原市便民服务实施方案" in found.words


def test_where_nothing_is_linked_the_page_says_so(tmp_path: Path) -> None:
    rows = with_summary()
    rows["DERIVES_FROM"] = [row for row in rows["DERIVES_FROM"] if not row["source"].startswith("cheng/")]
    with open_store(make_store(tmp_path / "store", Snapshot.of_rows(rows, rules="test"))) as store:
        write_cascade(store, "lan", tmp_path / "a.html")
    found = parsed((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert "澄政发〔2024〕2号 与 澜政发〔2024〕1号 之间没有任何任务对应" in found.words
    assert "澄州市（两文件之间没有任何任务对应）" in found.words
    assert "与上级文件之间没有任何任务对应" in found.words


needs_browser = pytest.mark.skipif(browser() is None, reason="no Chromium on this machine to open the page with")


@needs_browser
def test_a_browser_draws_the_page(store: Store, tmp_path: Path) -> None:
    write_cascade(store, "lanjiang", tmp_path / "a.html")
    dom, complaints = opened(tmp_path / "a.html", tmp_path / "profile")
    assert complaints == ""
    found = parsed(dom)
    assert ("html", {"lang": "zh-CN", "class": "scripted mapped"}) in [
        (tag, {**one, "class": (one.get("class") or "").strip()}) for tag, one in found.tags
    ]
    assert [one["class"] for tag, one in found.tags if one.get("class") == "lane"] == ["lane"] * 3
    assert any(tag == "canvas" for tag, _ in found.tags)


@needs_browser
def test_a_browser_takes_hostile_text_for_text(hostile: Store, tmp_path: Path) -> None:
    """Every card is opened in the panel; none of the text of documents runs, and the policy would not let it."""
    write_cascade(hostile, "lanjiang", tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    script = (
        "window.addEventListener('load', function () { setTimeout(function () {"
        "var all = document.querySelectorAll('[data-task]'), texts = [];"
        "Array.prototype.forEach.call(all, function (one) { one.click();"
        "texts.push(document.querySelector('#panel h2').textContent); });"
        "document.body.setAttribute('data-opened', JSON.stringify(texts)); }, 200); });"
    )
    (tmp_path / "b.html").write_text(with_script(html, script, parsed(html).policy), encoding="utf-8", newline="\n")
    dom, complaints = opened(tmp_path / "b.html", tmp_path / "profile")
    assert complaints == ""
    found = parsed(dom)
    texts = json.loads(next(one["data-opened"] or "" for tag, one in found.tags if tag == "body"))
    assert len(texts) == 8
    assert any("</script>" in text for text in texts)
    assert not any(tag in ("img",) or "onload" in one or "onerror" in one for tag, one in found.tags)
    title = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
    assert title
    assert "任务承接图" in entities.unescape(title[1])


@needs_browser
@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("find", "YUNXI/1.1", {"yunxi/1.1"}), ("unit", "区水利局", {"yunxi/1.1"}), ("state", "missing", {"lanjiang/1.2"})],
)
def test_what_is_looked_for_stays_in_the_tree(
    field: str, value: str, kept: set[str], store: Store, tmp_path: Path
) -> None:
    write_cascade(store, "lanjiang", tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    script = (
        f"var field = document.getElementById('choose-{field}'); field.value = {json.dumps(value)};"
        "field.dispatchEvent(new Event('input'));"
        "document.body.setAttribute('data-found', document.getElementById('choose-found').textContent);"
    )
    (tmp_path / "b.html").write_text(with_script(html, script, parsed(html).policy), encoding="utf-8", newline="\n")
    dom, complaints = opened(tmp_path / "b.html", tmp_path / "profile")
    assert complaints == ""
    found: Any = lxml_html.fromstring(dom)
    assert found.xpath("//body/@data-found") == [f"{len(kept)} 项符合"]
    shown = {
        one.get("data-task")
        for one in found.xpath("//button[@data-task]")
        if not one.xpath("ancestor::li[contains(@class, 'gone')]")
    }
    # What stands above a match stays too.
    assert kept <= shown < set(parsed(html).data["tasks"])


def test_themes_have_strips_that_add_up(store: Store, drawn: Drawn) -> None:
    found = drawn(store)
    shares: list[list[int]] = []
    for tag, one in found.tags:
        if tag == "span" and one.get("class") == "strip":
            shares.append([])
        elif shares and tag == "span" and (one.get("style") or "").startswith("width: "):
            shares[-1].append(int(re.sub(r"\D", "", one["style"] or "")))
    assert len(shares) == len(found.data["views"]) > 2
    assert all(abs(sum(one) - 100) <= 2 for one in shares)
    assert "未见承接 1" in found.words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_can_say_every_note_of_a_cascade_that_it_repeats(language: str) -> None:
    words = WORDS[language]
    assert {f"note.{code}" for code in SAID} <= words.keys()


def test_a_picture_says_what_is_held_as_a_summary_only(tmp_path: Path) -> None:
    root = make_store(tmp_path / "store", Snapshot.of_rows(with_summary(), rules="test"))
    with open_store(root) as store:
        write_cascade(store, "chuan", tmp_path / "c.html", language="en")
    assert "岚政发〔2024〕3号 is held as a summary only" in (tmp_path / "c.html").read_text(encoding="utf-8")
