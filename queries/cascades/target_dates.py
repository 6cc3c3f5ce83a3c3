"""Targets inside the text of tasks whose date is another than that of the same target above."""

from collections.abc import Sequence

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.answer_rows import sort_rows
from queries.catalog import Query, find
from queries.changes.fact_changes import date, moved_targets
from queries.question_rows import ParameterValue, ask


def target_date_changed(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the targets whose date differs from that of the same target above, as the correlation table finds them."""
    linked = ask(find("linked_with_targets"), store, {})
    tasks = list(dict.fromkeys(str(row[name]) for row in linked for name in ("task", "parent")))
    targets: dict[str, list[AnswerRow]] = {}
    for row in ask(find("targets_of_tasks"), store, {"tasks": tasks}) if tasks else ():
        targets.setdefault(str(row["task"]), []).append(row)
    rows = [row for pair in linked for row in _changes(pair, targets)]
    rows = [row for row in rows if params.get("change") in (None, row["change"])]
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, sort_rows(rows, query.sort)))


def target_moves(parent: Sequence[AnswerRow], child: Sequence[AnswerRow]) -> list[tuple[AnswerRow, AnswerRow, str]]:
    """Return the targets of a parent beside the same of its child whose dates differ, each with how (`date_changed`'s words)."""
    return [(above, below, str(date(_day(above), _day(below)))) for above, below in moved_targets(parent, child)]


def _changes(pair: AnswerRow, targets: dict[str, list[AnswerRow]]) -> list[AnswerRow]:
    """Return the rows of one link: its targets that are to be met earlier, later, by no date any more, or by one now."""
    rows = []
    for above, below, change in target_moves(*(targets.get(str(pair[name]), []) for name in ("parent", "task"))):
        row = {name: below[name] for name in ("target", "text", "quantity", "value", "unit", "end")}
        row |= {f"parent_{name}": above[name] for name in ("target", "text", "value", "end")}
        rows.append(pair | row | {"change": change})
    return rows


def _day(target: AnswerRow) -> AnswerRow:
    """Return a target's date as a deadline, which is printed where it has a day."""
    return {"deadline": target["end"], "end": target["end"]}
