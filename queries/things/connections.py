"""Connections of two things: the shortest ways between them, walked step by step and never far."""

from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.question_rows import ParameterValue, ask

STEPS = 6
"""A way longer than this says nothing to anybody."""
WIDE = 2_000
"""A side that has met more things than this is not widened: everything is near everything there."""
WAYS = 5
# A place or a theme is linked to all that is in it: a way through one is a way only where there is no other.
_HUBS = frozenset({"Jurisdiction"})


def connections(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return up to five shortest ways between two things, one row for each step."""
    start, end = str(params["start"]), str(params["end"])
    ways = _ways(store, start, end, hubs=False) or _ways(store, start, end, hubs=True)
    rows: list[AnswerRow] = []
    for number, way in enumerate(ways, 1):
        for step, row in enumerate(way, 1):
            rows.append(row | {"path": number, "step": step})
    notes = () if rows else (Note(code="not_connected", values={"start": start, "end": end, "steps": STEPS}),)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=notes)


def _ways(store: Store, start: str, end: str, *, hubs: bool) -> list[list[AnswerRow]]:
    """Return the shortest ways from one key to another, breadth first; each is a list of neighbour rows."""
    came: dict[str, list[AnswerRow]] = {start: []}
    edge = [start]
    for _ in range(STEPS):
        if not edge or len(came) > WIDE:
            return []
        fresh: dict[str, list[AnswerRow]] = {}
        for row in ask(find("neighbours"), store, {"keys": edge}):
            there = str(row["there"])
            if (
                there not in came
                and row["judgement"] != "rejected"
                and (hubs or there == end or row["label"] not in _HUBS)
            ):
                fresh.setdefault(there, []).append(row)
        came |= fresh
        if end in fresh:
            return _back(came, start, end)[:WAYS]
        edge = list(fresh)
    return []


def _back(came: dict[str, list[AnswerRow]], start: str, end: str) -> list[list[AnswerRow]]:
    if end == start:
        return [[]]
    ways: list[list[AnswerRow]] = []
    for row in came[end]:
        for way in _back(came, start, str(row["here"])):
            ways.append([*way, row])
            if len(ways) >= WAYS:
                return ways
    return ways
