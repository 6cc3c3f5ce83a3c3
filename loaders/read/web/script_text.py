"""The text of a page that stands in a script: as JSON, or as a string that the script puts into the page."""

import json
import re
from collections.abc import Iterator
from html import escape

import lxml.html
from lxml import etree

from loaders.read.web.page_walk import SKIP, hidden

_HAN = re.compile(r"[\u3400-\u9fff]+")
# A string in double or single quotes or in back quotes, as scripts and JSON write it.
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "v": " ", "0": " ", "\n": ""}
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile(r"[\ud800-\udfff]")
_TAG = re.compile(r"<(?:p|div|br|span|table|h[1-6]|li)\b", re.I)
_BREAK = re.compile(r"[\r\n]+")
_TITLE = re.compile(r"[\"']?(?:title|headline|articleTitle|bt|name)[\"']?\s{0,8}:\s{0,8}$", re.I)
_KEY_REACH = 40
# A text is longer than any label of a script, and longer than what the page shows around it.
_SHORTEST, _TIMES = 100, 2


def text_in_scripts(root: etree._Element, body: etree._Element) -> etree._Element | None:
    """Return the text that the scripts of a page hold as an element, where the page itself shows far less; else None.

    It is the longest string of all scripts, with the title that stands in the same script before it.
    """
    best: tuple[int, str, str | None] | None = None
    for script in root.iter("script"):
        title: str | None = None
        source = script.text or ""
        for start, words in _strings(source):
            count = han(words)
            if _TITLE.search(source, max(start - _KEY_REACH, 0), start) and 0 < count < _SHORTEST:
                title = words
            if count >= _SHORTEST and (best is None or count > best[0]):
                best = (count, words, title)
    if best is None or best[0] < _TIMES * han(_shown(body)):
        return None
    _, words, title = best
    markup = words if _TAG.search(words) else "".join(f"<p>{escape(line)}</p>" for line in _BREAK.split(words))
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    drawn: etree._Element = lxml.html.fragment_fromstring(heading + markup, create_parent="div")
    return drawn


def han(text: str) -> int:
    """Return how many Chinese characters a text holds."""
    return sum(map(len, _HAN.findall(text)))


def _strings(source: str) -> Iterator[tuple[int, str]]:
    for match in _STRING.finditer(source):
        if match.end() - match.start() > 2:
            yield match.start(), _unescaped(match[0])


def _unescaped(literal: str) -> str:
    r"""Return what a string of a script says; a half of a pair that stands alone is replaced.

    >>> _unescaped('"\u6cb3\ud800"')
    '河\ufffd'
    """
    try:
        words = str(json.loads(literal))
    except ValueError:
        words = _ESCAPE.sub(_escaped, literal[1:-1])
    return _LONE.sub("\ufffd", _PAIR.sub(_joined, words))


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _shown(body: etree._Element) -> str:
    """Return the text of a page outside what is never shown, for counting."""
    parts: list[str] = []
    todo = [body]
    while todo:
        element = todo.pop()
        if isinstance(element.tag, str) and element.tag not in SKIP and not hidden(element):
            parts.append(element.text or "")
            todo += list(element)
        parts.append(element.tail or "")
    return "".join(parts)
