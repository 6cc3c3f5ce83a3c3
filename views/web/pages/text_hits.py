"""Words inside the texts of documents, also where no task stands: each with its place and what is around it."""

import re
from collections.abc import Mapping

from graph.store.protocol import AnswerRow
from graph.text import fold
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.names import resolve
from queries.question_rows import ask
from queries.run import run
from views.web.page_records import Asked

_DOCUMENTS, _PLACES, _AROUND = 40, 3, 28
"""So many documents, places of one document, and characters on either side stand on the page."""
_COLUMNS = ("document", "title", "level", "place", "hits", "start", "stop", "snippet")
_OF_TASKS = ("kind", "theme", "unit", "due_from", "due_to")
"""Conditions that only tasks can meet."""


def text_hits(asked: Asked, text: str, given: Mapping[str, str | None]) -> Answer | None:
    """Return the places of words in the texts of documents that hold all of them, those with most first.

    None where a condition is set that a text cannot meet.
    """
    words = [word for word in re.split(r"\s+", fold(text).strip()) if word]
    if not words or any(given.get(name) for name in _OF_TASKS):
        return None
    wanted = _documents(asked, given)
    found = []
    texts = asked.texts.all_texts()
    for document, (_, folded) in texts.items():
        if document in wanted and all(word in folded for word in words):
            found.append((sum(folded.count(word) for word in words), document))
    found.sort(key=lambda one: (-one[0], one[1]))
    rows = [
        row for hits, document in found[:_DOCUMENTS] for row in _places(wanted[document], texts[document], hits, words)
    ]
    return Answer(name="in_texts", columns=_COLUMNS, rows=shaped(_COLUMNS, rows))


def _documents(asked: Asked, given: Mapping[str, str | None]) -> dict[str, AnswerRow]:
    """Return the documents that fit the level and place of the address."""
    rows = run("documents", asked.store).rows
    if level := given.get("level"):
        rows = tuple(row for row in rows if row["level"] == level)
    if place := given.get("place"):
        key = resolve(asked.store, "place", place)[0]
        policies = [str(row["policy"]) for row in rows if row["policy"]]
        known = ask(find("family_policies"), asked.store, {"policies": policies}) if policies else []
        here = {str(row["given"]) for row in known if row["place"] == key and row["policy"] == row["given"]}
        rows = tuple(row for row in rows if row["policy"] in here)
    return {str(row["document"]): row for row in rows}


def _places(document: AnswerRow, texts: tuple[str, str], hits: int, words: list[str]) -> list[AnswerRow]:
    text, folded = texts
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    rows: list[AnswerRow] = []
    for hit in pattern.finditer(folded):
        start, stop = hit.span()
        low, high = max(0, start - _AROUND), min(len(text), stop + _AROUND)
        around = " ".join(text[low:high].split())
        rows.append(
            {
                **{name: document[name] for name in ("document", "title", "level", "place")},
                **{"hits": hits, "start": start, "stop": stop},
                "snippet": ("…" if low else "") + around + ("…" if high < len(text) else ""),
            }
        )
        if len(rows) == _PLACES:
            break
    return rows
