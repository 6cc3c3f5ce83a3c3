"""A cascade or a lineage as an indented tree: who, by when, how it corresponds and where it stands, in words."""

from collections.abc import Iterator

from cli.words.messages import say, value
from graph.store.protocol import AnswerRow, Scalar
from queries.answer import Answer

_BRANCH, _LAST, _BAR, _GAP = "├─ ", "└─ ", "│  ", "   "


def draw(answer: Answer) -> str:
    """Return the rows of a cascade or lineage, which come in the order of the tree, as its lines."""
    lines = [_cited(row) for row in answer.rows if row["root"] is None and row["task"] is None]
    rows = [row for row in answer.rows if row["root"] is not None]
    policy = None
    for index, row in enumerate(rows):
        if row["hops"] == 0:
            if row["policy"] != policy:
                policy = row["policy"]
                lines += [*([""] if lines else []), _policy_line(row)]
            lines += _node(row, _BRANCH if _more(rows, index) else _LAST, _BAR if _more(rows, index) else _GAP)
        else:
            lines += _branch(rows, index)
    return "\n".join([*lines, *_added(answer)]) + "\n"


def _policy_line(row: AnswerRow, code: str = "tree.policy") -> str:
    key, title = str(row["policy"] or ""), str(row["policy_title"] or "")
    # A key made of place and title says nothing beside the title; one that is a document number does.
    named = title if title and ":" in key else f"{key} {title}".strip()
    where = " ".join(str(one) for one in (value("level", row["level"]), row["place"]) if one)
    return say(code, title=named, where=where)


def _cited(row: AnswerRow) -> str:
    return _policy_line(row, "tree.cited")


def verdict(row: AnswerRow) -> str:
    """Return the verdict on a task without a link, in words, with the reason where nobody can say."""
    answer = str(value("answer", row["answer"]))
    if row["reason"] is None:
        return answer
    reason = str(value("reason", row["reason"]))
    if row.get("addressed"):
        reason = say("tree.addressed", reason=reason, places=row["addressed"])
    return say("tree.reason", answer=answer, reason=reason)


def _more(rows: list[AnswerRow], index: int) -> bool:
    """Tell whether another row of the same depth follows under the same head."""
    depth = int(rows[index]["hops"] or 0)
    for row in rows[index + 1 :]:
        hops = int(row["hops"] or 0)
        if hops < depth or (depth == 0 and hops == 0 and row["policy"] != rows[index]["policy"]):
            return False
        if hops == depth:
            return True
    return False


def _branch(rows: list[AnswerRow], index: int) -> list[str]:
    depth = int(rows[index]["hops"] or 0)
    indent = ""
    for level in range(depth):
        head = next(at for at in range(index, -1, -1) if int(rows[at]["hops"] or 0) == level)
        indent += _BAR if _more(rows, head) else _GAP
    more = _more(rows, index)
    return _node(rows[index], indent + (_BRANCH if more else _LAST), indent + (_BAR if more else _GAP))


def _node(row: AnswerRow, first: str, rest: str) -> list[str]:
    return [first + _head(row), *(rest + line for line in _details(row))]


def _head(row: AnswerRow) -> str:
    """Return the line of a task: place, title, how it corresponds, its key."""
    where = " ".join(str(one) for one in (value("level", row["level"]), row["place"]) if one)
    if row["task"] is None and row["near"]:
        return say("tree.near", where=where, policy=row["title"] or row["policy"], answer=verdict(row), **nearest(row))
    if row["task"] is None:
        return say("tree.gap", where=where, title=row["title"] or row["policy"], answer=verdict(row))
    if row.get("details"):
        return say("tree.details", where=where, title=row["title"], task=row["task"])
    if row["hops"] == 0:
        answer = "" if row["answer"] is None else say("tree.answer", answer=verdict(row))
        return say("tree.root", title=row["title"], task=row["task"], answer=answer)
    relation = " ".join(_kind(row))
    code = "tree.confirmed" if row["judgement"] == "confirmed" else "tree.task"
    return say(code, where=where, title=row["title"], relation=relation, score=row["score"], task=row["task"])


def _kind(row: AnswerRow) -> Iterator[str]:
    """Yield the words of how a task corresponds: what the task above it comes to here, and the kind of the link."""
    if row["answer"] == "doubtful":
        yield verdict(row)
    elif row["answer"] in ("skips_level", "split", "merged"):
        yield str(value("answer", row["answer"]))
    if row["relation"]:
        yield str(value("relation", row["relation"]))


def nearest(row: AnswerRow) -> dict[str, Scalar]:
    """Return what fills a line about the nearest task of a row: its title, key and score, and its words in quotes."""
    words = say("tree.words", words=" ".join(str(row["near_words"]).split())) if row["near_words"] else ""
    return {"title": row["near_title"], "task": row["near"], "score": row["near_score"], "words": words}


def _details(row: AnswerRow) -> Iterator[str]:
    if row["task"] is None:
        return
    parts = []
    if row["lead"]:
        parts.append(say("tree.lead", units=row["lead"]))
    if row["units"] and row["units"] != row["lead"]:
        parts.append(say("tree.units", units=row["units"]))
    if row["in_text"]:
        parts.append(say("tree.in_text", units=row["in_text"]))
    if row["deadline"]:
        day = f" ({row['end']})" if row["end"] else ""
        parts.append(say("tree.deadline", raw=row["deadline"], day=day) + _moved(row))
    if row["start"] is not None:
        parts.append(say("tree.evidence", document=row["document"], start=row["start"], end=row["stop"]))
    if row["text_start"] is not None and row["text_stop"] != row["stop"]:
        # The heading proves the title; whoever checks units, date and link needs all of the task.
        parts.append(say("tree.whole", start=row["text_start"], end=row["text_stop"]))
    if row.get("clauses_dropped"):
        parts.append(say("tree.dropped", text=row["clauses_dropped"]))
    if parts:
        # A web copy breaks lines inside names; a line of the tree is one line.
        yield " ".join(say("tree.joint").join(parts).split())


def _moved(row: AnswerRow) -> str:
    """Return that the day differs from the one above, if it does; a lineage, read from below, does not say so."""
    change = row.get("date_change")
    return say("tree.moved", change=value("date_change", change)) if change in ("tightened", "relaxed") else ""


def added(row: AnswerRow, title: str) -> str:
    """Return the line of a task that derives from nothing, with the task above that comes nearest where one does."""
    if not row["near"]:
        return say("tree.added", answer=verdict(row), title=title, task=row["task"])
    near = nearest(row)
    near |= {"near_title": near.pop("title"), "near": near.pop("task")}
    return say("tree.added_near", answer=verdict(row), title=title, task=row["task"], **near)


def _added(answer: Answer) -> list[str]:
    """Return the lines about tasks that derive from nothing, policy by policy."""
    lines: list[str] = []
    policy = None
    for row in (row for row in answer.rows if row["root"] is None and row["task"] is not None):
        if row["policy"] != policy:
            policy = row["policy"]
            lines += ["", _policy_line(row)]
        lines.append(_LAST + added(row, str(row["title"])))
        lines += [_GAP + line for line in _details(row)]
    return lines
