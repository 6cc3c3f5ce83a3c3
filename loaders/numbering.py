"""The signs that number the parts of an official document, and their rank.

Ranks follow GB/T 9704-2012 §7.3.3 (一、 (一) 1. (1)) and the Legislation Law art. 65 (编章节条) for what stands above.
All patterns read folded text.
"""

import re
from dataclasses import dataclass
from typing import Literal

from graph.numerals import chinese_integer, plain_integer
from loaders.patterns.pattern_files import by_name, load_patterns

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
_RINGS = {
    char: number
    for start in ("①", "⑴", "㈠")
    for number, char in enumerate((chr(ord(start) + i) for i in range(20)), 1)
}
# What a scanner makes of 一 and 二.
_SCANNED = {"-": 1, "=": 2}
# The characters that the signs of a pattern may begin with, by what the pattern says; 0 stands for a digit of any script.
_FIRST = {"numeral": "一二三四五六七八九十百零〇-=", "digit": "0", "bracket": "(〔[", "ring": "".join(_RINGS)}
_PATTERNS: tuple[tuple[Sign, str, re.Pattern[str]], ...] = tuple(
    (pattern.data["sign"], _FIRST.get(pattern.data["first"], pattern.data["first"]), pattern.regex)
    for pattern in load_patterns("numbering")
    if "sign" in pattern.data
)
_BY_FIRST: dict[str, tuple[tuple[Sign, re.Pattern[str]], ...]] = {
    char: tuple((sign, pattern) for sign, firsts, pattern in _PATTERNS if char in firsts)
    for char in {char for _, firsts, _ in _PATTERNS for char in firsts}
}
_BEGIN = by_name("numbering")["sign_in_line"]


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering sign at [start, end) of the folded text, with the number that it prints.

    `number` is the last ordinal (of 2.3.1 it is 1), `inserted` the second one of an article that was put in behind
    another (第三条之一: 3 and 1), else 0; `rank` is smaller the higher the sign stands.
    """

    sign: Sign
    number: int
    start: int
    end: int
    rank: float
    inserted: int = 0

    @property
    def printed(self) -> str:
        """The number in Arabic digits; of 第三条之一 3-1."""
        return f"{self.number}-{self.inserted}" if self.inserted else str(self.number)


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
            second = match["inserted"] if "inserted" in pattern.groupindex else None
            inserted = (chinese_integer(second) or 0) if second else 0
            return Marker(sign, number, start, match.end(), rank, inserted)
    return None


def _number(sign: Sign, printed: str) -> tuple[int | None, float]:
    if sign == "ring":
        return _RINGS[printed], RANKS[sign]
    if "." in printed:
        parts = printed.split(".")
        return int(parts[-1]), RANKS[sign] + (len(parts) - 1) / 10
    if printed.isdecimal():
        return int(printed), RANKS[sign]
    return _SCANNED.get(printed) or chinese_integer(printed), RANKS[sign]


def lone_number(folded: str) -> int | None:
    """Return the number of a cell that holds nothing else, in digits or in a ring; None where it holds anything else.

    >>> lone_number("12"), lone_number("③"), lone_number("²"), lone_number("1" * 6000)
    (12, 3, None, None)
    """
    text = folded.strip(" .、()*")
    return _RINGS.get(text) if text in _RINGS else plain_integer(text)


def inner_candidates(folded: str, start: int, end: int) -> list[Marker]:
    """Return every place inside [start, end) where a sign may begin; the caller checks that its number continues."""
    candidates = []
    for match in _BEGIN.finditer(folded, start, end):
        marker = marker_at(folded, match.start(), end)
        if marker and marker.sign != "point":
            candidates.append(marker)
    return candidates
