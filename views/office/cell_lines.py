"""How many lines a text takes up in a cell of a width: what a row's height is made of, and where a text is cut."""

import unicodedata
from collections.abc import Iterator

LINE_HEIGHT = 13.8
"""Points that a line of type of 10 points takes up."""
MOST_LINES = 29
"""Lines that a row shows: it is 409 points tall at most, whatever it holds."""
_WIDE = 1.9
"""What a Chinese character of 10 points takes up, measured in the digits of 11 points that widths are counted in."""


def lines_in(text: str, width: float) -> int:
    r"""Return how many lines a text takes up in a cell of so many characters; a Chinese one counts as nearly two.

    >>> lines_in("省水利厅", 20), lines_in("省水利厅、省财政厅", 12), lines_in("甲\n乙", 20)
    (1, 2, 2)
    """
    return 1 + sum(1 for _ in _breaks(text, width))


def fits(text: str, width: float, most: int = MOST_LINES) -> int:
    """Return how many characters of a text stand in the first `most` lines of a cell of a width."""
    for line, at in enumerate(_breaks(text, width), 2):
        if line > most:
            return at
    return len(text)


def _breaks(text: str, width: float) -> Iterator[int]:
    """Yield where a new line begins."""
    # A little is left over: where lines break is another program's matter.
    room = max(_WIDE, width - 1)
    used = 0.0
    for at, sign in enumerate(text):
        wide = _WIDE if unicodedata.east_asian_width(sign) in "WFA" else 1.0
        if sign == "\n":
            used = 0.0
            yield at
        elif used + wide > room:
            used = wide
            yield at
        else:
            used += wide
