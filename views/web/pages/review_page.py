"""Reviewing: doubtful links, and units that may be one, one after another, and a person's word on each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from graph.link.decisions import Decisions
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.question_rows import ask
from queries.run import run
from views.web.page_records import Asked, Page
from views.web.pages.task_page import link_on_page
from views.web.pages.unit_review import Reviewed, units_beside, units_to_review

_MOST, _LAST = 500, 10
"""So many doubtful links are looked through at once, and so many of the last decisions stand beside them."""
_DECIDED = ("what", "child", "parent", "judgement", "by", "when", "why")
REVIEWED = ("links", "units")
"""What is reviewed."""


def review_page(asked: Asked) -> Page:
    """Return one doubtful link or pair of units to decide on, the list of those that are left, and the last decisions.

    The address says which pair is looked at (`child`, `parent`); without it the first one that is left.
    """
    what = "units" if asked.get("what") == "units" else "links"
    facts: dict[str, Any] = {"what": what, "whats": REVIEWED, "of": asked.get("of") or "", "by": asked.get("by") or ""}
    if what == "units":
        answer, left = units_to_review(asked)
        pairs = [(str(row["unit"]), str(row["other"])) for row in left]
        named = _named(asked)
        pair = named or (pairs[0] if pairs else None)
        own: Mapping[str, Any] = {"units": pair and units_beside(asked, pair)}
    else:
        answer, left = _links(asked)
        pairs = [(str(row["child"]), str(row["parent"])) for row in left]
        row = _here(asked, left)
        pair = (str(row["child"]), str(row["parent"])) if row else None
        own = _link(asked, row)
    last = _last(asked.decisions)
    decided = asked.decisions.units if what == "units" else asked.decisions.links
    facts |= {
        **own,
        "pair": pair,
        "at": pairs.index(pair) + 1 if pair in pairs else None,
        "left": len(left),
        "decided": len(decided),
        "next": _after(pairs, pair),
        "undo": _undo(last, facts["by"]),
        "reviewers": Counter(word.by for word in asked.decisions.words.values() if word.by).most_common(),
    }
    tables = (
        Answer(name="doubtful_units" if what == "units" else "doubtful", columns=answer.columns, rows=tuple(left)),
        Answer(name="decided", columns=_DECIDED, rows=shaped(_DECIDED, last[:_LAST])),
    )
    return Page(
        title=asked.words("review.title_units" if what == "units" else "review.title"),
        subtitle=facts["of"],
        tables=tables,
        facts=facts,
        notes=answer.notes,
    )


def _links(asked: Asked) -> tuple[Answer, list[AnswerRow]]:
    answer = run("doubtful_links", asked.store, document=asked.get("of"), limit=_MOST)
    # What was decided since the last build is decided all the same.
    left = [row for row in answer.rows if asked.decisions.link(str(row["child"]), str(row["parent"])) == "none"]
    return answer, left


def _named(asked: Asked) -> Reviewed | None:
    child, parent = asked.get("child"), asked.get("parent")
    return (child, parent) if child and parent else None


def _here(asked: Asked, left: Sequence[AnswerRow]) -> AnswerRow | None:
    """Return the link that the address names, also where it is decided or sure; else the first that is left."""
    if named := _named(asked):
        listed = next((row for row in left if (row["child"], row["parent"]) == named), None)
        if listed is not None:
            return listed
        stored = ask(find("link_between"), asked.store, {"child": named[0], "parent": named[1]})
        if stored:
            return stored[0]
    return left[0] if left else None


def _link(asked: Asked, row: AnswerRow | None) -> dict[str, Any]:
    """Return a link as the page shows it, with what is known of its two tasks; None where there is none."""
    if row is None:
        return {"here": None, "beside": None, "row": None}
    keys = [str(row["child"]), str(row["parent"])]
    known = {str(one["task"]): one for one in ask(find("task_details"), asked.store, {"tasks": keys})}
    beside = {"lower": known.get(keys[0], {}), "upper": known.get(keys[1], {})}
    upper, lower = (str(beside[side].get("text") or "") for side in ("upper", "lower"))
    return {
        "here": link_on_page(asked, keys[0], keys[1], {"judgement": "none", **row}, upper, lower),
        "beside": beside,
        "row": row,
    }


def _after(pairs: Sequence[Reviewed], here: Reviewed | None) -> Reviewed | None:
    """Return the pair that follows, the first again behind the last; None where there is no other."""
    others = [pair for pair in pairs if pair != here]
    if not others or here is None:
        return None
    at = pairs.index(here) if here in pairs else -1
    return pairs[(at + 1) % len(pairs)]


def _undo(last: Sequence[AnswerRow], by: str) -> AnswerRow | None:
    """Return the decision that `by` made last, which one key takes back: where nobody is named, the last of all."""
    return next((row for row in last if not by or row.get("by") == by), None)


def _last(decisions: Decisions) -> list[AnswerRow]:
    """Return the decisions on links and units, the latest first."""
    rows: list[AnswerRow] = []
    for what, decided in (("links", decisions.links), ("units", decisions.units)):
        for (child, parent), judgement in decided.items():
            word = decisions.words.get((what, child, parent))
            row: AnswerRow = {"what": what, "child": child, "parent": parent, "judgement": judgement}
            rows.append({**row, **(word.said if word else {})})
    # Those without a time were said before times were kept.
    return sorted(rows, key=lambda row: str(row.get("when") or ""))[::-1]
