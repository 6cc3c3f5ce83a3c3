"""The styles and lists of a DOC, as far as they number paragraphs and head the text."""

import struct
from collections.abc import Iterator

from loaders.read.office.list_numbers import LEVELS, ListLevel, NumberedList
from loaders.read.office.word97.doc_file import LIST_USES, LISTS, STYLES, DocFile
from loaders.read.office.word97.doc_properties import properties_in

LEVEL_OF_LIST, LIST = 0x260A, 0x460B
"""The properties of a paragraph that name its level and its list."""
# The kinds of numbers by their codes ([MS-OSHARED] MSONFC), where they have one here.
_KINDS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle",
    19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac",
    33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital",
    37: "chineseCounting", 38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
_LIST_FORM, _USE_FORM, _LEVEL_FORM = 28, 16, 28
_DEEPEST = 20


class DocStyles:
    """The lists of a document by the names that its paragraphs have for them, and the list that each style counts in."""

    def __init__(self, file: DocFile) -> None:
        """Take them from the tables of a document."""
        self._styles = dict(_styles(file.table(STYLES)))
        self.lists = dict(_uses(file))

    def listed(self, style: int) -> tuple[int | None, int | None]:
        """Return the list and the level that a style names, itself or by what it rests on."""
        named: dict[int, int] = {}
        for _ in range(_DEEPEST):
            if style not in self._styles:
                break
            style, properties = self._styles[style]
            for code, operand in properties_in(properties):
                if code in (LEVEL_OF_LIST, LIST):
                    named.setdefault(code, int.from_bytes(operand, "little"))
        return named.get(LIST), named.get(LEVEL_OF_LIST)


def _styles(table: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield the paragraph styles by number: what each rests on, and what it says."""
    if len(table) < 6:
        return
    size, _, base = struct.unpack_from("<3H", table)
    at, number = 2 + size, 0
    while at + 2 <= len(table):
        (length,) = struct.unpack_from("<H", table, at)
        style = table[at + 2 : at + 2 + length]
        if len(style) >= max(base, 6) + 2 and style[2] & 0xF == 1:
            rests_on = struct.unpack_from("<H", style, 2)[0] >> 4
            name = struct.unpack_from("<H", style, base)[0]
            behind = base + 2 + 2 * name + 2
            if behind + 4 <= len(style):
                (said,) = struct.unpack_from("<H", style, behind)
                # The number of the style itself stands before what it says.
                yield number, (rests_on, style[behind + 4 : behind + 2 + said])
        at += 2 + length
        number += 1


def _uses(file: DocFile) -> Iterator[tuple[str, NumberedList]]:
    """Yield the lists as paragraphs name them, from 1 on, each with what it says other than the list that it is of."""
    known = dict(_lists(file.table(LISTS, to_the_end=True)))
    table = file.table(LIST_USES)
    if len(table) < 4:
        return
    (count,) = struct.unpack_from("<I", table)
    at = 4 + _USE_FORM * count
    for number in range(min(count, len(table) // _USE_FORM)):
        (name,) = struct.unpack_from("<i", table, 4 + _USE_FORM * number)
        levels, starts = list(known.get(name, [ListLevel()] * LEVELS)), {}
        at += 4
        for _ in range(table[4 + _USE_FORM * number + 12]):
            if at + 8 > len(table):
                break
            start, said = struct.unpack_from("<iI", table, at)
            level = said & 0xF
            at += 8
            if said & 0x20 and level < LEVELS:
                levels[level], at = _level(table, at)
            if said & 0x10:
                starts[level] = start
        yield str(number + 1), NumberedList(counting=str(name), levels=levels, starts=starts)


def _lists(table: bytes) -> Iterator[tuple[int, list[ListLevel]]]:
    if len(table) < 2:
        return
    (count,) = struct.unpack_from("<H", table)
    at = 2 + _LIST_FORM * count
    for number in range(count):
        form = table[2 + _LIST_FORM * number : 2 + _LIST_FORM * (number + 1)]
        if len(form) < _LIST_FORM:
            return
        levels = [ListLevel()] * LEVELS
        for level in range(1 if form[26] & 1 else LEVELS):
            levels[level], at = _level(table, at)
        yield struct.unpack_from("<i", form)[0], levels


def _level(table: bytes, at: int) -> tuple[ListLevel, int]:
    """Return the level at a place of a table, and where the next one begins."""
    form = table[at : at + _LEVEL_FORM]
    behind = at + _LEVEL_FORM
    if len(form) < _LEVEL_FORM:
        return ListLevel(), len(table)
    behind += form[24] + form[25]
    size = int.from_bytes(table[behind : behind + 2], "little")
    units = table[behind + 2 : behind + 2 + 2 * size]
    # Where a number stands its level does, as a sign of its own.
    text = "".join(f"%{ord(unit) + 1}" if ord(unit) < LEVELS else unit for unit in units.decode("utf-16-le", "replace"))
    restart = form[26] if form[5] & 8 else None
    return (
        ListLevel(
            kind=_KINDS.get(form[4], "decimal"),
            text=text,
            start=struct.unpack_from("<i", form)[0],
            legal=bool(form[5] & 4),
            restart=restart,
        ),
        behind + 2 + 2 * size,
    )
