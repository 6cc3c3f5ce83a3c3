"""Signs of items that were read from a picture without their point or bracket, put right by the numbers around them.

一、 is read as 一, （三） as （三, 1. as l.: an item without a sign belongs to the one above it, and takes its units along.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from graph.numerals import chinese_integer
from graph.text import fold
from loaders.read.paged.page_layout import LaidPage
from loaders.read.paged.printed_lines import PrintedLine

_CN = "[一二三四五六七八九十]{1,3}"
_WORD = r"(?=[\u4e00-\u9fff“\"《])"
# What is printed for certain, and what is read of it, by kind of sign from the highest down.
_WHOLE = (re.compile(rf"({_CN})[、.]"), re.compile(rf"\(({_CN})\)"), re.compile(r"(\d{1,2})[.、](?!\d)"))
_TORN = (
    re.compile(rf"({_CN})[ ,:;·'`_-]{{0,2}}{_WORD}"),
    re.compile(rf"(?:\(({_CN})|({_CN})\)|\(({_CN})[,.、])[ ]?{_WORD}"),
    re.compile(rf"(\d{{1,2}})[ ,:;·'`_-]{{0,2}}{_WORD}"),
)
_FORMS = ("{}、", "（{}）", "{}.")
# What is read of a sign alone, where no number must tell: l. is 1., ー、 is 一、.
_ALIKE = ((re.compile(r"()[lI|](?=[.、](?!\d))"), "1"), (re.compile(r"(\(?)[ー-](?=[)、])"), "一"))
# A heading fills no more of the widest line; signs of one kind begin at one place, in ems.
_SHORT, _AT = 0.7, 1.5
_STOPS = "。，；,;"


@dataclass(frozen=True, slots=True)
class _Sign:
    """The sign of a line: the line, its kind, its number as printed and as a number, where it ends, whether it is whole."""

    at: int
    kind: int
    printed: str
    number: int
    end: int
    whole: bool


def mend_signs(pages: Sequence[LaidPage]) -> list[tuple[int, PrintedLine]]:
    """Put right the signs of items on pages that are pictures, in place; return page and line of each that was."""
    places = [
        (page, at)
        for page in pages
        for at, line in enumerate(page.lines)
        if at not in page.aside and page.confidence(line.box) is not None
    ]
    lines = [page.lines[at] for page, at in places]
    mended = []
    for number, text in mended_signs(lines).items():
        page, at = places[number]
        page.lines[at] = replace(page.lines[at], text=text)
        mended.append((page.number, page.lines[at]))
    return mended


def mended_signs(lines: Sequence[PrintedLine]) -> dict[int, str]:
    """Return the words of each line whose sign is put right, by its place in `lines`, which are in reading order.

    A sign is put right where the sign of its kind before it has the number below, and the next one that above; a short
    line without a stop, which is a heading, may be the last one.
    """
    texts = {at: text for at, line in enumerate(lines) if (text := _alike(line.text)) != line.text}
    signs = [sign for at, line in enumerate(lines) for sign in _signs(at, texts.get(at, line.text))]
    widest = max((line.width for line in lines), default=0.0)
    headings = {one.at for one in signs if _is_heading(lines[one.at], widest)}
    for kind in range(len(_WHOLE)):
        mine = [one for one in signs if one.kind == kind or (one.whole and one.kind < kind)]
        for place, sign in enumerate(mine):
            if sign.whole or sign.kind != kind:
                continue
            before, behind = _whole_before(mine, place), _next(mine, place, headings)
            if _fits(sign, before, behind, sign.at in headings) and _beside(lines, sign, before, behind):
                mine[place] = signs[signs.index(sign)] = replace(sign, whole=True)
                text = texts.get(sign.at, lines[sign.at].text)
                texts[sign.at] = _FORMS[kind].format(sign.printed) + text[sign.end :]
    return texts


def _alike(text: str) -> str:
    """Return a line with the sign that only looks like another put right."""
    folded = fold(text)
    for pattern, sign in _ALIKE:
        if match := pattern.match(folded):
            return text[: match.end(1)] + sign + text[match.end() :]
    return text


def _signs(at: int, text: str) -> list[_Sign]:
    """Return the sign that a line begins with, whole or as it may have been read."""
    folded = fold(text)
    found = []
    for patterns, whole in ((_WHOLE, True), (_TORN, False)):
        for kind, pattern in enumerate(patterns):
            if not (match := pattern.match(folded)):
                continue
            printed = next(group for group in match.groups() if group)
            number = chinese_integer(printed) if kind < 2 else int(printed)
            if number:
                found.append(_Sign(at, kind, printed, number, match.end(), whole))
        if found:
            return found
    return found


def _whole_before(signs: Sequence[_Sign], place: int) -> _Sign | None:
    return next((one for one in reversed(signs[:place]) if one.whole), None)


def _next(signs: Sequence[_Sign], place: int, headings: Collection[int]) -> _Sign | None:
    """Return the next whole sign, or the next heading whose sign was read in part and goes on the numbers of this one."""
    sign = signs[place]
    goes_on = (sign.kind, sign.number + 1)
    return next(
        (
            one
            for one in signs[place + 1 :]
            if one.whole or (sign.at in headings and one.at in headings and (one.kind, one.number) == goes_on)
        ),
        None,
    )


def _is_heading(line: PrintedLine, widest: float) -> bool:
    return line.width < _SHORT * widest and line.text[-1:] not in _STOPS


def _fits(sign: _Sign, before: _Sign | None, behind: _Sign | None, heading: bool) -> bool:
    """Tell whether the numbers around a sign leave room for no other."""
    first = before is None or before.kind < sign.kind
    follows = sign.number == 1 if first or before is None else sign.number == before.number + 1
    goes_on = behind is not None and behind.kind == sign.kind and behind.number == sign.number + 1
    last = behind is None or behind.kind < sign.kind or behind.number == 1
    return follows and (goes_on or (heading and last and not first))


def _beside(lines: Sequence[PrintedLine], sign: _Sign, *others: _Sign | None) -> bool:
    """Tell whether a sign begins where those of its kind next to it do."""
    line = lines[sign.at]
    near = [lines[one.at] for one in others if one and one.kind == sign.kind]
    return all(abs(one.box[0] - line.box[0]) < _AT * max(one.size, line.size) for one in near)
