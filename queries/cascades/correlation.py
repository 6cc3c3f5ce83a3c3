"""The correlation table: each task of a parent document beside the tasks of its children, and what changed."""

from collections.abc import Iterable, Mapping, Sequence

from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.cascades.chains import ANSWERS, ChainLink, Chains, document_of, measures
from queries.cascades.known_policies import Known, family_on
from queries.cascades.task_answers import TaskAnswer, TaskAnswers, derived, nearest_above, plain, with_words
from queries.cascades.verdicts import UNRELATED, Verdict, Verdicts, held, of_task
from queries.catalog import Query, find
from queries.changes.fact_changes import date, leads, numbers, target_dates, units
from queries.changes.text_changes import words
from queries.names import policies_of
from queries.question_rows import ParameterValue, ask

_WORDING = ("words_dropped", "words_added")
_OWN = ("level", "place", "title", "text", "lead", "units", "deadline", "end")


def correlation(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the correlation table of a parent document and its children, from the links that are stored."""
    children = params["children"]
    assert isinstance(children, list)
    listed = [str(one) for one in children]
    return correlate(store, query, str(params["parent"]), listed, today=params.get("today"))


def correlate(
    store: Store,
    query: Query,
    parent: str,
    children: Sequence[str],
    links: Iterable[ChainLink] | None = None,
    today: ParameterValue = None,
    *,
    wording: bool = True,
) -> Answer:
    """Return the table on the day `today`; `links` (near: the parent's task) stand in for the stored ones where given.

    Without `wording` the texts are not compared word by word, which costs the most, and its two columns are left out.
    """
    table = _Table(store, parent, children, links, today, wording)
    rows = [row for task in table.begin for row in table.beside(task)]
    rest = [row for child in children for row in table.rest(child)]
    # What derives from a task of a policy between stands beside that one, before what derives from nothing.
    rows += [row for row in rest if row.get("parent")] + [row for row in rest if not row.get("parent")]
    with_words(store, rows)
    columns = tuple(name for name in query.names if wording or name not in _WORDING)
    return Answer(name=query.name, columns=columns, rows=shaped(columns, rows), notes=table.notes())


class _Table:
    """The tasks of all documents of one table, with their facts, units and targets."""

    def __init__(
        self,
        store: Store,
        parent: str,
        children: Sequence[str],
        links: Iterable[ChainLink] | None,
        today: ParameterValue,
        wording: bool,
    ) -> None:
        self.parent, self.children, self.wording = parent, list(children), wording
        self.family = family_on(store, today)
        self.policy: dict[str, Known | None] = {}
        self.tasks: dict[str, list[str]] = {}
        self.listed: dict[str, dict[str, int]] = {}
        for document in (parent, *children):
            self._list(store, document)
        self.chains = Chains(store, given=links is not None)
        if links is None:
            self.chains.grow(self.listed[parent])
        else:
            for link in links:
                self.chains.links.setdefault(link.near, []).append(link)
        self.reached = {task: self.chains.reach(task) for task in self.listed[parent]}
        measures = set(self.tasks[parent])
        # A task of another kind stands in the table for its links alone.
        self.begin = [task for task in self.listed[parent] if task in measures or self._below(task)]
        self.carried = {far for reached in self.reached.values() for far in reached}
        self._judge(store)
        self._between(store)
        self._describe(store)

    def _list(self, store: Store, document: str) -> None:
        """List the tasks of a document in printed order, and those among them that count: its measures."""
        keys = list(policies_of(store, document))
        self.policy[document] = next(iter(self.family.know(keys, document)), None)
        rows = ask(find("tasks_of_policies"), store, {"policies": keys, "kind": None}) if keys else []
        rows = [row for row in rows if row["document"] == document]
        self.listed[document] = {str(row["task"]): place for place, row in enumerate(rows)}
        self.tasks[document] = [str(row["task"]) for row in measures(rows, document)]

    def _below(self, task: str) -> bool:
        return any(far in self.listed[document] for far in self.reached[task] for document in self.children)

    def _judge(self, store: Store) -> None:
        """Find out what may be said of tasks without a link, for each child."""
        verdicts, top = Verdicts(self.family), self.policy[self.parent]
        self.ended = verdicts.ended(known for known in self.policy.values() if known)
        self.answers = TaskAnswers(verdicts, self.chains)
        self.family.climb([known for known in self.policy.values() if known])
        self.taken: dict[str, Verdict] = {}
        self.added: dict[str, Verdict] = {}
        for document in self.children:
            known = self.policy[document]
            if known is None or top is None or not verdicts.related(top, known):
                self.taken[document] = self.added[document] = UNRELATED
            else:
                self.taken[document] = verdicts.taken(top, known)
                self.added[document] = held(top) or verdicts.added(known)

    def _between(self, store: Store) -> None:
        """Find the links of the children's other tasks: to those of policies between, or of others that they carry out."""
        left = [task for one in self.children for task in self.tasks[one] if task not in self.carried]
        left = [task for task in left if self.taken[document_of(task)] is not UNRELATED]
        rows = ask(find("derives_from"), store, {"tasks": left}) if left else []
        self.elsewhere = _grouped(rows)
        self.near = nearest_above(store, [task for task in left if task not in self.elsewhere])

    def _describe(self, store: Store) -> None:
        """Look up the facts, units and targets of all tasks of the table."""
        listed = [*self.begin, *(task for one in self.children for task in self.tasks[one])]
        listed += [far for far in self.carried if any(far in self.listed[one] for one in self.children)]
        listed += [str(row["parent"]) for rows in self.elsewhere.values() for row in rows]
        everything = list(dict.fromkeys(listed))
        self.chains.look_up(everything)
        units = ask(find("units_of_tasks"), store, {"tasks": everything}) if everything else []
        # Who does a part of a task is not compared: what one text puts into a bracket another says in a sentence.
        self.units = _grouped([row for row in units if row["scope"] == "task"])
        # Of a document that names no units at all (a summary mostly) a child adds none: it is the one that tells.
        self.naming = any(task in self.units for task in self.listed[self.parent])
        self.targets = _grouped(ask(find("targets_of_tasks"), store, {"tasks": everything})) if everything else {}
        self.links = {(link.near, link.far): link for one in self.chains.links.values() for link in one}

    def beside(self, task: str) -> list[AnswerRow]:
        """Return the rows of one task of the parent: one for each child task, or one that says there is none."""
        rows = []
        for document in self.children:
            own = self.listed[document]
            found = sorted((far for far in self.reached[task] if far in own), key=own.__getitem__)
            for far in found:
                link = self.links.get((task, far))
                whole = self._said(task, document)
                said = self.answers.linked(task, far, whole)
                row = self._pair(task, far, self.reached[task][far].relation, said)
                rows.append(row | ({"score": link.score, "judgement": _decided(link.judgement)} if link else {}))
            if not found and task in self.tasks[self.parent]:
                known = self.policy[document]
                gap: AnswerRow = {"document": document}
                gap |= {"level": known.level, "place": known.place_name} if known else {}
                said = self._said(task, document)
                rows.append(self._side(task) | gap | said.row)
        return rows

    def _said(self, task: str, document: str) -> TaskAnswer:
        """Return what a child makes of a task of the parent."""
        policies = self.policy[self.parent], self.policy[document]
        return self.answers.in_document(task, document, self.taken[document], *policies)

    def _side(self, task: str) -> AnswerRow:
        fact = self.chains.facts.get(task, {})
        return {
            "parent": task,
            "parent_title": fact.get("title"),
            "parent_units": fact.get("units"),
            "parent_deadline": fact.get("deadline"),
            "parent_text": fact.get("text"),
            "parent_lead": fact.get("lead"),
            "parent_end": fact.get("end"),
            "parent_start": fact.get("text_start"),
            "parent_stop": fact.get("text_stop"),
        }

    def _own(self, task: str) -> AnswerRow:
        fact = self.chains.facts.get(task, {})
        return {name: fact.get(name) for name in _OWN} | {
            "task": task,
            "document": document_of(task),
            "start": fact.get("text_start"),
            "stop": fact.get("text_stop"),
        }

    def _pair(self, parent: str, child: str, relation: str, said: TaskAnswer) -> AnswerRow:
        above, below = self.chains.facts.get(parent, {}), self.chains.facts.get(child, {})
        texts = str(above.get("text") or ""), str(below.get("text") or "")
        dropped, added = words(*texts) if self.wording else (None, None)
        named = self.naming or document_of(parent) != self.parent
        lost, gained = units(self.units.get(parent, ()), self.units.get(child, ())) if named else (None, None)
        sides = self.targets.get(parent, ()), self.targets.get(child, ())
        return (
            self._side(parent)
            | self._own(child)
            | {
                **said.row,
                "relation": relation,
                "words_dropped": dropped,
                "words_added": added,
                "units_dropped": lost,
                "units_added": gained,
                "lead_change": leads(self.units.get(parent, ()), self.units.get(child, ())),
                "date_change": date(above, below),
                "number_change": numbers(*sides, part=relation == "partial"),
                "target_change": target_dates(*sides),
            }
        )

    def rest(self, document: str) -> list[AnswerRow]:
        """Return the tasks of a child that no task of the parent leads to."""
        rows = []
        for task in self.tasks[document]:
            links = self.elsewhere.get(task, [])
            if task not in self.carried and not links:
                said = of_task(self.added[document], self.chains.facts.get(task, {}))
                rows.append(self._own(task) | derived(said, self.near.get(task)).row)
            for link in links:
                relation = str(link["relation"])
                row = self._pair(str(link["parent"]), task, relation, plain(Verdict(ANSWERS[relation])))
                rows.append(row | {"score": _score(link), "judgement": _decided(link["judgement"])})
        return rows

    def notes(self) -> tuple[Note, ...]:
        """Return the notes beside the table: policies not held in full, and documents that no link joins."""
        notes = []
        for document, known in self.policy.items():
            if known is not None and known.held != "full":
                notes.append(Note(code=f"held_{known.held}", values={"policy": known.doc_number or document}))
        for document in self.children:
            values = {"child": document, "parent": self.parent}
            if self.taken[document] is UNRELATED:
                notes.append(Note(code="unrelated", values=values))
            if not any(far in self.listed[document] for far in self.carried):
                notes.append(Note(code="nothing_linked", values=values))
        return (*notes, *self.ended)


def _decided(judgement: Scalar) -> Scalar:
    """Return a person's judgement on a link; None where nobody decided."""
    return None if judgement == "none" else judgement


def _score(link: AnswerRow) -> float | None:
    return None if link["score"] is None else float(link["score"])


def _grouped(rows: Iterable[AnswerRow]) -> Mapping[str, list[AnswerRow]]:
    found: dict[str, list[AnswerRow]] = {}
    for row in rows:
        found.setdefault(str(row["task"]), []).append(row)
    return found
