"""Web pages: the whole page's visible text with its tables; what stands outside the main text is marked furniture."""

import re

import lxml.html
from lxml import etree

from graph.errors import InputError
from graph.model import Span
from loaders.read.document import OUTSIDE, Document, Remark
from loaders.read.page_data import read_meta
from loaders.read.text.charset import contradicted, decode
from loaders.read.text.repaired_text import repaired_page
from loaders.read.text.text_reader import charset_remarks, digest
from loaders.read.web.linked_files import link_remarks
from loaders.read.web.main_text import main_text
from loaders.read.web.page_walk import PageWalk
from loaders.read.web.script_text import han, text_in_scripts

# What stands behind the end of a page is shown like the rest; the parser would drop it.
_ENDS = re.compile(r"</(?:html|body)\s{0,20}>", re.I)
# Elements that only nest: without them no page is deeper than its tables and lists.
_INLINE = re.compile(r"</?(?:a|b|big|em|font|i|ins|label|small|span|strong|u)(?:\s[^<>]{0,2000})?>", re.I)
_NESTING = re.compile(
    r"</?(?:article|aside|blockquote|center|div|fieldset|figure|footer|form|header|main|nav|section)(?:\s[^<>]{0,2000})?>",
    re.I,
)
_ANY = re.compile(r"</?(?!(?:script|style|title|head|html|body)\b)[a-z][^<>]{0,2000}>", re.I)
_HARDLY_ANY = 50
_TOO_DEEP = "Excessive depth"


class HtmlReader:
    """Reads `.html` and `.htm`."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    formats: tuple[str, ...] = ("html",)
    apart = False

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: its text is the page's visible text, blocks on lines, cells parted by tabs."""
        markup, charset = decode(data, where=where)
        markup, repairs = repaired_page(_ENDS.sub("", markup))
        root, cut = _parsed(markup, where)
        body = root.find("body")
        body = root if body is None else body
        drawn = text_in_scripts(root, body)
        if drawn is not None:
            body.append(drawn)
        walk = PageWalk(body, drawn if drawn is not None else main_text(body, markup))
        text = walk.text
        if not text.strip():
            raise InputError(
                "{where}: the page shows no text; it may draw its text by script, save it from the browser", where=where
            )
        title = root.findtext(".//title")
        return Document(
            name=name,
            text=text,
            sha256=digest(data),
            text_sha256=digest(text.encode("utf-8", "surrogatepass")),
            media_type="text/html",
            charset=charset,
            lines=tuple(walk.lines),
            tables=tuple(walk.tables),
            meta=read_meta(text, [line.span for line in walk.lines], walk.tables),
            title_hint=title.strip() if title else None,
            furniture=_outside(walk.main_span, len(text)),
            remarks=(
                *charset_remarks(contradicted(data, charset), charset),
                *repairs,
                *_remarks(root, walk, cut),
                *link_remarks(root),
            ),
        )


def _parsed(markup: str, where: str) -> tuple[etree._Element, bool]:
    """Return the page, and whether it nests so deep that its tables and lists are lost.

    The parser ends at a depth of 2,048; a deeper page is parsed without the elements that only nest, and where that is
    not enough as paragraphs alone.
    """
    root, cut = _tree(markup, where)
    if not cut:
        return root, False
    root, cut = _tree(_NESTING.sub("<p>", _INLINE.sub("", markup)), where)
    return (_tree(_ANY.sub("<p>", markup), where)[0], True) if cut else (root, False)


def _tree(markup: str, where: str) -> tuple[etree._Element, bool]:
    # The elements of lxml.html are made in Python one by one, and nothing here asks for what they can do more.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError(
            "{where}: holds no page that can be read ({reason}); save it again from the browser",
            where=where,
            reason=error,
        ) from error
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _remarks(root: etree._Element, walk: PageWalk, cut: bool) -> list[Remark]:
    remarks = []
    if cut:
        whole = Span(walk.lines[0].span.start, walk.lines[-1].span.end) if walk.lines else None
        remarks.append(Remark("page-depth", whole, "the page nests too deep; read without its tables and lists"))
    if han(walk.text) < _HARDLY_ANY and root.find(".//script") is not None:
        remarks.append(Remark("page-script", None, "the page shows hardly any text; it may draw its text by script"))
    return remarks


def _outside(main: tuple[int, int] | None, length: int) -> tuple[tuple[Span, str], ...]:
    if main is None:
        return ()
    start, end = main
    return tuple((span, OUTSIDE) for span in (Span(0, start), Span(end, length)) if span.start < span.end)
