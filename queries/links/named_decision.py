"""A person's decision on two things by their names: the kind of the pair, and the checks that it can be decided on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.identity import TaskKey
from graph.link.decisions import Decision, DecisionKind, Decisions, Word
from graph.model import Judgement, Sameness
from graph.store.protocol import Store
from queries.answer import Note
from queries.answer_rows import sort_value
from queries.cascades.known_policies import Family, Known
from queries.catalog import find
from queries.faults import DecisionError, SeveralNamesError, UnknownNameError
from queries.links.named_units import NamesOfUnit, UnitsStanding, changed_nothing, own_keys, standing, two_units
from queries.names import Subject, one_policy, policies_of, resolve, subject
from queries.question_rows import ask

YesNoUndo = Literal["yes", "no", "undo"]
"""A person's word on two things: it is so, it is not so, or an earlier word no longer holds."""
JUDGEMENTS: Mapping[YesNoUndo, Judgement] = {"yes": "confirmed", "no": "rejected", "undo": "none"}
SAMENESSES: Mapping[YesNoUndo, Sameness] = {"yes": "same", "no": "not_same", "undo": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDecision:
    """A decision on two things that were named, with what the graph held of them before.

    `standing` is how two units stood, and `known` whether they were decided to be one; both are None of other kinds.
    """

    decision: Decision
    standing: UnitsStanding | None = None
    known: bool | None = None

    @property
    def takes_back_nothing(self) -> bool:
        """Whether it is an `undo` on two units of which nothing was decided."""
        return self.decision.kind == "units" and self.decision.judgement == "none" and self.known is None


def decision_on(
    store: Store, names: tuple[str, str], said: YesNoUndo, word: Word, *, decisions: Decisions, names_of: NamesOfUnit
) -> NamedDecision:
    """Return the decision on two tasks, two policies or two units, by their names.

    Of tasks and policies `yes` says that the first carries out the second, of units that the two are one; `no` says the
    contrary, `undo` leaves it open. `decisions` are those that stand, `names_of` gives what is one with a unit.

    Raises:
        NotFoundError: a name means nothing, or several things.
        DecisionError: the two are of different kinds, or the child is the upper of the two.
    """
    if said == "undo" and (known := decisions.same_unit(*names)) is not None:
        # By their keys units are known also when the graph holds them no more.
        return NamedDecision(decision=_of_units(names, said, word), known=known)
    if units := two_units(store, names, lambda name: _subject(store, name) is not None):
        keys = own_keys(names, units, names_of)
        return NamedDecision(
            decision=_of_units(keys, said, word), standing=standing(store, units), known=decisions.same_unit(*keys)
        )
    child, parent = names
    below, above = _subject(store, child), _subject(store, parent)
    kind = _kind(store, (child, below), (parent, above))
    if kind == "policies":
        assert below is not None
        assert above is not None
        keys = _one_policy(store, child, below.policies), _one_policy(store, parent, above.policies)
        sides = [[key] for key in keys]
    else:
        keys = resolve(store, "task", child)[0], resolve(store, "task", parent)[0]
        sides = [list(policies_of(store, TaskKey.parse(key).document)) for key in keys]
    if said != "undo":
        _refuse_upward(store, sides, keys)
    return NamedDecision(
        decision=Decision(kind=kind, child=keys[0], parent=keys[1], judgement=JUDGEMENTS[said], word=word)
    )


def _of_units(keys: tuple[str, str], said: YesNoUndo, word: Word) -> Decision:
    return Decision(kind="units", child=keys[0], parent=keys[1], judgement=SAMENESSES[said], word=word)


def not_shown(store: Store, named: NamedDecision, decisions: Decisions) -> tuple[Note, ...]:
    """Return notes where a decision shows nothing in the graph that was built after it.

    Links are kept only between documents of which one carries out the other. `decisions` are all that stand by now.
    """
    decision = named.decision
    if decision.kind == "units":
        pair = (decision.child, decision.parent)
        return changed_nothing(pair, decision.judgement, named.standing, named.known, decisions)
    if decision.kind != "tasks" or decision.judgement != "confirmed":
        return ()
    if ask(find("link_between"), store, {"child": decision.child, "parent": decision.parent}):
        return ()
    child, parent = (TaskKey.parse(key).document for key in (decision.child, decision.parent))
    return (Note(code="decided_unrelated", values={"child": child, "parent": parent}),)


def _kind(store: Store, child: tuple[str, Subject | None], parent: tuple[str, Subject | None]) -> DecisionKind:
    """Return the kind that two names, each with the thing it means, have together: policies or tasks.

    What no policy or task is named by counts as a task: whoever looks that up says what is near.
    """
    of_policies = [meant is not None and meant.task is None for _, meant in (child, parent)]
    if all(of_policies):
        return "policies"
    if any(of_policies):
        (task, meant), (policy, _) = (child, parent) if of_policies[1] else (parent, child)
        if meant is None:
            resolve(store, "task", task)
        raise DecisionError(
            "unlike",
            f"{task} is a task and {policy} a policy; name two tasks or two policies",
            task=task,
            policy=policy,
        )
    return "tasks"


def _subject(store: Store, name: str) -> Subject | None:
    try:
        return subject(store, name)
    except UnknownNameError:
        return None


def _one_policy(store: Store, name: str, policies: Sequence[str]) -> str:
    """Return the key of the one policy that a name means; a document may hold several."""
    group = one_policy(store, policies)
    if not set(policies) <= set(group):
        titles = {known.key: known.title or known.key for known in Family(store).know(policies)}
        raise SeveralNamesError("policy", name, [{"key": key, "name": titles.get(key, key)} for key in policies])
    return group[0]


def _refuse_upward(store: Store, sides: Sequence[Sequence[str]], keys: tuple[str, str]) -> None:
    """Refuse a child that is above its parent: by what carries out what, else by level.

    Raises:
        DecisionError: it is.
    """
    family = Family(store)
    below, above = (family.know(side) for side in sides)
    turned = {known.key for known in family.climb(above)} & {known.key for known in below}
    related = {known.key for known in family.climb(below)} & {known.key for known in above}
    if not related and (turned or _higher(below, above)):
        levels = [next((known.level for known in side), None) or "-" for side in (below, above)]
        raise DecisionError(
            "upward",
            f"{keys[0]} ({levels[0]}) is above {keys[1]} ({levels[1]}); the lower one comes first",
            child=keys[0],
            parent=keys[1],
            child_level=levels[0],
            parent_level=levels[1],
        )


def _higher(below: Sequence[Known], above: Sequence[Known]) -> bool:
    """Tell whether every policy of the one side is of a higher level than every one of the other."""
    ranks = [[sort_value("level", known.level) for known in side if known.level] for side in (below, above)]
    return all(ranks) and max(ranks[0]) < min(ranks[1])
