"""Tasks and targets with a last day, with the days left from a day that is given."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.answer_rows import sort_rows
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask

SOON = 30
"""A task due within so many days is due soon (临期)."""


def due(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the tasks that have a last day, the earliest first, with the days left from `today`.

    Notes count what else has a date: tasks without a day, targets inside the text of tasks, dates stated for a section.
    """
    given = _given(params)
    notes = [
        Note(code=code, values={"count": count})
        for code, count in (
            ("undated", _count(store, "undated_tasks", given)),
            ("further_targets", _count(store, "further_targets", given)),
            # A date of a section has no unit.
            ("section_dates", 0 if given["unit"] else len(ask(find("section_dates"), store, given))),
        )
        if count
    ]
    return _answer(query, _dated(store, "due_between", params), notes)


def targets_due(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the targets that have a last day, the earliest first, with the days left from `today`."""
    return _answer(query, _dated(store, "targets_due_between", params))


def _answer(query: Query, rows: list[AnswerRow], notes: Sequence[Note] = ()) -> Answer:
    made = shaped(query.names, sort_rows(rows, query.sort))
    return Answer(name=query.name, columns=query.names, rows=made, notes=tuple(notes))


def _dated(store: Store, question: str, params: dict[str, ParameterValue]) -> list[AnswerRow]:
    """Return the rows of a question, with the days left and the state."""
    today = _today(params)
    rows: list[AnswerRow] = []
    for row in ask(find(question), store, _given(params)):
        days = (date.fromisoformat(str(row["end"])) - today).days
        rows.append(row | {"days": days, "state": "overdue" if days < 0 else "soon" if days <= SOON else "later"})
    return rows


def _count(store: Store, question: str, given: dict[str, ParameterValue]) -> int:
    [row] = ask(find(question), store, given)
    return cast(int, next(iter(row.values())))


def _today(params: Mapping[str, ParameterValue]) -> date:
    return date.fromisoformat(str(params["today"]))


def _given(params: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
    """Return the parameters of the questions: level, unit, and the days that are asked for and have the state asked for."""
    starts, ends = [params.get("start")], [params.get("end")]
    if (state := params.get("state")) == "overdue":
        ends.append(_after(params, -1))
    elif state == "soon":
        starts.append(_after(params, 0))
        ends.append(_after(params, SOON))
    elif state == "later":
        starts.append(_after(params, SOON + 1))
    return {
        "start": max((str(one) for one in starts if one), default=None),
        "end": min((str(one) for one in ends if one), default=None),
        "level": params.get("level"),
        "unit": params.get("unit"),
    }


def _after(params: Mapping[str, ParameterValue], days: int) -> str:
    # Where the calendar ends, so does what is asked for.
    last = date.max.toordinal()
    return date.fromordinal(min(max(1, _today(params).toordinal() + days), last)).isoformat()
