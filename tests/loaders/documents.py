"""Documents made from lines, for tests."""

from loaders.document import Document
from loaders.from_html import HtmlReader
from loaders.from_text import TextReader


def text_document(text: str, name: str = "doc", suffix: str = ".txt") -> Document:
    return TextReader().read(text.encode("utf-8"), name=name, where=f"{name}{suffix}", suffix=suffix)


def html_document(markup: str, name: str = "page") -> Document:
    return HtmlReader().read(markup.encode("utf-8"), name=name, where=f"{name}.html", suffix=".html")
