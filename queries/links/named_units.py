"""Two units that a person names to decide on: which they are, how they stand in the graph, and what a decision changed."""

from collections.abc import Callable, Sequence
from typing import Literal

from graph.link.decisions import Decisions
from graph.link.units.same_units import UnitPair, chain
from graph.store.protocol import Store
from queries.answer import Note
from queries.catalog import find
from queries.faults import DecisionError, UnknownNameError
from queries.names import named_so, resolve, unit_named
from queries.question_rows import ask

UnitsStanding = Literal["one", "counterparts", "two"]
"""How two units stand to each other in the graph."""
NamesOfUnit = Callable[[str], Sequence[tuple[str, str]]]
"""Returns the keys, with a name each, of all that a person said is one with a unit, itself included."""


def two_units(store: Store, names: tuple[str, str], is_other: Callable[[str], bool]) -> UnitPair | None:
    """Return the keys of the two units that names mean in the graph, None where neither name means one.

    `is_other` tells whether a name means a task or a policy. A whole name of a unit goes before titles that begin with
    it or hold it, and these go before a unit whose name only begins with it or holds it.

    Raises:
        NotFoundError: the one is a unit, and the other name means nothing or several units.
        DecisionError: the one is a unit and the other is not, or one is a group of units.
    """
    units = [unit_named(store, name) for name in names]
    others = [unit is None and is_other(name) for unit, name in zip(units, names, strict=True)]
    if any(others):
        if not any(units):
            return None
        unit, other = names if others[1] else (names[1], names[0])
        raise DecisionError(
            "unlike_unit",
            f"{unit} is a unit and {other} is none; name two units, two tasks or two policies",
            unit=unit,
            other=other,
        )
    try:
        one, other = (unit or resolve(store, "unit", name)[0] for unit, name in zip(units, names, strict=True))
    except UnknownNameError:
        if any(units):
            raise
        return None
    for key in (one, other):
        if any(row["label"] == "UnitGroup" for row in ask(find("things_by_key"), store, {"key": key})):
            raise DecisionError("unit_group", f"{key} is a group of units; name single units", group=key)
    return one, other


def own_keys(names: tuple[str, str], units: UnitPair, names_of: NamesOfUnit) -> UnitPair:
    """Return the keys that two names have by themselves, where several units are one by a person's word.

    Raises:
        DecisionError: both names mean the same.
    """
    called = {unit: names_of(unit) for unit in set(units)}
    keys = []
    for name, unit in zip(names, units, strict=True):
        own = named_so(called[unit], name)
        keys.append(own.pop() if len(own) == 1 else unit)
    one, other = keys
    if one == other:
        listed = sorted({key for key, _ in called[units[0]]})
        told = f"{names[0]} and {names[1]} both mean {one}"
        if len(listed) > 1:
            raise DecisionError(
                "same_unit_of",
                f"{told}, which a person said is one with others; give two keys of {', '.join(listed)}",
                one=names[0],
                other=names[1],
                unit=one,
                listed=", ".join(listed),
            )
        raise DecisionError("same_unit", f"{told}; name two units", one=names[0], other=names[1], unit=one)
    return one, other


def standing(store: Store, units: UnitPair) -> UnitsStanding:
    """Return how two units of the graph stand to each other."""
    if units[0] == units[1]:
        return "one"
    beside = ask(find("unit_counterparts"), store, {"unit": units[0]})
    return "counterparts" if any((row["counterpart"], row["hops"]) == (units[1], 1) for row in beside) else "two"


def changed_nothing(
    keys: UnitPair, judgement: str, before: UnitsStanding | None, known: bool | None, now: Decisions
) -> tuple[Note, ...]:
    """Return notes where a decision on two units shows nothing new in the graph that was built after it.

    `before` is how they stood, `known` whether they were decided to be one before (None: not decided), `now` all that is
    decided with it.
    """
    one, other = keys
    if judgement == "same" and before == "one" and not known:
        return (Note(code="unit_were_one", values={"one": one, "other": other}),)
    if judgement == "not_same" and before == "two" and known is None:
        return (Note(code="unit_were_two", values={"one": one, "other": other}),)
    if judgement == "none" and (way := chain(now.units, keys)):
        return (Note(code="unit_still_one", values={"chain": " = ".join(way)}),)
    return ()
