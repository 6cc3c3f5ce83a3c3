"""What the words of a task became in another: pieces cut at words and clauses, never inside a word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from graph.text import fold
from queries.changes.cut_words import CutWord, cut_words

# The bracket at the end that names units and dates: they are compared as such, not as words.
_DUTY = re.compile(
    r"[\[(（〔【][^\[\]()（）〔〕【】]{0,300}(?:[\[(（〔【][^\[\]()（）〔〕【】]{0,40}[\])）〕】][^\[\]()（）〔〕【】]{0,300}){0,6}[\])）〕】][。；;]?$"
)
_DUTY_WORDS = re.compile(r"单位|牵头|负责|配合|责任|部门")
_BLANKS = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_PHRASE = re.compile(r"[\w%℃·/+-]+")
_WORD = re.compile(r"\w")
_WHOLE = re.compile(r"[0-9A-Za-z]")
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
_TOLD = 2
"""A phrase of so many characters that stands anywhere in the other text is no change; a single one says too little."""
_SHORT = 2
"""A run of kept characters shorter than this between two changes is part of the change, unless it is a sign or a number."""
_LITTLE = 0.25
"""A clause of which a smaller share is kept is another clause: it is told whole."""
_JOINS = frozenset("和及与的地得在了等并将对以至到为从")
"""A change of such a word alone is none that anybody asks about."""

ComparedText = list[tuple[str, bool]]
"""A text in pieces, each with whether the other text does not have it there."""


class _Side(NamedTuple):
    """One of two texts: as printed, folded, and in words."""

    printed: str
    plain: str
    words: Sequence[CutWord]


_Stretch = tuple[int, int, bool]
"""A stretch of a text from one character to another, and whether it changed."""


def words(parent: str, child: str) -> tuple[str | None, str | None]:
    """Return the words that the child dropped and those that it added, pieces parted by `…`.

    >>> words("推进全省数据平台建设", "推进全市数据平台建设和开放")
    ('全省', '全市…和开放')
    """
    sides = _sides(parent, child)
    dropped, added = _compared(*sides)
    told = (
        "…".join(piece for low, high, changed in marks if changed for piece in _missing(side, low, high, other.plain))
        for side, other, marks in ((*sides, dropped), (*sides[::-1], added))
    )
    lost, gained = told
    return lost or None, gained or None


def compared(parent: str, child: str) -> tuple[ComparedText, ComparedText]:
    """Return the texts of two tasks in pieces, each marked where it differs; brackets that name who does it are left out.

    A number with what it counts is one thing: it is the same or it is not.

    >>> compared("建成120处平台", "建成20处平台和驿站")[1]
    [('建成', False), ('20处', True), ('平台', False), ('和驿站', True)]
    """
    sides = _sides(parent, child)
    marked = _compared(*sides)
    upper, lower = (
        [(side.printed[low:high], changed) for low, high, changed in marks]
        for side, marks in zip(sides, marked, strict=True)
    )
    return upper, lower


def printed_words(text: str) -> str:
    """Return what a task says as it is compared: without the bracket that names who does it and blanks that part no words.

    >>> printed_words("划定 保护区。（责任单位：省水利厅）")
    '划定保护区。'
    """
    return _BLANKS.sub("", without_duty(text))


def without_duty(text: str) -> str:
    """Return a task's text without the closing bracket that names who does it.

    >>> without_duty("划定保护区。（责任单位：省水利厅）")
    '划定保护区。'
    """
    plain = " ".join(text.split())
    match = _DUTY.search(plain[-700:])
    if match and _DUTY_WORDS.search(match[0]):
        return plain[: len(plain) - len(match[0])].rstrip()
    return plain


def _sides(parent: str, child: str) -> tuple[_Side, _Side]:
    """Return both texts ready to be compared.

    Folded characters are compared, printed ones shown: another width, bracket or script is no other word.
    """
    # Blanks that part no words, those that do not stand between two Latin letters, say nothing.
    printed = [printed_words(text) for text in (parent, child)]
    upper, lower = (_Side(text, plain := fold(text), cut_words(plain)) for text in printed)
    return upper, lower


def _compared(upper: _Side, lower: _Side) -> tuple[list[_Stretch], list[_Stretch]]:
    """Return the stretches of two texts, in turn kept and changed."""
    above, below = ([word.text for word in side.words] for side in (upper, lower))
    matcher = SequenceMatcher(None, above, below, autojunk=False)
    kept: tuple[set[int], set[int]] = (set(), set())
    operations = list(_merged(matcher.get_opcodes(), upper))
    for tag, low, high, left, right in operations:
        if tag == "equal":
            kept[0].update(range(*_characters(upper, low, high)))
            kept[1].update(range(*_characters(lower, left, right)))
        elif tag == "replace":
            first, last = _common_ends(upper, (low, high), lower, (left, right))
            for at, (side, ends) in enumerate(((upper, (low, high)), (lower, (left, right)))):
                start, end = _characters(side, *ends)
                kept[at].update(range(start, start + first), range(end - last, end))
    for side, characters in zip((upper, lower), kept, strict=True):
        _drop_little(side, characters)
    return _stretches(upper, kept[0]), _stretches(lower, kept[1])


def _characters(side: _Side, low: int, high: int) -> tuple[int, int]:
    """Return the characters that the words of a side from one to another take up."""
    if low == high:
        return (0, 0)
    return side.words[low].start, side.words[high - 1].end


def _merged(codes: Sequence[tuple[str, int, int, int, int]], upper: _Side) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the operations with short kept runs between two changes taken into the change."""
    held: tuple[str, int, int, int, int] | None = None
    for index, (tag, low, high, left, right) in enumerate(codes):
        start, end = _characters(upper, low, high)
        short = end - start < _SHORT and all(
            _WORD.match(sign) and not sign.isdigit() for sign in upper.plain[start:end]
        )
        inner = 0 < index < len(codes) - 1 and tag == "equal" and short
        if tag == "equal" and not inner:
            if held:
                yield held
            held = None
            yield tag, low, high, left, right
        else:
            held = ("replace", held[1] if held else low, high, held[3] if held else left, right)
    if held:
        yield held


def _common_ends(upper: _Side, above: tuple[int, int], lower: _Side, below: tuple[int, int]) -> tuple[int, int]:
    """Return how many characters two changed runs begin and end with alike.

    The same letters may be cut in other places beside other words: what ends where a word of either side ends is kept.
    """
    sides = (upper, above), (lower, below)
    one, other = (side.plain[slice(*_characters(side, *ends))] for side, ends in sides)
    most = min(len(one), len(other))
    fits = [at for at in _ends(sides, from_end=False) if at <= most and one[:at] == other[:at]]
    first = max(fits, default=0)
    fits = [at for at in _ends(sides, from_end=True) if at <= most - first and one[-at:] == other[-at:]]
    return first, max(fits, default=0)


def _ends(sides: Sequence[tuple[_Side, tuple[int, int]]], *, from_end: bool) -> set[int]:
    """Return how far from one end of two changed runs a word ends in either, and no number is cut in the other."""
    edges, inside = set(), set()
    for side, (low, high) in sides:
        start, end = _characters(side, low, high)
        for word in side.words[low:high]:
            near, far = (end - word.end, end - word.start) if from_end else (word.start - start, word.end - start)
            edges.add(far)
            if _WHOLE.search(word.text):
                inside |= set(range(near + 1, far))
    return {at for at in edges - inside if at >= _TOLD}


def _drop_little(side: _Side, kept: set[int]) -> None:
    """Take out of what is kept the clauses of which only a little is."""
    for clause in _CLAUSE.finditer(side.plain):
        places = set(range(*clause.span()))
        if len(places & kept) < _LITTLE * len(places):
            kept -= places


def _stretches(side: _Side, kept: set[int]) -> list[_Stretch]:
    made: list[_Stretch] = []
    for at in range(len(side.printed)):
        changed = at not in kept
        if made and made[-1][2] == changed:
            made[-1] = (made[-1][0], at + 1, changed)
        else:
            made.append((at, at + 1, changed))
    return made


def _missing(side: _Side, low: int, high: int, other: str) -> list[str]:
    """Return the pieces of a change that the whole other text does not say, in another place or order either."""
    pieces: list[tuple[int, int]] = []
    for phrase in _PHRASE.finditer(side.plain, low, high):
        first, last = phrase.span()
        if phrase[0] in _JOINS or (last - first >= _TOLD and phrase[0] in other):
            continue
        # Phrases that stand next to each other stay one piece, with the mark between them.
        if pieces and not _WORD.search(side.plain[pieces[-1][1] : first]):
            pieces[-1] = (pieces[-1][0], last)
        else:
            pieces.append((first, last))
    return [side.printed[first : _onward(side, first, last)] for first, last in pieces]


def _onward(side: _Side, first: int, last: int) -> int:
    """Return the end of a piece; one sign alone says too little, the word behind it is told with it (不…允许)."""
    if last - first >= _TOLD:
        return last
    behind = next((word for word in side.words if word.start == last), None)
    return behind.end if behind and _WORD.match(behind.text) else last
