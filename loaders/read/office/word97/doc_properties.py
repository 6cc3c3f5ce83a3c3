"""The properties of paragraphs and characters of a DOC: pages of runs, and the words (sprms) that each run says."""

import struct
from bisect import bisect_right
from collections.abc import Iterator

from loaders.read.office.word97.doc_file import CHARACTER_RUNS, PARAGRAPH_RUNS, DocFile

_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
# A property that points to more of them in the stream of data; one of a table, whose length has two bytes.
_HUGE, TABLE_FORM, _TABS = 0x6646, 0xD608, 0xC615
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


class PropertyRuns:
    """The properties at every place of the file, of its characters or of its paragraphs."""

    def __init__(self, file: DocFile, *, of_paragraphs: bool) -> None:
        """Take them from the pages of a document."""
        self._file = file
        self.runs: list[tuple[int, int, bytes]] = []
        """From where in the file, to where, and what is said there; in order."""
        table = file.table(PARAGRAPH_RUNS if of_paragraphs else CHARACTER_RUNS)
        count = (len(table) - 4) // 8
        seen: set[int] = set()
        for number in range(max(count, 0)):
            (page,) = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * number)
            start = (page & _PAGE_NUMBER) * _PAGE
            if start in seen:
                continue
            seen.add(start)
            listed = _runs_of(file.main[start : start + _PAGE], 13 if of_paragraphs else 1, of_paragraphs)
            self.runs += listed
        self.runs.sort(key=lambda run: run[0])
        self._starts = [run[0] for run in self.runs]

    def at(self, place: int) -> bytes:
        """Return what is said of the character at a place of the file; nothing where nothing is."""
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self.runs[number][1]:
            return b""
        return self.runs[number][2]

    def said(self, properties: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the properties in a row of them, also those that stand elsewhere because they are too long."""
        for code, operand in properties_in(properties):
            if code == _HUGE:
                (at,) = struct.unpack("<I", operand)
                if at + 2 <= len(self._file.data):
                    (size,) = struct.unpack_from("<H", self._file.data, at)
                    yield from properties_in(self._file.data[at + 2 : at + 2 + size])
            else:
                yield code, operand


def properties_in(row: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the code and the operand of each property in a row, up to one that is cut off."""
    at = 0
    while at + 2 <= len(row):
        (code,) = struct.unpack_from("<H", row, at)
        at += 2
        size = _SIZES.get(code >> 13)
        if size is None:
            if at >= len(row):
                return
            if code == TABLE_FORM:
                size = struct.unpack_from("<H", row, at)[0] - 1 if at + 2 <= len(row) else 0
                at += 2
            elif code == _TABS and row[at] == 255:
                return
            else:
                size = row[at]
                at += 1
        if size < 0 or at + size > len(row):
            return
        yield code, row[at : at + size]
        at += size


def _runs_of(page: bytes, width: int, of_paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    """Yield the runs of a page: from where in the file, to where, and what is said of them."""
    if len(page) < _PAGE:
        return
    count = page[-1]
    if 4 * (count + 1) + width * count > _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = page[4 * (count + 1) + width * number] * 2
        yield places[number], places[number + 1], _said_at(page, at, of_paragraphs) if at else b""


def _said_at(page: bytes, at: int, of_paragraphs: bool) -> bytes:
    if not of_paragraphs:
        return page[at + 1 : at + 1 + page[at]]
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < len(page) else b""
