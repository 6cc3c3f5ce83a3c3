"""The ledger (台账): every task with what was last recorded of it; and the history of what was recorded."""

from graph.identity import TaskKey
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask
from queries.things.followed_progress import FollowedEntry, FollowedProgress, progress_of, task_words

_FILTERS = ("document", "policies", "level", "place", "unit")


def ledger(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the tasks that fit, in the order of their documents, each with its progress where any was recorded.

    With `recorded`, only tasks of which something was, and behind them what was recorded of tasks that are not found.
    """
    progress = progress_of(store)
    given = {one.name: params.get(one.name) for one in find("tasks").params}
    marks = {one.key: one.mark for one in task_words(store)}
    rows: list[AnswerRow] = []
    for row in ask(find("tasks"), store, given):
        key = TaskKey.parse(str(row["task"]))
        told = progress.last.get(str(key))
        if params.get("recorded") and told is None:
            continue
        place: AnswerRow = {"document": key.document, "path": key.path, "task_mark": marks.get(str(key))}
        rows.append(row | place | _said(told))
    if params.get("recorded") and not any(params.get(one) for one in _FILTERS):
        rows += [_said(one) | {"title": one.entry.task.title} for one in progress.lost.values()]
    if wanted := params.get("progress"):
        rows = [row for row in rows if row.get("progress") == wanted]
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=lost_notes(progress))


def history(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return what was recorded, of one task or of all, in the order in which it was."""
    progress = progress_of(store)
    wanted = params.get("task")
    rows: list[AnswerRow] = [
        _said(one) | {"task": one.task, "title": one.entry.task.title}
        for one in progress.entries
        if wanted in (None, one.task)
    ]
    notes = () if wanted else lost_notes(progress)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=notes)


def lost_notes(progress: FollowedProgress) -> tuple[Note, ...]:
    """Return the note that names the tasks of which something was recorded and which are not found again."""
    if not progress.lost:
        return ()
    listed = "、".join(sorted(progress.lost)[:5])
    return (Note(code="progress_lost", values={"count": len(progress.lost), "listed": listed}),)


def _said(told: FollowedEntry | None) -> AnswerRow:
    if told is None:
        return {}
    entry = told.entry
    return {
        "progress": entry.status,
        "share": entry.share,
        "words": entry.words,
        "by": entry.by,
        "when": entry.when,
        "proof": told.proof,
        "found": told.found,
        "kept_task": entry.task.key,
        "entry": entry.key,
    }
