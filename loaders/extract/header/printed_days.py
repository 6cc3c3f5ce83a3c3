"""Days as printed, in Arabic and Chinese numerals."""

import re
from collections.abc import Iterator
from datetime import date

from graph.numerals import chinese_integer
from loaders.patterns.pattern_files import by_name

_PARTS = re.compile(r"(.+?)[年./-](.+?)[月./-](.+?)日?")
_BLANK = re.compile(r"[\s\u200b\ufeff]+")


def find_days(folded: str, start: int, end: int) -> Iterator[tuple[int, int, date]]:
    """Yield every whole day of `folded[start:end]` with its place, in printed order.

    >>> list(find_days("二〇二一年三月五日", 0, 9))
    [(0, 9, datetime.date(2021, 3, 5))]
    """
    for match in by_name("header")["date"].finditer(folded, start, end):
        day = to_day(match.group())
        if day:
            yield match.start(), match.end(), day


def to_day(printed: str) -> date | None:
    """Return the day that a date prints, or None where there is no such day.

    >>> to_day("2018 年 8 月 27 日"), to_day("2021年2月30日")
    (datetime.date(2018, 8, 27), None)
    """
    match = _PARTS.fullmatch(_BLANK.sub("", printed))
    if not match:
        return None
    year, month, day = (_integer(part) for part in match.groups())
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _integer(printed: str) -> int | None:
    return int(printed) if printed.isdecimal() else chinese_integer(re.sub("[OoＯ0零]", "〇", printed))
