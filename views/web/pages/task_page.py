"""A task: its text with marks, who does what by when, the tasks above and below it side by side, and why they are linked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import NotFoundError
from graph.identity import TaskKey
from graph.ledger.progress import STATUSES
from graph.link.decisions import Word
from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.changes.text_changes import ComparedText, compared
from queries.links.link_reasons import link_reasons
from queries.names import resolve
from queries.question_rows import ask
from queries.run import run
from views.web.page_records import Asked, Page
from views.web.pages.marked_text import MARKS, MarkedLine, lines_of, marks_of
from views.web.progress_form import prefilled

_CHANGES = ("words_dropped", "words_added", "units_dropped", "units_added", "number_change", "target_change")
_REASONS = ("child", "parent", "signal", "meaning", "score")
_WEAK_SIGNAL = 0.05
"""A signal as weak as this says nothing, and is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOnPage:
    """A link of two tasks as a page shows it: the row of the other task, both texts in pieces, reasons, and what was decided.

    `decided` is a person's judgement as it stands now, `settled` whether the graph was built by it already.
    """

    child: str
    parent: str
    row: AnswerRow
    upper: ComparedText
    lower: ComparedText
    reasons: Sequence[AnswerRow]
    proofs: Sequence[AnswerRow]
    decided: str
    settled: bool
    word: Word | None


def task_page(asked: Asked) -> Page:
    """Return the page of a task.

    Raises:
        NotFoundError: no task is named so, or several are.
    """
    key = resolve(asked.store, "task", asked.need("of"))[0]
    [fact, *_] = ask(find("task_details"), asked.store, {"tasks": [key]})
    units = ask(find("units_of_tasks"), asked.store, {"tasks": [key]})
    targets = ask(find("targets_of_tasks"), asked.store, {"tasks": [key]})
    beside = run("task_beside", asked.store, task=key)
    details = _details(asked, key)
    history = run("progress_history", asked.store, task=key)
    links = [_link(asked, key, fact, row) for row in beside.rows]
    facts: dict[str, Any] = {
        "key": key,
        "document": TaskKey.parse(key).document,
        "root": _topmost(key, beside.rows),
        "path": TaskKey.parse(key).path,
        "fact": fact,
        "lines": _lines(asked, key),
        "marks": MARKS[2:6],
        "above": [link for link in links if link.row["side"] == "above"],
        "below": [link for link in links if link.row["side"] == "below"],
        "changes": _CHANGES,
        "proofs": ask(find("evidence_of"), asked.store, {"subjects": [key]}),
        "by": asked.get("by") or "",
        "progress": _progress(asked, history),
    }
    rows = [reason | {"child": link.child, "parent": link.parent} for link in links for reason in link.reasons]
    tables = (
        _table("task", find("task_details").names, [fact]),
        _table("units_of_task", find("units_of_tasks").names, units),
        _table("targets_of_task", find("targets_of_tasks").names, targets),
        Answer(name="beside", columns=beside.columns, rows=beside.rows),
        details,
        Answer(name="progress", columns=history.columns, rows=history.rows[::-1]),
        _table("reasons", _REASONS, rows),
    )
    return Page(title=str(fact["title"]), subtitle=key, tables=tables, facts=facts)


def _progress(asked: Asked, history: Answer) -> dict[str, Any]:
    """Return the form: what was typed and is wrong, else what stands or the entry that is to be said again; and what it rests on."""
    by_key = {str(row["entry"]): row for row in history.rows}
    last = history.rows[-1] if history.rows else None
    again = by_key.get(asked.get("again") or "")
    typed = asked.typed
    if typed is None:
        typed = prefilled(again or last) | ({} if again else {"words": ""}) | {"by": asked.get("by") or ""}
    return {
        "last": last,
        "typed": typed,
        "problems": asked.problems,
        "statuses": STATUSES,
        "again": again,
        "recorded": asked.get("recorded") if asked.typed is None else None,
    }


def _topmost(key: str, beside: Sequence[AnswerRow]) -> str:
    """Return the uppermost of a task and those that it is linked with above: there its cascade begins."""
    rank = order_of("level")
    above = [row for row in beside if row["side"] == "above"]
    return str(min(above, key=lambda row: rank.get(str(row["level"]), len(rank)))["task"]) if above else key


def _table(name: str, columns: Sequence[str], rows: Sequence[AnswerRow]) -> Answer:
    return Answer(name=name, columns=tuple(columns), rows=shaped(columns, rows))


def _details(asked: Asked, key: str) -> Answer:
    """Return the rows of lists that itemise the task, and the tasks that it itemises."""
    columns = ("side", "task", "title")
    rows: list[AnswerRow] = [
        {"side": "itemises" if row["forward"] else "itemised_by", "task": row["there"], "title": row["name"]}
        for row in ask(find("neighbours"), asked.store, {"keys": [key]})
        if row["kind"] == "DETAILS"
    ]
    return Answer(name="details", columns=columns, rows=tuple(rows))


def _lines(asked: Asked, key: str) -> list[MarkedLine]:
    """Return the lines of a task in its document; none where the text was not kept."""
    where = TaskKey.parse(key)
    try:
        reading = asked.reading(where.document)
    except NotFoundError:
        return []
    task = next((one for one in reading.tasks if one.path == where.path), None)
    if task is None:
        return []
    marks = [mark for mark in marks_of(reading) if mark.start < task.span.end and mark.end > task.span.start]
    return lines_of(reading.text, marks, (), task.span)


def _link(asked: Asked, key: str, fact: AnswerRow, row: AnswerRow) -> LinkOnPage:
    other, above = str(row["task"]), row["side"] == "above"
    child, parent = (key, other) if above else (other, key)
    texts = [str(one["text"] or "") for one in ((row, fact) if above else (fact, row))]
    return link_on_page(asked, child, parent, row, texts[0], texts[1])


def link_on_page(asked: Asked, child: str, parent: str, row: AnswerRow, upper_text: str, lower_text: str) -> LinkOnPage:
    """Return a link as pages show it; `row` has its judgement and key as the graph has them."""
    upper, lower = compared(upper_text, lower_text)
    reasons = [one for one in link_reasons(asked.store, child, parent) if float(one["score"] or 0) > _WEAK_SIGNAL]
    decided = asked.decisions.link(child, parent)
    return LinkOnPage(
        child=child,
        parent=parent,
        row=row,
        upper=upper,
        lower=lower,
        reasons=reasons,
        proofs=ask(find("evidence_of"), asked.store, {"subjects": [str(row["link"])]}) if row["link"] else [],
        decided=decided,
        settled=decided == (row["judgement"] or "none"),
        word=asked.decisions.words.get(("links", child, parent)),
    )
