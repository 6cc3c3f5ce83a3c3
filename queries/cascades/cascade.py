"""The tree of tasks below a policy or task, and the line of tasks that a task comes from, as flat rows in tree order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.link.tasks.link_thresholds import STATED
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.answer import Answer, Note, shaped
from queries.cascades.chains import ANSWERS, ChainLink, Chains, measures
from queries.cascades.citing import citing, unseen
from queries.cascades.known_policies import DEPTH, Family, Known, family_on
from queries.cascades.proposals import proposed_below
from queries.cascades.task_answers import (
    CHAIN,
    TaskAnswer,
    TaskAnswers,
    derived,
    nearest_above,
    plain,
    with_words,
)
from queries.cascades.verdicts import NOTHING, OTHER_KIND, Verdict, Verdicts, named, of_task
from queries.catalog import Query, find
from queries.changes.fact_changes import date
from queries.faults import UnknownNameError
from queries.names import Subject, subject
from queries.question_rows import ParameterValue, ask

_NO_ANSWER = plain(NOTHING)


@dataclass(slots=True)
class Scope:
    """The start of a cascade, looked up: its policies, their family, and the tasks the tree begins with.

    `beside` are the roots that are no measures: they stand in the tree for their links alone. `top` are the policies
    that the roots are of: those asked of, or those that carry them out where they are only cited.
    """

    asked: Subject
    family: Family
    own: list[Known]
    roots: list[str]
    themes: dict[str, tuple[Scalar, Scalar]] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)
    top: list[Known] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether whole documents were asked for, so that what was added can be told."""
        return self.asked.kind != "task"


def scope(
    store: Store, name: str, theme: str | None = None, way: str | None = None, today: ParameterValue = None
) -> Scope:
    """Return the start of a cascade of the thing named.

    `way` is the question (`derived_from`, `derives_from`) whose links bring in tasks that are no measures; `today` the
    day of the question, that of this computer where none is given.

    Raises:
        UnknownNameError: nothing is named so, or it holds no task.
        SeveralNamesError: several things are.
    """
    asked = subject(store, name)
    family = family_on(store, today)
    if asked.kind == "task" and asked.task:
        rows = ask(find("task_details"), store, {"tasks": [asked.task]})
        own = family.know([str(row["policy"]) for row in rows if row["policy"]], asked.task.rpartition("/")[0])
        return Scope(asked, family, own, [asked.task], top=own)
    own = family.know(asked.policies, asked.document)
    scoped = Scope(asked, family, own, [])
    begin(store, scoped, own, theme, way)
    return scoped


def begin(store: Store, scoped: Scope, policies: Sequence[Known], theme: str | None, way: str | None) -> None:
    """Let the tree begin with the tasks of these policies, in printed order."""
    scoped.top = list(policies)
    for known in policies:
        rows = ask(find("tasks_of_policies"), store, {"policies": list(known.keys), "kind": None})
        own = {str(row["task"]) for row in measures(rows, known.read)}
        others = [str(row["task"]) for row in rows if row["task"] not in own and row["document"] == known.read]
        near = "parent" if way == "derived_from" else "task"
        linked = {str(row[near]) for row in ask(find(way), store, {"tasks": others})} if way and others else set()
        for row in rows:
            task = str(row["task"])
            if task in own | linked and task not in scoped.themes and (theme is None or row["theme"] == theme):
                scoped.themes[task] = (row["theme"], row["theme_name"])
                scoped.roots.append(task)
        scoped.beside |= linked


def cascade(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return the cascade of a policy, document or task: for each task who carries it, or that none is seen."""
    theme = None if params.get("theme") is None else str(params["theme"])
    scoped = scope(store, str(params["of"]), theme, "derived_from", params.get("today"))
    below = scoped.family.descend(scoped.own)
    if not scoped.roots and scoped.own and all(known.held == "cited" for known in scoped.own):
        # What nobody has cascades all the same: its tree begins with the tasks of those that carry it out.
        begin(
            store, scoped, [one for known in scoped.own for one in _onward(scoped.family, known)], theme, "derived_from"
        )
    chains = Chains(store)
    chains.grow(scoped.roots)
    chains.itemise()
    chains.keep(scoped.family)
    tree = _Tree(scoped, chains, TaskAnswers(Verdicts(scoped.family), chains))
    for known in scoped.own if scoped.whole else ():
        if known.held == "cited":
            tree.rows.append(_cited(known))
    for root in scoped.roots:
        tree.rows.append(_row(tree.chains, root, root, 0))
        tree.descend(root, root, 1)
    if scoped.whole and theme is None:
        tops = {known.key for known in scoped.top}
        tree.added([known for known in below if known.key not in tops])
    with_words(store, tree.rows)
    notes = _notes(store, scoped, below, tree.answers.verdicts)
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, tree.rows), notes=notes)


def _onward(family: Family, known: Known) -> list[Known]:
    return [one for one in family.next_below(known.key) if one.held != "cited"]


def _cited(known: Known) -> AnswerRow:
    """Return the row that stands for a policy that is only cited."""
    row: AnswerRow = {"hops": 0, "level": known.level, "place": known.place_name, "policy": known.key}
    title = known.title or known.doc_number
    return row | {"policy_title": known.title, "title": title, "answer": "cannot_say", "reason": "not_held"}


def _row(
    chains: Chains, root: str, task: str, hops: int, link: ChainLink | None = None, said: TaskAnswer = _NO_ANSWER
) -> AnswerRow:
    fact = chains.facts.get(task, {})
    top = chains.facts.get(root, {})
    row: AnswerRow = {
        name: fact.get(name)
        for name in ("level", "place", "policy", "title", "lead", "units", "in_text", "deadline", "end")
    }
    row |= {"root": root, "root_title": top.get("title"), "task": task, "hops": hops, **said.row}
    row |= {"document": task.rpartition("/")[0], "start": fact.get("start_at"), "stop": fact.get("stop")}
    row |= {name: fact.get(name) for name in ("quote", "text_start", "text_stop")}
    known = chains.policies.get(str(fact.get("policy")))
    row["policy_title"] = known.title if known else None
    if link:
        row |= {"parent": link.near, "child": link.near, "relation": link.relation, "score": link.score}
        row["judgement"] = link.judgement
        row["date_change"] = date(chains.facts.get(link.near, {}), fact) if chains.down else None
    return row


@dataclass(slots=True)
class _Tree:
    """The rows of a cascade as they grow, from the tasks it begins with downward."""

    scoped: Scope
    chains: Chains
    answers: TaskAnswers
    rows: list[AnswerRow] = field(default_factory=list)

    def descend(self, root: str, task: str, hops: int, sureness: float = 1.0) -> None:
        """Add what stands below a task: the tasks that carry it, then the policies in which none does.

        `sureness` is that of the way from the root to the task.
        """
        if hops > DEPTH:
            return
        family, chains = self.scoped.family, self.chains
        here = _policy(family, chains, task)
        carried = {known.key for far in chains.reach(task) if (known := _policy(family, chains, far))}
        for link in chains.onward(task):
            sure = sureness * link.sureness
            self.rows.append(_row(chains, root, link.far, hops, link, self._linked(here, link, hops, sure)))
            self._itemise(root, task, link.far, hops + 1)
            self.descend(root, link.far, hops + 1, sure)
        if here is None or (task in self.scoped.beside and hops == 1):
            return
        for known in family.next_below(here.key):
            if known.key not in carried:
                said = self.answers.of(task, here, known)
                sure_of_it = said.answer != "not_found" or self._counts(task)
                self.rows.append(_gap(chains, root, task, hops, known, said if sure_of_it else plain(OTHER_KIND)))

    def _itemise(self, root: str, task: str, counterpart: str, hops: int) -> None:
        """Add the rows of lists that itemise the counterpart of a task, but for those that are counterparts themselves."""
        if not (details := self.chains.details.get(counterpart)):
            return
        linked = {link.far for link in self.chains.onward(task)}
        listed = [one for one in details if str(one["task"]) not in linked]
        for one in sorted(listed, key=lambda one: self.chains.order(str(one["task"]))):
            row = _row(self.chains, root, str(one["task"]), hops)
            score = float(one["score"] or 0)
            self.rows.append(row | {"parent": counterpart, "details": True, "score": score})

    def _linked(self, here: Known | None, link: ChainLink, hops: int, sure: float) -> TaskAnswer:
        """Return the answer on a link: what the task above it comes to in the document that the link leads to."""
        family, chains = self.scoped.family, self.chains
        child = _policy(family, chains, link.far)
        if sure < STATED and hops > 1:
            return TaskAnswer("doubtful", CHAIN)
        if here is None or child is None:
            return plain(Verdict(ANSWERS.get(link.relation)))
        if family.skips(child.key, here.key):
            return plain(Verdict("skips_level"))
        return self.answers.linked(link.near, link.far, self.answers.of(link.near, here, child))

    def _counts(self, task: str) -> bool:
        """Tell whether a task is one that lower policies are looked through for."""
        scoped = self.scoped
        listed = scoped.whole and task in scoped.roots and task not in scoped.beside
        return listed or self.chains.facts.get(task, {}).get("kind") == "measure"

    def added(self, below: Sequence[Known]) -> None:
        """Add the measures of lower policies that derive from nothing: added, if all that is above is held."""
        family, store = self.scoped.family, self.chains.store
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
        alone = [task for task in tasks if task not in linked]
        self.chains.look_up(alone)
        near = nearest_above(store, alone)
        for key, found in own.items():
            for task in found:
                if task not in linked:
                    said = of_task(self.answers.verdicts.added(held[key]), self.chains.facts.get(task, {}))
                    row = _row(self.chains, task, task, 0, said=derived(said, near.get(task)))
                    self.rows.append(row | {"root": None, "root_title": None})


def _gap(chains: Chains, root: str, parent: str, hops: int, known: Known, said: TaskAnswer) -> AnswerRow:
    """Return the row that says that a policy carries a task in none of its own, or that nobody can say."""
    row: AnswerRow = {
        "root": root,
        "root_title": chains.facts.get(root, {}).get("title"),
        "parent": parent,
        "hops": hops,
    }
    row |= {"level": known.level, "place": known.place_name, "policy": known.key, "document": known.read}
    row["policy_title"] = known.title
    return row | {"title": known.title or known.doc_number, **said.row}


def _policy(family: Family, chains: Chains, task: str) -> Known | None:
    return family.by_key.get(str(chains.facts.get(task, {}).get("policy")))


def _notes(store: Store, scoped: Scope, below: Sequence[Known], verdicts: Verdicts | None = None) -> tuple[Note, ...]:
    """Return the notes beside the rows; with `verdicts` also notes on the policies below."""
    notes = []
    for known in (*scoped.own, *below):
        if known.others:
            values = {"policy": known.key, "read": known.read, "others": "、".join(known.others)}
            notes.append(Note(code="other_tellings", values=values))
        if known.held != "full":
            notes.append(Note(code=f"held_{known.held}", values={"policy": named(known)}))
    cited = [known for known in scoped.own if known.held == "cited"]
    notes += [note for known in cited for note in citing(store, scoped.family, known)]
    if not scoped.roots and not cited:
        notes.append(Note(code="no_tasks", values={"name": scoped.own[0].key if scoped.own else None}))
    if verdicts:
        notes += [Note(code="carried_out_by_none", values={"name": named(one)}) for one in scoped.own if not below]
        if scoped.whole:
            notes += proposed_below(store, scoped.family, scoped.own)
        pairs = ((one, other) for one in (*scoped.own, *below) for other in scoped.family.next_below(one.key))
        notes += [note for pair in pairs if (note := verdicts.silent(*pair))]
        notes += verdicts.ended((*scoped.own, *below))
        notes += unseen(scoped.family, scoped.top or scoped.own, below)
    return tuple(notes)


def lineage(store: Store, query: Query, **params: ParameterValue) -> Answer:
    """Return where tasks come from, link by link: for each, what it derives from, up to the root."""
    scoped = scope(store, str(params["of"]), way="derives_from", today=params.get("today"))
    if not scoped.roots:
        raise UnknownNameError("task", str(params["of"]))
    above = scoped.family.climb(scoped.own)
    chains = Chains(store, down=False)
    chains.grow(scoped.roots)
    chains.keep(scoped.family)
    verdicts = Verdicts(scoped.family)
    near = nearest_above(store, [root for root in scoped.roots if not chains.onward(root)])
    rows: list[AnswerRow] = []
    for root in scoped.roots:
        said = NOTHING if chains.onward(root) else _source(scoped, chains, verdicts, root)
        rows.append(_row(chains, root, root, 0, said=derived(said, near.get(root))))
        _climb(scoped.family, chains, root, root, 1, rows)
    with_words(store, rows)
    notes = (*_notes(store, scoped, above), *_detailed(store, scoped, chains))
    return Answer(name=query.name, columns=query.names, rows=shaped(query.names, rows), notes=notes)


def _detailed(store: Store, scoped: Scope, chains: Chains) -> list[Note]:
    """Return a note for each measure that the one task asked of details, where no link leads on from the task itself."""
    if scoped.whole or chains.onward(scoped.roots[0]):
        return []
    rows = ask(find("neighbours"), store, {"keys": scoped.roots})
    return [
        Note(code="details", values={"task": row["here"], "measure": row["there"], "title": row["name"]})
        for row in rows
        if row["kind"] == "DETAILS" and row["forward"]
    ]


def _climb(
    family: Family, chains: Chains, root: str, task: str, hops: int, rows: list[AnswerRow], sureness: float = 1.0
) -> None:
    if hops > DEPTH:
        return
    here = _policy(family, chains, task)
    for link in chains.onward(task):
        parent = _policy(family, chains, link.far)
        skips = here is not None and parent is not None and family.skips(here.key, parent.key)
        said = Verdict("skips_level" if skips else ANSWERS.get(link.relation))
        sure = sureness * link.sureness
        if sure < STATED and (hops > 1 or not skips):
            said = Verdict("doubtful", CHAIN)
        rows.append(_row(chains, root, link.far, hops, link, plain(said)))
        _climb(family, chains, root, link.far, hops + 1, rows, sure)


def _source(scoped: Scope, chains: Chains, verdicts: Verdicts, task: str) -> Verdict:
    """Return the verdict on a task that derives from nothing; NOTHING where no policy stands above its own."""
    known = _policy(scoped.family, chains, task)
    fact = chains.facts.get(task, {})
    said = of_task(verdicts.added(known), fact) if known else NOTHING
    counts = scoped.whole or fact.get("kind") == "measure"
    return said if counts or said.answer != "added" else OTHER_KIND
