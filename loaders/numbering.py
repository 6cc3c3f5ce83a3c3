"""The signs that number the parts of an official document, and their rank.

Ranks follow GB/T 9704-2012 §7.3.3 (一、 (一) 1. (1)) and the Legislation Law art. 65 (编章节条) for what stands above.
All patterns read folded text.
"""

import re
from dataclasses import dataclass
from typing import Literal

from graph.numerals import chinese_integer

Sign = Literal[
    "part", "chapter", "section", "article", "cn", "cn_bracket", "number", "number_bracket", "ring", "ordinal", "point"
]

RANKS: dict[Sign, float] = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "article": 3,
    "cn": 4,
    "cn_bracket": 5,
    "number": 6,
    "ordinal": 6.5,
    "number_bracket": 7,
    "ring": 8,
    "point": 9,
}
_NUMERALS = "一二三四五六七八九十百零〇"
_CN = f"[{_NUMERALS}]{{1,5}}"
_RINGS = {
    char: number
    for start in ("①", "⑴", "㈠")
    for number, char in enumerate((chr(ord(start) + i) for i in range(20)), 1)
}
# Each with the characters that it may begin with; 0 stands for a digit of any script.
_PATTERNS: tuple[tuple[Sign, str, re.Pattern[str]], ...] = (
    ("part", "第", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?(?:篇|编|部分)(?![\u4e00-\u9fff]{{0,2}}[的中])[ :、.,]{{0,3}}")),
    ("chapter", "第", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?章[ :、.]{{0,3}}")),
    ("section", "第", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?节[ :、.]{{0,3}}")),
    ("article", "第", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?条(?![\u4e00-\u9fff]{{0,6}}(?:规定|的|、|第))[ :、.]{{0,3}}")),
    ("cn", _NUMERALS, re.compile(rf"({_CN})[ ]?(?:、|\.(?![0-9]{{1,3}}(?![0-9])))[ ]{{0,3}}")),
    ("cn_bracket", "(〔[", re.compile(rf"[(〔\[][ ]?({_CN})[ ]?[)〕\]][、.,]?[ ]{{0,3}}")),
    ("cn_bracket", _NUMERALS, re.compile(rf"({_CN})\)[、.]?[ ]{{0,3}}")),
    ("number", "0", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%])[.、 ]{1,3}(?=[\u4e00-\u9fff\"《])")),
    ("number", "0", re.compile(r"(\d{1,3})[ ]?[.、](?!\d)[ ]{0,3}")),
    ("number_bracket", "(", re.compile(r"\([ ]?(\d{1,3})[ ]?\)[、.,]?[ ]{0,3}")),
    ("number_bracket", "0", re.compile(r"(\d{1,3})\)[、.]?[ ]{0,3}")),
    ("ring", "".join(_RINGS), re.compile(rf"([{''.join(_RINGS)}])[、.]?[ ]{{0,3}}")),
    ("ordinal", "第", re.compile(r"第([一二三四五六七八九十]{1,3})[,、:][ ]?")),
    ("point", _NUMERALS, re.compile(r"([一二三四五六七八九十]{1,2})(?:是|要)(?![\u4e00-\u9fff]?否)")),
)
_BY_FIRST: dict[str, tuple[tuple[Sign, re.Pattern[str]], ...]] = {
    char: tuple((sign, pattern) for sign, firsts, pattern in _PATTERNS if char in firsts)
    for char in {char for _, firsts, _ in _PATTERNS for char in firsts}
}
# Where a sign may begin, for a scan of a whole line; group-free, so that `finditer` stays cheap.
_BEGIN = re.compile(
    rf"第[ ]?(?:{_CN}|\d{{1,3}})[ ]?[篇编章节条部]|(?:[(〔\[][ ]?)?{_CN}[ ]?[)〕\]、.]|\(?\d{{1,3}}[ ]?[).、]|[{''.join(_RINGS)}]"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering sign at [start, end) of the folded text, with the number that it prints.

    `number` is the last ordinal; `digits` the number as the gold prints it (decimals keep their last part); `rank` is
    smaller the higher the sign stands.
    """

    sign: Sign
    number: int
    start: int
    end: int
    rank: float

    @property
    def printed(self) -> str:
        """The number in Arabic digits."""
        return str(self.number)


def marker_at(folded: str, start: int, end: int) -> Marker | None:
    """Return the numbering sign that begins exactly at `start`, markup asterisks passed over, or None."""
    at = start
    while at < min(end, start + 2) and folded[at] == "*":
        at += 1
    if at >= end:
        return None
    first = "0" if folded[at].isdecimal() else folded[at]
    for sign, pattern in _BY_FIRST.get(first, ()):
        if not (match := pattern.match(folded, at, end)):
            continue
        number, rank = _number(sign, match[1])
        if number is not None and (match.end() < end or sign in ("part", "chapter", "section")):
            return Marker(sign, number, start, match.end(), rank)
    return None


def _number(sign: Sign, printed: str) -> tuple[int | None, float]:
    if sign == "ring":
        return _RINGS[printed], RANKS[sign]
    if "." in printed:
        parts = printed.split(".")
        return int(parts[-1]), RANKS[sign] + (len(parts) - 1) / 10
    if printed.isdigit():
        return int(printed), RANKS[sign]
    return chinese_integer(printed), RANKS[sign]


def inner_candidates(folded: str, start: int, end: int) -> list[Marker]:
    """Return every place inside [start, end) where a sign may begin; the caller checks that its number continues."""
    found = []
    for match in _BEGIN.finditer(folded, start, end):
        marker = marker_at(folded, match.start(), end)
        if marker and marker.sign != "point":
            found.append(marker)
    return found
