"""An analyst's task in a real browser, from a search to a confirmed link: `python -m benchmarks.analyst_tour docs/img`.

It builds the sample, serves it, and does what docs/tour.md tells, step by step, with a picture of each step. Playwright and a
browser of the Chromium family are needed.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.ingest.graph_build import build
from tests.shared import ROOT
from tests.views.web.browsing import looked, skip_reason, started
from tests.views.web.test_serving import served, told_address

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

DAY = "2026-06-01"
"""The day that counts as today, so that the pictures say the same whenever they are made."""
SEARCHED, TASK, UPPER = "便民服务中心", "yunxi/2.1.2", "chengzhou/2.1.2"
Step = Callable[["Tab"], None]


def _start(tab: "Tab") -> None:
    tab.fill("#ask", SEARCHED)


def _search(tab: "Tab") -> None:
    with tab.expect_navigation():
        tab.press("#ask", "Enter")
    with tab.expect_navigation():
        tab.click(".facet a[href*='level=county']")


def _task(tab: "Tab") -> None:
    with tab.expect_navigation():
        tab.click(f"a.hit[href*='of={TASK}&']")


def _why(tab: "Tab") -> None:
    link = tab.locator("article.link", has_text=UPPER).first
    link.locator("summary").click()
    link.scroll_into_view_if_needed()
    tab.evaluate("window.scrollBy(0, 330)")


def _confirm(tab: "Tab") -> None:
    link = tab.locator("article.link", has_text=UPPER).first
    link.locator("input[name=by]").fill("李岚")
    link.locator("input[name=why]").fill("同一中心，同一批标准")
    with tab.expect_navigation():
        link.locator("button[value=yes]").click()
    tab.locator("article.link", has_text=UPPER).first.scroll_into_view_if_needed()
    tab.evaluate("window.scrollBy(0, 330)")


def _cascade(tab: "Tab") -> None:
    tab.evaluate("window.scrollTo(0, 0)")
    with tab.expect_navigation():
        tab.click(".crumbs a[href^='/family']")
    # The graph is built anew behind the decision.
    while tab.locator(".note.busy").count():
        tab.wait_for_timeout(200)
        tab.reload()


STEPS: dict[str, Step] = {
    "search": _start,
    "found": _search,
    "task": _task,
    "why": _why,
    "confirmed": _confirm,
    "cascade": _cascade,
}
"""What is done, step by step; each has a picture `tour-NAME.png`."""


def walk(tab: "Tab", url: str, folder: Path) -> str:
    """Do the task, write a picture of each step into a folder, and return what the page says of the link that was confirmed.

    `url` is the address that the server said, with the token for writing.
    """
    tab.goto(f"{url}&today={DAY}")
    said = ""
    for name, step in STEPS.items():
        step(tab)
        tab.wait_for_load_state()
        if name == "confirmed":
            said = tab.locator("article.link", has_text=UPPER).first.locator(".said").inner_text()
        tab.screenshot(path=folder / f"tour-{name}.png")
    return said


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    if reason := skip_reason():
        raise SystemExit(f"no pictures: {reason}")
    with tempfile.TemporaryDirectory() as scratch:
        build([ROOT / "samples" / "lanjiang"], Path(scratch) / "store", jobs=1)
        with (
            served(Path(scratch) / "store") as line,
            started() as chromium,
            looked(chromium, told_address(line)) as found,
        ):
            found.open(f"/family?of=province&today={DAY}")
            found.tab.screenshot(path=folder / "explorer.png")
            print(walk(found.tab, told_address(line), folder))


if __name__ == "__main__":
    main()
