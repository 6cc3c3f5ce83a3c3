"""The running text of RTF: its bytes as signs of the font's character set, where each group stands, what is hidden."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.errors import InputError
from loaders.read import limits
from loaders.read.office.rich_text.rtf_tokens import RtfToken, tokens
from loaders.read.refusals import damaged

# Character sets of fonts, as the format numbers them; 0 and 1 are the one of the whole file.
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
}
_PAGES = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 10008: "gb18030"}
_WORDS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SIGNS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\"}
# Groups that hold no words of the text.
_NO_TEXT = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "listtable",
        "listoverridetable",
        "info",
        "filetbl",
        "revtbl",
        "rsidtbl",
        "generator",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "xmlnstbl",
        "mmathPr",
        "pict",
        "objdata",
        "fldinst",
        "datafield",
        "bkmkstart",
        "bkmkend",
        "template",
        "txe",
        "rxe",
        "tc",
        "xe",
        "pgptbl",
        "userprops",
        "annotation",
        "atnid",
        "atnauthor",
        "atndate",
        "atnref",
        "atnicn",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "nonesttables",
        "panose",
        "falt",
        "fname",
        "leveltext",
        "levelnumbers",
        "listname",
        "shprslt",
        "sp",
        "pn",
        "nesttableprops",
        "background",
        "formfield",
        "docvar",
        "passwordhash",
    ]
)
# Groups that begin with the sign of what older programs need not know, and are read all the same.
_READ = frozenset({"shpinst", "shptxt", "nesttableprops"})
ASIDE = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "page-header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "page-footer"),
    "footnote": "footnote",
    "shptxt": "text-box",
}
"""Groups whose words stand around the text, and what they are called there."""
NUMBER = frozenset({"listtext", "pntext"})
"""Groups that print the automatic number of a paragraph."""
# What holds of the words behind it; bold letters of Chinese have a word of their own.
_MARKS = {"v": "hidden", "deleted": "deleted", "b": "bold", "ab": "bold"}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_SURROGATE = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Group:
    """What holds in a group: whether it is text at all, of what kind, in which font, hidden, taken out, bold."""

    silent: bool = False
    place: str = ""
    font: int | None = None
    skipped: int = 1
    hidden: bool = False
    deleted: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class RtfWords:
    """Words of the text, and the group that they stand in."""

    text: str
    group: Group


class RtfText:
    """Walks through an RTF once; `counted` is how often words were hidden, taken out or put in, and pictures there."""

    def __init__(self, data: bytes, where: str) -> None:
        """Begin before the first token; `where` names the file in errors."""
        self._data, self._where = data, where
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._stack: list[Group] = []
        self._group = Group()
        self._skip = 0
        self._starts = self._starred = self._leftwards = False
        self.counted = dict.fromkeys(("hidden", "deleted", "revised", "pict", "object", "annotation"), 0)

    def parts(self) -> Iterator[RtfWords | RtfToken]:
        """Yield words of the text, and those tokens that say how it stands there: words of control, edges of groups.

        Raises:
            InputError: groups stand too deep in each other.
        """
        self._fonts = fonts_of(self._data)
        waiting, codec = b"", ""
        for token in tokens(self._data):
            if token.kind == "bytes":
                held = self._kept(token.data)
                now = self._codec_of(self._group)
                if waiting and now != codec:
                    yield from self._words(waiting, codec)
                    waiting = b""
                waiting, codec = waiting + held, now
                continue
            if waiting:
                yield from self._words(waiting, codec)
                waiting = b""
            yield from self._control(token)
        if waiting:
            yield from self._words(waiting, codec)

    def _kept(self, data: bytes) -> bytes:
        """Return bytes without those that only older programs read, behind a sign given by its number."""
        gone, self._skip = min(self._skip, len(data)), max(self._skip - len(data), 0)
        self._starts = False
        return data[gone:]

    def _words(self, data: bytes, codec: str) -> Iterator[RtfWords]:
        yield from self._said(data.decode(codec, "replace"))

    def _said(self, text: str) -> Iterator[RtfWords]:
        group = self._group
        if group.silent or not text:
            return
        for kind, out in (("hidden", group.hidden), ("deleted", group.deleted)):
            if out:
                self.counted[kind] += 1
                return
        yield RtfWords(text, group)

    def _codec_of(self, group: Group) -> str:
        return self._fonts.get(-1 if group.font is None else group.font) or self._codec

    def _control(self, token: RtfToken) -> Iterator[RtfWords | RtfToken]:
        if token.kind == "open":
            self._stack.append(self._group)
            if len(self._stack) > limits.GROUPS:
                raise InputError("{where}: its groups stand too deep in each other; save it anew", where=self._where)
            self._starts, self._starred = True, False
        elif token.kind == "close":
            # What stands behind the last group is none of it; a group too many is closed by nobody.
            self._group = self._stack.pop() if self._stack else replace(self._group, silent=True)
            self._starts = False
            yield token
        elif token.kind == "sign":
            yield from self._sign(token)
        else:
            yield from self._word(token)
        if token.kind != "word":
            self._skip = 0

    def _sign(self, token: RtfToken) -> Iterator[RtfWords | RtfToken]:
        if token.word == "*":
            self._starred = self._starts
        elif token.word in "\r\n":
            yield RtfToken("word", "par")
        elif token.word in _SIGNS:
            yield from self._said(_SIGNS[token.word])

    def _word(self, token: RtfToken) -> Iterator[RtfWords | RtfToken]:
        word, number = token.word, token.number
        first, self._starts = self._starts, False
        if first:
            self._begin(word)
        if word == "u" and number is not None:
            yield from self._said(_sign_of(number))
            self._skip = self._group.skipped
            return
        self._skip = 0
        if word in _WORDS:
            yield from self._said(_WORDS[word])
        elif word == "ansicpg":
            self._codec = _page(number)
        elif word == "uc":
            self._group = replace(self._group, skipped=min(max(number or 0, 0), 16))
        elif word == "f":
            self._group = replace(self._group, font=number)
        elif word in ("ltrch", "rtlch"):
            self._leftwards = word == "rtlch"
        elif word in _MARKS and not (word == "ab" and self._leftwards):
            self._mark(_MARKS[word], number != 0)
        elif word == "plain":
            self._group = replace(self._group, hidden=False, deleted=False, bold=False)
        elif word in ("revised", "pict", "object", "annotation"):
            self.counted[word] += not self._group.silent or word == "pict"
        if not self._group.silent or word == "shptxt":
            yield token

    def _mark(self, what: str, holds: bool) -> None:
        group = self._group
        self._group = replace(
            group,
            hidden=holds if what == "hidden" else group.hidden,
            deleted=holds if what == "deleted" else group.deleted,
            bold=holds if what == "bold" else group.bold,
        )

    def _begin(self, word: str) -> None:
        """Tell what a group holds by its first word of control."""
        silent = self._group.silent or word in _NO_TEXT or (self._starred and word not in _READ)
        place = ASIDE.get(word) or ("number" if word in NUMBER else self._group.place)
        self._group = replace(self._group, silent=silent and word != "shptxt", place=place)


def fonts_of(data: bytes) -> dict[int, str]:
    """Return the character set of each font that has one of its own."""
    start = data.find(b"{\\fonttbl")
    found: dict[int, str] = {}
    if start < 0:
        return found
    deep, font = 0, None
    for token in tokens(data[start : start + limits.FONT_BYTES]):
        deep += {"open": 1, "close": -1}.get(token.kind, 0)
        if deep == 0:
            break
        if token.word == "f":
            font = token.number
        elif token.word == "fcharset" and font is not None and (codec := _CHARSETS.get(token.number or 0)):
            found[font] = codec
    return found


def headings_of(data: bytes) -> dict[int, int]:
    """Return the level in the outline (0 is the uppermost) of each style of paragraphs that has one."""
    start = data.find(b"{\\stylesheet")
    found: dict[int, int] = {}
    if start < 0:
        return found
    deep, style, level, name = 0, None, None, ""
    for token in tokens(data[start : start + limits.FONT_BYTES]):
        deep += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "open":
            style, level, name = None, None, ""
        elif token.word == "s":
            style = token.number
        elif token.word == "outlinelevel":
            level = token.number
        elif token.kind == "bytes":
            name += token.data.decode("gb18030", "replace")
        elif token.kind == "close" and style is not None:
            named = _HEADING.match(name.strip())
            level = int(named[1]) - 1 if level is None and named else level
            if level is not None:
                found[style] = level
        if deep == 0:
            break
    return found


def _page(number: int | None) -> str:
    """Return the codec of a code page; that of Western Windows where there is none of the number."""
    named = _PAGES.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(named).name
    except LookupError:
        return "cp1252"


def _sign_of(number: int) -> str:
    code = number + 0x10000 if number < 0 else number
    return chr(code) if 0 <= code < 0x110000 else ""


def joined(text: str) -> str:
    """Return a text with the halves of signs beyond the first plane put together."""
    return _SURROGATE.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def is_rtf(data: bytes, where: str) -> None:
    """Refuse what begins like RTF and holds no group that ends.

    Raises:
        InputError: it does.
    """
    if b"}" not in data:
        raise damaged(where)
