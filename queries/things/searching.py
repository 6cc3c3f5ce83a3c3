"""Searching: the policies, tasks, units and themes that hold some words, the best first, with the words around them."""

import re

from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.answer_rows import sort_rows
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask, forms_of

AROUND = 24
"""So many characters are shown on either side of the words found."""
# Weights: a number or title that is the text, one that holds it, a text that holds it.
_KINDS = {"policy": 3.0, "task": 2.0, "theme": 1.5, "unit": 1.5}


def search(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the texts that hold every part of the words, as they are or in the simplified script."""
    words = _parts(str(params["text"]))
    limit = params["limit"]
    assert isinstance(limit, int)
    rows: list[AnswerRow] = []
    # A text may print its digits and letters in full width: １２０株, ＡＩ.
    for form in dict.fromkeys((tuple(words), tuple(str(forms_of(word)["wide"]) for word in words))) if words else ():
        known = {(row["kind"], row["key"]) for row in rows}
        asked = ask(find("search_texts"), store, {"words": list(form)})
        rows += [_scored(row, list(form)) for row in asked if (row["kind"], row["key"]) not in known]
    rows = sort_rows(rows, query.sort)
    notes = (Note(code="more", values={"shown": limit, "all": len(rows)}),) if len(rows) > limit else ()
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows[:limit]), notes=notes)


def _parts(text: str) -> list[str]:
    from graph.text import fold

    return [part for part in re.split(r"\s+", fold(text).strip()) if part]


def _scored(row: AnswerRow, words: list[str]) -> AnswerRow:
    name, text = str(row["name"] or ""), str(row["text"] or "")
    in_name = sum(word in name for word in words) / len(words)
    whole = 1.0 if [name] == words else 0.0
    score = _KINDS.get(str(row["kind"]), 1.0) * (1 + 2 * in_name + 2 * whole)
    place = _place(row, text, words)
    return row | {"score": round(score, 3)} | place


def _place(row: AnswerRow, text: str, words: list[str]) -> dict[str, Scalar]:
    """Return the words around the first one found, and where they stand where the text's own place is known."""
    at = min((found for word in words if (found := text.find(word)) >= 0), default=0)
    low, high = max(0, at - AROUND), min(len(text), at + len(words[0]) + AROUND)
    snippet = ("…" if low else "") + " ".join(text[low:high].split()) + ("…" if high < len(text) else "")
    base = row.get("start")
    if isinstance(base, int) and isinstance(row.get("stop"), int) and int(row["stop"] or 0) - base == len(text):
        return {"snippet": snippet, "start": base + at, "end": base + at + len(words[0])}
    return {"snippet": snippet, "start": None, "end": None}
