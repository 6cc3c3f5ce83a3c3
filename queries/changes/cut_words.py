"""A text cut into words: a number stays with what it counts, so that a change of it is told whole."""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"[\d.]+[%‰]?\Z")
_COUNTED = re.compile(r"[^\W\dA-Za-z_]{1,2}\Z")
"""What a number counts, or the part of a date behind it: 处, 万元, 年底."""
_CUT_APART = 5_000
"""A longer text is cut in pieces, at ends of lines or sentences, so that the cutter never holds it whole."""
_END = re.compile(r"(?<=[。；;\n])")


class CutWord(NamedTuple):
    """A word of a text and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def cut_words(text: str) -> list[CutWord]:
    """Return the words and signs of a text, in order, without a gap.

    >>> [word.text for word in cut_words("建成120处平台，2025年底前完成")]
    ['建成', '120处', '平台', '，', '2025年底', '前', '完成']
    """
    import rjieba

    words: list[CutWord] = []
    at = 0
    for piece in _pieces(text):
        for word in rjieba.cut(piece):
            last = words[-1].text if words else ""
            if _COUNTED.match(word) and _NUMBER.match(last):
                words[-1] = CutWord(words[-1].start, last + word)
            else:
                words.append(CutWord(at, word))
            at += len(word)
    return words


def _pieces(text: str) -> list[str]:
    return [text] if len(text) <= _CUT_APART else _END.split(text)
