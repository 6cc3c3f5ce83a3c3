"""The correlation table for reading: each parent task, below it the child tasks and what changed, then what is left."""

from collections.abc import Iterator

from cli.draw.tree import added, nearest, verdict
from cli.words.messages import say, value
from graph.store.protocol import AnswerRow
from queries.answer import Answer

LONGEST = 90
"""Longer changes are cut here; the other formats have them whole."""
_CHANGES = ("words_dropped", "words_added", "units_dropped", "units_added", "number_change", "target_change")


def draw(answer: Answer) -> str:
    """Return the rows of a correlation table as blocks, one for each parent task."""
    lines: list[str] = []
    parent = None
    for row in (row for row in answer.rows if row["parent"] is not None):
        if row["parent"] != parent:
            parent = row["parent"]
            lines.append(say("beside.task", title=_short(row["parent_title"]), task=parent))
        lines += _pair(row)
    document = None
    for row in (row for row in answer.rows if row["parent"] is None):
        if row["document"] != document:
            document = row["document"]
            lines += ["", say("beside.rest", document=document)]
        lines.append("  " + added(row, _short(row["title"])))
    return "\n".join(lines) + "\n"


def _pair(row: AnswerRow) -> Iterator[str]:
    place, answer = row["place"] or "", value("answer", row["answer"])
    if row["task"] is None and row["near"]:
        yield say("beside.near", place=place, answer=verdict(row), document=row["document"], **nearest(row))
        return
    if row["task"] is None:
        yield say("beside.gap", place=place, answer=verdict(row), document=row["document"])
        return
    if row["reason"]:
        answer = verdict(row)
    score = "" if row["score"] is None else f"{row['score']:.2f}"
    code = "beside.confirmed" if row["judgement"] == "confirmed" else "beside.pair"
    yield say(code, place=place, title=_short(row["title"]), answer=answer, score=score, task=row["task"])
    for name in _CHANGES:
        if row[name]:
            yield "    " + say(f"beside.{name}", text=_short(row[name]))
    if row["date_change"] not in (None, "kept"):
        word = value("date_change", row["date_change"])
        days = {"parent": _short(row["parent_deadline"]) or "–", "child": _short(row["deadline"]) or "–"}
        yield "    " + say("beside.date_change", text=word, **days)


def _short(one: object) -> str:
    text = "" if one is None else " ".join(str(one).split())
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
