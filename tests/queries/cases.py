"""Parameters for every question, taken from what a snapshot holds: for tests that ask two engines the same."""

from collections.abc import Iterator, Sequence

from graph.schema.vocabulary import schema
from graph.snapshot.snapshot import Snapshot
from queries.catalog import Param, Query
from queries.question_rows import ParameterValue

Given = dict[str, ParameterValue]
FEW = 3
# What a parameter without a kind may say, so that some rows answer it.
_WORDS: dict[str, Sequence[ParameterValue]] = {
    "role": ("lead", "responsible"),
    "level": ("province", "county"),
    "kind": ("measure", "safeguard"),
    "held": ("full", "cited"),
    "change": ("tightened", "relaxed", "set"),
    "today": ("2026-01-15",),
    "start": ("2022-07-01", "2026-06-30"),
    "end": ("2022-12-31", "2027-12-31"),
    "due_from": ("2022-07-01",),
    "due_to": ("2026-12-31",),
    "by": ("place", "unit"),
    "groups": (True,),
    "progress": ("done",),
    "recorded": (False,),
    "limit": (7,),
    "below": (95,),
    "code": ("unit-rest",),
    "state": ("overdue", "later"),
}


def cases(query: Query, snapshot: Snapshot) -> Iterator[Given]:
    """Yield sets of parameters: all that are required, then each of the others by itself, then pairs of filters."""
    required = [param for param in query.params if param.required]
    others = [param for param in query.params if not param.required]
    listed = {param.name: list(_values(query, param, snapshot)) for param in query.params}
    rounds = max((len(listed[param.name]) for param in required), default=1)
    base: Given = {}
    for turn in range(rounds):
        base = {one.name: listed[one.name][turn % len(listed[one.name])] for one in required if listed[one.name]}
        if len(base) < len(required):
            return
        yield base
    for param in others:
        for value in listed[param.name][:FEW]:
            yield base | {param.name: value}
    both = {one.name: listed[one.name][0] for one in others if listed[one.name]}
    if len(both) > 1:
        yield base | both


def _values(query: Query, param: Param, snapshot: Snapshot) -> Iterator[ParameterValue]:
    found: list[str] = []
    if param.names or param.name in ("subjects", "key", "keys"):
        found = list(_keys(param.names or "any", snapshot, links=query.name == "evidence_of"))
    elif query.name == "indicator" and param.name in ("of", "measure"):
        column = "quantity" if param.name == "of" else "unit"
        found = [one for one in snapshot.table("Target")[column].to_pylist() if one]
    elif param.name in ("text", "words"):
        titles = snapshot.table("Task")["title"].to_pylist()
        found = [titles[0][:2], titles[-1], "“\\u0022'"]
    elif param.name == "family":
        found = sorted({one for one in snapshot.table("Theme")["family"].to_pylist() if one})[:FEW]
    elif param.name in _WORDS:
        yield from _WORDS[param.name]
        return
    if param.type == "texts":
        yield found
        found = found[:FEW]
    if query.name == "link_between":
        links = snapshot.rows("DERIVES_FROM")
        found = [str(row["source" if param.name == "child" else "target"]) for row in links[:9]]
    if query.name == "connections" and param.name == "end":
        found = found[::-1]
    for one in found if param.required else found[:FEW]:
        yield [one] if param.type == "texts" else one


def _keys(kind: str, snapshot: Snapshot, *, links: bool) -> Iterator[str]:
    tables = {
        "task": ("Task",),
        "unit": ("Unit", "UnitGroup"),
        "policy": ("Policy",),
        "document": ("Document",),
        "theme": ("Theme",),
        "place": ("Jurisdiction",),
        "subject": ("Document", "Policy", "Task"),
        "any": tuple(schema().nodes),
    }[kind]
    for name in (*tables, *(schema().edges if links else ())):
        listed = sorted(snapshot.table(name)["key"].to_pylist())
        if name == "Task":
            # Those that are linked come first: they have the most to answer.
            ends = [row[end] for row in snapshot.rows("DERIVES_FROM") for end in ("source", "target")]
            near = [row[end] for row in snapshot.rows("RESEMBLES") for end in ("source", "target")]
            listed = list(dict.fromkeys([*ends[:6], *near[:4], *listed]))
        if name == "Unit" and not links:
            ends = [row[end] for row in snapshot.rows("COUNTERPART_OF") for end in ("source", "target")]
            listed = list(dict.fromkeys([*ends[:4], *listed]))
        yield from listed if links else listed[:12]
