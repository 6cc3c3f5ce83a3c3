"""What kind of instrument a title names, and the years that it plans for."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from graph.numerals import chinese_integer
from graph.text import fold
from loaders.patterns.pattern_files import by_name, load_table

_ENDS = re.compile(r"(?:\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|[\s\u200b\ufeff。.,;:\"'》])+$")
_ISSUES = re.compile(r"(?:关于)?(?:联合)?(?:印发|转发|批转|发布|公布|下发|颁布)")
_YEARLY = re.compile(r"要点|重点|目标|任务|年度|工作计划|工作方案|工作安排|实施计划|工作报告|实事|责任")

# What looks back on a year plans nothing for it.
_PAST = re.compile(r"表彰|表扬|奖励|通报|命名|情况的?报告|总结|考核结果|公布|先进")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a plan covers, both included, and where the title says so: [start, end) of the title."""

    first: date
    last: date
    start: int
    end: int


def genre_of(title: str) -> str | None:
    """Return the genre word that ends a title, brackets behind it (试行, 2018—2022年) left out; else None.

    >>> genre_of("某某行动计划(2018—2022年)实施方案"), genre_of("宪法学"), genre_of("管理办法(试行)")
    ('实施方案', None, '管理办法')
    """
    return _ending(_stem(title), "genres")


def is_instrument(title: str) -> bool:
    """Tell whether what stands in 《》 is a policy instrument by the word that ends it, and no form, list or book."""
    stem = _stem(title)
    if not stem:
        return False
    if by_name("genres")["catalogue"].search(stem):
        return True
    genre, other = _ending(stem, "genres"), _ending(stem, "others")
    return bool(genre) and len(genre or "") >= len(other or "")


def is_law(title: str) -> bool:
    """Tell whether a title names a law, a regulation or a treaty (法, 条例, 公约)."""
    stem = _stem(title)
    return _ending(stem, "law") is not None and not stem.endswith(
        ("办法", "方法", "做法", "打法", "算法", "说法")
    )


def is_short_name(title: str) -> bool:
    """Tell whether a title is no more than genre words, as an abbreviation is (《条例》, 《实施方案》)."""
    stem = re.sub(r"^本", "", _stem(title))
    return stem in _words("genres") or stem in _words("law")


def issues_another(title: str) -> bool:
    """Tell whether a title names a notice that issues another text (关于印发…的通知)."""
    return _ISSUES.search(fold(title)) is not None


def period_of(title: str, issued: date | None = None) -> Period | None:
    """Return the period that a title prints: years, a five-year plan, or the one year of yearly tasks.

    A count of years (三年行动计划) needs a printed first year in the title.

    >>> period_of("行动计划(2018—2022年)").last, period_of("三年行动计划")
    (datetime.date(2022, 12, 31), None)
    """
    folded = fold(title)
    find = by_name("genres")
    if match := find["years"].search(folded):
        first, last = int(match["start"]), int(match["end"])
        return _period(first, last, match) if first <= last else None
    if (match := find["plan_period"].search(folded)) is not None:
        years = load_table("genres")["plan_periods"].get(match["ordinal"] or match["long"])
        return _period(years[0], years[1], match) if years else None
    year = find["one_year"].search(folded)
    if year and (count := find["span_of_years"].search(folded)):
        many = int(count["count"]) if count["count"].isdigit() else chinese_integer(count["count"]) or 1
        return _period(int(year["year"]), int(year["year"]) + many - 1, year)
    if year and _YEARLY.search(folded) and not _PAST.search(folded):
        return _period(int(year["year"]), int(year["year"]), year)
    return None


def _period(first: int, last: int, match: re.Match[str]) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), match.start(), match.end())


def _stem(title: str) -> str:
    folded = fold(title).strip()
    stem = _ENDS.sub("", folded)
    for word in load_table("genres")["after"]:
        stem = stem.removesuffix(word) if len(stem) > len(word) + 2 and stem.endswith(word) else stem
    return stem


@cache
def _words(table: str) -> tuple[str, ...]:
    return tuple(sorted(load_table("genres")[table], key=len, reverse=True))


def _ending(stem: str, table: str) -> str | None:
    return next((word for word in _words(table) if stem.endswith(word)), None)
