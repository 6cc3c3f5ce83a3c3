"""Page furniture: the lines of a page that are no part of the document. They are marked, never deleted."""

import re
from collections.abc import Sequence
from functools import cache

from graph.model import Span
from graph.text import without_blanks
from loaders.patterns.pattern_files import Pattern, by_name, load_patterns, load_words
from loaders.read.document import OUTSIDE, Document, Line
from loaders.structure.table_grid import flat_bounds

_PATTERNS = tuple(pattern for pattern in load_patterns("furniture") if "reason" in pattern.data)
_FORMS = tuple(pattern for pattern in _PATTERNS if not pattern.data.get("near"))
_NEAR = tuple(pattern for pattern in _PATTERNS if pattern.data.get("near"))
_RELATED = by_name("furniture")["related"]
_LABEL_ALONE = by_name("page_data")["label_alone"]
_TITLE_END = load_words("outline")["TITLE_END"]
_FENCE = re.compile(r"-{3,}")
_FRONT_ENTRY = re.compile(r"[^:。]{1,20}:.{0,400}|-[^。]{0,400}")
_PROSE = re.compile(r"[\u4e00-\u9fff].{24,}[。;]$")
# A longer line is a paragraph, whatever words it holds.
LONGEST = 400
# Label and value of a page's data stand in the lines above the text.
HEAD_LINES = 40
# Lines of a script that hold no sign of one, between two that do.
SCRIPT_GAP = 6
# A second copy is at least so many lines and characters; rows of a table repeat less.
COPIED_LINES = 4
COPIED_LENGTH = 300
SAME_LINE = 12
METADATA = "metadata"
# What a short line may be taken for that is a cell of a table.
_SHORT_LINES = frozenset({METADATA, "rule", "navigation", "page-tools", "page-data"})
_COMPANY = frozenset({"page-tools", "page-data", "navigation", "copyright", METADATA})


def mark(document: Document) -> tuple[tuple[Span, str], ...]:
    """Return the spans of the whole lines that are page furniture, each with a reason, in order.

    The reasons are those of patterns/furniture.toml, and `front-matter`, `metadata` (a line of page data about the
    document), `after-text`, `printed-twice` (a second copy of the text), `running-head` (the title at the top of a page) and what the reader said of the line
    (`outside-main-text`).
    """
    lines = document.lines
    tight = [_tight(document, line) for line in lines]
    reasons: list[str | None] = [None] * len(lines)
    _front_matter(document, reasons)
    _said_by_reader(document, reasons)
    _metadata(document, tight, reasons)
    for number, text in enumerate(tight):
        if reasons[number] is None and text:
            reasons[number] = _by_form(text)
    _beside_others(tight, reasons)
    _running_heads(tight, reasons)
    _inside_scripts(reasons)
    _after_text(tight, reasons)
    _printed_twice(document, reasons)
    _cells_of_tables(document, reasons)
    return tuple((line.span, reason) for line, reason in zip(lines, reasons, strict=True) if reason)


def _cells_of_tables(document: Document, reasons: list[str | None]) -> None:
    """Take back what was said of lines that are cells: a blank one prints a dash, a head is named like an entry of a page."""
    number = 0
    for bounds in flat_bounds(document, [line.span for line in document.lines]):
        while number < len(reasons) and document.lines[number].span.start < bounds.start:
            number += 1
        while number < len(reasons) and document.lines[number].span.end <= bounds.end:
            if reasons[number] in _SHORT_LINES:
                reasons[number] = None
            number += 1


def _printed_twice(document: Document, reasons: list[str | None]) -> None:
    """Mark a second copy of the text further down the page (a print view): the same lines in the same order."""
    texts = [without_blanks(document.plain(line.span)) for line in document.lines]
    first: dict[str, int] = {}
    at = 0
    while at < len(texts):
        # What stands outside the main text is no first copy: then the copy inside it is the text.
        if reasons[at] == OUTSIDE:
            at += 1
            continue
        before = first.setdefault(texts[at], at) if len(texts[at]) >= SAME_LINE else at
        run = 0
        while before + run < at and at + run < len(texts) and texts[before + run] == texts[at + run]:
            run += 1
        if run >= COPIED_LINES and sum(map(len, texts[at : at + run])) >= COPIED_LENGTH:
            reasons[at : at + run] = [reason or "printed-twice" for reason in reasons[at : at + run]]
        at += max(run, 1)


def _tight(document: Document, line: Line) -> str:
    """Return the line folded and without blanks and marks of emphasis; nothing for a paragraph."""
    if line.span.end - line.span.start > LONGEST:
        return ""
    return without_blanks(document.plain(line.span)).replace("**", "").strip("*#")


def _front_matter(document: Document, reasons: list[str | None]) -> None:
    """Mark the block between two fences of dashes at the very beginning."""
    plain = [document.plain(line.span) for line in document.lines[:60]]
    if not plain or not _FENCE.fullmatch(plain[0]):
        return
    for number, text in enumerate(plain[1:], start=1):
        if _FENCE.fullmatch(text):
            reasons[: number + 1] = ["front-matter"] * (number + 1)
            return
        if not _FRONT_ENTRY.fullmatch(text):
            return


def _said_by_reader(document: Document, reasons: list[str | None]) -> None:
    for number, line in enumerate(document.lines):
        for span, reason in document.furniture:
            if span.start <= line.span.start and line.span.end <= span.end:
                reasons[number] = reasons[number] or reason


def _metadata(document: Document, tight: list[str], reasons: list[str | None]) -> None:
    """Mark the lines that hold a value of the page's data, and labels whose value is empty."""
    values = [meta.span for meta in document.meta]
    for number, line in enumerate(document.lines[:HEAD_LINES]):
        if reasons[number] is None and line.span.end - line.span.start <= LONGEST:
            holds = any(line.span.start <= value.start and value.end <= line.span.end for value in values)
            if holds or _LABEL_ALONE.fullmatch(tight[number]):
                reasons[number] = METADATA


@cache
def _any_form() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return all patterns as two, those of a line's beginning and the others: most lines match neither."""
    patterns = [form.regex.pattern for form in _FORMS]
    begin = [f"(?:{pattern})" for pattern in patterns if pattern.startswith("^")]
    within = [f"(?:{pattern})" for pattern in patterns if not pattern.startswith("^")]
    return re.compile("|".join(begin)), re.compile("|".join(within))


def _by_form(tight: str) -> str | None:
    begin, within = _any_form()
    if not begin.match(tight) and not within.search(tight):
        return None
    return _reason(_FORMS, tight)


def _reason(patterns: Sequence[Pattern], tight: str) -> str | None:
    return next((str(pattern.data["reason"]) for pattern in patterns if pattern.regex.search(tight)), None)


def _beside_others(tight: list[str], reasons: list[str | None]) -> None:
    """Mark lines such as 大, 中, 小 that are page tools only beside other page tools."""
    order = range(len(tight))
    for numbers in (order, reversed(order)):
        before: str | None = None
        for number in numbers:
            if reasons[number] is None and before in _COMPANY and tight[number]:
                reasons[number] = _reason(_NEAR, tight[number])
            before = reasons[number]


def _running_heads(tight: list[str], reasons: list[str | None]) -> None:
    """Mark a title that is printed again below a page number: the head of the next page, often in mid-sentence."""
    seen: set[str] = set()
    for number, text in enumerate(tight):
        if (
            number
            and reasons[number - 1] == "page-number"
            and reasons[number] is None
            and text in seen
            and text.endswith(_TITLE_END)
        ):
            reasons[number] = "running-head"
        seen.add(text)


def _inside_scripts(reasons: list[str | None]) -> None:
    last: int | None = None
    for number, reason in enumerate(reasons):
        if reason != "script":
            continue
        if last is not None and number - last <= SCRIPT_GAP:
            reasons[last:number] = ["script"] * (number - last)
        last = number


def _after_text(tight: list[str], reasons: list[str | None]) -> None:
    """Mark what follows the page tools (打印, 关闭) or 相关阅读 below the text, where no prose follows them."""
    last = None
    for number in range(len(reasons) // 2, len(reasons)):
        tools = reasons[number] == "page-tools" and reasons[number - 1] == "page-tools"
        if tools or (reasons[number] and _RELATED.match(tight[number])):
            last = number
    if last is None or any(not text or _PROSE.search(text) for text in tight[last + 1 :]):
        return
    for number in range(last + 1, len(reasons)):
        reasons[number] = reasons[number] or "after-text"
