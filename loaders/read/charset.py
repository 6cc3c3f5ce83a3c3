"""From bytes to text: which character set a file is written in, and when it is no text at all.

Order: byte order mark, declared set, strict UTF-8, strict GB18030 where the text then holds the commonest characters
(GB18030 also decodes Big5 without an error, into rare ones), else detection by charset-normalizer.
"""

import codecs
import re

from charset_normalizer import from_bytes

from graph.errors import InputError

MAX_BYTES = 50 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I)
# Among the commonest characters of official Chinese, in both scripts; in a wrong decoding they are rare.
_COMMON = frozenset(
    "的一是不在和与为及有人民政府市县区省年月日工作单位关于发展建设国家责任部门各对上中大以行與為縣區關於發單責門"
)
_COMMON_SHARE = 0.05
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def decode(data: bytes, *, where: str) -> tuple[str, str]:
    """Return the text of `data` and the name of its character set.

    Raises:
        InputError: there is nothing in it, it is larger than `MAX_BYTES`, it is no text, or it ends inside a character.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            "{where}: {count:,} bytes is over the limit of {limit:,}; split the file",
            where=where,
            count=len(data),
            limit=MAX_BYTES,
        )
    if not data.strip():
        raise InputError("{where}: the file is empty; nothing to read", where=where)
    text, charset = _decode(data, where)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) / 200:
        raise InputError("{where}: holds binary data, not text; give it the suffix of its real format", where=where)
    if not text.strip("\ufeff \t\r\n\u3000\u200b"):
        raise InputError("{where}: the file holds only white space; nothing to read", where=where)
    return text, charset


def _decode(data: bytes, where: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name, where), name
    if (match := _DECLARED.search(data[:4096])) and (declared := _declared(data, match[1].decode("ascii"))):
        return declared
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        cut = error.start >= len(data) - 3 and _mostly_han(data[: error.start].decode("utf-8"))
        if cut:
            raise InputError(
                "{where}: ends inside a character at byte {at}; the file is cut off, fetch it again",
                where=where,
                at=error.start,
            ) from error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        head = data[: error.start].decode("gb18030")
        if error.start >= len(data) - 3 and _is_common(head):
            raise InputError(
                "{where}: ends inside a character at byte {at}; the file is cut off, fetch it again",
                where=where,
                at=error.start,
            ) from error
    else:
        if _is_common(text):
            return text, "gb18030"
    best = from_bytes(data).best()
    if best is None:
        raise InputError("{where}: its character set is not known; save it as UTF-8 and load it again", where=where)
    return str(best), best.encoding


def _declared(data: bytes, name: str) -> tuple[str, str] | None:
    # Pages that say gb2312 or gbk use characters of the larger set.
    name = "gb18030" if name.lower() in {"gb2312", "gbk", "gb_2312-80", "x-gbk"} else name.lower()
    try:
        return data.decode(name), name
    except (UnicodeDecodeError, LookupError):
        return None


def _strict(data: bytes, name: str, where: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(
            "{where}: is marked as {name} but does not decode at byte {at}; save it anew",
            where=where,
            name=name,
            at=error.start,
        ) from error


def _mostly_han(text: str) -> bool:
    return len(_HAN.findall(text)) >= len(text) / 4


def _is_common(text: str) -> bool:
    han = _HAN.findall(text)
    return bool(han) and sum(char in _COMMON for char in han) / len(han) >= _COMMON_SHARE
