"""Chinese lines for a card: cut by width, with no closing mark at their start and no opening one at their end."""

import re
import unicodedata
from collections.abc import Sequence

# What printing calls 避头尾: marks that belong to the word before, or to the word after.
NO_START = frozenset("、，。；：？！”’）》】〉〕」』］｝…—～·%％℃‰°,.;:?!)]}>﹞﹚﹜､｡･ー々〗")
NO_END = frozenset("（“‘《【〈〔「『［｛([{<﹝﹙﹛〖#￥$")
_DASHES = frozenset("—…")
# A word or number in Latin letters stays whole: 2027, 12.5%, APP.
_WORDS = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/%+\-]{0,18}[0-9A-Za-z%]|.", re.DOTALL)
_CHINESE = "[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff01-\uffee\U00020000-\U0003ffff]"
_HAN_GAP = re.compile(rf"(?<={_CHINESE})\s+(?={_CHINESE})")
_ELLIPSIS = "…"


def one_line(text: str | None) -> str:
    r"""Return a printed text on one line: a break inside Chinese text goes, any other white space is one blank.

    >>> one_line("市政\r\n务办  APP 上线")
    '市政务办 APP 上线'
    """
    return " ".join(_HAN_GAP.sub("", "".join(map(_visible, text or ""))).split())


def _visible(char: str) -> str:
    """Return the character, or a blank for one that prints nothing or turns the writing round."""
    return " " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char


def width(text: str) -> float:
    """Return the width of a text in ems, rather too much than too little: a Chinese character is one.

    >>> width("2027年")
    3.4
    """
    return round(sum(map(_em, text)), 3)


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 0.75 if char.isupper() or char in "mw%@&" else 0.6


def wrap(text: str, ems: float, most: int | None = None) -> list[str]:
    """Return the text in lines of `ems`, at most `most`; what is left out is said by an ellipsis.

    A line runs over its width where no place to break it is within: it may be drawn a little tighter.

    >>> wrap("推进政务服务“一网通办”、全程网办", 7)
    ['推进政务服务', '“一网通办”、', '全程网办']
    >>> wrap("推进政务服务“一网通办”、全程网办", 7, 2)
    ['推进政务服务', '“一网通办”…']
    """
    pieces = _WORDS.findall(one_line(text))
    lines: list[str] = []
    while pieces:
        taken = _take(pieces, ems)
        lines.append("".join(pieces[:taken]).rstrip())
        pieces = pieces[taken:]
    if most is not None and len(lines) > most:
        lines = lines[:most]
        while len(lines) > 1 and not _shortened(lines[-1], ems):
            lines.pop()
        lines[-1] = _shortened(lines[-1], ems) + _ELLIPSIS
    return [line for line in lines if line]


def _take(pieces: list[str], ems: float) -> int:
    """Return how many pieces the next line holds: the last place to break within the width, else the next one."""
    used, best = 0.0, 0
    for at, piece in enumerate(pieces):
        if at and _may_break(pieces, at):
            best = at
        used += width(piece)
        if used > ems + 1e-6 and best:
            return best
    return len(pieces)


def _may_break(pieces: Sequence[str], at: int) -> bool:
    """Tell whether a line may begin with the piece at `at`; a blank ends a line and never begins one."""
    before = next((piece for piece in reversed(pieces[max(0, at - 2) : at]) if piece != " "), " ")
    if pieces[at] == " " or before[-1] in NO_END or pieces[at][0] in NO_START:
        return False
    return not (before[-1] in _DASHES and pieces[at][0] in _DASHES)


def _shortened(line: str, ems: float) -> str:
    """Return as much of a line as leaves room for an ellipsis."""
    while line and (width(line) > ems - 1 or line[-1] in NO_END | {" "} or line[-1] in "、，；："):
        line = line[:-1]
    return line.rstrip()


def listed(label: str, names: list[str], ems: float, most: int, rest: str) -> list[str]:
    """Return `label` and names in at most `most` lines; `rest` (with {count}) counts all of them where some are left out.

    >>> listed("责任：", ["省水利厅", "省财政厅", "省司法厅"], 10, 1, "等{count}个")
    ['责任：省水利厅等3个']
    """
    # No name is narrower than half a character and the sign after it.
    for kept in range(min(len(names), int(most * ems / 1.5) + 1), 0, -1):
        ending = "" if kept == len(names) else rest.format(count=len(names))
        lines = wrap(label + "、".join(names[:kept]) + ending, ems)
        if len(lines) <= most:
            return lines
    return wrap(label + (names[0] if names else ""), ems, most)
