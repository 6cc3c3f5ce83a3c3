"""Text that was decoded wrongly before it was saved, and signs that a program wrote out: repaired where it is certain.

A line of UTF-8 that was read as Latin or as GBK, and one of GBK that was read as Latin, is turned back into its bytes and
read anew. Chance makes no line of other words that is strict UTF-8 of Chinese; a line of GBK must hold the commonest
characters besides. What only looks so stays as it is, and is said.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from graph.model import Span
from loaders.read.document import Remark
from loaders.read.text.charset import is_common

# What the bytes 0x80 to 0x9f are in the set of Windows; the five that it lacks stand as themselves.
_OF_WINDOWS = {
    ord(bytes([code]).decode("cp1252")): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_HIGH = re.compile("[\x80-\xff" + "".join(map(chr, _OF_WINDOWS)) + "]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LINE = re.compile(r"[^\r\n]+")
# Beside each other these are no words of a language, where several are letters and differ.
_LATIN_RUN = re.compile("[\xa1-\xff]{6,40}")
_LATIN_LETTER = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xff]")
# 的, full-width signs and 、。 in UTF-8 begin with these where they are read as GBK; and what a lost sign becomes on the way.
_LIKE_GBK = re.compile("[锛銆鐨鍏]")
_LOST = re.compile("锟斤拷|\ufffd|[烫屯]{4}")
_FEWEST = 2
_TWICE = re.compile(r"&amp;(nbsp|ensp|emsp|thinsp|[lr][ds]quo|middot|mdash|hellip|#\d{2,7}|#x[\da-f]{2,6});", re.I)
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,7}|#[xX][\da-fA-F]{2,6}|[A-Za-z]{2,8}[1-4]?);")
_CODE = re.compile(r"\\u([\da-fA-F]{4})")
# A break written out stands between words or signs of Chinese; in the path of a file it does not.
_BREAK = re.compile(r"(?:\\r)?\\n(?![A-Za-z])|\\t(?![A-Za-z])")
_BREAKS = 3
_ELEMENT = re.compile(r"<br\s{0,2}/?>[ \t]*(?:\r\n|\n)?", re.I)
# More kinds of signs, or places, are not named one by one.
_NAMED, _PLACES = 4, 20


def repaired(text: str, *, markdown: bool = False) -> tuple[str, tuple[Remark, ...]]:
    r"""Return a text with what is certain repaired, and what is to be said of it; the places are of the text returned.

    In Markdown breaks that are written out stay: its cells hold `<br>`.

    >>> repaired("ä¿®å\xa0¤å\x9d\x9d")[0]
    '修堤坝'
    """
    text, turned = _lines_turned(text)
    text, written = _written_out(text, markdown)
    remarks = _turned_remarks(turned)
    if written:
        named = ", ".join(f"{sign} {count}" for sign, count in written.most_common(_NAMED))
        said = f"{written.total()} signs are written out ({named}); read as the signs that they are"
        remarks.append(Remark("written-out", None, said))
    return text, (*remarks, *_garbled(text))


def repaired_page(markup: str) -> tuple[str, tuple[Remark, ...]]:
    """Return the markup of a page with lines of a wrong set turned back, and signs that were written out twice.

    What is said has no place: those of the markup are none of the text.
    """
    markup, turned = _lines_turned(markup)
    markup, count = _TWICE.subn(r"&\1;", markup) if "&amp;" in markup else (markup, 0)
    remarks = _turned_remarks(turned)
    if count:
        remarks.append(
            Remark("written-out", None, f"{count} signs are written out twice; read as the signs that they are")
        )
    return markup, tuple(remarks)


def placeless(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return remarks without their places, for a text whose places move when it is read."""
    return tuple(dict.fromkeys(replace(remark, span=None) for remark in remarks))


def _turned_remarks(turned: Counter[str]) -> list[Remark]:
    return [
        Remark("garbled-repaired", None, f"{count} lines were {what}; turned back into what they were")
        for what, count in turned.items()
    ]


def _lines_turned(text: str) -> tuple[str, Counter[str]]:
    """Return the text with lines of a wrong set turned back, and how many lines were read as which."""
    turned: Counter[str] = Counter()
    if text.isascii():
        return text, turned
    for what, needs, bytes_of, codec in _WAYS:
        if not needs.search(text):
            continue
        # A line of GBK may hold too few signs to tell by itself.
        lines = {line[0] for line in _LINE.finditer(text) if codec != "utf-8" or needs.search(line[0])}
        made = {line: words for line in lines if (data := bytes_of(line)) and (words := _decoded(data, codec))}
        sure = [words for words in made.values() if _is_chinese(words)]
        if sure and (codec == "utf-8" or is_common("".join(sure))):
            text, turned[what] = _put(text, made)
    return text, turned


def _put(text: str, made: Mapping[str, str]) -> tuple[str, int]:
    """Return a text with some lines as others, and how many these are."""
    count = sum(line[0] in made for line in _LINE.finditer(text))
    return _LINE.sub(lambda line: made.get(line[0], line[0]), text), count


def _latin_bytes(line: str) -> bytes | None:
    """Return the bytes of a line that was read as Latin, None where it holds other signs."""
    if line.isascii():
        return None
    try:
        return line.translate(_OF_WINDOWS).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _gbk_bytes(line: str) -> bytes | None:
    """Return the bytes of a line that was read as GBK."""
    try:
        return None if line.isascii() else line.encode("gb18030")
    except UnicodeEncodeError:
        return None


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_chinese(words: str) -> bool:
    """Tell whether most of the words that are not ASCII are Chinese."""
    han = len(_HAN.findall(words))
    return han >= _FEWEST and han * 2 >= sum(not char.isascii() for char in words)


_WAYS: tuple[tuple[str, re.Pattern[str], Callable[[str], bytes | None], str], ...] = (
    ("UTF-8 read as Latin", _HIGH, _latin_bytes, "utf-8"),
    ("UTF-8 read as GBK", _LIKE_GBK, _gbk_bytes, "utf-8"),
    ("GBK read as Latin", _LATIN_RUN, _latin_bytes, "gb18030"),
)


def _written_out(text: str, markdown: bool) -> tuple[str, Counter[str]]:
    """Return the text with signs that are written out as one sign each, and which they were."""
    written: Counter[str] = Counter()

    def put(pattern: re.Pattern[str], sign_of: Callable[[re.Match[str]], str], least: int = 1) -> None:
        nonlocal text
        found = [(match.span(), match[0], sign_of(match)) for match in pattern.finditer(text)]
        found = [one for one in found if one[1] != one[2]]
        if len(found) < least:
            return
        written.update(printed.strip() for _, printed, _ in found)
        edges = [0, *(edge for span, *_ in found for edge in span), len(text)]
        between = [text[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True)]
        text = "".join(part for pair in zip(between, [sign for *_, sign in found] + [""], strict=True) for part in pair)

    if "&" in text:
        put(_ENTITY, _of_entity)
    if "\\" in text and _HAN.search(text + "".join(map(_of_code, _CODE.finditer(text)))):
        put(_CODE, _of_code)
        put(_BREAK, lambda match: "\t" if match[0] == "\\t" else "\n", _BREAKS)
    if not markdown and "<" in text:
        put(_ELEMENT, lambda match: "\n")
    return text, written


def _of_entity(match: re.Match[str]) -> str:
    """Return the sign of an entity, itself where it is none; &amp;nbsp; was written out twice."""
    sign = html.unescape(html.unescape(match[0]))
    return sign if len(sign) == 1 and sign not in "\x00\ufffd" else match[0]


def _of_code(match: re.Match[str]) -> str:
    """Return the sign of an escape, itself where it names no sign of its own."""
    code = int(match[1], 16)
    return match[0] if code < 0x80 or 0xD800 <= code < 0xE000 else chr(code)


def _garbled(text: str) -> list[Remark]:
    """Return what is to be said of lines that look as if they were decoded wrongly and cannot be turned back."""
    if not (_LOST.search(text) or _LIKE_GBK.search(text) or _LATIN_RUN.search(text)):
        return []
    found = [Span(*line.span()) for line in _LINE.finditer(text) if _is_garbled(line[0])]
    said = "a line that was decoded wrongly and cannot be turned back with certainty; save the file anew as UTF-8"
    remarks = [Remark("garbled", span, said) for span in found[:_PLACES]]
    if len(found) > _PLACES:
        remarks.append(Remark("garbled", None, f"{len(found) - _PLACES} more lines that were decoded wrongly"))
    return remarks


def _is_garbled(line: str) -> bool:
    if _LOST.search(line):
        return True
    runs = [run for run in _LATIN_RUN.findall(line) if len(set(_LATIN_LETTER.findall(run))) > _FEWEST]
    if runs or len(_LIKE_GBK.findall(line)) < _FEWEST:
        return bool(runs)
    words = line.encode("gb18030", "replace").decode("utf-8", "replace")
    return len(_HAN.findall(words)) > 2 * words.count("\ufffd")
