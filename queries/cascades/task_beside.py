"""One task beside the tasks that it carries out and those that carry it out, and what changed between each two."""

from collections.abc import Mapping, Sequence

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.cascades.chains import document_of
from queries.catalog import Query, find
from queries.changes.fact_changes import date, numbers, target_dates, units
from queries.changes.text_changes import words
from queries.question_rows import ParameterValue, ask

_FACTS = ("title", "level", "place", "text", "lead", "units", "deadline", "end")


def task_beside(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return a row for each task straight above (`side` is `above`) and straight below (`below`) one task."""
    task = str(params["task"])
    above = ask(find("derives_from"), store, {"tasks": [task]})
    below = ask(find("derived_from"), store, {"tasks": [task]})
    found = [("above", str(row["parent"]), row) for row in above] + [("below", str(row["task"]), row) for row in below]
    tasks = list(dict.fromkeys([task, *(other for _, other, _ in found)]))
    told = _Told(store, tasks)
    rows = [told.row(side, task, other, link) for side, other, link in found]
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows))


class _Told:
    """What is known of some tasks: their facts, units and targets."""

    def __init__(self, store: Store, tasks: Sequence[str]) -> None:
        self.facts = {str(row["task"]): row for row in ask(find("task_details"), store, {"tasks": tasks})}
        carried = ask(find("units_of_tasks"), store, {"tasks": tasks})
        # Who does a part of a task is not compared: what one text puts into a bracket another says in a sentence.
        self.units = _by_task([row for row in carried if row["scope"] == "task"])
        self.targets = _by_task(ask(find("targets_of_tasks"), store, {"tasks": tasks}))

    def row(self, side: str, task: str, other: str, link: AnswerRow) -> AnswerRow:
        """Return the row of another task and its link with this one; what changed is told from the upper one down."""
        upper, lower = (other, task) if side == "above" else (task, other)
        facts = [self.facts.get(one, {}) for one in (upper, lower)]
        dropped, added = words(*(str(fact.get("text") or "") for fact in facts))
        lost, gained = (
            units(self.units.get(upper, ()), self.units.get(lower, ())) if self.units.get(upper) else (None, None)
        )
        sides = self.targets.get(upper, ()), self.targets.get(lower, ())
        own = self.facts.get(other, {})
        row: AnswerRow = {"side": side, "task": other, "document": document_of(other)}
        row |= {name: own.get(name) for name in _FACTS}
        row |= {name: link[name] for name in ("relation", "score", "judgement", "link")}
        row |= {"words_dropped": dropped, "words_added": added, "units_dropped": lost, "units_added": gained}
        row |= {"date_change": date(*facts), "target_change": target_dates(*sides)}
        row["number_change"] = numbers(*sides, part=link["relation"] == "partial")
        return row


def _by_task(rows: Sequence[AnswerRow]) -> Mapping[str, list[AnswerRow]]:
    found: dict[str, list[AnswerRow]] = {}
    for row in rows:
        found.setdefault(str(row["task"]), []).append(row)
    return found
