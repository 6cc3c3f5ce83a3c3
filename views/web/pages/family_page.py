"""A family: how its tasks cascade, theme by theme: as lanes, as a tree, as a matrix."""

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow
from queries.answer import Answer
from queries.faults import UnknownNameError
from queries.run import run
from views.cascade_payload import read
from views.drawings.card_shapes import shapes_of
from views.drawings.drawing_page import embedded_picture
from views.drawings.picture_making import PictureWish, picture
from views.drawings.pictures.matrix_grid import family_matrix
from views.page_payload import views
from views.picture_records import Cascade
from views.picture_words import Words
from views.text_tree import sentences, tree, units
from views.web.page_links import PageLinks
from views.web.page_records import Asked, Page

_CARDS, _ITEMS = 120, 2_000
"""So many cards stand in the lanes, the others are folded; so many tasks in the tree."""
VIEWS = ("lanes", "tree", "matrix", "timeline", "sankey")
_DRAWN = ("timeline", "sankey")


def family_page(asked: Asked) -> Page:
    """Return the page of the family of a policy, a document or a task: an overview by theme, and one theme of it.

    Raises:
        NotFoundError: nothing is named so, or the family has no such theme.
    """
    name = asked.need("of")
    chosen = asked.get("view") if asked.get("view") in VIEWS else VIEWS[0]
    facts: dict[str, Any] = {"of": name, "view": chosen, "views": VIEWS, "theme": asked.get("theme")}
    if chosen == "matrix":
        found, title = family_matrix(asked.store, name)
        matrix = replace(found, name="matrix", notes=())
        return Page(title=title, tables=(matrix,), facts=facts | _matrix_facts(matrix), notes=found.notes)
    if chosen in _DRAWN:
        return _drawn(asked, name, chosen, facts)
    coverage = run("coverage", asked.store, of=name)
    overview = Answer(name="themes", columns=coverage.columns, rows=coverage.rows)
    facts["themes"] = _themes(coverage)
    facts["places"] = list(dict.fromkeys((row["level"], row["place"], row["policy"]) for row in coverage.rows))
    theme = facts["theme"] or next((one["key"] for one in facts["themes"] if one["key"]), None)
    try:
        cascade = read(asked.store, name, theme)
    except UnknownNameError:
        if facts["theme"]:
            raise
        # None of its themes heads a tree: all of it is shown.
        cascade, theme = read(asked.store, name), None
    facts |= {"theme": theme} | _picture(cascade, asked.words.language)
    return Page(
        title=cascade.title,
        subtitle=cascade.doc_number or "",
        tables=(overview, _cards(cascade, asked)),
        facts=facts,
        notes=cascade.notes,
    )


def _drawn(asked: Asked, name: str, kind: str, facts: dict[str, Any]) -> Page:
    """Return a page that holds the picture of that kind, as `zhengmai view` draws it, with links to its things."""
    wish = PictureWish(kind=kind, of=[name], theme=asked.get("theme"), today=asked.today, language=asked.words.language)
    made = picture(asked.store, wish)
    links = PageLinks("family", asked.values)
    facts["picture"] = Markup(embedded_picture(made, asked.words.language, links.thing))
    return Page(title=made.title, tables=(made.rows,), facts=facts)


def _themes(coverage: Answer) -> list[dict[str, Any]]:
    """Return the themes of the overview in order, each with its answers by place."""
    found: dict[object, dict[str, Any]] = {}
    for row in coverage.rows:
        theme = found.setdefault(
            row["theme"], {"key": row["theme"], "name": row["theme_name"], "tasks": row["tasks"], "cells": {}}
        )
        theme["cells"][row["level"], row["place"], row["policy"]] = row
    return list(found.values())


def _picture(cascade: Cascade, language: str) -> dict[str, Any]:
    """Return the lanes and the tree of a cascade."""
    words = Words(language)
    drawn = views(cascade, words, _CARDS)[:1] if cascade.cards else []
    branches, anchors = tree(cascade, words, _ITEMS)
    return {
        "drawing": shapes_of(drawn[0], cascade, words) if drawn else None,
        "folded": drawn[0].shown.count if drawn else 0,
        "branches": branches,
        "left_out": len(cascade.cards) - len(anchors),
    }


def _cards(cascade: Cascade, asked: Asked) -> Answer:
    """Return the tasks of a picture as rows: each with what it derives from and what can be said of it."""
    words = Words(asked.words.language)
    columns = ("parent", "relation", "score", "level", "place", "task", "title", "units", "deadline", "said")
    above: dict[str, list[Any]] = {}
    for link in cascade.links:
        above.setdefault(link.child, []).append(link)
    rows: list[AnswerRow] = []
    for card in cascade.cards.values():
        said = "；".join(text for _, text in sentences(card, words)) or None
        own: AnswerRow = {
            "level": card.level,
            "place": card.place,
            "task": card.key,
            "title": card.title,
            "units": units(card, words) or None,
            "deadline": card.deadline,
            "said": said,
        }
        for link in above.get(card.key, [None]):
            top = {"parent": link.parent, "relation": link.relation, "score": link.score} if link else {}
            rows.append({"parent": None, "relation": None, "score": None} | top | own)
    return Answer(
        name="cascade",
        columns=columns,
        rows=tuple(dict(zip(columns, (row[name] for name in columns), strict=True)) for row in rows),
    )


# -- the matrix


def _matrix_facts(matrix: Answer) -> dict[str, Any]:
    """Return the matrix: the documents across, and for each parent task its cells, each with its answer and tasks."""
    documents: dict[str, object] = {}
    parents: dict[str, dict[str, Any]] = {}
    added = []
    for row in matrix.rows:
        if row["document"]:
            documents.setdefault(str(row["document"]), row["place"])
        if row["parent"] is None:
            added.append(row)
            continue
        line = parents.setdefault(
            str(row["parent"]), {"title": row["parent_title"], "deadline": row["parent_deadline"], "cells": {}}
        )
        line["cells"].setdefault(str(row["document"]), []).append(row)
    rank = order_of("answer")
    for line in parents.values():
        for rows in line["cells"].values():
            rows.sort(key=lambda row: rank.get(str(row["answer"]), len(rank)))
    return {"documents": documents, "parents": parents, "added": added}
