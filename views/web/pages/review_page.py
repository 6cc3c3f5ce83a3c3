"""Reviewing: doubtful links one after another, with both texts, and a person's word on each."""

from collections.abc import Sequence

from graph.link.decisions import Decisions
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.question_rows import ask
from queries.run import run
from views.web.page_records import Asked, Page
from views.web.pages.task_page import link_on_page

_MOST, _LAST = 500, 10
"""So many doubtful links are looked through at once, and so many of the last decisions stand beside them."""
_DECIDED = ("child", "parent", "judgement", "by", "when", "why")


def review_page(asked: Asked) -> Page:
    """Return one doubtful link to decide on, the list of those that are left, and the last decisions.

    The address says which link is looked at (`child`, `parent`); without it the first one that is left.
    """
    document = asked.get("of")
    doubtful = run("doubtful_links", asked.store, document=document, limit=_MOST)
    # What was decided since the last build is decided all the same.
    left = [row for row in doubtful.rows if asked.decisions.link(str(row["child"]), str(row["parent"])) == "none"]
    here = _here(asked, left)
    last = _last(asked.decisions)
    facts = {
        "of": document or "",
        "here": here and link_on_page(asked, *_texts(asked, here)),
        "beside": here and _beside(asked, here),
        "row": here,
        "at": next((at for at, row in enumerate(left, 1) if row is here), None),
        "left": len(left),
        "decided": len(asked.decisions.links),
        "next": _after(left, here),
        "by": asked.get("by") or "",
    }
    tables = (
        Answer(name="doubtful", columns=doubtful.columns, rows=tuple(left)),
        Answer(name="decided", columns=_DECIDED, rows=shaped(_DECIDED, last)),
    )
    return Page(
        title=asked.words("review.title"), subtitle=document or "", tables=tables, facts=facts, notes=doubtful.notes
    )


def _here(asked: Asked, left: Sequence[AnswerRow]) -> AnswerRow | None:
    """Return the link that the address names, also where it is decided or sure; else the first that is left."""
    child, parent = asked.get("child"), asked.get("parent")
    if child and parent:
        listed = next((row for row in left if (row["child"], row["parent"]) == (child, parent)), None)
        if listed is not None:
            return listed
        stored = ask(find("link_between"), asked.store, {"child": child, "parent": parent})
        if stored:
            return stored[0]
    return left[0] if left else None


def _beside(asked: Asked, row: AnswerRow) -> dict[str, AnswerRow]:
    """Return what is known of the two tasks of a link."""
    keys = [str(row["child"]), str(row["parent"])]
    facts = {str(one["task"]): one for one in ask(find("task_details"), asked.store, {"tasks": keys})}
    return {"lower": facts.get(keys[0], {}), "upper": facts.get(keys[1], {})}


def _texts(asked: Asked, row: AnswerRow) -> tuple[str, str, AnswerRow, str, str]:
    beside = _beside(asked, row)
    texts = [str(beside[side].get("text") or "") for side in ("upper", "lower")]
    return str(row["child"]), str(row["parent"]), {"judgement": "none"} | row, texts[0], texts[1]


def _after(left: Sequence[AnswerRow], here: AnswerRow | None) -> AnswerRow | None:
    """Return the link that follows, the first again behind the last; None where there is no other."""
    others = [row for row in left if row is not here]
    if not others or here is None:
        return None
    at = next((at for at, row in enumerate(left) if row is here), -1)
    return left[(at + 1) % len(left)]


def _last(decisions: Decisions) -> list[AnswerRow]:
    """Return the last decisions on links, the latest first."""
    rows: list[AnswerRow] = []
    for (child, parent), judgement in decisions.links.items():
        word = decisions.words.get(("links", child, parent))
        said = word.said if word else {}
        rows.append({"child": child, "parent": parent, "judgement": judgement, **said})
    # Those without a time were said before times were kept.
    return sorted(rows, key=lambda row: str(row.get("when") or ""), reverse=True)[:_LAST]
