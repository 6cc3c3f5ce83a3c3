"""The first page: what is held, what is due, what is doubtful, what is missing, what was not understood."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.question_rows import ask
from queries.run import run
from queries.things.due import SOON
from views.picture_records import ORDER, UNKNOWN_LEVEL
from views.web.page_records import Asked, Page

_FAMILIES, _ROWS, _LOOK_BACK = 40, 12, 90
"""So many families and rows of each list stand on the page; tasks overdue for longer than so many days are counted only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """A family on the page: its topmost policy, and its documents by level."""

    key: str
    title: str
    levels: dict[str, list[AnswerRow]]


def start_page(asked: Asked) -> Page:
    """Return the first page."""
    families = run("families", asked.store)
    named = list(dict.fromkeys(str(row["family"]) for row in families.rows))
    shown = set(named[:_FAMILIES])
    held = Answer(
        name="families",
        columns=families.columns,
        rows=tuple(row for row in families.rows if row["family"] in shown),
    )
    overdue, soon = _due(asked, -_LOOK_BACK, -1, "overdue"), _due(asked, 0, SOON, "soon")
    doubtful = run("doubtful_links", asked.store, limit=_ROWS)
    missing, unread = run("cited_not_loaded", asked.store), run("issue_counts", asked.store)
    counts = {
        "documents": len({row["document"] for row in families.rows}),
        "families": len(named),
        "overdue": _count(asked, None, -1),
        "soon": _count(asked, 0, SOON),
        "doubtful": next((note.values["all"] for note in doubtful.notes if note.code == "more"), len(doubtful)),
        "missing": len(missing),
        "unread": sum(int(row["issues"] or 0) for row in unread.rows),
    }
    facts = {
        "families": _by_family(held),
        "levels": _levels(held),
        "counts": counts,
        "places": Counter(row["place"] for row in families.rows if row["place"]),
    }
    tables = (
        held,
        overdue,
        soon,
        _renamed(doubtful, "doubtful"),
        _first(missing, "missing"),
        _renamed(unread, "unread"),
    )
    return Page(title=asked.words("start.title"), tables=tables, facts=facts)


def _by_family(held: Answer) -> list[FamilyRow]:
    found: dict[str, FamilyRow] = {}
    for row in held.rows:
        key = str(row["family"])
        family = found.setdefault(key, FamilyRow(key=key, title=str(row["family_title"]), levels={}))
        family.levels.setdefault(_level(row), []).append(row)
    return list(found.values())


def _levels(held: Answer) -> list[str]:
    found = {_level(row) for row in held.rows}
    return [level for level in ORDER if level in found]


def _level(row: AnswerRow) -> str:
    return str(row["level"]) if row["level"] in order_of("level") else UNKNOWN_LEVEL


def _due(asked: Asked, first: int, last: int, name: str) -> Answer:
    """Return the tasks that are due from `first` to `last` days after today, the next ones or the latest ones."""
    start, end = ((asked.today + timedelta(days=days)).isoformat() for days in (first, last))
    answer = run("due", asked.store, today=asked.today.isoformat(), start=start, end=end)
    rows = answer.rows[-_ROWS:][::-1] if last < 0 else answer.rows[:_ROWS]
    columns = ("days", "end", "task", "title", "level", "place", "lead", "units", "deadline")
    return Answer(name=name, columns=columns, rows=shaped(columns, rows))


def _count(asked: Asked, first: int | None, last: int) -> int:
    start, end = (None if days is None else (asked.today + timedelta(days=days)).isoformat() for days in (first, last))
    return int(ask(find("dated_tasks"), asked.store, {"start": start, "end": end})[0]["tasks"] or 0)


def _first(answer: Answer, name: str) -> Answer:
    return Answer(name=name, columns=answer.columns, rows=answer.rows[:_ROWS])


def _renamed(answer: Answer, name: str) -> Answer:
    return Answer(name=name, columns=answer.columns, rows=answer.rows)
