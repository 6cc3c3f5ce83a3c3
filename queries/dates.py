"""What is due: every task, target and heading with a last day, with the days left from a day that is given."""

import re
from collections.abc import Sequence
from datetime import date

from graph.store.base import Row, Store
from graph.text import fold
from queries.answer import Answer, Note, shaped
from queries.asking import Value, ask
from queries.catalog import Query, find
from queries.rows import sort_rows

SOON = 30
"""A task due within so many days is due soon (临期)."""
# 2025年, 2025年6月, 2025年6月30日, with what makes the last of them a date by which something is done: 到 or a dash
# before it, 底, 末 or 前 behind it. A year alone says what a section is about, not by when.
_DAY = re.compile(
    r"(?P<to>[到至\-—–~]{1,2}\s?)?(?P<year>20\d\d)年(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日)?)?"
    r"(?P<by>底|末|以前|之前|前)?"
)


def due(store: Store, query: Query, **params: Value) -> Answer:
    """Return the tasks that have a last day, the earliest first, with the days left from `today`.

    Notes count what else has a date: tasks without a day, targets inside the text of tasks, headings above tasks.
    """
    rows = _counted(store, "due_between", params)
    level = params.get("level")
    undated = len(ask(find("without_date"), store, {"policies": None, "level": level, "kind": None}))
    notes = [Note(code="undated", values={"count": undated})] if undated else []
    known = {(row["task"], row["end"]) for row in rows}
    targets = _counted(store, "targets_due_between", params)
    further = sum((row["task"], row["end"]) not in known for row in targets)
    notes += [Note(code="further_targets", values={"count": further})] if further else []
    # A heading has no unit; one that is past or to come is no matter of its tasks' state.
    named = params.get("unit") is None and params.get("state") is None
    above = len(_sections(store, params)) if named else 0
    notes += [Note(code="section_dates", values={"count": above})] if above else []
    return _answer(query, rows, notes)


def targets_due(store: Store, query: Query, **params: Value) -> Answer:
    """Return the targets that have a last day, the earliest first, with the days left from `today`."""
    return _answer(query, _counted(store, "targets_due_between", params))


def section_dates(store: Store, query: Query, **params: Value) -> Answer:
    """Return the headings that name a last day for the tasks below them, with how many those are.

    `task` is one of them; `dated` counts those that have a last day of their own.
    """
    return _answer(query, _sections(store, params))


def _answer(query: Query, rows: list[Row], notes: Sequence[Note] = ()) -> Answer:
    made = shaped(query.names, sort_rows(rows, query.sort))
    return Answer(name=query.name, columns=query.names, rows=made, notes=tuple(notes))


def _counted(store: Store, question: str, params: dict[str, Value]) -> list[Row]:
    """Return what a question gives, with the days left and the state; only what is in the state asked for."""
    today = date.fromisoformat(str(params["today"]))
    given = {name: params.get(name) for name in ("start", "end", "level", "unit")}
    rows: list[Row] = []
    for row in ask(find(question), store, given):
        days = (date.fromisoformat(str(row["end"])) - today).days
        state = "overdue" if days < 0 else "soon" if days <= SOON else "later"
        if params.get("state") in (None, state):
            rows.append(row | {"days": days, "state": state})
    return rows


def _sections(store: Store, params: dict[str, Value]) -> list[Row]:
    first, last = str(params.get("start") or ""), str(params.get("end") or "9999")
    rows: list[Row] = []
    for row in ask(find("headings"), store, {"level": params.get("level")}):
        day = last_day(str(row["theme_heading"]))
        if day is not None and first <= day.isoformat() <= last:
            rows.append(row | {"end": day.isoformat()})
    return rows


def last_day(heading: str) -> date | None:
    """Return the last day that a heading names for what stands below it; None where it names none.

    >>> last_day("到2025年实现的目标"), last_day("2026年重点工作")
    (datetime.date(2025, 12, 31), None)
    >>> last_day("第二阶段（2025年7月—2026年6月底）")
    datetime.date(2026, 6, 30)
    """
    days = [day for one in _DAY.finditer(fold(heading)) if (one["to"] or one["by"]) and (day := _last(one))]
    return max(days, default=None)


def _last(found: "re.Match[str]") -> date | None:
    year, month = int(found["year"]), int(found["month"] or 12)
    if found["day"] is None:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    try:
        return date(year, month, int(found["day"]))
    except ValueError:
        return None
