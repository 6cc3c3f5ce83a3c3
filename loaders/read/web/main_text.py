"""Which part of a web page is its main text: a known container of official sites, else what readability finds."""

import logging
import re
from bisect import bisect_left
from collections.abc import Sequence

import lxml.html
from lxml import etree
from readability import Document as Readability

from graph.text import squeeze

CONTAINERS = (
    "UCAP-CONTENT",
    "zoom",
    "Zoom",
    "TRS_Editor",
    "TRS_UEDITOR",
    "trs_editor_view",
    "article-content",
    "article_content",
    "articleContent",
    "pages_content",
    "page-content",
    "news_content",
    "content_text",
    "xxgk_content",
    "bt_content",
    "view-content",
    "wenzhang",
    "vsb_content",
    "js_content",
    "Custom_UnionStyle",
    "ivs_content",
    "detail-content",
)

# What it says of pages that it cannot take in is no line of ours.
logging.getLogger("readability.readability").addHandler(logging.NullHandler())
logging.getLogger("readability.readability").propagate = False
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_EDGE = 60


def main_text(root: etree._Element, markup: str) -> etree._Element | None:
    """Return the element of a page that holds its main text; None where nothing tells it from the rest."""
    named = {name.lower() for name in CONTAINERS}
    containers = [
        element
        for element in root.iter()
        if isinstance(element.tag, str)
        and ((element.get("id") or "").lower() in named or named & set((element.get("class") or "").lower().split()))
    ]
    if containers:
        places, _ = _places(root)
        return max(containers, key=lambda element: places[element][1] - places[element][0])
    return _readable(root, markup)


def _places(root: etree._Element) -> tuple[dict[etree._Element, tuple[int, int]], str]:
    """Return where the words of each element stand in the words of all, and those."""
    begins: dict[etree._Element, int] = {}
    places: dict[etree._Element, tuple[int, int]] = {}
    parts: list[str] = []
    length = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            places[element] = (begins.pop(element), length)
        else:
            begins[element] = length
        # Behind an element's end stands its tail; that of the root is no part of it.
        words = element.text if event == "start" else element.tail if element is not root else None
        if words:
            parts.append(squeeze(words))
            length += len(parts[-1])
    return places, "".join(parts)


def _readable(root: etree._Element, markup: str) -> etree._Element | None:
    """Return the element of `root` whose text is what readability takes for the main text."""
    try:
        page = Readability(_CONTROL.sub(" ", markup)).summary()
        summary = squeeze("".join(str(part) for part in lxml.html.fromstring(page).itertext()))
    except (etree.LxmlError, ValueError, TypeError):
        return None
    if len(summary) < 200:
        return None
    places, words = _places(root)
    heads, tails = _found(words, summary[:_EDGE]), _found(words, summary[-_EDGE:])
    best: etree._Element | None = None
    for element in root.iter("article", "main", "section", "div", "td", "body"):
        # The innermost element that holds the beginning and the end of what readability kept.
        if _holds(places[element], heads) and _holds(places[element], tails):
            best = element
    return best


def _found(words: str, edge: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(edge)})", words)]


def _holds(place: tuple[int, int], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, place[0])
    return at < len(starts) and starts[at] + _EDGE <= place[1]
