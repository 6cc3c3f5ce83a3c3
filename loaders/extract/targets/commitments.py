"""Targets: the commitments with a printed number or a date inside a task's text, as docs/annotation.md reads them.

Decisions that it leaves open:

- Of a range (2—3个) the value is the lower number, which is what is promised at least.
- What a measure sets is a commitment, whoever pays: support (给予最高500万元奖励), limits (最高额度为90万元), rates and
  tariffs (减按4%, 按起始价的20%缴纳). A term of a benefit (连续3年), a fine and a case (conditions.py) are none.
- The stretch of days in which a measure holds (发布之日起至2025年6月30日) is the end of what it sets, and a target of its
  own only where it sets no number.
- Lengths of time count where a limit or a length is promised (1个工作日内办结, 培训不少于15天, 用4年左右时间完成,
  3年内建成), not where they name something or set a condition (连续3年, 近3年, 初期(3个月)).
- A date alone is a target of its own where no number stands in its clause; 2018年起 has no end.
- A number without a date before it takes one that stands behind it in its own clause.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.model import Span, Target
from graph.numerals import to_number
from graph.text import trim
from loaders.extract.deadlines.times import Time, find_times
from loaders.extract.deadlines.years import Years
from loaders.extract.targets.clauses import Clauses, sentences
from loaders.extract.targets.conditions import dates_whom, does_something, in_case, is_period
from loaders.extract.targets.quantities import Quantity, find_quantities, is_benefit, masks, printed_numbers
from loaders.patterns.pattern_files import by_name, load_patterns, load_words
from loaders.read.document import Document

_WORDS = by_name("targets")
_MAY = _WORDS["may_hold"]
_MAY_NEEDS = re.compile(next(one.data["needs"] for one in load_patterns("targets") if one.name == "may_hold"))
# A year in the middle of a clause names more often than it sets a date; one just before its verb (…今年上半年开工) does.
_FAR, _BRIEF = 14, 6
_BESIDE = 3
_RECURS = by_name("deadlines")["every"]
_REFERENCE = _WORDS["reference"]
_NAMES = _WORDS["names"]
_OF_THE_YEAR = _WORDS["of_the_year"]
_PAST = _WORDS["past"]
_PLAN = _WORDS["plan_before"]
_PLANNED = _WORDS["plan_behind"]
_LEADING = _WORDS["leads_up"]
_ATTRIBUTE = _WORDS["attribute"]
_LONG_ATTRIBUTE = _WORDS["long_attribute"]
_ITEM = re.compile(r"\s{0,4}(?:\d{1,3}[.、](?!\d)|\([^()]{1,3}\)|[①-⑳])\s{0,4}")
_FROM_THEN = _WORDS["from_then"]
_BRACKET = re.compile(r"\([^()]{0,80}\)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONDITIONS = _WORDS["conditions"]
_SPLIT = _WORDS["parts_things"]
_VERB = _WORDS["counted_verb"]
_COUNTED_YEARS = _WORDS["counted_years"]
_WITHIN_YEARS = _WORDS["within_years"]
_ALL_YEAR = _WORDS["all_year"]
_OWN_STRETCH = _WORDS["own_stretch"]
_CUT_OFF = _WORDS["cut_off"]
_EVER_SINCE = _WORDS["ever_since"]
_EACH_ITS_OWN = _WORDS["each_its_own"]
_RATIO = frozenset(load_words("targets")["RATIO"])


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence: its clauses, its governing times, its numbers and where something recurs (每年)."""

    clauses: Clauses
    times: tuple[Time, ...]
    numbers: tuple[Quantity, ...]
    recurs: tuple[int, ...]
    years: Years


def find_targets(document: Document, span: Span, *, years: Years, exclude: Sequence[Span] = ()) -> tuple[Target, ...]:
    """Return the targets of the text at `span` in printed order; what lies in `exclude` (duties, deadlines) is left out."""
    folded = document.folded
    targets: list[Target] = []
    hidden = [(one.start, one.end) for one in exclude]
    if conditions := _CONDITIONS.search(folded, span.start, span.end):
        span = Span(span.start, conditions.start())
    for start, end in sentences(folded, span):
        if not (_MAY_NEEDS.search(folded, start, end) and _MAY.search(folded, start, end)):
            continue
        if sentence := _sentence(document, start, end, hidden, years):
            targets += [_numbered(document, sentence, number) for number in sentence.numbers]
            targets += _dated(document, sentence)
    return tuple(sorted(targets, key=lambda target: target.span))


def _sentence(
    document: Document, start: int, end: int, exclude: list[tuple[int, int]], years: Years
) -> _Sentence | None:
    """Return what a sentence says; None where it prints neither a time nor a number with a unit."""
    folded = document.folded
    every = find_times(folded, start, end, years)
    printed = printed_numbers(folded, start, end)
    if not every and not printed:
        return None
    named = [*masks(document.text, folded, start, end), *exclude]
    recurs = tuple(match.start() for match in _RECURS.finditer(folded, start, end))
    times = [
        _recurring(time, every, recurs)
        for time in every
        if not _touches(time.span, named)
        and not any(left < time.span.end and time.span.start < right for left, right in exclude)
        and _governs(folded, time, start)
    ]
    clauses = Clauses(folded, start, end)
    times = [
        time
        for time in times
        if _is_period(clauses, time)
        or not (in_case(clauses, time.lead, time.span.end) or dates_whom(clauses, time.lead, time.span.end))
    ]
    dates = [(time.span.start, time.span.end) for time in every]
    found = find_quantities(clauses, printed, [*named, *dates])
    numbers = [number for number in found if not is_benefit(clauses, number)]
    return _Sentence(clauses, tuple(times), tuple(numbers), recurs, years)


def _recurring(time: Time, every: Sequence[Time], recurs: Sequence[int]) -> Time:
    """A time without a year behind 每年 (每年6月底前) comes again: it has no day of its own."""
    if time.printed or not any(place < time.span.start for place in recurs):
        return time
    printed = max((one.span.start for one in every if one.printed and one.span.start < time.span.start), default=-1)
    behind = any(printed < place < time.span.start for place in recurs)
    return replace(time, start=None, end=None) if behind else time


def _is_period(clauses: Clauses, time: Time) -> bool:
    return is_period(clauses.folded, time.lead, time.span, time.spread, clauses.start)


def _touches(span: Span, places: Sequence[tuple[int, int]]) -> bool:
    """Tell whether one of the places reaches over the span: “十四五” inside 到“十四五”末 does not."""
    return any(
        left < span.end and span.start < right and not (span.start <= left and right <= span.end)
        for left, right in places
    )


def _governs(folded: str, time: Time, start: int) -> bool:
    """Tell whether a time sets a date for what follows, and does not name or compare (2020年版, 较2020年)."""
    ever_since = _EVER_SINCE.search(folded, time.span.start, time.span.end)
    if _CUT_OFF.search(folded, time.lead, time.span.start) or _REFERENCE.search(
        folded, max(start, time.lead - 6), time.lead
    ):
        return time.bound == "since" and not ever_since
    if ever_since:
        return False
    if (
        time.spread
        and folded[time.lead - 1 : time.lead] == "("
        and _PLAN.search(folded, max(start, time.lead - 12), time.lead)
    ):
        return False
    if (
        time.bound == "during"
        and folded.endswith("年度", start, time.span.end)
        and _OF_THE_YEAR.match(folded, time.span.end)
    ):
        return False
    return time.bound == "by" or not _NAMES.match(folded, time.span.end)


def _end(sentence: _Sentence, at: int) -> date | None:
    """The day that governs the place `at`: of the last time before it, unless something recurs in between."""
    before = [time for time in sentence.times if time.span.start <= at]
    if day := _shared(sentence, at, before):
        return day
    if not before or any(before[-1].span.end <= place < at for place in sentence.recurs):
        return None
    return None if before[-1].bound == "since" else before[-1].end


def _shared(sentence: _Sentence, at: int, before: Sequence[Time]) -> date | None:
    """The day of a number that shares its clause with others, each of its own time: 2023年、2025年分别达到60%、80%."""
    shares = list(_EACH_ITS_OWN.finditer(sentence.clauses.folded, sentence.clauses.start, at))
    if not shares:
        return None
    word = shares[-1].start()
    left, right = sentence.clauses.at(at)
    times = [time for time in before if left <= time.span.start < word]
    # 分别在2025、2026年按40%、60%: the years stand behind the word.
    times = times or [time for time in before if word < time.span.start]
    if not times:
        return None
    places = [number.start for number in sentence.numbers if word < number.start < right]
    first, last = times[0].start, times[0].end
    if len(times) == 1 and times[0].spread and first and last and last.year - first.year + 1 == len(places):
        return date(first.year + places.index(at), 12, 31)
    return times[places.index(at)].end if len(times) == len(places) > 1 else None


def _numbered(document: Document, sentence: _Sentence, number: Quantity) -> Target:
    folded = document.folded
    clause = sentence.clauses.at(number.start)
    # 年内修完;其他三年轮修一遍: what comes again has no day.
    end = None if number.rule == "frequency" else _end(sentence, number.start)
    # 甲渡口6月底前开工;其余5处年底前完工: the date right behind the number is its own.
    if own := next((t for t in sentence.times if 0 <= t.lead - number.end <= _BESIDE and t.bound == "by"), None):
        end = own.end if own.lead < clause[1] else end
    elif end is None and not any(place < clause[1] for place in sentence.recurs):
        behind = [time for time in sentence.times if number.end <= time.span.start < clause[1]]
        if behind and behind[0].bound != "since" and not any(time.span.start < number.start for time in sentence.times):
            end = behind[0].end
    end = end or _stretch_end(sentence, number.start)
    left, right = _own_words(folded, sentence, number, clause)
    span = _trimmed(document, left, right)
    return Target(
        text=document.text[span.start : span.end],
        span=span,
        rule=f"target/{number.rule}",
        value=number.value,
        unit=number.unit,
        comparator=number.comparator,
        end=end,
        quantity=_counted(document, span, sentence, number),
    )


def _stretch_end(sentence: _Sentence, at: int) -> date | None:
    """The last day of a stretch without dates that stands before a number: 全年, or N年内 of years that the text counts."""
    folded, start = sentence.clauses.folded, sentence.clauses.start
    own = _OWN_STRETCH.search(folded, *sentence.clauses.at(at))
    if own or any(start <= place < at for place in sentence.recurs):
        return None
    counted = sentence.years.counted
    within = list(_WITHIN_YEARS.finditer(folded, start, at))
    if counted and within and to_number(within[-1][1]) == counted[1]:
        return date(counted[0] + counted[1] - 1, 12, 31)
    year = sentence.years.only() if _ALL_YEAR.search(folded, start, at) else None
    return date(year, 12, 31) if year else None


def counted_years(document: Document, span: Span) -> tuple[int, int] | None:
    """Return the first year that a text counts from and how many years it counts, where it does so in one way only."""
    found = set()
    for match in _COUNTED_YEARS.finditer(document.folded, span.start, span.end):
        if many := to_number(match[2]):
            found.add((int(match[1]), int(many)))
    return found.pop() if len(found) == 1 else None


def _trimmed(document: Document, left: int, right: int) -> Span:
    """The clause without the marks around it and without the number of an item before it."""
    if item := _ITEM.match(document.folded, left, right):
        left = item.end()
    return Span(*trim(document.text, left, right, "、,;:，；："))


def _own_words(folded: str, sentence: _Sentence, number: Quantity, clause: tuple[int, int]) -> tuple[int, int]:
    """The clause of a number: without its neighbours' parts, and with the date alone before it."""
    left, right = clause
    at = sentence.numbers.index(number)
    if not _EACH_ITS_OWN.search(folded, left, right):
        if at and (before := sentence.numbers[at - 1]).end > left:
            cuts = list(_SPLIT.finditer(folded, before.end, number.start))
            left = cuts[-1].end() if cuts else left
        if at + 1 < len(sentence.numbers) and (after := sentence.numbers[at + 1]).start < right:
            cut = _SPLIT.search(folded, number.end, after.start)
            right = cut.start() if cut else right
    if left == clause[0]:
        for time in sentence.times:
            if time.lead < left and not _HAN.search(folded, time.span.end, left):
                left = time.lead
    return left, right


def _dated(document: Document, sentence: _Sentence) -> Iterator[Target]:
    """Yield what a date alone promises: the clause that it governs, where no number stands in it."""
    folded = document.folded
    for order, time in enumerate(sentence.times):
        left, right = _governed(folded, sentence, time)
        following = sentence.times[order + 1].lead if order + 1 < len(sentence.times) else right
        if any(left <= one.start < min(right, following) or time.lead <= one.start < right for one in sentence.numbers):
            continue
        if _is_period(sentence.clauses, time):
            if not _holds(sentence, time, left, right):
                continue
        elif not _promises(folded, time, left, right) or _of_the_text(sentence, left, right):
            continue
        elif in_case(sentence.clauses, right - 1, right) and any(one.start > right for one in sentence.numbers):
            continue  # the number that a case is given ends with the day
        span = _trimmed(document, left, right)
        yield Target(
            text=document.text[span.start : span.end],
            span=span,
            rule=f"target/{time.rule}",
            end=None if time.bound == "since" else time.end,
        )


def _governed(folded: str, sentence: _Sentence, time: Time) -> tuple[int, int]:
    """The clause that a date is said of: its own, the one after a date alone, the one before a date in a bracket."""
    left, right = sentence.clauses.at(time.span.start)
    alone = len(_HAN.findall(folded, time.span.end, right)) < 2
    if alone and folded[left - 1 : left] == "(" and left > sentence.clauses.start:
        return sentence.clauses.at(left - 1)
    if alone and right < sentence.clauses.end:
        right = sentence.clauses.at(right + 1)[1]
    return left, right


def _holds(sentence: _Sentence, time: Time, left: int, right: int) -> bool:
    """Tell whether the stretch of days of a measure is all that its clause, or its sentence, says of when it ends.

    What a number in the sentence is set to ends with the stretch already; a stretch inside a case says to whom.
    """
    folded = sentence.clauses.folded
    own = sentence.clauses.at(time.span.start)
    alone = not _HAN.search(_BRACKET.sub("", folded[time.span.end : own[1]]).replace("期间", "").removeprefix("止"))
    if _WORDS["effective"].search(folded, left, right):
        return False
    if not alone and in_case(sentence.clauses, time.lead, time.span.end):
        return False
    if does_something(folded, min(time.span.end, right), right):
        return not (own[1] == right and in_case(sentence.clauses, right - 1, right))
    if any(number.start > time.span.end for number in sentence.numbers):
        return False
    if does_something(folded, time.span.end, sentence.clauses.end):
        return True
    return time.bound == "by" and _promises(folded, time, left, right)


def _of_the_text(sentence: _Sentence, left: int, right: int) -> bool:
    """Tell whether a clause says how long the text as a whole holds: 本措施自发布之日起实施,执行期限至2025年底."""
    folded = sentence.clauses.folded
    said = _WORDS["text_holds"].search(folded, sentence.clauses.start, left)
    return bool(said and _WORDS["how_long"].match(folded, left, right))


def _promises(folded: str, time: Time, left: int, right: int) -> bool:
    """Tell whether a clause with a date and no number says what will be done."""
    if _WORDS["effective"].search(folded, left, right) or _RECURS.search(folded, left, right):
        return False
    before, after = folded[left : time.span.start], folded[time.span.end : right]
    # 2025年底前完成现有水库的加固 promises; what is said before a date tells what was.
    if (
        _PAST.search(folded, left, time.span.start)
        if time.bound == "by"
        else _WORDS["existing"].search(folded, left, right)
    ):
        return False
    if time.bound == "by":
        return len(_HAN.findall(before)) + len(_HAN.findall(after)) >= 2
    if time.rule == "dotted" or _PLANNED.search(after.strip()):
        return False
    if len(_HAN.findall(before)) > _FAR and len(_HAN.findall(after)) > _BRIEF:
        return False
    if _WORDS["acting"].match(after):
        return not _ATTRIBUTE.match(after)
    if _WORDS["acting_later"].match(after):
        return not _LONG_ATTRIBUTE.match(after)
    return time.bound == "since" and bool(_FROM_THEN.search(after))


def _counted(document: Document, span: Span, sentence: _Sentence, number: Quantity) -> str | None:
    """What the number counts, as printed: the noun behind its unit, else the words before its verb."""
    folded = document.folded
    start = max([span.start, *(time.span.end for time in sentence.times if time.span.end <= number.start)])
    if number.unit is not None and number.unit not in _RATIO:
        stop = _SPLIT.search(folded, number.end, span.end)
        left, right = trim(document.text, number.end, stop.start() if stop else span.end, "。、,;:，；：)）的")
        if left < right and _HAN.match(folded, left):
            return document.text[left:right]
    verb = _VERB.search(folded, start, number.start)
    left, right = trim(document.text, start, verb.start() if verb else number.start, "。、,;:，；：(（")
    if leading := _LEADING.match(folded, left, right):
        left = leading.end()
    return document.text[left:right] if left < right and _HAN.search(folded, left, right) else None
