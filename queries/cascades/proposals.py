"""Relations of policies that are probable and that nobody states: told with the command that confirms them."""

import shlex
from collections.abc import Sequence
from datetime import date

from graph.store.protocol import Scalar, Store
from queries.answer import Note
from queries.cascades.known_policies import Family, Known
from queries.catalog import find
from queries.question_rows import ask

_MOST = 20_000
"""Among more policies nothing is looked for: it would take longer than the answer."""
_TOLD = 5
"""So many proposals are told, those with most alike tasks."""


def proposed_below(store: Store, family: Family, tops: Sequence[Known]) -> list[Note]:
    """Return a note for each policy that probably carries one of these out, and of which the graph does not know it."""
    from graph.link.policies.probable_relations import HeldPolicy, probable_relations

    rows = [row for row in ask(find("held_policies"), store, {}) if row["title"] and row["level"] and row["place"]]
    if len(rows) > _MOST:
        return []
    document = {str(row["policy"]): str(row["document"]) for row in rows}
    policies = [
        HeldPolicy(
            key=key,
            title=str(row["title"]),
            level=str(row["level"]),
            place=str(row["place"]),
            issued=date.fromisoformat(str(row["issued"])) if row["issued"] else None,
        )
        for key, row in {str(row["policy"]): row for row in rows}.items()
    ]
    about = {key for known in tops for key in known.keys}
    known_below = {key: family.under(known.key) for known in tops for key in known.keys}

    def settled(child: str, parent: str) -> bool:
        return parent not in about or child in known_below[parent]

    def headings(keys: Sequence[str]) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for row in ask(find("headings_of_policies"), store, {"policies": keys}):
            told.setdefault(str(row["policy"]), []).append(str(row["title"]))
        return told

    found = probable_relations(policies, settled, headings, about)
    return [proposal(document[one.child], document[one.parent], one.alike, one.tasks) for one in found[:_TOLD]]


def proposal(child: str, parent: str, alike: int, tasks: int) -> Note:
    """Return the note that a document probably carries out another, with the command that says so for good."""
    command = f"zhengmai decide {shlex.quote(child)} {shlex.quote(parent)} yes"
    values: dict[str, Scalar] = {"child": child, "parent": parent, "alike": alike, "tasks": tasks, "command": command}
    return Note(code="probable", values=values)
