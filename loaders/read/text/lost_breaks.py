"""Paragraphs of a copy that lost its line breaks and kept a blank for each, or the blanks that indent a paragraph."""

import re

from loaders.patterns.pattern_files import by_name
from loaders.read.text.unbroken_line import cuts_without_breaks

Stretch = tuple[int, int]

# Two full-width blanks indent a paragraph (GB/T 9704-2012 §7.3.3).
_INDENT = re.compile(r"[\u3000\u00a0 ]{0,4}\u3000\u3000[\u3000\u00a0 ]{0,4}")
_BLANK = re.compile(r"(?<=\S)[ \u3000\u00a0\u2002\u2003]{1,8}(?=[^ \u3000\u00a0\u2002\u2003\n])")
_SIGN = by_name("numbering")["sign_as_printed"]
_CHAPTER = by_name("numbering")["chapter_and_article"]
_FINISHED = frozenset("。；;：:！!？?）)］]】")
_BEGINS = re.compile(r"[\u4e00-\u9fff\d“\"「『《〈(（〔【\[①-⑳]")
# A line with many paragraphs is longer than the first of these, or the second where only blanks tell them apart.
_LONG_LINE, _VERY_LONG_LINE = 200, 250
# A title, a heading, a date or an addressee is no longer; a paragraph on average is.
_SHORT, _PARAGRAPH = 40, 500


def unfolded(text: str, start: int, end: int) -> list[Stretch]:
    """Return the paragraphs of the line [start, end): itself, unless it holds many.

    A paragraph begins behind the two blanks that indent it; where a very long line has none of these, behind a blank
    that follows a finished sentence, a heading, or comes before a sign; where it has no blanks, at the chapters, else
    behind headings and before annexes.
    """
    if end - start <= _LONG_LINE:
        return [(start, end)]
    indents = [match.end() for match in _INDENT.finditer(text, start, end)]
    cuts = indents if len(indents) >= 3 else []
    places = list(zip([start, *cuts], [*cuts, end], strict=True))
    return [part for place in places for part in _parted(text, *place)]


def _parted(text: str, start: int, end: int) -> list[Stretch]:
    cuts = (
        _behind_blanks(text, start, end) or _chapters(text, start, end) or cuts_without_breaks(text, start, end)
        if end - start > _VERY_LONG_LINE
        else []
    )
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _chapters(text: str, start: int, end: int) -> list[int]:
    """Return where chapters and their first articles begin: 第一章总则第一条 is no reference."""
    return [at for match in _CHAPTER.finditer(text, start + 1, end) for at in (match.start(), match.end())]


def _behind_blanks(text: str, start: int, end: int) -> list[int]:
    cuts: list[int] = []
    sure = total = 0
    last = start
    for blank in _BLANK.finditer(text, start, end):
        total += 1
        if not _parts(text, last, blank.start(), blank.end(), end):
            continue
        signed = _SIGN.match(text, blank.end(), end) is not None
        finished = text[blank.start() - 1] in _FINISHED
        if signed or finished or blank.start() - last <= _SHORT:
            cuts.append(blank.end())
            sure += signed or finished
            last = blank.end()
    enough = len(cuts) >= max(3, (end - start) // _PARAGRAPH)
    return cuts if enough and sure * 3 >= len(cuts) and len(cuts) * 2 >= total else []


def _parts(text: str, last: int, before: int, behind: int, end: int) -> bool:
    """Tell whether a blank can part two paragraphs: words on both sides, and not a sign alone before it."""
    if not _BEGINS.match(text, behind, end) or before - last < 2:
        return False
    if (sign := _SIGN.match(text, last, before)) and sign.end() == before:
        return False
    # 总 则, 组 长: the letters of one word are set apart.
    return not (text[before - 2].isspace() or (behind + 1 < end and text[behind + 1].isspace()))
