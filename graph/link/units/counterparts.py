"""Counterparts: a unit below and the unit of the same function above it."""

from collections.abc import Iterable

from graph.gazetteer.places import ancestors, by_key
from graph.link.units.unit_identity import UnitId


def counterparts(units: Iterable[UnitId]) -> list[tuple[str, str]]:
    """Return (lower, upper) keys of units of one function, each with the nearest level above that has it.

    A unit without a known function has no counterpart.
    """
    known = {unit.key: unit for unit in units if unit.function and unit.jurisdiction}
    pairs = []
    for key, unit in known.items():
        name = key.rpartition(":")[2]
        here = by_key(unit.jurisdiction or "")
        for above in ancestors(here) if here else ():
            upper = known.get(f"{above.key}:{name}")
            if upper and upper.function == unit.function:
                pairs.append((key, upper.key))
                break
    return sorted(pairs)
