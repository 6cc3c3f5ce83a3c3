"""Days and spans of time as EDTF (ISO 8601-2:2019, levels 0 to 2)."""

from datetime import date

# Level 2 gives quarters of a year the numbers 33 to 36 and half-years 40 and 41 in the place of the month.
QUARTERS = (33, 34, 35, 36)
HALVES = (40, 41)


def by(end: date) -> str:
    """Return the interval that ends on `end` and has no beginning.

    >>> by(date(2018, 12, 31))
    '../2018-12-31'
    """
    return f"../{end.isoformat()}"


def since(start: str) -> str:
    """Return the interval that begins with `start` (an EDTF date) and has no end.

    >>> since("2018")
    '2018/..'
    """
    return f"{start}/.."


def between(start: str, end: str) -> str:
    """Return the interval from `start` to `end` (EDTF dates), both included; one date where they are one.

    >>> between("2018", "2020"), between("2018", "2018")
    ('2018/2020', '2018')
    """
    return start if start == end else f"{start}/{end}"


def part(year: int, number: int | None = None, day: int | None = None) -> str:
    """Return a year, a month of it (1 to 12), a quarter or half (`QUARTERS`, `HALVES`), or a day.

    >>> part(2021), part(2021, 6), part(2021, 6, 30), part(2021, QUARTERS[3])
    ('2021', '2021-06', '2021-06-30', '2021-36')
    """
    if number is None:
        return f"{year:04}"
    return f"{year:04}-{number:02}" if day is None else f"{year:04}-{number:02}-{day:02}"
