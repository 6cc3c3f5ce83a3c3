"""The tokens of RTF: words of control with their numbers, groups, and the bytes of text between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})?[ ]?|((?:\\'[0-9a-fA-F]{2})+)|\\(.)|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)|\\", re.S
)


@dataclass(frozen=True, slots=True)
class RtfToken:
    """A word of control (`word`, with its number), a sign of control, a group's edge, or bytes of text."""

    kind: Literal["word", "sign", "open", "close", "bytes"]
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = RtfToken("open"), RtfToken("close")


def tokens(data: bytes) -> Iterator[RtfToken]:
    r"""Yield the tokens in order; data that is no text (`\bin`) is passed over.

    >>> [one.word or one.data for one in tokens(b"{\\b1 ab\\'d2\\'bb}")]
    [b'', 'b', b'ab', b'\xd2\xbb', b'']
    """
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        word, number, codes, sign, edge, text = match.groups()
        if word is not None:
            name = word.decode("ascii")
            if name == "bin" and number:
                at += max(int(number), 0)
            else:
                yield RtfToken("word", name, None if number is None else int(number))
        elif codes is not None:
            yield RtfToken("bytes", data=bytes.fromhex(codes.replace(rb"\'", b"").decode("ascii")))
        elif sign is not None:
            yield RtfToken("sign", sign.decode("latin-1"))
        elif edge is not None:
            yield _OPEN if edge == b"{" else _CLOSE
        elif text is not None:
            yield RtfToken("bytes", data=text)
