"""The tasks of a unit and of its counterparts above and below."""

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.answer_rows import sort_rows
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask

_ORDER = {"above": 0, "here": 1, "below": 2}


def unit_with_counterparts(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the load of a unit and of each counterpart, from the top down; one without a task has a row too."""
    unit = str(params["unit"])
    load = find("unit_load")
    given: dict[str, ParameterValue] = {"role": params.get("role")}
    found: list[AnswerRow] = [{"unit": unit, "direction": "here", "hops": 0}]
    for row in ask(find("unit_counterparts"), store, {"unit": unit}):
        found.append({"unit": row["counterpart"], "direction": row["direction"], "hops": row["hops"]})
    names = {row["key"]: row for row in ask(find("unit_names"), store, {"units": [str(one["unit"]) for one in found]})}
    rows: list[AnswerRow] = []
    for one in found:
        known = names.get(one["unit"], {})
        head = one | {name: known.get(name) for name in ("name", "level", "place")}
        head["rank"] = _ORDER[str(one["direction"])]
        carried = ask(load, store, given | {"unit": str(one["unit"])})
        rows += [{**task, **head} for task in carried] or [head]
    rows = sort_rows(rows, ("rank", "level", "unit", "scope", "role", "end", "task"))
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows))
