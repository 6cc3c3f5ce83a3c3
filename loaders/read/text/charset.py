"""From bytes to text: which character set a file is written in, and when it is no text at all.

Order: byte order mark, strict UTF-8, the declared set where the text then holds the commonest characters, strict GB18030
on the same condition (GB18030 also decodes Big5 without an error, into rare ones), the declared set whatever it gives,
else detection by charset-normalizer. What the bytes are decides over what the page says of them: no text of another set
of several bytes is strict UTF-8 by chance.
"""

import codecs
import re

from charset_normalizer import from_bytes

from graph.errors import InputError
from loaders.read.limits import MAX_BYTES
from loaders.read.text.charset_labels import CODECS, codec_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,30})", re.I
)
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


def declared_charset(data: bytes) -> str | None:
    """Return the label of a character set that the beginning of a page declares, None where there is none.

    >>> declared_charset(b'<meta charset="gb2312">'), declared_charset(b"plain")
    ('gb2312', None)
    """
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else None


def contradicted(data: bytes, charset: str) -> str | None:
    """Return the label that a page declares where its bytes were read as another set, `charset`; None where they agree."""
    label = declared_charset(data)
    if label is None or data.isascii():
        return None
    # utf-16 is read as utf-8 by the standard, and is wrong all the same.
    agrees = codec_of(label) == charset.removesuffix("-sig") and not label.lower().startswith("utf-16")
    return None if agrees else label


def _decode(data: bytes, where: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name, where), name
    label = declared_charset(data)
    named = codec_of(label) if label else None
    if data.isascii() and named == "iso2022_jp" and (read := _whole(data, named)):
        return read
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
    declared = _whole(data, named) if named else None
    if declared and is_common(declared[0]):
        return declared
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        head = data[: error.start].decode("gb18030")
        if error.start >= len(data) - 3 and is_common(head):
            raise InputError(
                "{where}: ends inside a character at byte {at}; the file is cut off, fetch it again",
                where=where,
                at=error.start,
            ) from error
    else:
        if is_common(text):
            return text, "gb18030"
    # Without the list it tries every codec of Python, also those that are no character sets.
    best = from_bytes(data, cp_isolation=list(CODECS)).best()
    if declared and not (best and is_common(str(best))):
        return declared
    if best is None:
        raise InputError("{where}: its character set is not known; save it as UTF-8 and load it again", where=where)
    return str(best), best.encoding


def _whole(data: bytes, codec: str) -> tuple[str, str] | None:
    try:
        return data.decode(codec), codec
    except UnicodeDecodeError:
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


def is_common(text: str) -> bool:
    """Tell whether a text holds the commonest characters of official Chinese as often as such texts do."""
    han = _HAN.findall(text)
    return bool(han) and sum(char in _COMMON for char in han) / len(han) >= _COMMON_SHARE
