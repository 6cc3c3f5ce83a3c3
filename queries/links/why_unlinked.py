"""Why two tasks are not linked, told from facts: what they are, what their documents are, and who stands closer."""

from collections.abc import Sequence

from graph.identity import TaskKey
from graph.link.decisions import Decisions
from graph.link.tasks.align_tasks import AlignedTasks, TaskLink
from graph.link.tasks.dutiless_items import explaining, punishing
from graph.link.tasks.link_thresholds import BESIDE, LINKED, LINKED_STRANGERS
from graph.store.protocol import Store
from queries.answer import Note
from queries.cascades.side_by_side import related
from queries.catalog import find
from queries.question_rows import ask

_FEW = 3
"""So many closer tasks are named on a side."""


def by_a_person(decisions: Decisions, child: str, parent: str) -> list[Note]:
    """Return a note on a person's decision about a pair that has no link; none where nobody decided."""
    codes = {"rejected": "why_person_no", "confirmed": "why_person_yes"}
    said = decisions.link(child, parent)
    return [Note(code=codes[said], values={"child": child, "parent": parent})] if said in codes else []


def by_the_graph(store: Store, child: str, parent: str) -> list[Note]:
    """Return the reasons in the graph why two tasks are not linked: their documents, and their kinds."""
    below, above = (TaskKey.parse(key).document for key in (child, parent))
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


def by_the_texts(child: str, parent: str, score: float, aligned: AlignedTasks) -> list[Note]:
    """Return the reasons in the two texts why the tasks are not linked; `score` is the chance that they correspond."""
    sides = ((child, aligned.children), (parent, aligned.parents))
    ends = [next(task for task in tasks if task.key == key) for key, tasks in sides]
    penalties = [task for task in ends if punishing(task.theme_heading)]
    if penalties:
        return [Note(code="why_penalty", values={"task": task.key}) for task in penalties]
    if explained := [task for task in ends if explaining(task.text)]:
        return [Note(code="why_explains", values={"task": task.key}) for task in explained]
    links = aligned.links
    if any(link.child == child and link.parent == parent for link in links):
        return [Note(code="why_not_stored")]
    notes = []
    needed = next((least for least in (LINKED, BESIDE, LINKED_STRANGERS) if score < least), None)
    if needed:
        notes.append(Note(code="why_little", values={"score": score, "needed": needed}))
    others = [task for task in ends if task.kind != "measure"]
    notes += [Note(code="why_other_kind", values={"task": task.key, "kind": task.kind}) for task in others]
    return [*notes, *_closer(child, parent, links)]


def _closer(child: str, parent: str, links: Sequence[TaskLink]) -> list[Note]:
    """Return the tasks of the other document that each of the two is linked to instead."""
    partners = {
        child: [(link.parent, link.score) for link in links if link.child == child],
        parent: [(link.child, link.score) for link in links if link.parent == parent],
    }
    notes = []
    for task, linked in partners.items():
        if linked:
            best = sorted(linked, key=lambda pair: (-pair[1], pair[0]))[:_FEW]
            listed = "、".join(f"{far} ({score:.2f})" for far, score in best)
            notes.append(Note(code="why_closer", values={"task": task, "others": listed}))
    return notes
