"""Every page in a real browser: nothing leaves, nothing runs that a document says, axe-core finds nothing, keys lead through."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.analyst_tour import STEPS, TASK, UPPER, walk
from tests.views.web.browsing import A4, WIDE, first_sheet, looked, needs_browser, started, violations, written
from tests.views.web.test_pages import HOSTILE, SAMPLE, in_language
from tests.views.web.test_serving import served, told_address

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = [needs_browser, pytest.mark.slow]
# A folder that pictures of all pages are written to, for whoever wants to look at them.
SHOTS = os.environ.get("ZHENGMAI_SCREENSHOTS")
_OF_BOTH = [(name, language) for name in SAMPLE for language in ("zh", "en")]


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_url(sample_store: Path) -> Iterator[str]:
    with served(sample_store) as line:
        yield told_address(line)


@pytest.fixture(scope="module")
def hostile_url(hostile_store: Path) -> Iterator[str]:
    with served(hostile_store) as line:
        yield told_address(line)


@pytest.fixture
def own_url(hostile_store: Path, tmp_path: Path) -> Iterator[str]:
    """Return a server over a graph of this test's own, to be decided on."""
    shutil.copytree(hostile_store, tmp_path / "store")
    with served(tmp_path / "store") as line:
        yield told_address(line)


@pytest.mark.parametrize(("name", "language"), _OF_BOTH)
def test_a_page_asks_nobody_complains_of_nothing_and_is_for_everyone(
    name: str, language: str, chromium: "Browser", sample_url: str
) -> None:
    with looked(chromium, sample_url) as found:
        found.open(in_language(SAMPLE[name], language))
        assert found.faultless, (found.elsewhere, found.complaints)
        assert violations(found) == []
        assert _overflow(found.tab) == 0
        if SHOTS:
            written(Path(SHOTS), f"{name}-{language}-1366.png".replace(" ", "-"), found.tab.screenshot())


@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_fits_a_wide_screen_and_a_sheet(name: str, chromium: "Browser", sample_url: str) -> None:
    with looked(chromium, sample_url, WIDE) as found:
        found.open(SAMPLE[name])
        assert _overflow(found.tab) == 0
        title = found.tab.locator("h1").inner_text()
        printed = found.tab.pdf(prefer_css_page_size=True)
        words, size, sheets = first_sheet(printed)
        assert size == A4
        bare = "".join(words.split())
        # The title and some of the page itself stand on the first sheet.
        assert name == "start" or "".join(title.split())[:12] in bare
        assert len(bare) > len(title) + 40 or sheets == 1
        if SHOTS:
            written(Path(SHOTS), f"{name}-1920.png".replace(" ", "-"), found.tab.screenshot())
            written(Path(SHOTS), f"{name}.pdf".replace(" ", "-"), printed)


def _overflow(tab: "Tab") -> int:
    wider: int = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def test_axe_finds_what_is_wrong(chromium: "Browser", sample_url: str) -> None:
    with looked(chromium, sample_url) as found:
        found.open("/keys")
        found.tab.evaluate("document.querySelector('main').appendChild(document.createElement('input'))")
        assert [rule for rule, _ in violations(found)] == ["label"]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_a_document_says_runs(name: str, chromium: "Browser", hostile_url: str) -> None:
    with looked(chromium, hostile_url) as found:
        found.open(HOSTILE[name])
        found.tab.wait_for_load_state("networkidle")
        assert found.tab.title() != "fired"
        assert found.elsewhere == []
        # A page that is not there says so in the console too.
        assert found.complaints == [] or name == "no such"
        assert violations(found) == []


def test_keys_lead_through_search(chromium: "Browser", sample_url: str) -> None:
    with looked(chromium, sample_url) as found:
        tab = found.open("/").tab
        assert tab.evaluate("document.activeElement.id") == "ask"
        tab.keyboard.press("Escape")
        tab.keyboard.press("/")
        tab.keyboard.type("便民服务中心")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/search?**")
        tab.keyboard.press("j")
        tab.keyboard.press("j")
        tab.keyboard.press("k")
        picked = tab.locator("tr.picked a.hit")
        title = picked.inner_text()
        assert tab.evaluate("document.activeElement.className") == "hit"
        tab.keyboard.press("o")
        tab.wait_for_url("**/task?**")
        assert title in tab.locator("h1").inner_text()
        tab.keyboard.press("?")
        tab.wait_for_url("**/keys**")
        assert found.faultless


def test_everything_is_reached_by_tab(chromium: "Browser", sample_url: str) -> None:
    with looked(chromium, sample_url) as found:
        tab = found.open(SAMPLE["review of one"]).tab
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "main"
        wanted = tab.locator("main button[name=said]").count()
        reached: set[str] = set()
        for _ in range(60):
            tab.keyboard.press("Tab")
            if tab.evaluate("document.activeElement.name") == "said":
                reached.add(tab.evaluate("document.activeElement.value"))
        assert len(reached) == wanted >= 2


def test_keys_lead_through_review(chromium: "Browser", own_url: str) -> None:
    with looked(chromium, own_url) as found:
        pair = "/review?child=city/1.1&parent=province/1.1&by=李岚"
        tab = found.open(pair).tab
        with tab.expect_navigation():
            tab.keyboard.press("y")
        assert "李岚" in tab.locator("table[data-table=decided]").inner_text()
        found.open(pair)
        assert tab.locator(".said.confirmed").count() == 1
        with tab.expect_navigation():
            tab.keyboard.press("u")
        found.open(pair)
        assert tab.locator(".said").count() == 0
        with tab.expect_navigation():
            tab.keyboard.press("n")
        found.open(pair)
        assert tab.locator(".said.rejected").count() == 1
        assert found.faultless


def test_one_key_says_that_two_units_are_one_and_one_takes_it_back(chromium: "Browser", own_url: str) -> None:
    with looked(chromium, own_url) as found:
        search = found.open("/unit?of=澄州市交通运输局").tab
        one = search.locator(".subtitle").inner_text()
        other = found.open("/unit?of=澄州市财政局").tab.locator(".subtitle").inner_text()
        pair = f"/review?what=units&by=李岚&child={one}&parent={other}"
        tab = found.open(pair).tab
        with tab.expect_navigation():
            tab.keyboard.press("s")
        # Already at what comes next: the last word is taken back by one key all the same, and the page goes back to it.
        with tab.expect_navigation():
            tab.keyboard.press("u")
        assert tab.locator(".said").count() == 0
        assert tab.locator("table[data-table=decided]").count() == 0
        assert found.faultless


def test_progress_is_recorded_by_keys_with_the_hash_of_a_file_that_stays(
    chromium: "Browser", own_url: str, tmp_path: Path
) -> None:
    (tmp_path / "现场.jpg").write_bytes(b"photo")
    with looked(chromium, own_url) as found:
        tab = found.open("/task?of=city/2.1").tab
        tab.focus("select[name=status]")
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Tab")
        tab.keyboard.type("60")
        tab.keyboard.press("Tab")
        tab.keyboard.type("李敏")
        tab.keyboard.press("Tab")
        tab.keyboard.type("主体完工")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        tab.set_input_files("#record input[type=file]", tmp_path / "现场.jpg")
        line = f"{hashlib.sha256(b'photo').hexdigest()}  现场.jpg"
        tab.wait_for_function("line => document.querySelector('#record [name=files]').value === line", arg=line)
        with tab.expect_request(lambda asked: asked.method == "POST") as sent, tab.expect_navigation():
            tab.click("#record button[type=submit]")
        assert "photo" not in (sent.value.post_data or "")
        assert found.faultless
        [row] = tab.locator("table[data-table=progress] tbody tr").all_inner_texts()
        for word in ("进行中", "60%", "主体完工", "李敏", "现场.jpg"):
            assert word in row
        assert violations(found) == []
        tab.fill("#record input[name=share]", "160")
        with tab.expect_navigation():
            tab.click("#record button[type=submit]")
        assert "160" in tab.locator("#wrong-share").inner_text()
        assert violations(found) == []


def test_an_analyst_comes_from_a_search_to_a_confirmed_link(
    chromium: "Browser", sample_store: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_store, tmp_path / "store")
    with served(tmp_path / "store") as line, looked(chromium, told_address(line)) as found:
        said = walk(found.tab, told_address(line), tmp_path)
        assert found.faultless, (found.elsewhere, found.complaints)
    assert said.startswith("已由人确认 · 李岚 · ")
    assert "同一中心" in said
    assert {f"tour-{name}.png" for name in STEPS} <= {one.name for one in tmp_path.iterdir()}
    kept = (tmp_path / "store" / "decisions.jsonl").read_text(encoding="utf-8")
    assert (TASK in kept, UPPER in kept) == (True, True)
