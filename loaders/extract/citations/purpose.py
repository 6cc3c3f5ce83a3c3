"""The sentence of purpose: whether it names a policy as what the document carries out."""

import re

from graph.model import Span
from loaders.extract.header.genres import is_law
from loaders.extract.header.head_rows import PINYIN
from loaders.extract.header.header import Header
from loaders.patterns.pattern_files import by_name
from loaders.read.document import Document

_FIND = by_name("citations")
_ENDS = by_name("validity")["repealed"]
# What stands around the title in 和省政府《…》(澜政发〔2021〕3号).
_TITLE = re.compile(r"^[^《]*《|》[^》]*$")
_SOUNDS = re.compile(r"[^\u4e00-\u9fff].*")
_BOUNDS = "。;!?\n"
# A sentence goes on so far behind a title.
LONGEST_REST = 400
# The article of purpose (第一条) is one paragraph.
ARTICLE = 500
# Sentences of purpose that list a dozen titles are as long as this.
LONGEST = 1500


def carried_out(document: Document, mention: Span, title: str, header: Header) -> str | None:
    """Return the words (贯彻落实, 根据) by which the sentence of purpose carries out what is named at `mention`.

    None where it is only cited: outside notice and preamble, repealed, of the past; and a law that is merely the
    legal ground (根据《…法》,制定本办法).
    """
    told = _in_purpose if header.policy.role == "self" else _in_reported_purpose
    return carrying_words(document, mention, title) if told(document, mention, header) else None


def carrying_words(document: Document, mention: Span, title: str) -> str | None:
    """Return the words by which a sentence carries out what it names at `mention`, wherever it stands; None where it only cites."""
    folded = document.folded
    earliest = max(0, mention.start - LONGEST)
    begin = max(earliest, *(folded.rfind(sign, earliest, mention.start) + 1 for sign in _BOUNDS))
    before = PINYIN.sub("", _FIND["list_item"].sub("#", folded[begin : mention.start])).replace(" ", "")
    rest = folded[mention.end : mention.end + LONGEST_REST].split("。")[0]
    behind = PINYIN.sub("", rest).lstrip(" )、,和及与以")
    after = _FIND["list_item"].sub("", behind)
    if _FIND["of_the_past"].search(before) or _FIND["annulled"].match(after):
        return None
    if _FIND["legal_ground"].match(after):
        return None
    if is_law(title) and not _FIND["carries_law"].search(before):
        # 根据《…法》和《…意见》要求: the demand is that of the last named, the law is the ground.
        others = [_TITLE.sub("", one[0]) for one in _FIND["list_item"].finditer(behind.partition(",")[0])]
        if not _FIND["demands"].match(after) or not all(is_law(one) for one in others):
            return None
    if (done := _FIND["carried_after"].match(after)) and _FIND["sees_to"].search(before):
        return _SOUNDS.sub("", done["deed"])[:4]
    found = _FIND["carries_out"].search(before)
    return _SOUNDS.sub("", found.group())[:4] if found else None


def _in_purpose(document: Document, mention: Span, header: Header) -> bool:
    """Tell whether a place lies in the notice, the preamble, the article of purpose (第一条), or a sentence like them.

    Such is one that says that this text is made (根据《…》,制定本方案), and one of the section of the guiding thought.
    """
    for span in (header.notice, header.preamble):
        if span and span.start <= mention.start < span.end:
            return True
    rest = document.folded[mention.end : mention.end + LONGEST_REST].split("。")[0]
    if _FIND["makes_this"].search(rest) or _in_guiding_section(document, mention):
        return True
    if "第一条" not in document.folded[max(0, mention.start - ARTICLE) : mention.start].replace(" ", ""):
        return False
    line = next(document.lines_of(Span(mention.start, mention.start + 1)), None)
    if line is None:
        return False
    earliest = max(line.span.start, mention.start - ARTICLE)
    start = max(earliest, document.folded.rfind("第一条", earliest, mention.start))
    return mention.start - start < ARTICLE and bool(_FIND["purpose_article"].match(document.folded[start : start + 8]))


def _in_reported_purpose(document: Document, mention: Span, header: Header) -> bool:
    """Tell whether a place lies in a sentence of a report that gives a purpose (为便利群众,依据《…》要求,开展 …)."""
    start = max(header.body_start, mention.start - LONGEST)
    begin = max(document.folded.rfind(sign, start, mention.start) for sign in _BOUNDS) + 1
    return document.folded[max(begin, start) : mention.start].lstrip().startswith("为")


def _in_guiding_section(document: Document, mention: Span) -> bool:
    """Tell whether the last heading above a place is that of the guiding thought (指导思想, 总体要求)."""
    start = max(0, mention.start - LONGEST)
    headings = list(_FIND["heading_above"].finditer(document.folded, start, mention.start))
    return bool(headings) and _FIND["guiding_heading"].match(headings[-1]["words"].replace(" ", "")) is not None


def without_list(behind: str) -> str:
    """Return what stands behind a title, without its number's bracket and the titles that it is listed with."""
    return _FIND["list_item"].sub("", PINYIN.sub("", behind).lstrip(" )、,和及与以"))


def ends_here(behind: str) -> bool:
    """Tell whether the words behind a title, or a list of titles, say that what they name ends."""
    return _ENDS.match(behind.split("。")[0]) is not None
