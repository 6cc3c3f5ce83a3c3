"""A person's word: on a link between two tasks, on which policy carries out which, or on two units; kept, and built in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.commands.building import rebuild
from cli.commands.deciding_units import keep_units, own_keys, stood, two_units
from cli.output import Run
from cli.words.messages import say, value
from graph.errors import UsageError
from graph.store.home import Home
from graph.store.protocol import Store
from queries.answer_rows import sort_value
from queries.cascades.known_policies import Family, Known
from queries.catalog import find
from queries.faults import SeveralNamesError, UnknownNameError
from queries.names import Subject, one_policy, policies_of, resolve, subject
from queries.question_rows import ask

if TYPE_CHECKING:
    from graph.link.decisions import Word
    from graph.model import Judgement

_JUDGEMENTS: dict[str, "Judgement"] = {"yes": "confirmed", "no": "rejected", "undo": "none"}


def keep(run: Run, child: str, parent: str, decision: str, by: str | None = None, why: str | None = None) -> None:
    """Write a person's decision beside the graph, build anew so that it holds, and say what came of it.

    `by` and `why` are kept with it, as is this moment.

    Raises:
        NotFoundError: a name means nothing, or several things.
        UsageError: the two are of different kinds, the child is the upper of the two, or what was decided before
            contradicts it.
    """
    from graph.link.decisions import Decisions, Word

    names, word = (child, parent), Word.now(by, why)
    if decision == "undo" and Decisions.read(Home(run.settings.store).decisions).same_unit(*names) is not None:
        # By their keys units are known also when the graph holds them no more.
        keep_units(run, names, decision, word, "")
        return
    with run.store() as store:
        if units := two_units(store, names, lambda name: _subject(store, name) is not None):
            keys, before = own_keys(run, names, units), stood(store, units)
        else:
            keys, of_policies = _two_others(store, child, parent, decision)
    if units:
        keep_units(run, keys, decision, word, before)
    else:
        _write(run, keys, decision, of_policies, word)


def _two_others(store: Store, child: str, parent: str, decision: str) -> tuple[tuple[str, str], bool]:
    """Return the keys of two tasks or two policies, and whether they are policies.

    Raises:
        NotFoundError: a name means nothing, or several things.
        UsageError: one is a task and the other a policy, or the child is the upper of the two.
    """
    below, above = _subject(store, child), _subject(store, parent)
    of_policies = [one is not None and one.task is None for one in (below, above)]
    if any(of_policies) and not all(of_policies):
        task, policy = (child, parent) if of_policies[1] else (parent, child)
        if None in (below, above):
            resolve(store, "task", task)
        raise UsageError(say("error.unlike", task=task, policy=policy))
    if below and above and all(of_policies):
        keys = _one(store, child, below.policies), _one(store, parent, above.policies)
        sides = [[keys[0]], [keys[1]]]
    else:
        keys = resolve(store, "task", child)[0], resolve(store, "task", parent)[0]
        sides = [list(policies_of(store, key.rpartition("/")[0])) for key in keys]
    if decision != "undo":
        _refuse_upward(store, sides, keys)
    return keys, all(of_policies)


def _subject(store: Store, name: str) -> Subject | None:
    try:
        return subject(store, name)
    except UnknownNameError:
        return None


def _one(store: Store, name: str, policies: Sequence[str]) -> str:
    """Return the key of the one policy that a name means; a document may hold several."""
    group = one_policy(store, policies)
    if not set(policies) <= set(group):
        titles = {one.key: one.title or one.key for one in Family(store).know(policies)}
        raise SeveralNamesError("policy", name, [{"key": key, "name": titles.get(key, key)} for key in policies])
    return group[0]


def _refuse_upward(store: Store, sides: Sequence[Sequence[str]], keys: tuple[str, str]) -> None:
    """Refuse a child that is above its parent: by what carries out what, else by level.

    Raises:
        UsageError: it is.
    """
    family = Family(store)
    below, above = (family.know(side) for side in sides)
    turned = {one.key for one in family.climb(above)} & {one.key for one in below}
    related = {one.key for one in family.climb(below)} & {one.key for one in above}
    if not related and (turned or _higher(below, above)):
        levels = [value("level", next((one.level for one in side), None)) or "-" for side in (below, above)]
        raise UsageError(
            say("error.upward", child=keys[0], parent=keys[1], child_level=levels[0], parent_level=levels[1])
        )


def _higher(below: Sequence[Known], above: Sequence[Known]) -> bool:
    """Tell whether every policy of the one side is of a higher level than every one of the other."""
    ranks = [[sort_value("level", one.level) for one in side if one.level] for side in (below, above)]
    return all(ranks) and max(ranks[0]) < min(ranks[1])


def _write(run: Run, keys: tuple[str, str], decision: str, of_policies: bool, word: "Word") -> None:
    from graph.link.decisions import decide_link, decide_policies

    write = decide_policies if of_policies else decide_link
    write(Home(run.settings.store).decisions, *keys, _JUDGEMENTS[decision], word)
    rebuild(run)
    child, parent = keys
    run.tell(f"decided.policy.{decision}" if of_policies else f"decided.{decision}", child=child, parent=parent)
    if decision == "yes" and not of_policies:
        with run.store() as store:
            shown = ask(find("link_between"), store, {"child": child, "parent": parent})
        if not shown:
            documents = [key.rpartition("/")[0] for key in keys]
            run.tell("decided.unrelated", child=documents[0], parent=documents[1])
