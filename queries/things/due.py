"""Tasks, parts of tasks and targets with a last day, with the days left from a day that is given, and their progress."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from graph.identity import TaskKey
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.answer_rows import sort_rows
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask
from queries.things.followed_progress import FollowedProgress, progress_of
from queries.things.progress_ledger import lost_notes

SOON = 30
"""A task due within so many days is due soon (临期)."""
_OVER = frozenset({"done", "cancelled"})
"""Of a task that is so nothing is due any more."""
_OPEN = frozenset({"overdue", "soon", "later"})


def due(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the tasks, and the parts of tasks, that have a last day, the earliest first, with the days left from `today`.

    What is done or cancelled is not overdue, nor is what a policy asked for whose own period is over, unless somebody
    recorded that it still goes on. Notes count what else has a date: tasks without a day, targets inside the text of
    tasks, dates stated for a section; and what was closed by its period.
    """
    given = _given(params)
    rows, progress = _due_rows(store, params)
    counts = (
        ("undated", _count(store, "undated_tasks", given)),
        ("further_targets", _count(store, "further_targets", given)),
        # A date of a section has no unit.
        ("section_dates", 0 if given["unit"] else len(ask(find("section_dates"), store, given))),
        ("closed_by_period", sum(row["state"] == "closed" for row in rows)),
    )
    notes = [Note(code=code, values={"count": count}) for code, count in counts if count]
    return _answer(query, rows, [*notes, *lost_notes(progress)])


def open_tasks(store: Store, today: date, back: int) -> list[AnswerRow]:
    """Return what is overdue for at most `back` days or due soon, and not done, the earliest first: rows of `due` alone."""
    given = {"today": today.isoformat()}
    rows, _ = _due_rows(store, given | {"start": _after(given, -back), "end": _after(given, SOON)})
    return sort_rows([row for row in rows if row["state"] in _OPEN], find("due").sort)


def open_counts(store: Store, today: date) -> dict[str, int]:
    """Return how many tasks are overdue and how many are due soon (`overdue`, `soon`), as `due` tells of each task."""
    over, given = _over(store, today), {"today": today.isoformat()}
    late, soon = (
        ask(find("dated_tasks"), store, {"start": start, "end": end})
        for start, end in ((None, _after(given, -1)), (given["today"], _after(given, SOON)))
    )
    counts = {
        "overdue": sum(int(row["tasks"] or 0) for row in late if row["policy"] not in over),
        "soon": sum(int(row["tasks"] or 0) for row in soon),
    }
    # Of few tasks something was recorded: they are counted by what that says.
    progress = progress_of(store)
    for fact in ask(find("task_details"), store, {"tasks": sorted(progress.last)}) if progress.last else ():
        left = (date.fromisoformat(str(fact["end"])) - today).days if fact["end"] else SOON + 1
        closed = left < 0 and fact["policy"] in over
        done = progress.status(str(fact["task"])) in _OVER
        if left <= SOON and done != closed:
            counts["overdue" if left < 0 else "soon"] += 1 if closed else -1
    return counts


def reminders(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return what is not done yet, once for each unit that carries it, the units in order; what no unit has comes last."""
    rows, progress = _due_rows(store, params)
    rows = [row for row in rows if row["state"] in _OPEN]
    carriers = _carriers(store, sorted({str(row["task"]) for row in rows}))
    made: list[AnswerRow] = []
    for row in rows:
        # A part of several bodies is one row of what is due: each of them has it once.
        found = carriers[str(row["task"]), str(row["end"]) if row["scope"] == "part" else None]
        wanted = [one for one in found if params.get("unit") in (None, one["unit"])]
        made += [row | one for one in wanted or ([] if found else [{}])]
    return _answer(query, made, lost_notes(progress))


_Carriers = defaultdict[tuple[str, str | None], list[AnswerRow]]


def _carriers(store: Store, tasks: Sequence[str]) -> _Carriers:
    """Return who carries tasks as a whole (by task and None), and who parts of them with a date of their own."""
    found: _Carriers = defaultdict(list)
    for row in ask(find("units_of_tasks"), store, {"tasks": list(tasks)}) if tasks else []:
        own = str(row["end"]) if row["scope"] == "part" and row["end"] is not None else None
        if row["scope"] == "task" or own is not None:
            who: AnswerRow = {"unit": row["unit"], "unit_name": row["name"], "role": row["role"]}
            found[str(row["task"]), own].append(who)
    return found


def targets_due(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the targets that have a last day, the earliest first, with the days left from `today`."""
    progress = progress_of(store)
    return _answer(query, _dated(store, "targets_due_between", params, progress))


def _due_rows(store: Store, params: Mapping[str, ParameterValue]) -> tuple[list[AnswerRow], FollowedProgress]:
    progress = progress_of(store)
    whole = (row | {"scope": "task"} for row in _dated(store, "due_between", params, progress))
    parts = (row | {"scope": "part"} for row in _dated(store, "parts_due", params, progress))
    return [*whole, *parts], progress


def _answer(query: Query, rows: list[AnswerRow], notes: Sequence[Note] = ()) -> Answer:
    made = shaped(query.names, sort_rows(rows, query.sort))
    return Answer(name=query.name, columns=query.names, rows=made, notes=tuple(notes))


def _dated(
    store: Store, question: str, params: Mapping[str, ParameterValue], progress: FollowedProgress
) -> list[AnswerRow]:
    """Return the rows of a question, with the days left, the progress and the state; of the state asked for only."""
    today, wanted = _today(params), params.get("state")
    over: set[str] | None = None
    rows: list[AnswerRow] = []
    for row in ask(find(question), store, _given(params)):
        days = (date.fromisoformat(str(row["end"])) - today).days
        told = progress.last.get(str(row["task"]))
        status = told.entry.status if told else None
        if status in _OVER:
            state = str(status)
        elif days >= 0:
            state = "soon" if days <= SOON else "later"
        else:
            over = _over(store, today) if over is None else over
            state = "closed" if told is None and _source(row) in over else "overdue"
        if wanted in (None, state):
            share = told.entry.share if told else None
            rows.append(row | {"days": days, "state": state, "progress": status, "share": share})
    return rows


def _source(row: AnswerRow) -> str:
    """Return the policy of a row, or the document of its task where the question does not tell the policy."""
    return str(row.get("policy") or TaskKey.parse(str(row["task"])).document)


def _over(store: Store, today: date) -> set[str]:
    """Return the policies whose period, or time in force, was over before a day, and documents that tell only such ones."""
    day = today.isoformat()
    ends = {
        str(row["policy"]): row["period_end"] or row["valid_to"]
        for row in ask(find("policies"), store, {"level": None, "held": None})
    }
    over = {key for key, end in ends.items() if end is not None and str(end) < day}
    told: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask(find("documents"), store, {}):
        told[str(row["document"])].add(str(row["policy"]))
    return over | {document for document, policies in told.items() if policies <= over}


def _count(store: Store, question: str, given: dict[str, ParameterValue]) -> int:
    [row] = ask(find(question), store, given)
    return cast(int, next(iter(row.values())))


def _today(params: Mapping[str, ParameterValue]) -> date:
    return date.fromisoformat(str(params["today"]))


def _given(params: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
    """Return the parameters of the questions: level, unit, and the days that are asked for and have the state asked for."""
    starts, ends = [params.get("start")], [params.get("end")]
    if (state := params.get("state")) in ("overdue", "closed"):
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
