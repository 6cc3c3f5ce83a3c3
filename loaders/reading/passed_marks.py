"""Which rule passes over a mark inside of what is read: a term that counts from an event, a party in general, a form in 《》.

The rules are named and have their examples in loaders/patterns/passed_marks.toml; what none of them names stays unclaimed.
"""

import re

from graph.model import Span
from loaders.extract.targets.clauses import Clauses
from loaders.extract.targets.conditions import in_case
from loaders.patterns.pattern_files import by_name, load_patterns

_RULES = {
    kind: tuple((one.name, one.regex) for one in load_patterns("passed_marks") if one.data["of"] == kind)
    for kind in ("duty", "date", "title")
}
_PAPER = by_name("marks")["paper"]
_STOP = re.compile(r"[。!?\n]")
# So far before and behind a mark its sentence is looked at.
_BEFORE, _BEHIND = 160, 80


def passed_by(kind: str, folded: str, span: Span) -> str | None:
    """Return the name of the rule that passes over the mark at `span` of a folded text, None where there is none."""
    if kind not in _RULES:
        return None
    if kind == "title" and _PAPER.search(folded, span.start + 1, span.end - 1):
        return "paper"
    words = _sentence(folded, span)
    for name, pattern in _RULES[kind]:
        if pattern.search(words):
            return name
    return "case" if kind == "date" and _is_in_case(folded, span) else None


def _sentence(folded: str, span: Span) -> str:
    """Return the sentence of a mark with ‹ and › around the mark; one that begins further before it begins with …."""
    start, end, whole = _bounds(folded, span)
    opens = "" if whole else "…"
    return f"{opens}{folded[start : span.start]}‹{span.of(folded)}›{folded[span.end : end]}"


def _is_in_case(folded: str, span: Span) -> bool:
    start, end, _ = _bounds(folded, span)
    return in_case(Clauses(folded, start, end), span.start, span.end)


def _bounds(folded: str, span: Span) -> tuple[int, int, bool]:
    """Return where the sentence of a mark begins and ends, as far as it is looked at, and whether it begins there."""
    low, high = max(0, span.start - _BEFORE), min(len(folded), span.end + _BEHIND)
    stops = [stop.end() for stop in _STOP.finditer(folded, low, span.start)]
    end = _STOP.search(folded, span.end, high)
    return stops[-1] if stops else low, end.start() if end else high, bool(stops or not low)
