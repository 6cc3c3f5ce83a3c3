"""Documents made from lines, for tests."""

from loaders.read.document import Document
from loaders.read.text.text_reader import TextReader
from loaders.read.web.html_reader import HtmlReader

TEXTS = (*HtmlReader.suffixes, *TextReader.suffixes)
"""The suffixes of pages and texts."""


def text_document(text: str, name: str = "doc", suffix: str = ".txt") -> Document:
    return TextReader().read(text.encode("utf-8"), name=name, where=f"{name}{suffix}", suffix=suffix)


def html_document(markup: str | bytes, name: str = "page") -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode("utf-8")
    return HtmlReader().read(data, name=name, where=f"{name}.html", suffix=".html")
