"""What a mail holds, as if it were an archive: its words, and each file attached to it."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from graph.errors import InputError
from loaders.read import limits
from loaders.read.refusals import damaged

_HEAD = re.compile(rb"(?:[!-9;-~]{1,76}:[^\n]*\n(?:[ \t][^\n]*\n)*)", re.M)
_BODY = {"text/plain": "mail.txt", "text/html": "mail.html"}
_CODED = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]*\?=")
_RAW = re.compile("[\udc80-\udcff]")
_RAW_NAME = re.compile(r'name="?([^";\r\n]{1,400})', re.I)
_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\]+")


class MailFile:
    """A mail in memory; `names` are `mail.txt` or `mail.html`, its words, and those of the files attached."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the mail that `data` holds; `where` names it in errors.

        Raises:
            InputError: it is no mail, or holds too many parts.
        """
        self.where = where
        if not _HEAD.match(data.lstrip(b"\xef\xbb\xbf\r\n")):
            raise damaged(where)
        if data.lower().count(b"multipart/") * data.count(b"\n") > limits.MAIL_LINES:
            raise InputError("{where}: its parts stand too deep in each other; save it anew", where=where)
        # The rules of old: the newer ones read heads by a grammar, which long ones keep busy without end.
        try:
            whole = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)
            self._parts = self._named(list(_parts(whole, where)))
        except RecursionError as error:
            raise damaged(where) from error
        if not self._parts:
            raise InputError("{where}: the mail holds no words and no files; nothing to read", where=where)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts that hold something of their own."""
        return tuple(self._parts)

    def read(self, name: str, most: int = limits.MEMBER_BYTES) -> bytes:
        """Return the bytes of a part of `names`.

        Raises:
            InputError: it is larger than `most`.
        """
        data = _bytes_of(self._parts[name])
        if len(data) > most:
            raise InputError(
                "{where}: {name!r} unpacks to more than is read (over {size:,} bytes from {packed:,}); it was not read,"
                " make sure where it comes from",
                where=self.where,
                name=name,
                size=len(data),
                packed=len(data),
            )
        return data

    def _named(self, parts: list[Message]) -> dict[str, Message]:
        found: dict[str, Message] = {}
        # Of words in two forms, which say the same, the page has the tables.
        forms = {kind: one for one in reversed(parts) if (kind := one.get_content_type()) in _BODY and _is_body(one)}
        for kind, one in sorted(forms.items())[:1]:
            found[_BODY[kind]] = one
        for one in parts:
            if _is_body(one):
                continue
            name, count = _name_of(one), 1
            while name in found:
                count += 1
                stem, dot, suffix = name.rpartition(".")
                name = f"{stem or suffix} ({count}){dot}{suffix if stem else ''}" if count == 2 else _again(name, count)
            found[name] = one
        return found


def _again(name: str, count: int) -> str:
    return name.replace(f"({count - 1})", f"({count})")


def _parts(whole: Message, where: str) -> Iterator[Message]:
    """Yield the parts that are none of a mail's own build: words, files, mails inside it."""
    waiting, seen = [whole], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > limits.MEMBERS:
            raise InputError(
                "{where}: holds more than {most:,} members; pack it in several archives",
                where=where,
                most=limits.MEMBERS,
            )
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting = [*inside, *waiting]
        elif not _is_picture_of_body(part):
            yield part


def _is_picture_of_body(part: Message) -> bool:
    """Tell whether a part is a picture that the words of the mail show, such as the sign of an office."""
    return part.get_content_maintype() == "image" and part.get("Content-ID") is not None


def _is_body(part: Message) -> bool:
    return (
        part.get_content_type() in _BODY and not part.get_filename() and part.get_content_disposition() != "attachment"
    )


def _bytes_of(part: Message) -> bytes:
    inside = part.get_payload()
    if isinstance(inside, list):
        return _written(inside[0]) if inside and isinstance(inside[0], Message) else b""
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _written(mail: Message) -> bytes:
    """Return a mail inside a mail as it is written."""
    try:
        return mail.as_bytes()
    except UnicodeEncodeError:
        # Words in a part whose edge is damaged are no longer bytes that email keeps.
        return mail.as_string().encode("utf-8", "surrogateescape")


def _name_of(part: Message) -> str:
    """Return the name of a file that is attached, a name of its own kind where it has none."""
    named = _raw_name(part) or part.get_filename()
    if named is None:
        mail = part.get_content_type() == "message/rfc822"
        return "mail.eml" if mail else f"attached.{_NO_NAME.sub('', part.get_content_subtype())[:20]}"
    return _NO_NAME.sub("_", _decoded(named)).strip() or "attached"


def _raw_name(part: Message) -> str | None:
    """Return a name that is written in bytes which no head may hold, as older programs write Chinese ones."""
    for head, value in part.raw_items():
        if head.lower() in ("content-disposition", "content-type") and _RAW.search(str(value)):
            named = _RAW_NAME.search(str(value))
            return named[1] if named else None
    return None


def _decoded(name: str) -> str:
    """Return a name as it is written: programs write it in a code of words, or in GBK without a word.

    >>> _decoded("=?gb2312?B?sea3wC50eHQ=?=")
    '辨防.txt'
    """
    if _CODED.search(name):
        try:
            parts = decode_header(name)
            return "".join(
                part.decode(codec or "ascii", "replace") if isinstance(part, bytes) else part for part, codec in parts
            )
        except (HeaderParseError, LookupError, ValueError):
            return name
    raw = name.encode("utf-8", "surrogateescape")
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
