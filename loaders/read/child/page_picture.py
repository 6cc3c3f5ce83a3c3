"""A page of a PDF as a picture, with some boxes on it marked: what a reader sees beside the words that were read."""

import struct
import zlib
from collections.abc import Sequence

from graph.errors import NotFoundError
from loaders.read.paged.page_content import Box
from loaders.read.paged.pdf.pdf_pages import PdfPages

_SCALE, _LONGEST = 1.5, 1_600
"""Dots for a point, and the most dots on a side."""
_MARK = (255, 228, 92)
"""The colour that white becomes inside of a mark; what is printed there stays darker."""


def page_picture(data: bytes, where: str, page: int, boxes: Sequence[Box]) -> bytes:
    """Return a page (1-based) of a PDF as a PNG, the boxes marked.

    Raises:
        InputError: the file is damaged or protected.
        NotFoundError: it has no such page.
    """
    pages = PdfPages(data, where)
    if not 0 < page <= pages.count:
        raise NotFoundError("{where}: has no page {page}, only {count}", where=where, page=page, count=pages.count)
    drawn = pages.drawn(page, _SCALE, _LONGEST)
    rows = [bytearray(drawn.rows[at : at + 3 * drawn.width]) for at in range(0, len(drawn.rows), drawn.stride)]
    for box in boxes:
        _mark(rows[: drawn.height], box, drawn.scale)
    return _png(drawn.width, drawn.height, rows[: drawn.height])


def _mark(rows: Sequence[bytearray], box: Box, scale: float) -> None:
    """Give the inside of a box the colour of a mark, as a see-through pen does."""
    x0, y0, x1, y1 = (round(one * scale) for one in box)
    tables = [bytes(sign * part // 255 for sign in range(256)) for part in _MARK]
    for row in rows[max(0, y0 - 1) : y1 + 1]:
        low, high = 3 * max(0, x0 - 1), 3 * max(0, x1 + 1)
        for colour, table in enumerate(tables):
            row[low + colour : high : 3] = row[low + colour : high : 3].translate(table)


def _png(width: int, height: int, rows: Sequence[bytearray]) -> bytes:
    """Return dots of three bytes as a PNG."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    # Every row begins with how it is coded: as it is.
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")
