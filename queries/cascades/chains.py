"""Following tasks along DERIVES_FROM, a level at a time, and the facts of every task met on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Chains:
    """Tasks reached from some tasks, downward or upward, with the links between and the facts of each."""

    store: Store
    down: bool = True
    links: dict[str, list[ChainLink]] = field(default_factory=dict)
    facts: dict[str, AnswerRow] = field(default_factory=dict)
    policies: dict[str, Known] = field(default_factory=dict)

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
        links = self.links.get(task, [])
        longer = {far for link in links for far in self.reach(link.far)}
        kept = [link for link in links if link.far not in longer or link.far == task]
        return sorted(kept, key=lambda link: self.order(link.far))

    def reach(self, task: str) -> dict[str, str]:
        """Return every task reached from one, with the loosest relation on the closest way there."""
        best: dict[str, int] = {}
        ranks = order_of("relation")
        edge = {task: 0}
        for _ in range(DEPTH):
            onward: dict[str, int] = {}
            for here, worst in edge.items():
                for link in self.links.get(here, ()):
                    rank = max(worst, ranks.get(link.relation, len(ranks) - 1))
                    if link.far != task and rank < min(
                        best.get(link.far, len(ranks)), onward.get(link.far, len(ranks))
                    ):
                        onward[link.far] = rank
            best |= onward
            edge = onward
        names = {rank: name for name, rank in ranks.items()}
        return {far: names[rank] for far, rank in best.items()}

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
