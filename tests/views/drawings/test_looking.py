"""Every picture's page in a real browser: on a desk's screen, a wide one and on paper; by keys; by the rules of axe-core."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.store.protocol import Store
from tests.cli.pages import browser
from tests.views.drawings.test_pictures import DAY, OF
from views.drawings.picture_making import PictureWish, draw

driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.skipif(browser() is None, reason="no browser of the Chromium family is installed")

DESK, WIDE = (1366, 768), (1920, 1080)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=browser(), args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(sample_graph: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {kind: folder / f"{kind}.html" for kind in OF}
    for kind, path in made.items():
        draw(sample_graph, PictureWish(kind=kind, of=OF[kind], today=DAY), path)
    return made


@pytest.mark.parametrize("kind", OF)
def test_a_page_asks_for_nothing_and_breaks_no_rule(kind: str, chromium: Any, pages: dict[str, Path]) -> None:  # noqa: ANN401
    context = chromium.new_context(viewport={"width": DESK[0], "height": DESK[1]}, bypass_csp=True)
    try:
        tab, said, asked = context.new_page(), [], []
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(pages[kind].as_uri())
        assert (said, asked) == ([], [pages[kind].as_uri()])
        # Most of the screen is for the picture, which is no wider than it.
        assert tab.evaluate("document.querySelector('header').offsetHeight") <= 170
        for wide, high in (DESK, WIDE):
            tab.set_viewport_size({"width": wide, "height": high})
            assert tab.evaluate("document.documentElement.scrollWidth") <= wide
        answer = axe.Axe().run(tab).response
        assert len(answer["passes"]) > 20
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in answer["violations"]] == []
    finally:
        context.close()


@pytest.mark.parametrize("kind", OF)
def test_the_first_sheet_has_the_picture(kind: str, chromium: Any, pages: dict[str, Path]) -> None:  # noqa: ANN401
    import pypdfium2

    tab = chromium.new_page()
    try:
        tab.goto(pages[kind].as_uri())
        printed = pypdfium2.PdfDocument(tab.pdf(format="A4", print_background=True))
    finally:
        tab.close()
    for at in range(len(printed)):
        sheet = printed[at].render(scale=0.3).to_pil().convert("L")
        dark = sum(sheet.histogram()[:235]) / (sheet.width * sheet.height)
        assert dark > 0.004, f"sheet {at + 1} of {len(printed)} is empty"
    first = printed[0].render(scale=0.3).to_pil().convert("L")
    lower = first.crop((0, first.height // 3, first.width, first.height))
    assert sum(lower.histogram()[:235]) > 200


def test_finding_and_choosing_by_keys(chromium: Any, pages: dict[str, Path]) -> None:  # noqa: ANN401
    tab = chromium.new_page()
    try:
        tab.goto(pages["matrix"].as_uri())
        tab.focus("#state")
        tab.select_option("#state", "not_found")
        found, whole = (int(one) for one in tab.inner_text("#found").split()[::2][:2])
        assert found == tab.locator(".grid .mark[data-state=not_found]").count() < whole
        assert tab.locator(".grid tr.row.gone").count() > 0
        tab.click("#reset")
        assert tab.inner_text("#found") == ""
        tab.fill("#find", "连心站")
        assert tab.locator(".grid tr.row:not(.gone)").count() < tab.locator(".grid tr.row").count()
        assert tab.locator("#rows tbody tr:not(.gone)").count() < tab.locator("#rows tbody tr").count()
    finally:
        tab.close()
