"""What is due: every task with a last day, with the days left from a day that is given."""

from datetime import date

from graph.store.base import Row, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.run import Value, ask, sort_rows

SOON = 30
"""A task due within so many days is due soon (临期)."""


def due(store: Store, query: Query, **params: Value) -> Answer:
    """Return the tasks that have a last day, the earliest first, with the days left from `today`."""
    today = date.fromisoformat(str(params["today"]))
    given = {name: params.get(name) for name in ("start", "end", "level", "unit")}
    rows: list[Row] = []
    for row in ask(find("due_between"), store, given):
        days = (date.fromisoformat(str(row["end"])) - today).days
        state = "overdue" if days < 0 else "soon" if days <= SOON else "later"
        if params.get("state") in (None, state):
            rows.append(row | {"days": days, "state": state})
    undated = len(ask(find("without_date"), store, {"policies": None, "level": given["level"], "kind": None}))
    notes = (Note(code="undated", values={"count": undated}),) if undated else ()
    return Answer(
        name=query.name, columns=query.names, rows=shaped(query.names, sort_rows(rows, query.sort)), notes=notes
    )
