"""Every picture's page in a real browser: on a desk's screen, a wide one and on paper; by keys; by the rules of axe-core."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.store.protocol import Store
from tests.views.drawings.test_pictures import DAY, OF
from tests.views.web.browsing import DESK, WIDE, looked, needs_browser, started, violations
from views.drawings.picture_making import PictureWish, draw

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(sample_graph: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {kind: folder / f"{kind}.html" for kind in OF}
    for kind, path in made.items():
        draw(sample_graph, PictureWish(kind=kind, of=OF[kind], today=DAY), path)
    return made


@pytest.mark.parametrize("kind", OF)
def test_a_page_asks_for_nothing_and_breaks_no_rule(kind: str, chromium: "Browser", pages: dict[str, Path]) -> None:
    with looked(chromium, pages[kind].as_uri(), DESK) as found:
        found.open("")
        assert found.faultless, (found.elsewhere, found.complaints)
        # Most of the screen is for the picture, which is no wider than it.
        assert found.tab.evaluate("document.querySelector('header').offsetHeight") <= 170
        for wide, high in (DESK, WIDE):
            found.tab.set_viewport_size({"width": wide, "height": high})
            assert found.tab.evaluate("document.documentElement.scrollWidth") <= wide
        assert violations(found) == []


@pytest.mark.parametrize("kind", OF)
def test_no_sheet_of_paper_is_empty(kind: str, chromium: "Browser", pages: dict[str, Path]) -> None:
    import pypdfium2

    with looked(chromium, pages[kind].as_uri(), DESK) as found:
        printed = pypdfium2.PdfDocument(found.open("").tab.pdf(format="A4", print_background=True))
    sheets = [printed[at].render(scale=0.3).to_pil().convert("L") for at in range(len(printed))]
    for at, sheet in enumerate(sheets):
        dark = sum(sheet.histogram()[:235]) / (sheet.width * sheet.height)
        assert dark > 0.004, f"sheet {at + 1} of {len(sheets)} is empty"
    # The picture begins on the first sheet, below the heading.
    lower = sheets[0].crop((0, sheets[0].height // 3, sheets[0].width, sheets[0].height))
    assert sum(lower.histogram()[:235]) > 200


def test_finding_and_choosing(chromium: "Browser", pages: dict[str, Path]) -> None:
    with looked(chromium, pages["matrix"].as_uri(), DESK) as found:
        tab = found.open("").tab
        tab.select_option("#state", "not_found")
        count, whole = (int(one) for one in tab.inner_text("#found").split()[::2][:2])
        assert count == tab.locator(".grid .mark[data-state=not_found]").count() < whole
        assert tab.locator(".grid tr.row.gone").count() > 0
        tab.click("#reset")
        assert tab.inner_text("#found") == ""
        tab.fill("#find", "连心站")
        assert tab.locator(".grid tr.row:not(.gone)").count() < tab.locator(".grid tr.row").count()
        assert tab.locator("#rows tbody tr:not(.gone)").count() < tab.locator("#rows tbody tr").count()
