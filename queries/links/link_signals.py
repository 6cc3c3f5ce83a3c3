"""Signals for and against a link of two tasks, and the reason why they are not linked where they are not."""

import json
from collections.abc import Callable, Sequence
from itertools import product

from graph.errors import NotFoundError, UsageError
from graph.identity import TaskKey
from graph.link.decisions import Decisions
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.task_view import from_reading
from graph.model import Reading
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import columns, find
from queries.links.why_unlinked import by_a_person, by_the_graph, by_the_texts
from queries.names import policies_of, resolve
from queries.question_rows import ask

COLUMNS = columns("signal meaning score:number adds:number child_words parent_words")


def explain(
    store: Store, child: str, parent: str, *, reading: Callable[[str], Reading], decisions: Decisions
) -> Answer:
    """Return every signal of a pair of tasks, linked or not, with the words that decided; in notes, what they come to.

    `reading` gives the reading of a document by its name. Where it has none, a stored link is told by the scores that
    it keeps. `meaning` says what a signal is, in Chinese and behind the first full stop in English.

    Raises:
        NotFoundError: no task is named so, or several are; or `reading` has no text of a pair that is not linked.
        UsageError: the graph is on a server, which keeps no text of a pair that is not linked.
    """
    below, above = (resolve(store, "task", name)[0] for name in (child, parent))
    stored = ask(find("link_between"), store, {"child": below, "parent": above})
    notes = [_verdict(below, above, stored)]
    reasons = [] if stored else [*by_a_person(decisions, below, above), *by_the_graph(store, below, above)]
    try:
        chance, rows, told = _signals(below, above, reading, related=_held_related(store, below, above, decisions))
    except (NotFoundError, UsageError):
        if not stored:
            raise
        rows = _stored_signals(str(stored[0]["signals"] or "{}"))
    else:
        notes += reasons or ([] if stored else told)
        notes.append(Note(code="chance", values={"score": chance}))
    names = tuple(column.name for column in COLUMNS)
    return Answer(name="explain", columns=names, rows=shaped(names, rows), notes=tuple(notes), typed=COLUMNS)


def _verdict(child: str, parent: str, stored: Sequence[AnswerRow]) -> Note:
    values: AnswerRow = {"child": child, "parent": parent}
    if not stored:
        return Note(code="no_link", values=values)
    link = stored[0]
    code = {"confirmed": "link_confirmed", "rejected": "link_rejected"}.get(str(link["judgement"]), "link")
    return Note(code=code, values=values | {"relation": link["relation"], "score": link["score"]})


def _held_related(store: Store, child: str, parent: str, decisions: Decisions) -> bool:
    """Tell whether a person said that a policy of the one task's document carries out one of the other's."""
    below, above = (policies_of(store, TaskKey.parse(key).document) for key in (child, parent))
    return any(decisions.policies.get(pair) == "confirmed" for pair in product(below, above))


def _signals(
    child: str, parent: str, reading: Callable[[str], Reading], *, related: bool
) -> tuple[float, list[AnswerRow], list[Note]]:
    """Return the chance of a pair, its signals, and what the texts tell of why it would be no link."""
    left, right = (reading(TaskKey.parse(key).document) for key in (child, parent))
    aligned = AlignedTasks(from_reading(left), from_reading(right), related=related)
    chance, told = aligned.explain(child, parent)
    rows: list[AnswerRow] = []
    for each in told:
        signal = each.signal
        rows.append(
            {
                "signal": signal.name,
                "meaning": each.meaning,
                "score": round(signal.score, 3),
                "adds": round(each.adds, 3),
                "child_words": signal.child_words.of(left.text) if signal.child_words else None,
                "parent_words": signal.parent_words.of(right.text) if signal.parent_words else None,
            }
        )
    rows.sort(key=lambda row: -abs(float(row["adds"] or 0)))
    return round(chance, 3), rows, by_the_texts(child, parent, round(chance, 3), aligned)


def _stored_signals(printed: str) -> list[AnswerRow]:
    # The words that decided are evidence of the link; the link itself keeps the scores.
    return [{"signal": name, "score": score} for name, score in json.loads(printed).items()]
