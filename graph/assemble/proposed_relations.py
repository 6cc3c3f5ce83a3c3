"""The relations of policies that a snapshot makes probable and that no document states."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from graph.link.policies.probable_relations import HeldPolicy, ProbableRelation, probable_relations
from graph.snapshot.snapshot import Snapshot

_MOST = 20_000
"""Among more policies nothing is looked for: it would take longer than it is worth at every build."""


def proposed_relations(snapshot: Snapshot, new: Collection[str]) -> list[ProbableRelation]:
    """Return the probable relations of which at least one document is `new`, by the names of documents.

    Those with most alike tasks come first; none where the graph is so large that looking for them takes long.
    """
    document = {row["target"]: row["source"] for row in snapshot.rows("RECORDS") if row["fullest"]}
    about = {policy for policy, name in document.items() if name in new}
    if not about or len(document) > _MOST:
        return []
    places = {row["source"]: row["target"] for row in snapshot.rows("APPLIES_IN")}
    policies = [
        HeldPolicy(
            key=row["key"],
            title=row["title"],
            level=row["level"],
            place=places[row["key"]],
            issued=row["issued"],
        )
        for row in snapshot.rows("Policy")
        if row["key"] in document and row["title"] and row["level"] and row["key"] in places and row["held"] == "full"
    ]
    above: defaultdict[str, set[str]] = defaultdict(set)
    for row in snapshot.rows("IMPLEMENTS"):
        above[row["source"]].add(row["target"])

    def related(child: str, parent: str) -> bool:
        return parent in _reached(above, child) or child in _reached(above, parent)

    def headings(keys: Sequence[str]) -> dict[str, list[str]]:
        wanted = {document[key]: key for key in keys}
        told: dict[str, list[str]] = defaultdict(list)
        for part in snapshot.parts("Task"):
            for row in snapshot.part("Task", part, ["document", "kind", "title"]).to_pylist():
                if row["document"] in wanted and row["kind"] == "measure":
                    told[wanted[row["document"]]].append(row["title"])
        return told

    found = probable_relations(policies, related, headings, about)
    return [one._replace(child=document[one.child], parent=document[one.parent]) for one in found]


def _reached(above: dict[str, set[str]], key: str) -> set[str]:
    """Return the policies that one carries out, at any step."""
    found: set[str] = set()
    edge = {key}
    while edge:
        edge = {far for here in edge for far in above.get(here, ())} - found
        found |= edge
    return found
