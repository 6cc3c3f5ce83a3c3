"""Reviewing units: two that may be one body, side by side with what each carries, and a person's word on them."""

from typing import Any

from graph.link.decisions import Decisions, Word
from graph.store.protocol import AnswerRow
from queries.answer import Answer
from queries.catalog import find
from queries.question_rows import ask
from queries.run import run
from views.web.page_records import Asked

MOST_UNITS, _TASKS = 500, 6
"""So many pairs are looked through at once, and so many tasks of each unit stand beside its name."""
Reviewed = tuple[str, str]
"""The keys of the two things that are decided on, the lower or the first one first."""


def units_to_review(asked: Asked) -> tuple[Answer, list[AnswerRow]]:
    """Return the question's answer, and its pairs that nobody has decided on."""
    answer = run("doubtful_units", asked.store, limit=MOST_UNITS)
    left = [row for row in answer.rows if asked.decisions.same_unit(str(row["unit"]), str(row["other"])) is None]
    return answer, left


def units_beside(asked: Asked, pair: Reviewed) -> dict[str, Any]:
    """Return what is known of two units: their names and places, how many tasks each has, and the first of them."""
    named = {str(row["key"]): row for row in ask(find("unit_names"), asked.store, {"units": list(pair)})}
    sides = []
    for key in pair:
        # Of two that are one by now the graph holds one only.
        load = run("unit_load", asked.store, unit=key).rows if key in named else ()
        tasks = list({str(row["task"]): row for row in load}.values())
        surfaces = list(dict.fromkeys(str(row["surface"]) for row in load if row["surface"]))
        sides.append({"key": key, "named": named.get(key, {}), "tasks": tasks[:_TASKS], "all": len(tasks)})
        sides[-1]["surfaces"] = surfaces[:_TASKS]
    return {"sides": sides, "decided": _said(asked.decisions, pair), "word": _word(asked.decisions, pair)}


def _said(decisions: Decisions, pair: Reviewed) -> str:
    same = decisions.same_unit(*pair)
    return "none" if same is None else "same" if same else "not_same"


def _word(decisions: Decisions, pair: Reviewed) -> Word | None:
    return decisions.words.get(("units", min(pair), max(pair)))
