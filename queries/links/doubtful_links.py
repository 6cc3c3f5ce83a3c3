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
    weak = ask(find("weak_links"), store, {"document": params.get("document"), "below": SURE})
    rows = weak[:limit]
    tasks = sorted({str(row[side]) for row in rows for side in ("child", "parent")})
    facts = {str(row["task"]): row for row in ask(find("task_details"), store, {"tasks": tasks})} if tasks else {}
    told = [row | _side(facts, row, "child") | _side(facts, row, "parent") for row in rows]
    notes = (Note(code="more", values={"shown": limit, "all": len(weak)}),) if len(weak) > limit else ()
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, told), notes=notes)


def _side(facts: dict[str, AnswerRow], row: AnswerRow, side: str) -> AnswerRow:
    fact = facts.get(str(row[side]), {})
    return {f"{side}_{name}": fact.get(name) for name in ("title", "level", "place")}
