"""The streams and the text of a DOC: characters by their places in the document, put together from its pieces ([MS-DOC])."""

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import InputError
from loaders.read.refusals import damaged, protected

if TYPE_CHECKING:
    from olefile import OleFileIO

_IDENT = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FIRST_PAIR = 0x9A
_COMPRESSED = 0x40000000
# Word 97; what is older is another format.
_OLDEST = 0x00C1
# What follows the text in one row of characters, and the word of the header that counts it.
_PARTS = (
    ("text", 0x4C),
    ("footnote", 0x50),
    ("header", 0x54),
    ("macro", 0x58),
    ("comment", 0x5C),
    ("endnote", 0x60),
    ("text-box", 0x64),
    ("header-box", 0x68),
)
STYLES, CHARACTER_RUNS, PARAGRAPH_RUNS, PIECES, LISTS, LIST_USES = 1, 12, 13, 33, 73, 74
"""The numbers of the tables of a document."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that stand in one place of the file: from where, how many bytes each."""

    first: int
    place: int
    width: int


class DocFile:
    """A DOC: `main` is its stream of text and pages of properties, `data` that of what is too large for these.

    `text` is all of its characters; `parts` tells which of them are the document and which stand around it.
    """

    def __init__(self, ole: "OleFileIO", where: str) -> None:
        """Take it from an opened compound file.

        Raises:
            InputError: it is protected by a password, older than Word 97, or damaged.
        """
        self.where = where
        self.main = _stream(ole, "WordDocument")
        self.data = _stream(ole, "Data") if ole.exists("Data") else b""
        if len(self.main) < _FIRST_PAIR + 8 or _word(self.main, 0) != _IDENT:
            raise damaged(where)
        if _word(self.main, 2) < _OLDEST:
            raise InputError(
                "{where}: was written by a Word before 1997, which is not read; save it as DOCX and give that",
                where=where,
            )
        flags = _word(self.main, 0x0A)
        if flags & _ENCRYPTED:
            raise protected(where)
        self._tables = _stream(ole, "1Table" if flags & _SECOND_TABLE else "0Table")
        self._pieces, self.text = self._put_together()
        self._firsts = [piece.first for piece in self._pieces]

    def table(self, number: int, *, to_the_end: bool = False) -> bytes:
        """Return a table of the document by its number; `to_the_end` with all that stands behind it."""
        start, size = struct.unpack_from("<II", self.main, _FIRST_PAIR + 8 * number)
        if not size:
            return b""
        return self._tables[start:] if to_the_end else self._tables[start : start + size]

    def place(self, at: int) -> int:
        """Return where in the stream a character stands."""
        piece = self._pieces[max(bisect_right(self._firsts, at) - 1, 0)]
        return piece.place + (at - piece.first) * piece.width

    def characters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield which characters stand in a stretch of the stream: from which to which, for each piece that it meets."""
        for piece, behind in zip(self._pieces, [*self._firsts[1:], len(self.text)], strict=True):
            size = (behind - piece.first) * piece.width
            left, right = max(start, piece.place), min(end, piece.place + size)
            if left < right:
                width = piece.width
                yield piece.first + (left - piece.place) // width, piece.first - (piece.place - right) // width

    def parts(self) -> Iterator[tuple[str, int, int]]:
        """Yield what the characters are, from where to where: the document first, then what stands around it."""
        start = 0
        for name, at in _PARTS:
            (count,) = struct.unpack_from("<i", self.main, at)
            end = min(start + max(count, 0), len(self.text))
            if end > start:
                yield name, start, end
            start = end

    def _put_together(self) -> tuple[list[_Piece], str]:
        table = _piece_table(self.table(PIECES))
        if table is None:
            raise damaged(self.where)
        count = (len(table) - 4) // 12
        firsts = struct.unpack_from(f"<{count + 1}I", table)
        pieces, parts = [], []
        for number in range(count):
            (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
            size = firsts[number + 1] - firsts[number]
            width = 1 if place & _COMPRESSED else 2
            start = (place & ~_COMPRESSED) // 2 if width == 1 else place
            raw = self.main[start : start + size * width]
            if size < 0 or len(raw) < size * width:
                raise damaged(self.where)
            pieces.append(_Piece(firsts[number], start, width))
            # Every unit of two bytes is one character here, as the places count them.
            parts.append(raw.decode("cp1252", "replace") if width == 1 else _units(raw))
        return pieces, "".join(parts)


def words(units: str) -> str:
    """Return what a stretch of the text says: halves of a sign of two units are put together.

    >>> words("𠮷".encode("utf-16-le").decode("utf-16-le")) == words(_units("𠮷".encode("utf-16-le")))
    True
    """
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def opened(data: bytes, where: str) -> "OleFileIO":
    """Return the compound file that `data` holds.

    Raises:
        InputError: it is damaged.
    """
    import olefile

    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise damaged(where) from error


def streams_of(ole: "OleFileIO") -> dict[str, int]:
    """Return what stands in the root of a compound file by name, each with the number of things in it."""
    return {entry.name: len(entry.kids) for entry in ole.root.kids}


def _units(raw: bytes) -> str:
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def _stream(ole: "OleFileIO", name: str) -> bytes:
    return bytes(ole.openstream(name).read()) if ole.exists(name) else b""


def _word(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _piece_table(table: bytes) -> bytes | None:
    """Return the list of pieces behind the properties that stand before it."""
    at = 0
    while at + 5 <= len(table) and table[at] == 1:
        at += 3 + _word(table, at + 1)
    if at + 5 > len(table) or table[at] != 2:
        return None
    (size,) = struct.unpack_from("<I", table, at + 1)
    return table[at + 5 : at + 5 + size] if 16 <= size <= len(table) - at - 5 else None
