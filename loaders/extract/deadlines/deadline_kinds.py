"""What the words of a deadline mean (its kind, its first and last day), and whether words say when at all."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from graph.model import DeadlineKind
from loaders.extract.deadlines import edtf
from loaders.extract.deadlines.times import Time, find_times
from loaders.extract.deadlines.years import Years
from loaders.patterns.pattern_files import Pattern, any_of, by_name, load_patterns

# Where words stand that may say when: a cell, a label or a duty bracket; another bracket; a sentence of the text.
DeadlinePlace = Literal["cell", "bracket", "sentence"]
_KINDS = tuple(one for one in load_patterns("deadlines") if one.data["of"] == "kind")
_READ_IN: dict[DeadlinePlace, tuple[Pattern, ...]] = {
    place: tuple(one for one in _KINDS if place not in one.data.get("not_in", {})) for place in get_args(DeadlinePlace)
}
# A look for any of them at once: most words hold none. Those that may begin with any words are looked for where they may be.
_ANY_IN = {place: any_of(one for one in patterns if "needs" not in one.data) for place, patterns in _READ_IN.items()}
_NEEDING = {
    place: tuple((re.compile(one.data["needs"]), one.regex) for one in patterns if "needs" in one.data)
    for place, patterns in _READ_IN.items()
}
# Words that say when are mostly that: a clause that says something of a time besides has a smaller share.
_MOSTLY = 0.6
_FILLER = by_name("deadlines")["filler"]
_FIRST_FRUITS = by_name("deadlines")["first_fruits"]
_NO_YEARS = Years()
_GOING_ON = ("ongoing", "progressive")
_ALL_YEAR = "全年"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a deadline says; `rule` names the pattern that decided."""

    kind: DeadlineKind
    rule: str
    start: date | None = None
    end: date | None = None
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that tells a kind, and where it begins."""

    at: int
    kind: DeadlineKind
    name: str


def read_kind(folded: str, start: int, end: int, years: Years, place: DeadlinePlace = "cell") -> Meaning | None:
    """Return what folded[start:end] says of the time of a task, None where it says nothing of it.

    `place` is where the words stand: what is a time in a time column (按规定) may be none in a bracket of the text.
    """
    words = _words(folded, start, end, place)
    times = find_times(folded, start, end, years)
    if times:
        meaning = _dated(times, words)
        first = meaning.kind == "by" and _FIRST_FRUITS.search(folded, times[-1].span.end, end)
        return replace(meaning, kind="interim") if first else meaning
    if bare := _bare_year(folded[start:end].strip()):
        return bare
    if not words:
        return None
    # 全年 goes from the first to the last day of the plan's year, where it has one.
    year = years.only() if folded.startswith(_ALL_YEAR, words[0].at) else None
    if year and all(word.kind in _GOING_ON for word in words):
        return Meaning("range", "all_year", date(year, 1, 1), date(year, 12, 31), str(year))
    return Meaning(words[0].kind, words[0].name)


def says_when(folded: str, start: int, end: int, years: Years, place: DeadlinePlace) -> bool:
    """Tell whether folded[start:end] says when and little else: 2021年底前完成, not 2021年底前完成危桥改造."""
    return _says(folded, start, end, years, place, _MOSTLY)


def says_only_when(folded: str, start: int, end: int, years: Years, place: DeadlinePlace) -> bool:
    """Tell whether folded[start:end] says when and nothing else: 12月底前完成, 长期坚持."""
    return _says(folded, start, end, years, place, 1.0)


def holds_a_time(folded: str) -> bool:
    """Tell whether a time, or a word that tells a kind of deadline, stands anywhere in the words: 首批2025年6月上线."""
    end = len(folded)
    named = names_a_kind(folded, 0, end, "bracket") or bool(find_times(folded, 0, end, _NO_YEARS))
    return named or says_when(folded, 0, end, _NO_YEARS, "cell")


def names_a_kind(folded: str, start: int, end: int, place: DeadlinePlace) -> bool:
    """Tell whether one of the words of a kind (每年, 长期, 适时) stands in folded[start:end]."""
    return _ANY_IN[place].search(folded, start, end) is not None or any(
        needs.search(folded, start, end) and regex.search(folded, start, end) for needs, regex in _NEEDING[place]
    )


def _says(folded: str, start: int, end: int, years: Years, place: DeadlinePlace, least: float) -> bool:
    share = time_share(folded, start, end, years, place)
    return share >= least and read_kind(folded, start, end, years, place) is not None


def _words(folded: str, start: int, end: int, place: DeadlinePlace) -> list[_Word]:
    """Return the words of kinds, leftmost first; of two at one place the one whose pattern stands first."""
    piece = folded[start:end]
    words = []
    for pattern in _READ_IN[place]:
        if match := pattern.regex.search(piece):
            at = match.start("word") if match.groupdict().get("word") else match.start()
            words.append(_Word(at + start, pattern.data["kind"], pattern.name))
    return sorted(words, key=lambda word: word.at)


def _bare_year(cell: str) -> Meaning | None:
    """Return what a cell means that holds a year alone, without 年."""
    if len(cell) != 4 or not cell.isascii() or not cell.isdigit() or cell[:2] not in ("19", "20"):
        return None
    return Meaning("by", "bare_year", None, date(int(cell), 12, 31), cell)


def _dated(times: list[Time], words: list[_Word]) -> Meaning:
    """Return what times mean together with the words of kinds beside them."""
    last = times[-1]
    if annual := next((word for word in words if word.kind == "annual"), None):
        return _recurring(times, annual)
    later = next((word for word in words if word.kind in _GOING_ON and word.at >= times[0].span.end), None)
    if last.plan and last.bound == "during":
        return Meaning("period", last.rule, last.start, last.end, last.edtf)
    if last.spread:
        return Meaning("range", last.rule, last.start, last.end, last.edtf)
    if last.bound == "since":
        # 自2025年9月1日起两年内 has an end, which no rule of counting is agreed for.
        if within := next((word for word in words if word.name == "relative" and word.at >= last.span.end), None):
            return Meaning("by", within.name)
        return Meaning("ongoing", last.rule, last.start, None, last.edtf)
    if later and (done := [time for time in times if time.span.end <= later.at]):
        return _then_on(done[-1], later)
    if times[0].bound == "since" and last.end and (begun := times[0].start) and begun <= last.end:
        return Meaning("range", last.rule, begun, last.end, edtf.between(begun.isoformat(), last.end.isoformat()))
    return Meaning("by", last.rule, None, last.end, last.edtf)


def _recurring(times: list[Time], word: _Word) -> Meaning:
    """Return what 每年 with a time means: what is done by a day first (2021年底前建立,每年更新) is interim; a stretch bounds the years."""
    before = [time for time in times if time.span.end <= word.at and time.printed]
    if before and before[-1].bound == "by":
        return Meaning("interim", before[-1].rule, None, before[-1].end, before[-1].edtf)
    if before and (before[-1].spread or before[-1].plan):
        return Meaning("annual", word.name, before[-1].start, before[-1].end, before[-1].edtf)
    if before and before[-1].bound == "since":
        return Meaning("annual", word.name, before[-1].start, None, before[-1].edtf)
    return Meaning("annual", word.name)


def _then_on(done: Time, word: _Word) -> Meaning:
    """Return what a time with 持续推进 behind it means: a day is interim, a whole year (2021年持续推进) is the stretch of that year."""
    if done.spread or done.plan or (done.bound == "during" and done.last.form == "year"):
        return Meaning("period" if done.plan else "range", done.rule, done.start, done.end, done.edtf)
    if done.bound == "since":
        return Meaning("ongoing", word.name, done.start, None, done.edtf)
    return Meaning("interim", done.rule, None, done.end, edtf.by(done.end) if done.end else None)


def time_share(folded: str, start: int, end: int, years: Years, place: DeadlinePlace = "cell") -> float:
    """Return the share in [0, 1] of a cell's characters that say when: near 1 for a time, small for a task's title.

    What a title does with its time (持续推进政务公开) is what a time column never prints.
    """
    if start >= end:
        return 0.0
    spans = [(time.lead, time.span.end) for time in find_times(folded, start, end, years)]
    if names_a_kind(folded, start, end, place):
        spans += [match.span() for pattern in _READ_IN[place] for match in pattern.regex.finditer(folded, start, end)]
    if not spans:
        return 0.0
    spans += [match.span() for match in _FILLER.finditer(folded, start, end)]
    said = [False] * (end - start)
    for left, right in spans:
        said[left - start : right - start] = [True] * (right - left)
    return sum(said) / len(said)
