"""Counterparts: a unit below and the unit of the same function above it."""

from collections.abc import Iterable, Mapping

from graph.gazetteer.places import by_key
from graph.link.units.unit_identity import UnitId


def counterparts(units: Iterable[UnitId], above: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return (lower, upper) keys of units of one function, each with the nearest level above that has it.

    `above` tells of a place's key the key of the place above it, where documents say more than the key does
    (`澄州市` lies in `100000.澜江省`). A unit without a known function has no counterpart.
    """
    known = {unit.key: unit for unit in units if unit.function and unit.jurisdiction}
    found = []
    for key, unit in known.items():
        name = key.rpartition(":")[2]
        for place in _line(unit.jurisdiction or "", above or {}):
            upper = known.get(f"{place}:{name}")
            if upper and upper.function == unit.function:
                found.append((key, upper.key))
                break
    return sorted(found)


def _line(place: str, above: Mapping[str, str]) -> list[str]:
    """The keys of the places above, nearest first; `above` is asked where a key tells of no parent."""
    line: list[str] = []
    here = place
    while True:
        known = by_key(here)
        here = (known.parent if known else None) or above.get(here, "")
        if not here or here in line or here == place:
            return line
        line.append(here)
