"""Times as printed in a text: days, months, quarters, years, plan periods and stretches between two of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graph.model import Span
from loaders.extract.deadlines import edtf
from loaders.extract.deadlines.calendar_parts import CalendarPart, PrintedTime, read_match
from loaders.extract.deadlines.years import Years
from loaders.patterns.pattern_files import by_name, load_patterns

Bound = Literal["by", "since", "during"]
_DATES = tuple((order, one) for order, one in enumerate(load_patterns("deadlines")) if one.data["of"] == "date")
# The patterns by what they need, which is looked for once for all of them.
_BY_NEED = tuple(
    (re.compile(needs), tuple((order, one.name, one.regex) for order, one in _DATES if one.data["needs"] == needs))
    for needs in dict.fromkeys(one.data["needs"] for _, one in _DATES)
)
# No time without what one of the patterns needs: a cheap look before a dozen of them.
_MAY = re.compile("|".join(dict.fromkeys(one.data["needs"] for _, one in _DATES)))
_BESIDE = by_name("deadlines")
# How far behind a place a pattern may look, and how much of a line break may stand between 年 and 月.
_MARGIN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time in a text: `start` and `end` are its first and last day, None where no year can be told.

    `bound` says whether a thing is to be done `by` its end (前, 底, 到…), goes on `since` its start (起) or falls
    `during` it. `spread` marks a stretch between two printed ends, `plan` a plan period; `printed` tells whether
    the year is printed. `span` holds 前 and 起, not the 到 or 自 before it, which `lead` covers.
    """

    span: Span
    lead: int
    rule: str
    last: CalendarPart
    start: date | None
    end: date | None
    bound: Bound
    edtf: str | None
    spread: bool = False
    plan: bool = False
    printed: bool = False


def find_times(folded: str, start: int, end: int, years: Years, context: int | None = None) -> list[Time]:
    """Return the times in folded[start:end] in printed order.

    A time without a year takes the last year printed before it there (first `context`), else `years.only()`, a month at
    last `years.of_month()`; 今年 is `years.current()`.
    """
    if not _MAY.search(folded, start, end):
        return []
    times = []
    for printed in _joined(folded, _chosen(folded, start, end)):
        if time := _resolved(folded, printed, (start, end), years, context):
            times.append(time)
            if time.printed and time.end:
                context = time.end.year
    return times


def _chosen(folded: str, start: int, end: int) -> Iterator[PrintedTime]:
    """Yield what the patterns find, the leftmost and there the longest, none inside another."""
    low = max(0, start - _MARGIN)
    # A cell that says 2019年3月 is a month, whatever number the next line begins with.
    piece = folded[low : end if folded[end : end + 1] in "\r\n\t" else end + _MARGIN]
    candidates = [
        (match.start(), -match.end(), order, match, name)
        for needs, patterns in _BY_NEED
        if needs.search(piece)
        for order, name, regex in patterns
        for match in regex.finditer(piece, start - low)
        if match.end() + low <= end
    ]
    reached = 0
    for at, minus_end, _, match, name in sorted(candidates, key=lambda one: one[:3]):
        if at >= reached:
            reached = -minus_end
            yield read_match(match, name, low)


def _joined(folded: str, times: Iterable[PrintedTime]) -> Iterator[PrintedTime]:
    """Yield the times with two that a 至 connects made one."""
    before: PrintedTime | None = None
    for time in times:
        if before and _goes_on(folded, before, time):
            before = replace(before, end=time.end, rule="joined", last=time.last, late=time.late)
            continue
        if before:
            yield before
        before = time
    if before:
        yield before


def _goes_on(folded: str, before: PrintedTime, time: PrintedTime) -> bool:
    """Tell whether a 至 connects two times to a stretch; a stretch and a plan period have their ends already."""
    between = _BESIDE["to"].fullmatch(folded, before.end, time.start)
    return bool(between) and not before.spread and before.rule != "plan"


def _resolved(
    folded: str, printed: PrintedTime, within: tuple[int, int], years: Years, context: int | None
) -> Time | None:
    """Return the time with its days, or None where the calendar has no such day."""
    low, high = within
    with_year = printed.first.year is not None or printed.last.year is not None
    first_year, last_year = _years(printed, years, context)
    first = printed.first.days(first_year) if first_year else None
    last = printed.last.days(last_year) if last_year else None
    if (first_year and not first) or (last_year and not last) or (first and last and first[0] > last[1]):
        return None
    until = _BESIDE["until"].search(folded, max(low, printed.start - 8), printed.start)
    since = _BESIDE["since"].search(folded, max(low, printed.start - 4), printed.start)
    bound: Bound = "by" if (until or printed.late) and not printed.spread else "during"
    stop = printed.end
    if before := _BESIDE["before"].match(folded, stop, high):
        bound, stop = "by", before.end()
    elif after := _BESIDE["from"].match(folded, stop, high):
        bound, stop = "since", after.end()
    elif since and not printed.spread:
        bound = "since"
    lead = until.start() if until else since.start() if since else printed.start
    return Time(
        span=Span(printed.start, stop),
        lead=lead,
        rule=printed.rule,
        last=printed.last,
        bound=bound,
        spread=printed.spread,
        start=first[0] if first else None,
        end=last[1] if last else None,
        plan=printed.rule == "plan",
        printed=with_year,
        edtf=_edtf(printed, bound, first_year, last_year) if first and last else None,
    )


def _years(printed: PrintedTime, years: Years, context: int | None) -> tuple[int | None, int | None]:
    """Return the years of the first and the last part; an end that would come before its start is in the next year."""
    first = _year(printed.first, years, context)
    if printed.first is printed.last or printed.first == printed.last:
        return first, first
    if printed.last.year is None and printed.last.relative is None:
        last = first
        if first and (start := printed.first.days(first)) and (end := printed.last.days(first)) and end[1] < start[0]:
            last = first + 1
        return first, last
    return first, _year(printed.last, years, first)


def _year(part: CalendarPart, years: Years, context: int | None) -> int | None:
    """Return the year of a part: as printed, else what a word stands for, else the year before it (`context`)."""
    if part.year is not None:
        return part.year
    if part.relative == "this":
        return years.only()
    if part.relative in ("issued", "coming"):
        now = years.current()
        return now + 1 if now and part.relative == "coming" else now
    if part.relative == "within":
        return context or years.current()
    base = context or years.only()
    if base is None and part.relative is None and part.form in ("month", "third", "day"):
        return years.of_month(part.number)
    return base + 1 if base and part.relative == "next" else base


def _edtf(printed: PrintedTime, bound: Bound, first: int | None, last: int | None) -> str | None:
    """Return the EDTF of a time whose first and last part fall in these years, None where one is not known."""
    if first is None or last is None:
        return None
    days = printed.last.days(last)
    if bound == "by" and days:
        return edtf.by(days[1])
    begin, end = printed.first.edtf(first)[0], printed.last.edtf(last)[1]
    return edtf.since(begin) if bound == "since" else edtf.between(begin, end)
