"""The packed streams of a PDF, unpacked only to be counted: PDFium itself would unpack whatever they hold."""

import base64
import re
import zlib

from graph.errors import InputError
from loaders.read import limits

_STREAM = re.compile(rb"stream\r?\n")
# The words of a stream stand right before it.
_WORDS = 400
_STEP = 1 << 20
_PACKED, _PICTURE, _END = (b"FlateDecode", b"/Fl "), b"/Image", b"endstream"


def refuse_streams(data: bytes, where: str) -> None:
    """Refuse a PDF with a stream that unpacks to more than is read; pictures are not unpacked, nor are they here.

    Raises:
        InputError: there is one, or all of them together unpack to more than an archive may.
    """
    every = 0
    for mark in _STREAM.finditer(data):
        words = data[max(mark.start() - _WORDS, 0) : mark.start()]
        words = words[words.rfind(b" obj") + 1 :]
        if _PICTURE in words or not any(one in words for one in _PACKED):
            continue
        if sum(words.count(one) for one in _PACKED) > 1:
            raise InputError("{where}: is packed twice, as no program writes; it was not read", where=where)
        every += _unpacked(_plain(data, mark.end(), words), where)
        if every > limits.ARCHIVE_BYTES:
            raise _too_much(where, every)


def _plain(data: bytes, start: int, words: bytes) -> memoryview:
    """Return the packed bytes of the stream at `start`, which may be written in letters; nothing where those are none."""
    end = data.find(_END, start)
    held = memoryview(data)[start : end if end >= 0 else len(data)]
    try:
        if b"ASCIIHex" in words:
            return memoryview(bytes.fromhex(bytes(held).split(b">")[0].decode("ascii", "replace")))
        if b"ASCII85" in words:
            return memoryview(base64.a85decode(bytes(held).split(b"~")[0].strip()))
    except ValueError:
        return memoryview(b"")
    return held


def _unpacked(packed: memoryview, where: str) -> int:
    """Return how many bytes a stream unpacks to, as far as it can be unpacked."""
    size, rest, unpacker = 0, packed, zlib.decompressobj()
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, _STEP))
            rest = memoryview(unpacker.unconsumed_tail)
            bomb = size > limits.RATIO_FROM and size > limits.RATIO * max(len(packed), 1)
            if bomb or size > limits.MEMBER_BYTES:
                raise _too_much(where, size)
    except zlib.error:
        # PDFium takes what it can of a damaged stream, and so much was counted.
        return size
    return size


def _too_much(where: str, size: int) -> InputError:
    return InputError(
        "{where}: unpacks to more than is read (over {size:,} bytes); it was not read, make sure where it comes from",
        where=where,
        size=size,
    )
