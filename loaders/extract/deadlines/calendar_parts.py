"""A part of the calendar (a year, quarter, month, day) as the patterns of times print it: its days and its EDTF."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graph.numerals import to_number
from loaders.extract.deadlines import edtf

Form = Literal["year", "half", "quarter", "month", "third", "day"]
Relative = Literal["issued", "this", "coming", "next", "same", "within"]
# The eleventh five-year plan (“十一五”) began in 2006; the ones before the sixth do not follow by fives.
ELEVENTH_PLAN = 2006
_THIRDS = {"上": 1, "初": 1, "中": 2, "下": 3}
_RELATIVE: dict[str, Relative] = {
    "今": "issued",
    "本": "this",
    "明": "coming",
    "次": "next",
    "翌": "next",
    "当": "same",
    "同": "same",
}


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A part of the calendar: `form` with its `number` (of the half, quarter or month) and `day` (a third's 1 to 3).

    `year` is None where none is printed; `relative` is what a word says instead (今年, 次年, 同年, 年内).
    """

    form: Form
    number: int = 0
    day: int = 0
    year: int | None = None
    relative: Relative | None = None

    def days(self, year: int) -> tuple[date, date] | None:
        """Return its first and last day in `year`, or None where the calendar has no such day."""
        if self.form == "year":
            return date(year, 1, 1), date(year, 12, 31)
        if self.form in ("half", "quarter"):
            months = 6 if self.form == "half" else 3
            last = self.number * months
            return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])
        length = monthrange(year, self.number)[1]
        if self.form == "month":
            return date(year, self.number, 1), date(year, self.number, length)
        if self.form == "third":
            last = length if self.day == 3 else self.day * 10
            return date(year, self.number, self.day * 10 - 9), date(year, self.number, last)
        day = date(year, self.number, self.day) if self.day <= length else None
        return (day, day) if day else None

    def edtf(self, year: int) -> tuple[str, str]:
        """Return its beginning and its end in EDTF: one date twice, but for 旬, which EDTF cannot name."""
        if self.form == "third" and (days := self.days(year)):
            return days[0].isoformat(), days[1].isoformat()
        numbers = {"half": edtf.HALVES[0] - 1 + self.number, "quarter": edtf.QUARTERS[0] - 1 + self.number}
        number = None if self.form == "year" else numbers.get(self.form, self.number)
        printed = edtf.part(year, number, self.day if self.form == "day" else None)
        return printed, printed


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """What one pattern found at [start, end): its first and last part; `late` where 底 or 末 names its end."""

    start: int
    end: int
    rule: str
    first: CalendarPart
    last: CalendarPart
    late: bool = False

    @property
    def spread(self) -> bool:
        """Whether two ends are printed (2018-2020年)."""
        return self.rule in ("years", "year_list", "months", "days", "joined")


def read_match(match: re.Match[str], rule: str, offset: int) -> PrintedTime:
    """Return the parts that a match of the pattern `rule` prints; `offset` is added to its place."""
    groups = match.groupdict()
    first, last = _READERS.get(rule, _single)(groups)
    late = match[0].rstrip().endswith(("底", "末", "末期"))
    if rule == "plan" and late:
        first = last
    return PrintedTime(match.start() + offset, match.end() + offset, rule, first, last, late)


def _int(printed: str | None) -> int | None:
    value = to_number("".join(printed.split()).replace("O", "〇")) if printed else None
    return value if isinstance(value, int) else None


def _base(groups: dict[str, str | None]) -> CalendarPart:
    """Return the year as printed, as a whole."""
    relative = groups.get("relative")
    return CalendarPart("year", year=_int(groups.get("year")), relative=_RELATIVE[relative[0]] if relative else None)


def _plan(groups: dict[str, str | None]) -> tuple[CalendarPart, CalendarPart]:
    begin = ELEVENTH_PLAN + 5 * ((_int(groups["plan"]) or 0) - 1)
    return CalendarPart("year", year=begin), CalendarPart("year", year=begin + 4)


def _years(groups: dict[str, str | None]) -> tuple[CalendarPart, CalendarPart]:
    return CalendarPart("year", year=_int(groups["first"])), CalendarPart("year", year=_int(groups["last"]))


def _months(groups: dict[str, str | None]) -> tuple[CalendarPart, CalendarPart]:
    # The last month is of the same year or, where it would come first, of the next: its own year is left open.
    first = replace(_base(groups), form="month", number=_int(groups["first"]) or 0)
    return first, CalendarPart("month", number=_int(groups["last"]) or 0)


def _days(groups: dict[str, str | None]) -> tuple[CalendarPart, CalendarPart]:
    month = replace(_base(groups), form="day", number=_int(groups["month"]) or 0)
    first, last = (replace(month, day=_int(groups[name]) or 0) for name in ("first", "last"))
    return first, last


def _single(groups: dict[str, str | None]) -> tuple[CalendarPart, CalendarPart]:
    part = _base(groups)
    edge = (groups.get("edge") or groups.get("typo") or "").removeprefix("年")
    month = _int(groups.get("month") or groups.get("lone"))
    if month and groups.get("day"):
        part = replace(part, form="day", number=month, day=_int(groups["day"]) or 0)
    elif month and edge[:1] in _THIRDS:
        part = replace(part, form="third", number=month, day=_THIRDS[edge[0]])
    elif month:
        part = replace(part, form="month", number=month)
    elif quarter := _int(groups.get("quarter") or groups.get("q")):
        part = replace(part, form="quarter", number=quarter)
    elif half := groups.get("half"):
        part = replace(part, form="half", number=1 if half == "上" else 2)
    elif edge == "初":
        part = replace(part, form="quarter", number=1)
    elif edge == "内" and part.year is None and part.relative is None:
        part = replace(part, relative="within")
    elif edge == "中":
        part = replace(part, form="half", number=1)
    return part, part


_READERS: dict[str, Callable[[dict[str, str | None]], tuple[CalendarPart, CalendarPart]]] = {
    "plan": _plan,
    "years": _years,
    "year_list": _years,
    "months": _months,
    "days": _days,
}
