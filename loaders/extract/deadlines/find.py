"""When a task must be done: time columns, duty brackets, labels, closing sentences and headings of phases.

Decisions that docs/annotation.md leaves open:

- Two statements in one place: a day and 长期 or 每年 (2021年6月底前出台方案,长期推进) are `interim` with that day; two days are
  `by` the last one. A day beats 按…部署. Otherwise the first words decide.
- A single month, quarter or year is `by` its last day in a column (2019年3月), and a `range` as the date of a phase.
- 2018年起 goes on: `ongoing` with a start and no end. 三年内 and 汛期前 are `by` without a day.
- How long a document or a benefit is in force (本办法自…起施行, 执行期限) is no deadline of a task.
- “…前” includes what it names (2025年前 ends with 2025): so the phrase is used, and so 底前 is read.
"""

import re
from dataclasses import replace

from graph.model import Deadline, Span
from graph.text import trim
from loaders.extract.deadlines.deadline_kinds import DeadlinePlace, names_a_kind, read_kind, says_only_when, says_when
from loaders.extract.deadlines.times import find_times
from loaders.extract.deadlines.years import Years
from loaders.patterns.pattern_files import by_name, load_table
from loaders.read.document import Document

_WORDS = by_name("deadline_places")
_EVERY = by_name("deadlines")["every"]
_CUT_OFF = by_name("targets")["cut_off"]
_COMPARED = by_name("targets")["reference"]
_TITLE = re.compile(r"《[^《》]{1,100}》")
_IDLE = ",，;；。、:：.|*[]【】()（）"
_CLAUSE = re.compile(r"[^,;。]{2,60}")
_BRACKETED = 122
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]{1,120})[)\]】]")
# The last two characters of a sentence that says by when: a cheap look before its pattern.
_FINISHED = re.compile(load_table("deadlines")["parts"]["FINISH"])
# A label's value or a closing sentence; longer ones are about something else.
_LONGEST = 60
# What ends a value (，责任单位：) is no longer.
_ENDING = 24


def is_time_column(header: str) -> bool:
    """Tell whether a column so headed says when each row is due (时间要求, 完成时限, 进度安排 …).

    >>> is_time_column("完成时限"), is_time_column("发布时间"), is_time_column("责任单位")
    (True, False, False)
    """
    plain = "".join(header.split())
    return len(plain) <= 14 and bool(_WORDS["column_head"].search(plain)) and not _WORDS["other_head"].search(plain)


def read_deadline(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the deadline that a cell of a time column or the rest of a duty bracket states, None where it has none.

    `raw` is the words as printed, without a label before them (完成时限：) and without units behind them.
    """
    start, end = trim(document.text, span.start, span.end, _IDLE)
    if label := _WORDS["label"].match(document.folded, start, end):
        start = trim(document.text, label.end(), end, _IDLE)[0]
    if rest := _WORDS["units_behind"].search(document.folded, start + 1, end):
        end = trim(document.text, start, rest.start(), _IDLE)[1]
    return _read(document, start, end, years)


def find_labelled(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the deadline behind a label inside an item (完成时限：…, 【时间要求】…), on its own line or in a bracket."""
    for label in _WORDS["inner_label"].finditer(document.folded, span.start, span.end):
        reach = min(span.end, label.end() + _LONGEST + _ENDING)
        stop = _WORDS["value_end"].search(document.folded, label.end(), reach)
        end = min(stop.start() if stop else span.end, label.end() + _LONGEST)
        if deadline := read_deadline(document, Span(label.end(), end), years=years):
            return deadline
    return None


def find_clause_deadline(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the date that a clause of running text sets for what it says is done, None where it sets none.

    A time that names something (2020年版规划) or says which things are meant (2025年底前缴清契税的) sets none; 每年 before a month
    belongs to it.
    """
    for time in find_times(document.folded, span.start, span.end, years):
        opens = time.lead == span.start or document.folded[time.lead - 1] in _IDLE
        if time.bound == "during" and not (opens or time.plan):
            continue
        if _WORDS["which_ones"].match(document.folded, time.span.end, span.end):
            continue
        start = time.lead
        if every := _EVERY.search(document.folded, max(span.start, start - 4), start):
            start = every.start()
        return _read(document, start, time.span.end, years, "sentence")
    return None


def find_closing_deadline(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the deadline of the task as a whole that closes an item: a label, a bracket of its own or a sentence.

    The sentence is about this work (此项工作要求在6月下旬完成。) or says nothing else (2021年12月底前完成。); a date in the running
    text is a target.
    """
    if labelled := find_labelled(document, span, years=years):
        return labelled
    end = span.end
    while bracket := _last_bracket(document.folded, span.start, end):
        inside = Span(bracket.start(1), bracket.end(1))
        named = _WORDS["named"].search(document.folded, max(span.start, bracket.start() - 12), bracket.start())
        if not named and (deadline := _in_bracket(document, inside, years)):
            return deadline
        end = bracket.start()
    return _closing_sentence(document, Span(span.start, end), years)


def read_phase_date(document: Document, heading_span: Span, *, years: Years) -> Deadline | None:
    """Return the governing date of a phase from its heading: （2021年3月—11月）, (2月), 第一阶段：1月1日至2月底.

    A phase lasts: a single month, quarter or year is a `range` from its first to its last day, unless 前 or 底 is said.
    """
    folded = document.folded
    for bracket in _BRACKET.finditer(folded, heading_span.start, heading_span.end):
        inside = trim(document.text, bracket.start(1), bracket.end(1))
        if find_times(folded, *inside, years) and (deadline := _read(document, *inside, years)):
            return _lasting(document, deadline, years)
    times = find_times(folded, heading_span.start, heading_span.end, years)
    if not times or times[0].rule == "year":
        return None
    deadline = _read(document, times[0].lead, times[0].span.end, years)
    return _lasting(document, deadline, years) if deadline else None


def read_phase_text(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the governing date of a phase from its text: the one day or stretch that it states; None where it states more."""
    folded = document.folded
    titles = [one.span() for one in _TITLE.finditer(folded, span.start, span.end)]
    times = [
        one
        for one in find_times(folded, span.start, span.end, years)
        if (one.end or one.spread) and not any(left < one.span.start < right for left, right in titles)
    ]
    if len(times) != 1 or not (times[0].spread or times[0].bound == "by"):
        return None
    before = folded[max(span.start, times[0].lead - 12) : times[0].lead]
    cut_off = _CUT_OFF.search(folded, times[0].lead - 1, times[0].span.start)
    if _EVERY.search(before) or _COMPARED.search(before) or cut_off:
        return None
    return _read(document, times[0].lead, times[0].span.end, years)


def _lasting(document: Document, deadline: Deadline, years: Years) -> Deadline:
    """Return the deadline of a phase as a range where it names one month, quarter or year and not its end."""
    times = find_times(document.folded, deadline.span.start, deadline.span.end, years)
    if deadline.kind != "by" or len(times) != 1 or times[0].bound != "during":
        return deadline
    return replace(deadline, kind="range", start=times[0].start, edtf=times[0].edtf)


def _last_bracket(folded: str, start: int, end: int) -> re.Match[str] | None:
    """Return the bracket that ends folded[start:end], but for signs behind it."""
    end = trim(folded, start, end, "。;,")[1]
    least = max(start, end - _BRACKETED)
    left = max(folded.rfind("(", least, end), folded.rfind("[", least, end), folded.rfind("【", least, end))
    return _BRACKET.fullmatch(folded, left, end) if left >= 0 else None


def _in_bracket(document: Document, inside: Span, years: Years) -> Deadline | None:
    """Return the deadline that a bracket states alone, or in a clause beside the units (市数据局牵头,6月底前完成)."""
    if _WORDS["in_force"].search(document.folded, inside.start, inside.end):
        return None
    if not _WORDS["units"].search(document.folded, inside.start, inside.end):
        return _when_alone(document, inside, years)
    for clause in _CLAUSE.finditer(document.folded, inside.start, inside.end):
        if not _WORDS["units"].search(clause[0]) and (deadline := _when_alone(document, Span(*clause.span()), years)):
            return deadline
    return None


def _when_alone(document: Document, span: Span, years: Years) -> Deadline | None:
    """Return the deadline of words in a bracket that say when and little else."""
    start, end = trim(document.text, span.start, span.end, _IDLE)
    if end - start > _LONGEST or not says_when(document.folded, start, end, years, "bracket"):
        return None
    return _read(document, start, end, years, "bracket")


def _closing_sentence(document: Document, span: Span, years: Years) -> Deadline | None:
    """Return the deadline that the last sentence of an item states."""
    folded = document.folded
    end = trim(folded, span.start, span.end, "。;,")[1]
    start = max(folded.rfind("。", span.start, end), folded.rfind("\n", span.start, end), span.start - 1) + 1
    start = trim(document.text, start, end)[0]
    deadline = _in_sentence(document, start, end, years, first=start <= span.start)
    return None if deadline and _WORDS["in_force"].search(folded, start, end) else deadline


def _in_sentence(document: Document, start: int, end: int, years: Years, *, first: bool) -> Deadline | None:
    """Return the deadline that a sentence states; `first` tells that nothing of the item stands before it."""
    folded = document.folded
    if deadline := _of_this_work(document, start, end, years):
        return deadline
    if yearly := _WORDS["each_year"].fullmatch(folded, start, end):
        return _read(document, *yearly.span("rule"), years)
    clause = (
        _WORDS["to_finish"].search(folded, start, end) if _FINISHED.match(folded, max(start, end - 2), end) else None
    )
    if clause and (clause["asked"] or clause.start("clause") == start):
        times = find_times(folded, clause.start("clause"), end, years)
        if times and _WORDS["finish"].fullmatch(folded, times[-1].span.end, end):
            return _read(document, clause.start("clause"), end, years)
    # A date alone may be the day of signing; 长期坚持 alone is said of the work before it.
    alone = not first and end - start <= _LONGEST and names_a_kind(folded, start, end, "sentence")
    if alone and says_only_when(folded, start, end, years, "sentence"):
        return _read(document, start, end, years, "sentence")
    return None


def _of_this_work(document: Document, start: int, end: int, years: Years) -> Deadline | None:
    """Return what a sentence about the work as a whole says of when: all of it, or its last clause."""
    folded = document.folded
    work = _WORDS["this_work"].match(folded, start, end)
    if not work:
        return None
    if end - start <= _LONGEST and says_when(folded, work.end(), end, years, "cell"):
        return _read(document, start, end, years)
    last = max(folded.rfind(sign, work.end(), end) for sign in ",;") + 1
    return _read(document, last, end, years) if last and says_only_when(folded, last, end, years, "sentence") else None


def _read(document: Document, start: int, end: int, years: Years, place: DeadlinePlace = "cell") -> Deadline | None:
    """Return the deadline that text[start:end] states, or None."""
    meaning = read_kind(document.folded, start, end, years, place) if start < end else None
    if not meaning:
        return None
    return Deadline(
        raw=document.text[start:end],
        kind=meaning.kind,
        span=Span(start, end),
        rule=f"deadline/{meaning.rule}",
        start=meaning.start,
        end=meaning.end,
        edtf=meaning.edtf,
    )
