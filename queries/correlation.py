"""The correlation table: each task of a parent document beside the tasks of its children, and what changed."""

from collections.abc import Iterable, Mapping, Sequence

from graph.store.base import Row, Store
from queries.answer import Answer, Note, shaped
from queries.catalog import Query, find
from queries.chains import ANSWERS, Chains, Link, document_of, measures
from queries.changes import date, numbers, units, words
from queries.names import policies_of
from queries.policies import Family, Known
from queries.run import Value, ask


def correlation(store: Store, query: Query, **params: Value) -> Answer:
    """Return the correlation table of a parent document and its children, from the links that are stored."""
    children = params["children"]
    assert isinstance(children, list)
    return correlate(store, query, str(params["parent"]), [str(one) for one in children])


def correlate(
    store: Store, query: Query, parent: str, children: Sequence[str], links: Iterable[Link] | None = None
) -> Answer:
    """Return the table; `links` (near: the parent's task) stand in for the stored ones where they are given."""
    table = _Table(store, parent, children, links)
    rows = [row for task in table.tasks[parent] for row in table.beside(task)]
    for child in children:
        rows += table.added(child)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=table.notes())


class _Table:
    """The tasks of all documents of one table, with their facts, units and targets."""

    def __init__(self, store: Store, parent: str, children: Sequence[str], links: Iterable[Link] | None) -> None:
        self.parent, self.children = parent, list(children)
        self.family = Family(store)
        self.policy: dict[str, Known | None] = {}
        self.tasks: dict[str, list[str]] = {}
        for document in (parent, *children):
            keys = list(policies_of(store, document))
            self.policy[document] = next(iter(self.family.know(keys, document)), None)
            listed = ask(find("tasks_of_policies"), store, {"policies": keys, "kind": None}) if keys else []
            self.tasks[document] = [str(row["task"]) for row in measures(listed, document)]
        self.chains = Chains(store)
        if links is None:
            self.chains.grow(self.tasks[parent])
        else:
            for link in links:
                self.chains.links.setdefault(link.near, []).append(link)
        everything = [task for listed in self.tasks.values() for task in listed]
        self.chains.look_up(everything)
        self.units = _grouped(ask(find("units_of_tasks"), store, {"tasks": everything})) if everything else {}
        self.targets = _grouped(ask(find("targets_of_tasks"), store, {"tasks": everything})) if everything else {}
        self.reached = {task: self.chains.reach(task) for task in self.tasks[parent]}
        self.scores = {(link.near, link.far): link.score for one in self.chains.links.values() for link in one}

    def beside(self, task: str) -> list[Row]:
        """Return the rows of one task of the parent: one for each child task, or one that says there is none."""
        rows = []
        for document in self.children:
            own = set(self.tasks[document])
            found = [far for far in self.reached[task] if far in own]
            for far in sorted(found, key=self.tasks[document].index):
                rows.append(self._pair(task, far, self.reached[task][far]))
            if not found:
                known = self.policy[document]
                full = known is not None and known.held == "full"
                gap = {"document": document, "place": known.place_name if known else None}
                rows.append(self._side(task) | gap | {"answer": "not_found" if full else "cannot_say"})
        return rows

    def _side(self, task: str) -> Row:
        fact = self.chains.facts.get(task, {})
        return {
            "parent": task, "parent_title": fact.get("title"), "parent_units": fact.get("units"),
            "parent_deadline": fact.get("deadline"),
        }  # fmt: skip

    def _own(self, task: str) -> Row:
        fact = self.chains.facts.get(task, {})
        return {name: fact.get(name) for name in ("place", "title", "units", "deadline")} | {
            "task": task, "document": document_of(task),
        }  # fmt: skip

    def _pair(self, parent: str, child: str, relation: str) -> Row:
        above, below = self.chains.facts.get(parent, {}), self.chains.facts.get(child, {})
        dropped, added = words(str(above.get("text") or ""), str(below.get("text") or ""))
        lost, gained = units(self.units.get(parent, ()), self.units.get(child, ()))
        return self._side(parent) | self._own(child) | {
            "answer": ANSWERS[relation], "relation": relation, "score": self.scores.get((parent, child)),
            "words_dropped": dropped, "words_added": added, "units_dropped": lost, "units_added": gained,
            "date_change": date(above, below),
            "number_change": numbers(self.targets.get(parent, ()), self.targets.get(child, ())),
        }  # fmt: skip

    def added(self, document: str) -> list[Row]:
        """Return the tasks of a child that no task of the parent leads to."""
        known = self.policy[self.parent]
        word = "added" if known is not None and known.held == "full" else "cannot_say"
        carried = {far for reached in self.reached.values() for far in reached}
        return [self._own(task) | {"answer": word} for task in self.tasks[document] if task not in carried]

    def notes(self) -> tuple[Note, ...]:
        """Return what to know beside the table: which of the documents are not held in full."""
        found = []
        for document, known in self.policy.items():
            if known is not None and known.held != "full":
                found.append(Note(code=f"held_{known.held}", values={"policy": known.doc_number or document}))
        return tuple(found)


def _grouped(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["task"]), []).append(row)
    return found
