"""A person's word on two units: that they are one body, or are not; kept beside the graph, and built in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cli.commands.building import rebuild
from cli.output import Run
from cli.words.messages import say
from graph.errors import UsageError
from graph.store.home import Home
from graph.store.protocol import Store
from queries.catalog import find
from queries.faults import UnknownNameError
from queries.names import named_so, resolve, unit_named
from queries.question_rows import ask

if TYPE_CHECKING:
    from graph.link.decisions import Word
    from graph.model import Sameness

Pair = tuple[str, str]
_SAMENESSES: dict[str, "Sameness"] = {"yes": "same", "no": "not_same", "undo": "none"}


def two_units(store: Store, names: Pair, is_other: Callable[[str], bool]) -> Pair | None:
    """Return the keys of the two units that names mean in the graph, None where neither name means one.

    `is_other` tells whether a name means a task or a policy. A whole name of a unit goes before titles that begin with
    it or hold it, and these go before a unit whose name only begins with it or holds it.

    Raises:
        NotFoundError: the one is a unit, and the other name means nothing or several units.
        UsageError: the one is a unit and the other is not, or one is a group of units.
    """
    found = [unit_named(store, name) for name in names]
    others = [unit is None and is_other(name) for unit, name in zip(found, names, strict=True)]
    if any(others):
        if not any(found):
            return None
        at = others.index(False)
        raise UsageError(say("error.unlike_unit", unit=names[at], other=names[1 - at]))
    try:
        one, other = (unit or resolve(store, "unit", name)[0] for unit, name in zip(found, names, strict=True))
    except UnknownNameError:
        if any(found):
            raise
        return None
    for key in (one, other):
        if any(row["label"] == "UnitGroup" for row in ask(find("things_by_key"), store, {"key": key})):
            raise UsageError(say("error.unit_group", group=key))
    return one, other


def own_keys(run: Run, names: Pair, units: Pair) -> Pair:
    """Return the keys that two names have by themselves, where several units are one by a person's word.

    Raises:
        UsageError: both names mean the same.
    """
    from graph.assemble.unit_rows import names_of_one
    from graph.snapshot.snapshot import Snapshot

    snapshot = Snapshot.open(Home(run.settings.store).snapshot())
    called = {unit: names_of_one(snapshot, unit) for unit in set(units)}
    keys = []
    for name, unit in zip(names, units, strict=True):
        own = named_so(called[unit], name)
        keys.append(own.pop() if len(own) == 1 else unit)
    one, other = keys
    if one == other:
        listed = sorted({key for key, _ in called[units[0]]})
        code = "error.same_unit_of" if len(listed) > 1 else "error.same_unit"
        raise UsageError(say(code, one=names[0], other=names[1], unit=one, listed=", ".join(listed)))
    return one, other


def stood(store: Store, units: Pair) -> str:
    """Return how two units of the graph stand to each other: `one`, `counterparts`, or `two`."""
    if units[0] == units[1]:
        return "one"
    beside = ask(find("unit_counterparts"), store, {"unit": units[0]})
    return "counterparts" if any((row["counterpart"], row["hops"]) == (units[1], 1) for row in beside) else "two"


def keep_units(run: Run, keys: Pair, decision: str, word: "Word", before: str) -> None:
    """Write a decision on two units, build anew, and say what came of it; `before` is how they stood.

    Raises:
        UsageError: what was decided of others contradicts it.
    """
    from graph.link.decisions import Decisions, decide_units
    from graph.link.units.same_units import chain

    path, (one, other) = Home(run.settings.store).decisions, keys
    known = Decisions.read(path).same_unit(one, other)
    if decision == "undo" and known is None:
        run.tell("decided.unit.nothing", one=one, other=other)
    else:
        decide_units(path, one, other, _SAMENESSES[decision], word)
        rebuild(run)
        run.tell(f"decided.unit.{decision}", one=one, other=other)
    if decision == "yes" and before == "one" and not known:
        run.tell("decided.unit.were_one", one=one, other=other)
    if decision == "no" and before == "two" and known is None:
        run.tell("decided.unit.were_two", one=one, other=other)
    if decision == "undo" and (way := chain(Decisions.read(path).units, keys)):
        run.tell("decided.unit.still_one", chain=" = ".join(way))
