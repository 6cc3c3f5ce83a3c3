"""Deadlines: tasks, parts of tasks and targets with a last day, by state and month, narrowed by level, place and unit."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from graph.schema.vocabulary import closed_lists
from graph.store.protocol import AnswerRow
from queries.answer import Answer, Note
from queries.run import run
from views.web.page_records import Asked, Page

_ROWS, _VALUES, _MONTHS = 300, 12, 36
"""So many rows, values of a facet and months stand on the page."""
WHAT = {"tasks": "due", "targets": "targets_due"}
"""What has a last day, and the question that lists it."""
_FACETS = ("level", "place")


def deadlines_page(asked: Asked) -> Page:
    """Return what has a last day: what is ahead, the next first, then what is past; of a state or month the earliest first.

    Raises:
        NotFoundError: no unit is named so.
    """
    what = asked.get("what") if asked.get("what") in WHAT else "tasks"
    given = {name: asked.get(name) for name in ("unit", "start", "end")}
    answer = run(WHAT[str(what)], asked.store, today=asked.today.isoformat(), **given)
    chosen = {name: value for name in (*_FACETS, "state", "month") if (value := asked.get(name))}
    rows = _narrowed(answer.rows, chosen)
    if not {"state", "month"} & chosen.keys() and not given["start"]:
        rows = _nearest(rows)
    facts: dict[str, Any] = {
        "what": what,
        "whats": tuple(WHAT),
        "chosen": chosen,
        "given": {name: value or "" for name, value in given.items()},
        # Each is counted as the others leave it: what another value of it would show.
        "states": _counts(answer.rows, chosen, "state", list(closed_lists()["due_state"])),
        "facets": [(name, _counts(answer.rows, chosen, name)[:_VALUES]) for name in _FACETS],
        "months": _months(answer.rows, chosen, asked.today.isoformat()[:7]),
        "all": len(rows),
    }
    table = Answer(name=answer.name, columns=answer.columns, rows=tuple(rows[:_ROWS]))
    more = (Note(code="more", values={"shown": _ROWS, "all": len(rows)}),) if len(rows) > _ROWS else ()
    return Page(title=asked.words("deadlines.title"), tables=(table,), facts=facts, notes=(*more, *answer.notes))


def _value(row: AnswerRow, name: str) -> str | None:
    if name == "month":
        return str(row["end"])[:7]
    return None if row.get(name) is None else str(row[name])


def _narrowed(rows: Sequence[AnswerRow], chosen: dict[str, str]) -> list[AnswerRow]:
    return [row for row in rows if all(_value(row, name) == value for name, value in chosen.items())]


def _nearest(rows: Sequence[AnswerRow]) -> list[AnswerRow]:
    """Return what is still ahead, the next first, then what is past, the latest first."""
    ahead = [row for row in rows if int(row["days"] or 0) >= 0]
    return ahead + [row for row in reversed(rows) if int(row["days"] or 0) < 0]


def _counts(
    rows: Sequence[AnswerRow], chosen: dict[str, str], name: str, order: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """Return the values of a column with how often each stands in the rows that the other choices leave."""
    left = _narrowed(rows, {one: value for one, value in chosen.items() if one != name})
    counts = Counter(value for row in left if (value := _value(row, name)) is not None)
    return [(one, counts[one]) for one in order if counts[one]] if order else counts.most_common()


def _months(rows: Sequence[AnswerRow], chosen: dict[str, str], today: str) -> list[tuple[str, int, str]]:
    """Return the months with something due: each with its count, and whether it is `past`, `now` or `ahead`.

    Of many the nearest to today stand.
    """
    counted = sorted(_counts(rows, chosen, "month"))
    ahead = next((at for at, (month, _) in enumerate(counted) if month >= today), len(counted))
    first = max(0, min(ahead - _MONTHS // 3, len(counted) - _MONTHS))
    return [
        (month, count, "now" if month == today else "past" if month < today else "ahead")
        for month, count in counted[first : first + _MONTHS]
    ]
