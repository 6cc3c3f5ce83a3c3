"""Documents in DOC, made byte by byte: a compound file with a text of pieces, pages of properties and lists ([MS-DOC])."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # a smaller stream stands in another place
_TEXT_AT = 0x800
_RUNS = 4  # paragraphs on one page of properties
_PAIRS = {"styles": 1, "characters": 12, "paragraphs": 13, "pieces": 33, "lists": 73, "uses": 74}


@dataclass(frozen=True)
class Said:
    """A paragraph to be written: its words, the sign at its end, its style and properties (sprms)."""

    text: str
    end: str = "\r"
    style: int = 0
    sprms: bytes = b""


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams in its root."""
    padded = {
        name: data.ljust(max(_LEAST, -(-len(data) // _SECTOR) * _SECTOR), b"\x00") for name, data in streams.items()
    }
    fat: list[int] = []
    starts, body = {}, b""
    for name, data in padded.items():
        starts[name] = len(fat)
        count = len(data) // _SECTOR
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        body += data
    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    names = list(padded)
    for at, name in enumerate(names):
        right = at + 2 if at + 1 < len(names) else _FREE
        entries.append(_entry(name, 2, _FREE, starts[name], len(padded[name]), right))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\x00")
    first_of_directory = len(fat)
    count = len(directory) // _SECTOR
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    sectors = 1
    while sectors * (_SECTOR // 4) < len(fat) + sectors:
        sectors += 1
    places = [len(fat) + at for at in range(sectors)]
    fat += [_FAT] * sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sectors * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, sectors, first_of_directory, 0, _LEAST, _END, 0, _END, 0, places[0],
    )  # fmt: skip
    return (header[:76] + struct.pack("<109I", *(places + [_FREE] * (109 - sectors)))) + body + directory + table


def doc(
    paragraphs: Sequence[Said],
    *,
    after: Mapping[int, str] | None = None,
    characters: Sequence[tuple[int, int, bytes]] = (),
    lists: bytes = b"",
    uses: bytes = b"",
    flags: int = 0,
    streams: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a document of these paragraphs.

    `after` are stretches behind the text, by the place of the word that counts them (0x50: notes, 0x54: heads of
    pages); `characters` what is said of stretches of characters, `lists` and `uses` the tables of lists.
    """
    text = "".join(one.text + one.end for one in paragraphs)
    whole = text + "".join((after or {}).values())
    raw = whole.encode("utf-16-le")
    page_of_paragraphs = -(-(_TEXT_AT + len(raw)) // _SECTOR)
    main = bytearray(_TEXT_AT) + raw
    main = main.ljust(page_of_paragraphs * _SECTOR, b"\x00")
    runs, place = [], _TEXT_AT
    for one in paragraphs:
        size = 2 * len(one.text + one.end)
        runs.append((place, place + size, struct.pack("<H", one.style) + one.sprms))
        place += size
    pages = [runs[at : at + _RUNS] for at in range(0, len(runs), _RUNS)]
    main += b"".join(_page(one, 13) for one in pages)
    main += _page([(_TEXT_AT + 2 * a, _TEXT_AT + 2 * b, said) for a, b, said in characters], 1)
    pieces = struct.pack("<BI", 2, 16) + struct.pack("<II", 0, len(whole)) + struct.pack("<HIH", 0, _TEXT_AT, 0)
    tables = {
        "paragraphs": struct.pack(f"<{len(pages) + 1}I", *(one[0][0] for one in pages), place)
        + struct.pack(f"<{len(pages)}I", *range(page_of_paragraphs, page_of_paragraphs + len(pages))),
        "characters": struct.pack("<III", _TEXT_AT, place, page_of_paragraphs + len(pages)) if characters else b"",
        "pieces": pieces,
        "uses": uses,
        "lists": lists,
    }
    table = b"\x00" * 4
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | flags)
    struct.pack_into("<I", main, 0x4C, len(text))
    for at, words in (after or {}).items():
        struct.pack_into("<I", main, at, len(words))
    for name, data in tables.items():
        struct.pack_into("<II", main, 0x9A + 8 * _PAIRS[name], len(table), len(data))
        table += data
    return compound({"WordDocument": bytes(main), "1Table": table} | dict(streams or {}))


def row_form(edges: Sequence[int], merges: Sequence[tuple[int, int]]) -> bytes:
    """Return the property that says where the cells of a row stand, and how they are merged (across, down)."""
    cells = b"".join(struct.pack("<H18x", across | down << 5) for across, down in merges)
    form = struct.pack(f"<B{len(edges)}h", len(merges), *edges) + cells
    return struct.pack("<HH", 0xD608, len(form) + 1) + form


IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)


def row(words: Sequence[str], edges: Sequence[int], merges: Sequence[tuple[int, int]]) -> list[Said]:
    """Return the paragraphs of a row of a table."""
    return [
        *(Said(one, "\x07", sprms=IN_TABLE) for one in words),
        Said("", "\x07", sprms=IN_TABLE + ROW_END + row_form(edges, merges)),
    ]


def listed(number: int, level: int = 0) -> bytes:
    """Return the properties of a paragraph of a list."""
    return struct.pack("<HBHH", 0x260A, level, 0x460B, number)


def list_table(levels: Sequence[tuple[int, str]]) -> bytes:
    """Return the table of one list (number 500) with these levels: kind of number, and text with \\x00 … for numbers."""
    form = struct.pack("<iI18sBB", 500, 0, b"", 0, 0)
    filled = [*levels, *[(0, "")] * (9 - len(levels))]
    return struct.pack("<H", 1) + form + b"".join(_level(kind, text) for kind, text in filled)


def use_table(starts: Sequence[int | None]) -> bytes:
    """Return the table of the uses of the list, each with the number at which its first level begins, if it says so."""
    forms = b"".join(struct.pack("<iIIBBBB", 500, 0, 0, start is not None, 0, 0, 0) for start in starts)
    data = b"".join(
        struct.pack("<I", 0) + (b"" if start is None else struct.pack("<iI", start, 0x10)) for start in starts
    )
    return struct.pack("<I", len(starts)) + forms + data


def _level(kind: int, text: str) -> bytes:
    return (
        struct.pack("<iBB9sBiiBBBB", 1, kind, 0, b"", 0, 0, 0, 0, 0, 0, 0)
        + struct.pack("<H", len(text))
        + text.encode("utf-16-le")
    )


def _page(runs: Sequence[tuple[int, int, bytes]], width: int) -> bytes:
    """Return a page of runs: where they begin, where what is said of each stands, and that."""
    page = bytearray(_SECTOR)
    if not runs:
        return bytes(page)
    places = [runs[0][0], *(end for _, end, _ in runs)]
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    at = _SECTOR - 1
    for number, (_, _, said) in enumerate(runs):
        if width == 1:
            stored = bytes([len(said)]) + said
        else:
            stored = bytes([0, -(-len(said) // 2)]) + said.ljust(-(-len(said) // 2) * 2, b"\x00")
        at = (at - len(stored)) // 2 * 2
        assert at > 4 * len(places) + width * len(runs), "too much for one page"
        page[at : at + len(stored)] = stored
        page[4 * len(places) + width * number] = at // 2
    page[-1] = len(runs)
    return bytes(page)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<64sHBBIII16xI8x8xIQ", raw, len(raw), kind, 1, _FREE, right, child, 0, start, size)
