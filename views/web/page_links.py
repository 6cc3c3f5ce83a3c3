"""Addresses of pages: all that a page shows stands in its address, which can be kept and handed on."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

# What goes along from page to page.
KEPT = ("lang", "today", "by")
_PAGE_OF = {
    "task": "task",
    "document": "document",
    "policy": "family",
    "unit": "unit",
    "theme": "theme",
    "place": "place",
}


def address(page: str, values: Mapping[str, object | None], kind: str | None = None, anchor: str = "") -> str:
    """Return the address of a page, or of the file of a `kind` (json, csv, xlsx) with what it shows.

    >>> address("task", {"of": "yunxi/2.1", "lang": None}), address("start", {}, "json")
    ('/task?of=yunxi/2.1', '/start.json')
    """
    path = "/" if page == "start" and kind is None else f"/{page}" + (f".{kind}" if kind else "")
    given = {name: str(value) for name, value in values.items() if value not in (None, "")}
    query = urlencode(given, safe="/:", quote_via=quote)
    return path + (f"?{query}" if query else "") + (f"#{quote(anchor)}" if anchor else "")


class PageLinks:
    """Makes addresses that keep the language, the day that counts as today, and the reader's name."""

    def __init__(self, page: str, values: Mapping[str, str]) -> None:
        """Stand at a page that was asked with `values`."""
        self.page, self.values = page, dict(values)
        self._kept = {name: values[name] for name in KEPT if values.get(name)}

    def to(self, page: str, /, anchor: str = "", **values: object) -> str:
        """Return the address of another page."""
        return address(page, values | self._kept, anchor=anchor)

    def here(self, kind: str | None = None, /, anchor: str = "", **values: object) -> str:
        """Return the address of this page with some words changed, or of a file of it; None takes a word away."""
        return address(self.page, self.values | values, kind, anchor)

    def thing(self, kind: str, key: object) -> str:
        """Return the address of the page of a thing: a task, a document, a policy, a unit, a theme, a place."""
        return self.to(_PAGE_OF[kind], of=key)

    def place(self, document: object, start: object, end: object) -> str:
        """Return the address of some words of a document."""
        return self.to("document", anchor="at", of=document, at=f"{start}-{end}")


def local_path(given: str | None) -> str:
    r"""Return an address of ours to go back to; the first page where it is one of somebody else, or none.

    >>> local_path("/task?of=a"), local_path("//elsewhere.example"), local_path("/\\elsewhere.example")
    ('/task?of=a', '/', '/')
    """
    path = given or "/"
    safe = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if safe else "/"
