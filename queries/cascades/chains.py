"""Following tasks along DERIVES_FROM, a level at a time, and the facts of every task met on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer_rows import sort_value
from queries.cascades.known_policies import DEPTH, Family, Known
from queries.catalog import find
from queries.question_rows import ask

ANSWERS = {"same": "taken_up", "adapted": "adapted", "partial": "partial"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLink:
    """A link of the cascade seen from one of its tasks: `far` is the task at its other end, `key` the link's own."""

    near: str
    far: str
    relation: str
    score: float
    judgement: str
    key: str

    @property
    def sureness(self) -> float:
        """The chance that a reader would make this link; 1 where a person confirmed it."""
        return 1.0 if self.judgement == "confirmed" else self.score


class Reached(NamedTuple):
    """How a task is reached from another: the loosest relation on the closest way, the sureness of the surest way.

    A way is as sure as the product of its links; `link` is the key of its last one, None where that is not stored.
    """

    relation: str
    sureness: float
    link: str | None = None


@dataclass(slots=True)
class Chains:
    """Tasks reached from some tasks, downward or upward, with the links between and the facts of each.

    `details` holds the rows of lists that itemise a task, once `itemised` tells that they were looked up.
    `given` tells that the links were not all read from the store: it is asked for no more of them.
    """

    store: Store
    down: bool = True
    links: dict[str, list[ChainLink]] = field(default_factory=dict)
    facts: dict[str, AnswerRow] = field(default_factory=dict)
    policies: dict[str, Known] = field(default_factory=dict)
    details: dict[str, list[AnswerRow]] = field(default_factory=dict)
    given: bool = False
    itemised: bool = False
    _above: dict[str, set[str]] | None = None
    _onward: dict[str, list[ChainLink]] = field(default_factory=dict)
    _reached: dict[str, dict[str, Reached]] = field(default_factory=dict)

    def grow(self, tasks: Iterable[str]) -> None:
        """Follow the links of these tasks, step by step, and look up the facts of all tasks met."""
        question, near, far = ("derived_from", "parent", "task") if self.down else ("derives_from", "task", "parent")
        edge = list(dict.fromkeys(tasks))
        met = dict.fromkeys(edge)
        for _ in range(DEPTH):
            if not edge:
                break
            rows = ask(find(question), self.store, {"tasks": edge})
            fresh: dict[str, None] = {}
            for row in rows:
                link = _link(row, near, far)
                self.links.setdefault(link.near, []).append(link)
                if link.far not in met:
                    met[link.far] = fresh[link.far] = None
            edge = list(fresh)
        self.look_up(met)

    def itemise(self) -> None:
        """Look up, once, the rows of lists that itemise the tasks met, with their facts."""
        if self.itemised:
            return
        self.itemised = True
        met = list(dict.fromkeys(link.far for links in self.links.values() for link in links))
        rows = ask(find("details_of"), self.store, {"tasks": met}) if met else []
        for row in rows:
            self.details.setdefault(str(row["measure"]), []).append(row)
        self.look_up(str(row["task"]) for row in rows)

    def look_up(self, tasks: Iterable[str]) -> None:
        """Look up the facts of these tasks that are not known yet."""
        wanted = [task for task in dict.fromkeys(tasks) if task not in self.facts]
        if not wanted:
            return
        for row in ask(find("task_details"), self.store, {"tasks": wanted}):
            self.facts[str(row["task"])] = row
        for row in ask(find("titles_of"), self.store, {"tasks": wanted}):
            fact = self.facts.get(str(row["task"]))
            whole = row["property"] == "itself"
            if fact is not None and ("text_stop" if whole else "stop") not in fact:
                place = {"text_start": row["start"], "text_stop": row["end"]}
                fact |= place if whole else {"start_at": row["start"], "stop": row["end"], "quote": row["quote"]}

    def keep(self, family: Family) -> None:
        """Leave out the links to tasks of documents that are not the ones to read for their policy."""
        self._onward.clear()
        self._reached.clear()
        family.know(dict.fromkeys(str(fact["policy"]) for fact in self.facts.values() if fact["policy"]))
        self.policies = family.by_key
        for near, links in self.links.items():
            self.links[near] = [link for link in links if self._read(family, link.far)]

    def _read(self, family: Family, task: str) -> bool:
        fact = self.facts.get(task)
        known = family.by_key.get(str(fact["policy"])) if fact else None
        return known is None or known.read is None or known.read == document_of(task)

    def onward(self, task: str) -> list[ChainLink]:
        """Return the links of a task without those that a longer way through other tasks makes needless."""
        if task not in self._onward:
            self._onward[task] = self._next(task)
        return self._onward[task]

    def _next(self, task: str) -> list[ChainLink]:
        links = self.links.get(task, [])
        longer = {far for link in links for far in self.reach(link.far)}
        kept = [link for link in links if link.far not in longer or link.far == task]
        return sorted(kept, key=lambda link: self.order(link.far))

    def reach(self, task: str) -> dict[str, Reached]:
        """Return every task reached from one, and how."""
        if task not in self._reached:
            self._reached[task] = self._ways(task)
        return self._reached[task]

    def _ways(self, task: str) -> dict[str, Reached]:
        best: dict[str, int] = {}
        surest: dict[str, float] = {}
        last: dict[str, str] = {}
        ranks = order_of("relation")
        edge = {task: (0, 1.0)}
        for _ in range(DEPTH):
            onward: dict[str, tuple[int, float]] = {}
            for here, (worst, sure) in edge.items():
                for link in self.links.get(here, ()):
                    if link.far == task:
                        continue
                    rank, chance = max(worst, ranks.get(link.relation, len(ranks) - 1)), sure * link.sureness
                    old = onward.get(link.far, (len(ranks), 0.0))
                    if rank < min(best.get(link.far, len(ranks)), old[0]) or chance > max(
                        surest.get(link.far, 0.0), old[1]
                    ):
                        onward[link.far] = min(rank, old[0]), max(chance, old[1])
                    if chance > max(surest.get(link.far, 0.0), old[1]):
                        last[link.far] = link.key
            for far, (rank, chance) in onward.items():
                best[far] = min(rank, best.get(far, len(ranks)))
                surest[far] = max(chance, surest.get(far, 0.0))
            edge = onward
        names = {rank: name for name, rank in ranks.items()}
        return {far: Reached(names[rank], surest[far], last.get(far) or None) for far, rank in best.items()}

    def sources(self, task: str, document: str) -> set[str]:
        """Return the tasks of a document that a task met on the way down derives from, straight or through others."""
        if self._above is None:
            self._above = self._lifted()
        met, edge = {task}, {task}
        while edge:
            edge = {far for here in edge for far in self._above.get(here, ())} - met
            met |= edge
        return {one for one in met if one != task and document_of(one) == document}

    def _lifted(self) -> dict[str, set[str]]:
        """Return the tasks that each task met on the way down derives from, and those that these derive from."""
        above: dict[str, set[str]] = {}
        for links in self.links.values():
            for link in links:
                above.setdefault(link.far, set()).add(link.near)
        edge = [] if self.given else list(above)
        met = set(edge)
        for _ in range(DEPTH):
            rows = ask(find("derives_from"), self.store, {"tasks": edge}) if edge else []
            for row in rows:
                above.setdefault(str(row["task"]), set()).add(str(row["parent"]))
            edge = [one for one in dict.fromkeys(str(row["parent"]) for row in rows) if one not in met]
            met.update(edge)
        return above

    def order(self, task: str) -> tuple[object, ...]:
        """Return the sort key of a task: level, place, document, place in it."""
        fact: Mapping[str, Scalar] = self.facts.get(task, {})
        return (
            sort_value("level", fact.get("level")),
            sort_value("place", fact.get("place")),
            sort_value("document", document_of(task)),
            sort_value("place_in_document", fact.get("place_in_document")),
            sort_value("task", task),
        )


def _link(row: AnswerRow, near: str, far: str) -> ChainLink:
    return ChainLink(
        near=str(row[near]),
        far=str(row[far]),
        relation=str(row["relation"]),
        score=float(row["score"] or 0),
        judgement=str(row["judgement"]),
        key=str(row["link"]),
    )


def document_of(task: str) -> str:
    """Return the name of the document that a task stands in.

    >>> document_of("shuzi/lanjiang/2.3.2")
    'shuzi/lanjiang'
    """
    return task.rpartition("/")[0]


def measures(rows: Sequence[AnswerRow], document: str | None) -> list[AnswerRow]:
    """Return the rows of the measures of a document, or of all its tasks where it has no measure."""
    own = [row for row in rows if document is None or row["document"] == document]
    return [row for row in own if row["kind"] == "measure"] or own
