"""When a task must be done: time columns, duty brackets, labels, closing sentences and headings of phases.

Decisions that gold/SPEC.md leaves open:

- Two statements in one place: a day and 长期 or 每年 (2021年6月底前出台方案,长期推进) are `interim` with that day; two days are
  `by` the last one. A day beats 按…部署. Otherwise the first words decide.
- A single month, quarter or year is `by` its last day in a column (2019年3月), and a `range` as the date of a phase.
- 2018年起 goes on: `ongoing` with a start and no end. 三年内 and 汛期前 are `by` without a day.
- “…前” includes what it names (2025年前 ends with 2025): so the phrase is used, and so 底前 is read.
"""

import re
from dataclasses import replace

from graph.model import Deadline, Span
from graph.text import trim
from loaders.extract.deadlines.deadline_kinds import read_kind
from loaders.extract.deadlines.times import find_times
from loaders.extract.deadlines.years import Years
from loaders.read.document import Document

_IDLE = ",，;；。、:：.|*[]【】()（）"
_HEADERS = re.compile(r"时间|时限|期限|节点|进度|工期|时序")
_NO_HEADER = re.compile(r"发布|印发|成文|公开|更新|填报|填表|签发|成立|办公")
_WORD = "(?:完成|办结|整改|推进|落实|实施|工作|任务|目标|计划|预计)"
_WHEN = f"{_WORD}{{0,2}}(?:时限|时间|期限|进度|工期)(?:要求|节点|安排|计划|进度)?"
_LABEL = re.compile(rf"[(\[【]?{_WHEN}[)\]】]?[ ]{{0,4}}:")
_INNER_LABEL = re.compile(rf"(?<![\u4e00-\u9fff])(?:{_WHEN}[)\]】*]{{0,3}}[ ]{{0,4}}:|[\[【]{_WHEN}[\]】])")
_VALUE_END = re.compile(r"[\n;。)\[\]【】]|[,、 ][^,;。、]{0,10}(?:单位|部门|责任人|领导|处室)[ ]{0,4}:")
# What stands behind a time in a duty bracket and is read by others.
_REST = re.compile(
    r"[,;、。 ][^,;、。]{0,24}(?:单位|部门|责任人|处室|领导)[ ]{0,4}:|[,;。][^,;。]{1,40}(?:牵头|负责|配合|考核)(?=[,;。)]|$)"
)
_CLAUSE = re.compile(r"[^,;。]{2,60}")
_UNITS = re.compile(r"牵头|负责|配合|单位|部门")
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]{1,120})[)\]】]")
# (2018-2022年) behind these is part of a name.
_NAMED = re.compile(r"(?:计划|规划|方案|纲要|办法|意见|目录|标准|版|《[^》]{0,12})$")
_SAYS_WHEN = re.compile(
    r"[^,;。]{0,24}(?:[年月季旬日底前]|长期|持续|常态|适时|全年|全程|定期|每)|按[^,;。]{0,30}(?:部署|安排|节点|时限)"
)
_THIS_WORK = re.compile(
    r"(?:此|该|本|这|上述|以上)(?:项|些)?(?:工作|任务|事项|项目|活动|措施)[^。]{0,50}(?:完成|到位|结束|全过程|全程|始终|要求|规定|推进|开展)"
)
_TO_FINISH = re.compile(
    r"(?:^|[,;。\n])?(?P<clause>(?P<asked>要求|限)?(?:务必|必须|须|应|力争|确保)?(?:在|于)?[^,;。]{2,24}(?:完成|到位))$"
)
_FINISH = re.compile(r"\s{0,4}(?:全部|全面|基本|按期|按时|如期)?(?:完成|到位)(?:任务)?")
# 2027年起,每年3月底前完成上述工作。: the rule for this work as a whole.
_EACH_YEAR = re.compile(
    r"(?:(?:自|从)?(?:19|20)\d\d年起[,]?)?[^,;。]{0,16}?(?P<rule>每年[^,;。]{1,14}前)(?:全部|全面|按时)?(?:完成|开展)(?:上述|此项|该项|以上|这项|相关)?(?:考核|评估)?(?:工作|任务)"
)
# A label's value or a closing sentence; longer ones are about something else.
_LONGEST = 60


def is_time_column(header: str) -> bool:
    """Tell whether a column so headed says when each row is due (时间要求, 完成时限, 进度安排 …).

    >>> is_time_column("完成时限"), is_time_column("发布时间"), is_time_column("责任单位")
    (True, False, False)
    """
    plain = "".join(header.split())
    return len(plain) <= 14 and bool(_HEADERS.search(plain)) and not _NO_HEADER.search(plain)


def read_deadline(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the deadline that a cell of a time column or the rest of a duty bracket states, None where it has none.

    `raw` is the words as printed, without a label before them (完成时限：) and without units behind them.
    """
    start, end = trim(document.text, span.start, span.end, _IDLE)
    if label := _LABEL.match(document.folded, start, end):
        start = trim(document.text, label.end(), end, _IDLE)[0]
    if rest := _REST.search(document.folded, start + 1, end):
        end = trim(document.text, start, rest.start(), _IDLE)[1]
    return _read(document, start, end, years)


def find_labelled(document: Document, span: Span, *, years: Years) -> Deadline | None:
    """Return the deadline behind a label inside an item (完成时限：…, 【时间要求】…), on its own line or in a bracket."""
    for label in _INNER_LABEL.finditer(document.folded, span.start, span.end):
        stop = _VALUE_END.search(document.folded, label.end(), span.end)
        end = min(stop.start() if stop else span.end, label.end() + _LONGEST)
        if deadline := read_deadline(document, Span(label.end(), end), years=years):
            return deadline
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
        named = _NAMED.search(document.folded, max(span.start, bracket.start() - 12), bracket.start())
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
        if find_times(folded, *inside, years) and (found := _read(document, *inside, years)):
            return _lasting(document, found, years)
    times = find_times(folded, heading_span.start, heading_span.end, years)
    if not times or times[0].rule == "year":
        return None
    found = _read(document, times[0].lead, times[0].span.end, years)
    return _lasting(document, found, years) if found else None


def _lasting(document: Document, found: Deadline, years: Years) -> Deadline:
    times = find_times(document.folded, found.span.start, found.span.end, years)
    if found.kind != "by" or len(times) != 1 or times[0].bound != "during":
        return found
    return replace(found, kind="range", start=times[0].start, edtf=times[0].edtf)


def _last_bracket(folded: str, start: int, end: int) -> re.Match[str] | None:
    end = trim(folded, start, end, "。;,")[1]
    left = max(folded.rfind("(", start, end), folded.rfind("[", start, end), folded.rfind("【", start, end))
    return _BRACKET.fullmatch(folded, left, end) if left >= 0 else None


def _in_bracket(document: Document, inside: Span, years: Years) -> Deadline | None:
    """Return the deadline that a bracket states alone, or in a clause beside the units (市数据局牵头,6月底前完成)."""
    if deadline := _whole(document, inside, years):
        return deadline
    for clause in _CLAUSE.finditer(document.folded, inside.start, inside.end):
        if not _UNITS.search(clause[0]) and (deadline := _whole(document, Span(*clause.span()), years)):
            return deadline
    return None


def _whole(document: Document, span: Span, years: Years) -> Deadline | None:
    """Return the deadline of words that say little else than a time."""
    start, end = trim(document.text, span.start, span.end, _IDLE)
    folded = document.folded
    if end - start > _LONGEST or not _SAYS_WHEN.match(folded, start, end):
        return None
    times = find_times(folded, start, end, years)
    said = sum(time.span.end - time.lead for time in times)
    if not times and end - start > 16:
        return None
    return _read(document, start, end, years) if end - start - said <= 16 else None


def _closing_sentence(document: Document, span: Span, years: Years) -> Deadline | None:
    folded = document.folded
    end = trim(folded, span.start, span.end, "。;,")[1]
    start = max(folded.rfind("。", span.start, end), folded.rfind("\n", span.start, end), span.start - 1) + 1
    start = trim(document.text, start, end)[0]
    if end - start <= _LONGEST and _THIS_WORK.match(folded, start, end):
        return _read(document, start, end, years)
    if yearly := _EACH_YEAR.fullmatch(folded, start, end):
        return _read(document, *yearly.span("rule"), years)
    clause = _TO_FINISH.search(folded, start, end)
    if not clause or not (clause["asked"] or clause.start("clause") == start):
        return None
    start = clause.start("clause")
    if (times := find_times(folded, start, end, years)) and _FINISH.fullmatch(folded, times[-1].span.end, end):
        return _read(document, start, end, years)
    return None


def _read(document: Document, start: int, end: int, years: Years) -> Deadline | None:
    """Return the deadline that text[start:end] states, or None."""
    meaning = read_kind(document.folded, start, end, years) if start < end else None
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
