"""Searching: what holds some words, narrowed by what it is, where, under which theme, by whom and when."""

import re
from collections.abc import Callable
from typing import Any

from graph.text import fold
from queries.answer import Answer, Note
from queries.run import run
from queries.things.found import FACETS, MOST, facet_counts
from views.web.page_records import Asked, Page
from views.web.pages.text_hits import text_hits

_ASKED = ("kind", "level", "place", "theme", "unit", "due_from", "due_to")
_ROWS, _VALUES = 200, 8
"""So many rows stand on the page, and so many values of a facet, which counts up to `MOST` rows."""
_PARAMETER = {"units": "unit"}


def search_page(asked: Asked) -> Page:
    """Return what holds the words of the address and fits its conditions; without either, the page that asks for them."""
    text, given = asked.get("q"), {name: asked.get(name) for name in _ASKED}
    chosen = {name: value for name, value in given.items() if value}
    facts: dict[str, Any] = {
        "q": text or "",
        "chosen": chosen,
        "facets": [],
        "any": bool(text or chosen),
        "marked": _marker(text or ""),
    }
    title = asked.words("search.title_of", text=text) if text else asked.words("search.title")
    if not facts["any"]:
        return Page(title=title, tables=(), facts=facts)
    inside = text_hits(asked, text, given) if text else None
    answer = run("found", asked.store, text=text, limit=MOST, **given)
    count = next((note.values["all"] for note in answer.notes), len(answer))
    facts |= {"facets": _facets(answer, chosen), "all": count, "inside": inside is not None}
    table = Answer(name="found", columns=answer.columns, rows=answer.rows[:_ROWS])
    notes = (Note(code="more", values={"shown": _ROWS, "all": count}),) if len(answer) > _ROWS else ()
    return Page(title=title, tables=(table, inside) if inside else (table,), facts=facts, notes=notes)


def _facets(answer: Answer, chosen: dict[str, str]) -> list[dict[str, object]]:
    """Return the values by which the rows can be narrowed, each with its count and the words of the address for it."""
    counts = facet_counts(answer.rows)
    made: list[dict[str, object]] = []
    for name in FACETS:
        parameter = _PARAMETER.get(name, name)
        values = [
            {"value": value, "count": count, "given": _given(parameter, value)}
            for value, count in counts[name][:_VALUES]
            if chosen.get(parameter) != value
        ]
        if len(counts[name]) > 1 or values:
            made.append({"name": name, "column": name, "values": values})
    return made


def _given(parameter: str, value: str) -> dict[str, str]:
    if parameter == "year":
        return {"due_from": f"{value}-01-01", "due_to": f"{value}-12-31"}
    return {parameter: value}


def _marker(text: str) -> Callable[[str], list[tuple[str, bool]]]:
    """Return what cuts a text into pieces, each with whether it is one of the words that are looked for."""
    forms = {one for word in text.split() for one in (word, fold(word))}
    pattern = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or r"(?!)", re.IGNORECASE)

    def pieces(shown: str) -> list[tuple[str, bool]]:
        found, at = [], 0
        for hit in pattern.finditer(shown):
            found += [(shown[at : hit.start()], False), (hit[0], True)]
            at = hit.end()
        return [*found, (shown[at:], False)]

    return pieces
