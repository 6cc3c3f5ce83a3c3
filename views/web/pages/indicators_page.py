"""Indicators: the quantities that are given targets, and one of them down the chain."""

from typing import Any

from queries.answer import Answer, Note
from queries.run import run
from views.web.page_records import Asked, Page

_ROWS = 300
"""So many rows stand on the page."""


def indicators_page(asked: Asked) -> Page:
    """Return the list of indicators, or the values of the one that the address names by `of` and its `measure`."""
    named = asked.get("of")
    given = {name: asked.get(name) for name in ("level", "place")}
    text, unit = asked.get("q"), asked.get("unit")
    facts: dict[str, Any] = {"of": named, "measure": asked.get("measure"), "q": text or "", "unit": unit or ""}
    facts["given"] = {name: value or "" for name, value in given.items()}
    if named:
        answer = run("indicator", asked.store, of=named, measure=asked.get("measure"), **given)
        values = [abs(float(row["value"])) for row in answer.rows if row["value"] is not None]
        facts |= {"most": max(values, default=0.0), "chains": len({row["chain"] for row in answer.rows})}
        title, subtitle = named, asked.get("measure") or ""
    else:
        answer = run("indicators", asked.store, text=text, unit=unit, **given)
        title, subtitle = asked.words("indicators.title"), ""
    table = Answer(name=answer.name, columns=answer.columns, rows=answer.rows[:_ROWS])
    more = (Note(code="more", values={"shown": _ROWS, "all": len(answer)}),) if len(answer) > _ROWS else ()
    return Page(title=title, subtitle=subtitle, tables=(table,), facts=facts | {"all": len(answer)}, notes=more)
