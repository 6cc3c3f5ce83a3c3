"""Why two tasks are not linked, told from facts: what they are, what their documents are, and who stands closer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.identity import TaskKey
from queries.answer import Note
from queries.cascades.known_policies import Family
from queries.catalog import find
from queries.names import policies_of
from queries.question_rows import ask

if TYPE_CHECKING:
    from cli.output import Run
    from graph.link.tasks.align_tasks import TaskLink
    from graph.link.tasks.task_view import LinkTask
    from graph.store.protocol import Store

_FEW = 3
"""So many closer tasks are named on a side."""


def document(task: str) -> str:
    """Return the name of the document that a task stands in."""
    return TaskKey.parse(task).document


def related(store: "Store", child: str, parent: str) -> bool:
    """Tell whether the policy of one document carries out that of another, so that links between them are stored."""
    family = Family(store)
    own = family.know(policies_of(store, child))
    top = {known.key for known in family.know(policies_of(store, parent))}
    return bool(top & {known.key for known in family.climb(own)})


def by_a_person(run: "Run", child: str, parent: str) -> list[Note]:
    """Return what a person said of a pair that holds no link; a server keeps no decisions beside its links."""
    from graph.link.decisions import Decisions
    from graph.store import folder_of
    from graph.store.home import Home

    if (folder := folder_of(run.settings.address)) is None:
        return []
    said = Decisions.read(Home(folder).decisions).links.get((child, parent))
    codes = {"rejected": "why_person_no", "confirmed": "why_person_yes"}
    return [Note(code=codes[said], values={"child": child, "parent": parent})] if said in codes else []


def by_the_graph(store: "Store", child: str, parent: str) -> list[Note]:
    """Return what the graph tells of why two tasks are not linked: their documents, and what kinds of tasks they are."""
    below, above = document(child), document(parent)
    if below == above:
        return [Note(code="why_one_document", values={"document": below})]
    if not related(store, below, above):
        code = "why_upside_down" if related(store, above, below) else "why_unrelated"
        return [Note(code=code, values={"child": below, "parent": above})]
    kinds = {str(row["task"]): str(row["kind"]) for row in ask(find("task_details"), store, {"tasks": [child, parent]})}
    if "measure" not in kinds.values():
        ends = {key: {"task": key, "kind": kinds.get(key)} for key in (child, parent)}
        return [Note(code="why_no_measure", values=values) for values in ends.values()]
    return []


def by_the_texts(
    child: str, parent: str, score: float, below: "Sequence[LinkTask]", above: "Sequence[LinkTask]"
) -> list[Note]:
    """Return what the two texts tell of why the tasks are not linked; `score` is the chance that they correspond."""
    from graph.link.tasks.align_tasks import align
    from graph.link.tasks.calibration import BESIDE, LINKED, LINKED_STRANGERS
    from graph.link.tasks.penalties import punishing

    ends = [next(task for task in tasks if task.key == key) for key, tasks in ((child, below), (parent, above))]
    notes = [Note(code="why_penalty", values={"task": one.key}) for one in ends if punishing(one.theme_heading)]
    if notes:
        return notes
    links = align(below, above)
    if any(link.child == child and link.parent == parent for link in links):
        return [Note(code="why_not_stored")]
    needed = next((least for least in (LINKED, BESIDE, LINKED_STRANGERS) if score < least), None)
    if needed:
        notes.append(Note(code="why_little", values={"score": score, "needed": needed}))
    others = [one for one in ends if one.kind != "measure"]
    notes += [Note(code="why_other_kind", values={"task": one.key, "kind": one.kind}) for one in others]
    return [*notes, *_closer(child, parent, links)]


def _closer(child: str, parent: str, links: "Sequence[TaskLink]") -> list[Note]:
    """Return which tasks of the other document each of the two is linked to instead."""
    found = []
    for key, own in ((child, [(one.parent, one.score) for one in links if one.child == child]),
                     (parent, [(one.child, one.score) for one in links if one.parent == parent])):  # fmt: skip
        if own:
            best = sorted(own, key=lambda one: (-one[1], one[0]))[:_FEW]
            listed = "、".join(f"{far} ({score:.2f})" for far, score in best)
            found.append(Note(code="why_closer", values={"task": key, "others": listed}))
    return found
