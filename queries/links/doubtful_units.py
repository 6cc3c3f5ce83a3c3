"""The units that may be one body under two names: a person should say whether they are."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query
from queries.question_rows import ParameterValue
from queries.run import run

_ALIKE = 0.6
"""A name that lacks more than this leaves over of the other may as well be another body's."""


def doubtful_units(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return pairs of units of one place of which one's name is the other's with signs left out, the most alike first.

    Where both have a function and not the same one they are two bodies: 市人民政府 and 市人民政府办公室. A note counts all
    of them where there are more than `limit`.
    """
    limit = params["limit"]
    assert isinstance(limit, int)
    by_place: dict[tuple[object, object], list[AnswerRow]] = {}
    for row in run("units", store, place=params.get("place")).rows:
        if row["kind"] == "unit" and row["name"]:
            by_place.setdefault((row["level"], row["place"]), []).append(row)
    pairs = [pair for units in by_place.values() for pair in _alike(units)]
    pairs.sort(key=lambda row: (-float(row["alike"] or 0), str(row["unit"]), str(row["other"])))
    notes = (Note(code="more", values={"shown": limit, "all": len(pairs)}),) if len(pairs) > limit else ()
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, pairs[:limit]), notes=notes)


def _alike(units: Sequence[AnswerRow]) -> Iterator[AnswerRow]:
    from rapidfuzz.distance import Indel

    for one, other in combinations(units, 2):
        functions = {row["function"] for row in (one, other) if row["function"]}
        names = sorted((str(one["name"]), str(other["name"])), key=len)
        if len(functions) > 1 or not _left_out(*names):
            continue
        if (alike := Indel.normalized_similarity(*names)) >= _ALIKE:
            yield {
                **{name: one[name] for name in ("unit", "name", "tasks", "level", "place")},
                **{f"other{name}": other[of] for name, of in (("", "unit"), ("_name", "name"), ("_tasks", "tasks"))},
                "alike": round(alike, 3),
            }


def _left_out(short: str, long: str) -> bool:
    """Tell whether a name is another one with signs left out.

    >>> _left_out("市发改委", "市发展和改革委员会"), _left_out("市民政局", "市财政局")
    (True, False)
    """
    signs = iter(long)
    return all(sign in signs for sign in short)
