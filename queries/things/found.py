"""What holds some words or fits some conditions, with the theme, units and last day of tasks, and counts to narrow it by."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask
from queries.run import run
from queries.things.searching import search

MOST = 500
"""Of so many that fit, the best first, the themes, units and days are looked up; more than that nobody reads."""
_ALL = 1_000_000
_OF_TASKS = ("place", "theme", "unit", "due_from", "due_to")
FACETS = ("kind", "level", "place", "theme", "units", "year")
"""What rows can be narrowed by; each but `year` is a column."""
_JOINT = "、"
# A mark inside brackets parts no two units: 各县（市、区）人民政府.
_BETWEEN = re.compile(r"、(?![^（(〔［\[]*[）)〕］\]])")


def found(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return what holds the words and fits the conditions; without words, the tasks that fit.

    Conditions that only tasks can meet (place, theme, unit, days) leave nothing else. A note counts all that fit where
    there are more than `limit`, or than `MOST`.
    """
    text, limit = params.get("text"), params["limit"]
    assert isinstance(limit, int)
    fits = _tasks(store, params)
    if text:
        held = search(store, find("search"), text=str(text), limit=_ALL).rows
        rows = [row | {"stop": row["end"]} for row in held if fits is None or row["key"] in fits]
    else:
        rows = list((fits or {}).values())
    rows = [row for row in rows if _is(row, "kind", params) and _is(row, "level", params)]
    count, limit = len(rows), min(limit, MOST)
    rows = _told(store, rows[:limit]) if text else rows[:limit]
    notes = (Note(code="more", values={"shown": limit, "all": count}),) if count > limit else ()
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=notes)


def _is(row: AnswerRow, name: str, params: Mapping[str, ParameterValue]) -> bool:
    return params.get(name) is None or row.get(name) == params[name]


def _tasks(store: Store, params: Mapping[str, ParameterValue]) -> dict[str, AnswerRow] | None:
    """Return the tasks that meet the conditions, by key; None where none is set that a task alone can meet."""
    conditions = {name: params.get(name) for name in _OF_TASKS}
    if not any(conditions.values()) and (params.get("text") or not params.get("level")):
        return None
    tasks = run("tasks", store, level=params.get("level"), **conditions).rows
    return {
        str(row["task"]): {
            "kind": "task",
            "key": row["task"],
            "name": row["title"],
            "level": row["level"],
            "place": row["place"],
            "theme": row["theme"],
            "units": _units(row),
            "end": row["end"],
            "document": str(row["task"]).rpartition("/")[0],
        }
        for row in tasks
    }


def _told(store: Store, rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Return rows of a search with the theme, units and last day of tasks; the `end` of others is not known."""
    tasks = [str(row["key"]) for row in rows if row["kind"] == "task"]
    facts = {row["task"]: row for row in ask(find("task_details"), store, {"tasks": tasks})} if tasks else {}
    told = []
    for row in rows:
        fact = facts.get(row["key"], {}) if row["kind"] == "task" else {}
        told.append(row | {"theme": fact.get("theme"), "units": _units(fact), "end": fact.get("end")})
    return told


def _units(fact: Mapping[str, Scalar]) -> Scalar:
    named = [str(fact[name]) for name in ("units", "in_text") if fact.get(name)]
    return _JOINT.join(dict.fromkeys(parted(_JOINT.join(named)))) if named else None


def parted(listed: str) -> list[str]:
    """Return the units or themes of a column that joins several.

    >>> parted("市水利局、各县（市、区）人民政府")
    ['市水利局', '各县（市、区）人民政府']
    """
    return _BETWEEN.split(listed)


def facet_counts(rows: Iterable[AnswerRow]) -> dict[str, list[tuple[str, int]]]:
    """Return for each facet its values with the number of rows that have them, the most frequent first.

    >>> facet_counts([{"kind": "task", "units": "区水利局、区财政局", "end": "2026-06-30"}, {"kind": "task"}])["kind"]
    [('task', 2)]
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in rows:
        for name in ("kind", "level", "place"):
            counts[name].update([str(row[name])] if row.get(name) else [])
        for name in ("theme", "units"):
            counts[name].update(dict.fromkeys(parted(str(row[name])), 1) if row.get(name) else {})
        counts["year"].update([str(row["end"])[:4]] if row.get("end") else [])
    return {name: sorted(counter.items(), key=lambda one: (-one[1], one[0])) for name, counter in counts.items()}
