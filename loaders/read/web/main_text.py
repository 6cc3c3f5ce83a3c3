"""Which part of a web page is its main text: a known container of official sites, else what readability finds."""

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
        return max(containers, key=lambda element: len(_words(element)))
    return _readable(root, markup)


def _words(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _readable(root: etree._Element, markup: str) -> etree._Element | None:
    """Return the element of `root` whose text is what readability takes for the main text."""
    try:
        summary = squeeze(_words(lxml.html.fromstring(Readability(markup).summary())))
    except (etree.LxmlError, ValueError, TypeError):
        return None
    if len(summary) < 200:
        return None
    best: etree._Element | None = None
    for element in root.iter("article", "main", "section", "div", "td", "body"):
        text = squeeze(_words(element))
        # The innermost element that holds the beginning and the end of what readability kept.
        if summary[:60] in text and summary[-60:] in text:
            best = element
    return best
