"""A real browser for tests: started once, reached by Playwright, kept from every address but the explorer's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.cli.pages import browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog
    from playwright.sync_api import Page as Tab

DESK, WIDE = (1366, 768), (1920, 1080)
"""The screens that pages are looked at on."""
A4 = (595, 842)
"""A sheet in points."""


@dataclass
class Looked:
    """A tab of the browser, what it asked of others, and what it complained of."""

    tab: "Tab"
    base: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> "Looked":
        """Open an address of the explorer."""
        self.tab.goto(self.base + quote(address.lstrip("/"), safe="/?=&:;-%<>'\"()!"))
        return self

    @property
    def faultless(self) -> bool:
        """Whether nothing was asked of others or complained of."""
        return not self.elsewhere and not self.complaints


def skip_reason() -> str | None:
    """Return why there is no browser to test in, None where there is one."""
    if browser() is None:
        return "no browser of the Chromium family is installed"
    try:
        import axe_playwright_python
        import playwright
    except ImportError as error:
        return f"{error.name} is not installed"
    assert axe_playwright_python
    assert playwright
    return None


needs_browser = pytest.mark.skipif(skip_reason() is not None, reason=skip_reason() or "-")


@contextmanager
def started() -> Iterator["Browser"]:
    """Yield a browser without a screen; it knows no name but this machine's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=browser(),
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def looked(opened: "Browser", address: str, screen: tuple[int, int] = DESK) -> Iterator[Looked]:
    """Yield a tab on a screen of that size, which has no memory of other tabs; of an address with a token it may write."""
    context = opened.new_context(viewport={"width": screen[0], "height": screen[1]}, accept_downloads=True)
    tab = context.new_page()
    base = address.partition("?")[0]
    if base != address:
        tab.goto(address)
    found = Looked(tab, base)
    tab.on("console", lambda message: found.complaints.append(message.text))
    tab.on("pageerror", lambda error: found.complaints.append(str(error)))
    tab.on("dialog", lambda dialog: _dismissed(dialog, found.complaints))
    own = (base, "data:")
    tab.on("request", lambda asked: None if asked.url.startswith(own) else found.elsewhere.append(asked.url))
    try:
        yield found
    finally:
        context.close()


def _dismissed(dialog: "Dialog", complaints: list[str]) -> None:
    complaints.append(dialog.message)
    dialog.dismiss()


def violations(found: Looked) -> list[tuple[str, list[str]]]:
    """Return the rules of axe-core that a page breaks, each with the elements that break it."""
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(found.tab).response
    assert len(answer["passes"]) > 5, "axe looked at nothing"
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in answer["violations"]]


def first_sheet(printed: bytes) -> tuple[str, tuple[int, int], int]:
    """Return the words of the first sheet of a printed page, its size in points, and how many sheets there are."""
    import pypdfium2

    book = pypdfium2.PdfDocument(printed)
    try:
        sheet = book[0]
        width, height = sheet.get_size()
        words = sheet.get_textpage().get_text_bounded()
        return words, (round(width), round(height)), len(book)
    finally:
        book.close()


def written(folder: Path, name: str, data: bytes) -> Path:
    """Write bytes to a file of a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name
