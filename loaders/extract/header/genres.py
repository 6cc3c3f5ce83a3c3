"""What kind of instrument a title names, and the years that it plans for."""

import re
from dataclasses import dataclass
from datetime import date

from graph.numerals import chinese_integer
from graph.text import fold, trim
from loaders.patterns.pattern_files import by_name, load_table, load_words

_FIND = by_name("genres")
_WORDS = load_words("genres")
_LONGEST_FIRST = {name: tuple(sorted(_WORDS[name], key=len, reverse=True)) for name in ("GENRE", "OTHER", "LAW")}
_YEARS_OF_PLAN = load_table("genres")["plan_periods"]
# What may stand behind the last word of a title, a bracket of so many signs among it.
_IDLE = "\u200b\ufeff。.,;:\"'》"
_BRACKET = re.compile(r"\([^()]{0,60}\)$|\[[^\[\]]{0,60}\]$")
_LONGEST_BRACKET = 62


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
    return _ending(_stem(title), "GENRE")


def is_instrument(title: str) -> bool:
    """Tell whether what stands in 《》 is a policy instrument by the word that ends it, and no form, list or book."""
    stem = _stem(title)
    if not stem:
        return False
    if _FIND["catalogue"].search(stem):
        return True
    genre, other = _ending(stem, "GENRE"), _ending(stem, "OTHER")
    return bool(genre) and len(genre or "") >= len(other or "")


def is_form(title: str) -> bool:
    """Tell whether a title names a form, a paper or a book by its last word (申请表, 合同, 许可证).

    >>> is_form("河道保洁申请表(2026年版)"), is_form("河道保洁任务清单")
    (True, False)
    """
    return _stem(title).endswith(_WORDS["FORM"])


def begins_or_ends_like_a_title(title: str) -> bool:
    """Tell whether a title begins (关于, a year, the state) or ends (试行, an edition) as those of instruments do.

    >>> begins_or_ends_like_a_title("旧船修补图谱3.0版"), begins_or_ends_like_a_title("河道之歌")
    (True, False)
    """
    return _FIND["like_a_title"].search(fold(title).strip()) is not None


def is_law(title: str) -> bool:
    """Tell whether a title names a law, a regulation or a treaty (法, 条例, 公约)."""
    stem = _stem(title)
    return stem.endswith(_WORDS["LAW"]) and not stem.endswith(_WORDS["NO_LAW"])


def is_short_name(title: str) -> bool:
    """Tell whether a title is no more than genre words, as an abbreviation is (《条例》, 《实施方案》)."""
    return _stem(title).removeprefix("本") in _WORDS["GENRE"]


def issues_another(title: str) -> bool:
    """Tell whether a title names a notice that issues another text (关于印发…的通知)."""
    return _FIND["issues_another"].search(fold(title)) is not None


def period_of(title: str) -> Period | None:
    """Return the period that a title prints: years, a five-year plan, or the one year of yearly tasks.

    A count of years (三年行动计划) needs a printed first year in the title.

    >>> period_of("行动计划(2018—2022年)").last, period_of("三年行动计划")
    (datetime.date(2022, 12, 31), None)
    """
    folded = fold(title)
    if match := _FIND["years"].search(folded):
        first, last = int(match["start"]), int(match["end"])
        return _period(first, last, match) if first <= last else None
    if (match := _FIND["plan_period"].search(folded)) is not None:
        years = _YEARS_OF_PLAN.get(match["ordinal"] or match["long"])
        return _period(years[0], years[1], match) if years else None
    year = _FIND["one_year"].search(folded)
    if year and (count := _FIND["span_of_years"].search(folded)):
        many = int(count["count"]) if count["count"].isdecimal() else chinese_integer(count["count"]) or 1
        return _period(int(year["year"]), int(year["year"]) + many - 1, year)
    if year and _FIND["yearly"].search(folded) and not _FIND["looks_back"].search(folded):
        return _period(int(year["year"]), int(year["year"]), year)
    return None


def _period(first: int, last: int, match: re.Match[str]) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), match.start(), match.end())


def _stem(title: str) -> str:
    folded = fold(title).strip()
    end = trim(folded, 0, len(folded), _IDLE)[1]
    while bracket := _BRACKET.search(folded, max(0, end - _LONGEST_BRACKET), end):
        end = trim(folded, 0, bracket.start(), _IDLE)[1]
    stem = folded[:end]
    if "(" not in stem:
        stem = stem.rstrip(")")
    if not stem.endswith(_WORDS["AFTER"]):
        return stem
    for word in _WORDS["AFTER"]:
        stem = stem.removesuffix(word) if len(stem) > len(word) + 2 and stem.endswith(word) else stem
    return stem


def _ending(stem: str, words: str) -> str | None:
    if not stem.endswith(_WORDS[words]):
        return None
    return next(word for word in _LONGEST_FIRST[words] if stem.endswith(word))
