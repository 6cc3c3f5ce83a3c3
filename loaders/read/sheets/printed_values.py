"""How the number of a cell is printed: as a date, a share, or as it is."""

import re
from datetime import datetime, timedelta

_QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_PERCENT = re.compile(r"0(?:\.(0+))?%")
# The forms that a program knows by number only: of days, of a year and a month, of a month and a day, of times.
_DAYS, _MONTHS, _MONTH_DAYS = {14, 15, 27, 30, 31, 36, 50, 51, 52, 54}, {17, 55, 57}, {16, 28, 29, 53, 58}
_WITH_TIME, _TIMES = {22}, {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 56}
_SHARES = {9: 0, 10: 2}
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MOST_DAYS = 2_900_000


def printed(value: float, form: int, code: str, *, since_1904: bool = False) -> str:
    """Return the words of a number in a form: its number, and its code where the workbook has one of its own.

    >>> printed(0.955, 10, ""), printed(0.5, 164, '0%'), printed(12.0, 0, ""), printed(3.25, 0, "")
    ('95.50%', '50%', '12', '3.25')
    >>> printed(45838, 14, ""), printed(45838, 164, 'yyyy"年"m"月"'), printed(45838.5, 164, "yyyy/m/d h:mm")
    ('2025年6月30日', '2025年6月', '2025年6月30日12:00')
    """
    parts = _parts_of(form, code)
    if parts and 0 <= value < _MOST_DAYS:
        return _day(value, parts, since_1904)
    share = _PERCENT.search(code)
    places = len(share[1] or "") if share else _SHARES.get(form)
    if places is not None:
        return f"{value * 100:.{places}f}%"
    return plain_number(value)


def plain_number(value: float) -> str:
    """Return a number without a form.

    >>> plain_number(3.0), plain_number(0.1 + 0.2), plain_number(1e20)
    ('3', '0.3', '100000000000000000000')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e21 else f"{value:.15g}"


def day_words(day: datetime, parts: str = "ymd") -> str:
    """Return a day as a text prints it; `parts` says which of year, month, day and time there are.

    >>> day_words(datetime(2026, 3, 1), "ym"), day_words(datetime(2026, 3, 1, 9, 5), "t")
    ('2026年3月', '9:05')
    """
    words = [f"{day.year}年"] * ("y" in parts) + [f"{day.month}月"] * ("m" in parts) + [f"{day.day}日"] * ("d" in parts)
    return "".join(words) + (f"{day.hour}:{day.minute:02}" if "t" in parts else "")


def _day(value: float, parts: str, since_1904: bool) -> str:
    day = (_FIRST_DAY_1904 if since_1904 else _FIRST_DAY) + timedelta(days=int(value))
    day += timedelta(minutes=round(value % 1 * 24 * 60))
    shown = parts.replace("t", "") if value == int(value) and parts != "t" else parts
    return day_words(day, shown)


def _parts_of(form: int, code: str) -> str:
    """Return which of year, month, day and time a form prints, nothing where it is none of dates."""
    for forms, parts in ((_DAYS, "ymd"), (_MONTHS, "ym"), (_MONTH_DAYS, "md"), (_WITH_TIME, "ymdt"), (_TIMES, "t")):
        if form in forms and not code:
            return parts
    signs = _QUOTED.sub("", code.partition(";")[0]).lower()
    if "general" in signs or not re.search("[ymdh]", signs):
        return ""
    # Beside hours m is minutes.
    times = bool(re.search("[hs]", signs))
    months = "m" in (re.sub(r"h[^a-z]*m+|m+[^a-z]*s", "", signs) if times else signs)
    return "y" * ("y" in signs) + "m" * months + "d" * ("d" in signs) + "t" * times
