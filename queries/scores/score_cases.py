"""The cases that scores are made of: what a place's documents make of each upper task, and how they set their own."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.store.protocol import AnswerRow, Store
from queries.cascades.chains import document_of, measures
from queries.cascades.coverage import Covering, covering
from queries.cascades.known_policies import Known
from queries.catalog import find
from queries.changes.fact_changes import date
from queries.question_rows import ask
from queries.run import run

_COMPARED = ("kept", "tightened", "day_set", "no_day", "relaxed", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCase:
    """One case: of which criterion and place, about which task, what is the value, and why no more can be said.

    `task` is the lower task, None where there is none; `parent` the upper one. `units` are the keys of those that carry
    the lower task as a whole.
    """

    criterion: str
    place: str
    task: str | None
    parent: str | None
    document: str | None
    value: str
    reason: str | None = None
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPlace:
    """A place that is scored: its key, name and level, and the policies that speak for it."""

    key: str
    name: str
    level: str | None
    policies: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCases:
    """All cases of a policy: its places, the cases, where each task stands, and policies that speak for no place."""

    places: tuple[ScoredPlace, ...]
    cases: tuple[ScoreCase, ...]
    facts: dict[str, AnswerRow]
    units: dict[str, AnswerRow]
    left_out: tuple[Known, ...]


def score_cases(store: Store, of: str, today: str) -> FoundCases:
    """Return the cases of the policy or document named; what is due is told from `today`.

    Raises:
        UnknownNameError: nothing is named so, or it holds no task.
        SeveralNamesError: several things are.
    """
    return _Cases(store, covering(store, of, today), today).found()


class _Cases:
    """Looks up what the cases of a policy need, and yields them place by place."""

    def __init__(self, store: Store, covered: Covering, today: str) -> None:
        self.covered = covered
        self.chains = covered.chains
        self.tasks: dict[str, list[str]] = {}
        for known in covered.below:
            if known.read:
                rows = ask(find("tasks_of_policies"), store, {"policies": list(known.keys), "kind": None})
                self.tasks[known.read] = [str(row["task"]) for row in measures(rows, known.read)]
        listed = list(dict.fromkeys(task for tasks in self.tasks.values() for task in tasks))
        reached = [link.far for links in self.chains.links.values() for link in links]
        self.chains.look_up([*listed, *reached])
        self.units: dict[str, list[AnswerRow]] = defaultdict(list)
        every = list(dict.fromkeys([*listed, *reached]))
        self.unit_rows: dict[str, AnswerRow] = {}
        self.dated = {task for task in every if self.chains.facts.get(task, {}).get("deadline") is not None}
        for row in ask(find("units_of_tasks"), store, {"tasks": every}) if every else []:
            if row["end"] is not None:
                self.dated.add(str(row["task"]))
            if row["scope"] == "task":
                self.units[str(row["task"])].append(row)
                if row["kind"] == "unit":
                    self.unit_rows.setdefault(str(row["unit"]), row)
        for row in ask(find("targets_of_tasks"), store, {"tasks": every}) if every else []:
            if row["end"] is not None:
                self.dated.add(str(row["task"]))
        due = run("due", store, today=today).rows
        self.due = {str(row["task"]): row for row in due if row["scope"] == "task"}

    def found(self) -> FoundCases:
        places, cases, left_out = [], [], []
        for (key, own), policies in self.covered.places.items():
            if own:
                left_out += policies
                continue
            first = policies[0]
            place = ScoredPlace(key=key, name=first.place_name or key, level=first.level, policies=tuple(policies))
            places.append(place)
            cases += [*self._taken_up(place), *self._dates(place), *self._own(place)]
        return FoundCases(
            places=tuple(places),
            cases=tuple(cases),
            facts=self.chains.facts,
            units=self.unit_rows,
            left_out=tuple(left_out),
        )

    def _taken_up(self, place: ScoredPlace) -> Iterator[ScoreCase]:
        """Yield what the place makes of each upper task."""
        documents = {known.read for known in place.policies}
        for root in self.covered.asked:
            if root in self.covered.scoped.beside:
                continue
            said = self.covered.said(root, place.policies)
            carriers = [far for far in self.chains.reach(root) if document_of(far) in documents]
            task = min(carriers, key=self.chains.order) if carriers else None
            yield ScoreCase(
                criterion="taken_up",
                place=place.key,
                task=task,
                parent=root,
                document=document_of(task) if task else place.policies[0].read,
                value=str(said.answer),
                reason=said.reason,
            )

    def _dates(self, place: ScoredPlace) -> Iterator[ScoreCase]:
        """Yield how the date of each lower task stands to that of each task straight above it that has one."""
        documents = {known.read for known in place.policies}
        pairs = ((near, link.far) for near, links in self.chains.links.items() for link in links)
        for parent, task in sorted(dict.fromkeys(pairs), key=lambda pair: self.chains.order(pair[1])):
            change = date(self.chains.facts.get(parent, {}), self.chains.facts.get(task, {}))
            if document_of(task) in documents and change in _COMPARED:
                yield self._case("date", place, task, str(change), parent=parent)

    def _own(self, place: ScoredPlace) -> Iterator[ScoreCase]:
        """Yield whether each task of the place's documents names a lead and a date, and whether it is done in time."""
        for known in place.policies:
            tasks = self.tasks.get(str(known.read), [])
            # A document that names no unit at all, a summary mostly, says nothing of who leads.
            naming = known.held == "full" and any(self.units.get(task) for task in tasks)
            for task in tasks:
                lead = self._lead(task) if naming else "cannot_say"
                yield self._case("lead", place, task, lead)
                dated = "dated" if task in self.dated else "undated"
                yield self._case("dated", place, task, dated if known.held == "full" else "cannot_say")
                if progress := self._progress(task):
                    yield self._case("progress", place, task, progress)

    def _lead(self, task: str) -> str:
        rows = self.units.get(task, [])
        if any(row["role"] == "lead" for row in rows):
            return "lead"
        return "sole" if len(rows) == 1 else "several" if rows else "nobody"

    def _progress(self, task: str) -> str | None:
        """Return the value of a task whose last day is over or that is done; None where nothing is to be said yet."""
        row = self.due.get(task)
        if row is None or row["state"] not in ("done", "overdue", "closed"):
            return None
        return "done" if row["state"] == "done" else "unrecorded" if row["progress"] is None else "overdue"

    def _case(self, criterion: str, place: ScoredPlace, task: str, value: str, parent: str | None = None) -> ScoreCase:
        units: Sequence[AnswerRow] = self.units.get(task, ())
        return ScoreCase(
            criterion=criterion,
            place=place.key,
            task=task,
            parent=parent,
            document=document_of(task),
            value=value,
            units=tuple(dict.fromkeys(str(row["unit"]) for row in units if row["kind"] == "unit")),
        )
