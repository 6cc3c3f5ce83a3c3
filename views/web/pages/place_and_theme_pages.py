"""A place and a theme: their tasks by each other, by unit and by year, with what belongs to them alone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from graph.store.protocol import AnswerRow
from queries.answer import Answer, Note, shaped
from queries.catalog import find
from queries.names import resolve
from queries.question_rows import ask
from queries.run import run
from queries.things.found import parted
from views.web.page_records import Asked, Page

_ROWS, _BARS, _UNITS = 200, 12, 60
"""So many tasks, bars and units stand on the page."""
_TASKS = ("task", "title", "level", "place", "theme", "lead", "units", "in_text", "deadline", "end")
_PLACES = ("place", "level", "tasks", "dated")


def place_page(asked: Asked) -> Page:
    """Return the page of a place: its documents, units and tasks, those of the places below it too.

    Raises:
        NotFoundError: no place is named so, or several are.
    """
    key = resolve(asked.store, "place", asked.need("of"))[0]
    tasks = run("tasks", asked.store, place=key)
    units = run("units", asked.store, place=key)
    loaded = sorted(units.rows, key=lambda row: -int(row["tasks"] or 0))[:_UNITS]
    documents = _documents(asked, key)
    named = next((row for row in ask(find("things_by_key"), asked.store, {"key": key})), {})
    tables = (
        Answer(name="documents", columns=documents.columns, rows=documents.rows),
        _places(tasks.rows),
        Answer(name="units", columns=units.columns, rows=tuple(loaded)),
        _tasks(tasks.rows),
    )
    facts = _facts(asked, tasks.rows) | {"key": key, "narrow": "place", "bars": ("theme", "units", "year")}
    return Page(title=str(named.get("name") or key), tables=tables, facts=facts, notes=_more(len(tasks.rows)))


def _documents(asked: Asked, place: str) -> Answer:
    """Return the documents of just this place: names may be shared, keys are not."""
    held = run("documents", asked.store)
    policies = [str(row["policy"]) for row in held.rows if row["policy"] is not None and row["place"] is not None]
    rows = ask(find("family_policies"), asked.store, {"policies": policies}) if policies else []
    here = {str(row["given"]) for row in rows if row["place"] == place and row["policy"] == row["given"]}
    return Answer(name="documents", columns=held.columns, rows=tuple(row for row in held.rows if row["policy"] in here))


def _places(rows: Sequence[AnswerRow]) -> Answer:
    """Return the places of some tasks with how many each has."""
    found: dict[tuple[str, str], list[AnswerRow]] = {}
    for row in rows:
        if row["place"] is not None:
            found.setdefault((str(row["place"]), str(row["level"])), []).append(row)
    made: list[AnswerRow] = [
        {"place": place, "level": level, "tasks": len(own), "dated": sum(row["end"] is not None for row in own)}
        for (place, level), own in found.items()
    ]
    return Answer(name="places", columns=_PLACES, rows=tuple(made))


def theme_page(asked: Asked) -> Page:
    """Return the page of a theme: who leads it at each level, where it is carried, its tasks.

    Raises:
        NotFoundError: no theme is named so, or several are.
    """
    key = resolve(asked.store, "theme", asked.need("of"))[0]
    tasks = run("tasks", asked.store, theme=key)
    leads = run("lead_units_of_theme", asked.store, theme=key)
    own = {str(row["property"]): row["value"] for row in ask(find("properties_of"), asked.store, {"key": key})}
    tables = (
        _places(tasks.rows),
        Answer(name="leads", columns=leads.columns, rows=leads.rows[:_UNITS]),
        _tasks(tasks.rows),
    )
    facts = _facts(asked, tasks.rows) | {
        "key": key,
        "narrow": "theme",
        "bars": ("level", "units", "year"),
        "family": own.get("family"),
        "begin": next((row["policy"] for row in tasks.rows), None),
    }
    return Page(title=str(own.get("name") or key), tables=tables, facts=facts, notes=_more(len(tasks.rows)))


def _tasks(rows: Sequence[AnswerRow]) -> Answer:
    return Answer(name="tasks", columns=_TASKS, rows=shaped(_TASKS, rows[:_ROWS]))


def _more(count: int) -> tuple[Note, ...]:
    return (Note(code="more", values={"shown": _ROWS, "all": count}),) if count > _ROWS else ()


def _facts(asked: Asked, rows: Sequence[AnswerRow]) -> dict[str, Any]:
    """Return the counts of some tasks by theme, unit, level and year, and of those that are late."""
    today = asked.today.isoformat()
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("theme", "units", "level", "year")}
    for row in rows:
        counts["year"].update([str(row["end"])[:4]] if row["end"] else [])
        counts["level"].update([str(row["level"])] if row["level"] else [])
        for name in ("theme", "units"):
            counts[name].update(dict.fromkeys(parted(str(row[name])), 1) if row[name] else {})
    return {
        "counted": {
            name: sorted(own.items()) if name == "year" else own.most_common(_BARS) for name, own in counts.items()
        },
        "all": len(rows),
        "dated": sum(row["end"] is not None for row in rows),
        "past": sum(row["end"] is not None and str(row["end"]) < today for row in rows),
        "today": today,
    }
