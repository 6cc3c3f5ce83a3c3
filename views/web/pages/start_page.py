"""The first page: what is held, what is due, what is doubtful, what is missing, what was not understood."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.run import run
from queries.things.due import open_counts, open_tasks
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
    near = open_tasks(asked.store, asked.today, _LOOK_BACK)
    overdue = _due("overdue", [row for row in near if row["state"] == "overdue"][::-1])
    soon = _due("soon", [row for row in near if row["state"] == "soon"])
    doubtful = run("doubtful_links", asked.store, limit=_ROWS)
    missing, unread = run("cited_not_loaded", asked.store), run("issue_counts", asked.store)
    counts = {
        "documents": len({row["document"] for row in families.rows}),
        "families": len(named),
        **open_counts(asked.store, asked.today),
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


def _due(name: str, rows: Sequence[AnswerRow]) -> Answer:
    columns = ("days", "end", "task", "title", "level", "place", "lead", "units", "deadline", "progress")
    return Answer(name=name, columns=columns, rows=shaped(columns, rows[:_ROWS]))


def _first(answer: Answer, name: str) -> Answer:
    return Answer(name=name, columns=answer.columns, rows=answer.rows[:_ROWS])


def _renamed(answer: Answer, name: str) -> Answer:
    return Answer(name=name, columns=answer.columns, rows=answer.rows)
