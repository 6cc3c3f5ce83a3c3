"""Signs in a text that nobody reads: such of no width, marks of fonts and of programs, and pinyin in brackets.

They cut words for every pattern and mean nothing: a document is read without them, and the text as loaded keeps them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from graph.model import Span
from loaders.read.document import Document, Remark

# Soft hyphens, joiners, blanks of no width, marks of direction, selectors of a form, signs of control (Unicode 16, Cf and Cc).
_UNSEEN = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0100-\U000e01ef]"
)
_PRIVATE = r"[\ue000-\uf8ff]"
_BLANK = r"[ \t\u00a0\u3000]"
# A sign of a font alone before words is a bullet or an ornament, and one between blanks a picture of a page.
_ORNAMENT = re.compile(
    rf"(?:(?<=[\r\n])|(?<=\A)|(?<={_BLANK})){_PRIVATE}{{1,2}}(?!{_PRIVATE})"
    rf"|(?<!{_PRIVATE}){_PRIVATE}{{1,2}}(?={_BLANK}|[\r\n]|\Z)"
)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_PINYIN = re.compile(rf"(?<=[\u3400-\u9fff])[(（][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,5}}[)）]")
_SIGNS = re.compile(rf"{_UNSEEN}+")
_PRIVATE_SIGN = re.compile(_PRIVATE)
_IN_WORDS = re.compile(rf"{_PRIVATE}{{1,8}}")
_SOME = re.compile(rf"{_UNSEEN}|{_PRIVATE}|[{_TONED}]")
# Where more of them differ they are letters, which the file does not name.
_ORNAMENTS = 8
# More kinds of signs are not named one by one, nor more places.
_NAMED, _PLACES = 4, 20


def unseen_signs(document: Document) -> tuple[tuple[Span, ...], tuple[Remark, ...]]:
    """Return the places of signs that are read over, in order and apart, and what is to be said of them.

    A sign of the private use area inside words is a letter that only its font knows: it stays, and is said by its place.
    """
    text = document.text
    if not _SOME.search(text):
        return (), ()
    letters = len(set(_PRIVATE_SIGN.findall(text))) > _ORNAMENTS
    unseen, ornaments, pinyin = (_places(one, text) for one in (_SIGNS, _ORNAMENT, _PINYIN))
    ornaments = [] if letters else ornaments
    removed = _merged([*unseen, *ornaments, *pinyin])
    hidden = {at for span in ornaments for at in range(span.start, span.end)}
    remarks = [*_of_kinds(text, unseen, "unseen-signs", "signs that show nothing stand in the text")]
    remarks += _of_kinds(
        text, ornaments, "private-sign", "signs of a font that mean nothing without it stand beside words"
    )
    if pinyin:
        remarks.append(
            Remark(
                "pinyin",
                _beside(pinyin[0]),
                f"{len(pinyin)} signs have their pinyin behind them in brackets; read without it",
            )
        )
    return removed, (*remarks, *_letters(text, hidden))


def _places(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _of_kinds(text: str, places: list[Span], code: str, what: str) -> list[Remark]:
    """Return one remark about signs of some kinds, none where there are none."""
    if not places:
        return []
    kinds = Counter(char for span in places for char in span.of(text))
    named = ", ".join(f"{_name(char)} {count}" for char, count in kinds.most_common(_NAMED))
    return [Remark(code, _beside(places[0]), f"{kinds.total()} {what} ({named}); read without them")]


def _beside(span: Span) -> Span:
    """Return a place with the sign before it: of what is read over alone nothing would be left to show."""
    return Span(max(span.start - 1, 0), span.end)


def _name(char: str) -> str:
    return " ".join((f"U+{ord(char):04X}", unicodedata.name(char, ""))).strip()


def _letters(text: str, ornaments: set[int]) -> Iterator[Remark]:
    """Yield a remark for each of the first places where a sign of a font stands inside words."""
    inside = [span for span in _places(_IN_WORDS, text) if span.start not in ornaments]
    for span in inside[:_PLACES]:
        yield Remark(
            "private-sign", span, f"a sign that only its font knows ({_name(text[span.start])}) stands in words"
        )
    if len(inside) > _PLACES:
        yield Remark(
            "private-sign", None, f"{len(inside) - _PLACES} more signs that only their font knows stand in words"
        )


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return places in order, those that touch as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
