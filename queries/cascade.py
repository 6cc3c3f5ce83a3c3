"""How a policy or task cascades, and where a task comes from: flat rows in the order of their tree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.store.base import Row, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.chains import ANSWERS, Chains, Link, measures
from queries.faults import UnknownNameError
from queries.names import Subject, subject
from queries.policies import DEPTH, Family, Known
from queries.run import Value, ask


@dataclass(slots=True)
class Scope:
    """What a cascade is asked of, looked up: its policies, their family, and the tasks the tree begins with."""

    asked: Subject
    family: Family
    own: list[Known]
    roots: list[str]
    themes: dict[str, tuple[Scalar, Scalar]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether whole documents were asked for, so that what was added can be told."""
        return self.asked.kind != "task"


def scope(store: Store, name: str, theme: str | None = None) -> Scope:
    """Return what `name` means, looked up.

    Raises:
        UnknownNameError: nothing is named so, or it holds no task.
        SeveralNamesError: several things are.
    """
    asked = subject(store, name)
    family = Family(store)
    if asked.kind == "task" and asked.task:
        rows = ask(find("task_details"), store, {"tasks": [asked.task]})
        own = family.know([str(row["policy"]) for row in rows if row["policy"]], asked.task.rpartition("/")[0])
        return Scope(asked, family, own, [asked.task])
    own = family.know(asked.policies, asked.document)
    roots: list[str] = []
    themes: dict[str, tuple[Scalar, Scalar]] = {}
    for known in own:
        rows = ask(find("tasks_of_policies"), store, {"policies": list(known.keys), "kind": None})
        for row in measures(rows, known.read):
            if (theme is None or row["theme"] == theme) and row["task"] not in themes:
                themes[str(row["task"])] = (row["theme"], row["theme_name"])
                roots.append(str(row["task"]))
    return Scope(asked, family, own, roots, themes)


def cascade(store: Store, query: Query, **params: Value) -> Answer:
    """Return the cascade of a policy, document or task: for each task who carries it, or that none is seen."""
    theme = params.get("theme")
    found = scope(store, str(params["of"]), None if theme is None else str(theme))
    below = found.family.descend(found.own)
    chains = Chains(store)
    chains.grow(found.roots)
    chains.keep(found.family)
    rows: list[Row] = []
    for root in found.roots:
        rows.append(_row(chains, root, root, 0))
        _descend(found.family, chains, root, root, 1, rows)
    if found.whole and theme is None:
        rows += _added(store, found.family, below, chains)
    notes = _notes(found, below)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=notes)


def _row(chains: Chains, root: str, task: str, hops: int, link: Link | None = None, answer: str | None = None) -> Row:
    fact = chains.facts.get(task, {})
    top = chains.facts.get(root, {})
    row: Row = {
        name: fact.get(name) for name in ("level", "place", "policy", "title", "lead", "units", "deadline", "end")
    }
    row |= {"root": root, "root_title": top.get("title"), "task": task, "hops": hops, "answer": answer}
    row |= {"document": task.rpartition("/")[0], "start": fact.get("start_at"), "stop": fact.get("stop")}
    row["quote"] = fact.get("quote")
    known = chains.policies.get(str(fact.get("policy")))
    row["policy_title"] = known.title if known else None
    if link:
        row |= {"parent": link.near, "child": link.near, "relation": link.relation, "score": link.score}
    return row


def _descend(family: Family, chains: Chains, root: str, task: str, hops: int, rows: list[Row]) -> None:
    """Add what stands below a task: the tasks that carry it, then the policies in which none does."""
    if hops > DEPTH:
        return
    here = _policy(family, chains, task)
    carried = {known.key for far in chains.reach(task) if (known := _policy(family, chains, far))}
    for link in chains.onward(task):
        child = _policy(family, chains, link.far)
        skips = here is not None and child is not None and family.skips(child.key, here.key)
        answer = "skips_level" if skips else ANSWERS.get(link.relation)
        rows.append(_row(chains, root, link.far, hops, link, answer))
        _descend(family, chains, root, link.far, hops + 1, rows)
    for known in family.next_below(here.key) if here else ():
        if known.key not in carried:
            rows.append(_gap(chains, root, task, hops, known))


def _gap(chains: Chains, root: str, parent: str, hops: int, known: Known) -> Row:
    """Return the row that says that a policy carries a task in none of its own, or that nobody can say."""
    row: Row = {"root": root, "root_title": chains.facts.get(root, {}).get("title"), "parent": parent, "hops": hops}
    row |= {"level": known.level, "place": known.place_name, "policy": known.key, "document": known.read}
    row["policy_title"] = known.title
    answer = "not_found" if known.held == "full" else "cannot_say"
    return row | {"title": known.title or known.doc_number, "answer": answer}


def _policy(family: Family, chains: Chains, task: str) -> Known | None:
    return family.by_key.get(str(chains.facts.get(task, {}).get("policy")))


def _added(store: Store, family: Family, below: Sequence[Known], chains: Chains) -> list[Row]:
    """Return the measures of lower policies that derive from nothing: added, if all that is above is held."""
    family.climb(below, 1)
    held = {known.key: known for known in below if known.held != "cited" and known.read is not None}
    keys = [key for known in held.values() for key in known.keys]
    listed = ask(find("tasks_of_policies"), store, {"policies": keys, "kind": "measure"}) if keys else []
    own: dict[str, list[str]] = {key: [] for key in held}
    for row in listed:
        known = family.by_key[str(row["policy"])]
        if row["document"] == known.read:
            own[known.key].append(str(row["task"]))
    tasks = [task for found in own.values() for task in found]
    linked = {row["task"] for row in ask(find("derives_from"), store, {"tasks": tasks})} if tasks else set()
    chains.look_up(task for task in tasks if task not in linked)
    rows: list[Row] = []
    for key, found in own.items():
        certain = all(family.by_key[one].held == "full" for one in family.above.get(key, ()))
        for task in found:
            if task not in linked:
                row = _row(chains, task, task, 0, answer="added" if certain else "cannot_say")
                rows.append(row | {"root": None, "root_title": None})
    return rows


def _notes(found: Scope, below: Iterable[Known]) -> tuple[Note, ...]:
    notes = []
    for known in (*found.own, *below):
        if known.others:
            values = {"policy": known.key, "read": known.read, "others": "、".join(known.others)}
            notes.append(Note(code="other_tellings", values=values))
        if known.held != "full":
            name = known.doc_number or known.title or known.key
            notes.append(Note(code=f"held_{known.held}", values={"policy": name}))
    if not found.roots:
        notes.append(Note(code="no_tasks", values={"name": found.own[0].key if found.own else None}))
    return tuple(notes)


def lineage(store: Store, query: Query, **params: Value) -> Answer:
    """Return where tasks come from, link by link: for each, what it derives from, up to the root."""
    found = scope(store, str(params["of"]))
    if not found.roots:
        raise UnknownNameError("task", str(params["of"]))
    above = found.family.climb(found.own)
    chains = Chains(store, down=False)
    chains.grow(found.roots)
    chains.keep(found.family)
    rows: list[Row] = []
    for root in found.roots:
        links = chains.onward(root)
        rows.append(_row(chains, root, root, 0, answer=None if links else _source(found, chains, root)))
        _climb(found.family, chains, root, root, 1, rows)
    return Answer(
        name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=_notes(found, above)
    )  # fmt: skip


def _climb(family: Family, chains: Chains, root: str, task: str, hops: int, rows: list[Row]) -> None:
    if hops > DEPTH:
        return
    here = _policy(family, chains, task)
    for link in chains.onward(task):
        parent = _policy(family, chains, link.far)
        skips = here is not None and parent is not None and family.skips(here.key, parent.key)
        rows.append(_row(chains, root, link.far, hops, link, "skips_level" if skips else ANSWERS.get(link.relation)))
        _climb(family, chains, root, link.far, hops + 1, rows)


def _source(found: Scope, chains: Chains, task: str) -> str | None:
    """Return what can be said of a task that derives from nothing; None where its policy has none above."""
    known = _policy(found.family, chains, task)
    above = found.family.above.get(known.key, set()) if known else set()
    if not above:
        return None
    return "added" if all(found.family.by_key[one].held == "full" for one in above) else "cannot_say"
