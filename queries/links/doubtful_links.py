"""The links that a person should look at: their chance is low, and nobody has decided on them."""

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask

SURE = 75
"""A link below this chance, in hundredths, wants looking at: one in three or more of them is wrong."""


def doubtful_links(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return doubtful links in the order of the lower documents, with the titles and places of both tasks.

    A note counts all of them where there are more than `limit`.
    """
    limit = params["limit"]
    assert isinstance(limit, int)
    given: dict[str, ParameterValue] = {"document": params.get("document"), "below": SURE}
    rows = ask(find("weak_links"), store, given | {"limit": limit})
    every = int(ask(find("weak_link_count"), store, given)[0]["links"] or 0) if len(rows) == limit else len(rows)
    tasks = sorted({str(row[side]) for row in rows for side in ("child", "parent")})
    facts = {str(row["task"]): row for row in ask(find("task_details"), store, {"tasks": tasks})} if tasks else {}
    told = [row | _side(facts, row, "child") | _side(facts, row, "parent") for row in rows]
    notes = (Note(code="more", values={"shown": limit, "all": every}),) if every > limit else ()
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, told), notes=notes)


def _side(facts: dict[str, AnswerRow], row: AnswerRow, side: str) -> AnswerRow:
    fact = facts.get(str(row[side]), {})
    return {f"{side}_{name}": fact.get(name) for name in ("title", "level", "place")}
