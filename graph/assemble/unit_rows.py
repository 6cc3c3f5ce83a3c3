"""From printed unit names to units, groups, places and counterparts across levels."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from graph.gazetteer import places
from graph.identity import link_key
from graph.link.units.counterparts import counterparts
from graph.link.units.same_units import SaidOfUnits, apart, moved
from graph.link.units.unit_identity import UnitId
from graph.snapshot.tables import SnapshotRow, SnapshotRows

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot


def moved_units(uses: Iterable[SnapshotRow], said: SaidOfUnits) -> dict[str, str]:
    """Return, of each unit in `uses` (rows of UnitUse) that a person said is another, the key of the one that stays."""
    units = {use["key"]: bool(use["function"] and use["jurisdiction"]) for use in uses if not use["is_group"]}
    return moved(said, units) if said else {}


def names_of_one(snapshot: "Snapshot", key: str) -> list[tuple[str, str]]:
    """Return the names of a unit, and of each that a person said is this one, as (key, name): printed, whole and short."""
    units = snapshot.table("Unit").filter(pc.equal(snapshot.table("Unit")["key"], key))
    members = [key, *(other for row in units.to_pylist() for other in row["other_keys"] or ())]
    uses = snapshot.table("UnitUse")
    found = {(one, name) for one in members for name in (one, one.rpartition(":")[2])}
    for row in uses.filter(pc.is_in(uses["key"], value_set=pa.array(members, pa.string()))).to_pylist():
        found |= {(row["key"], row["name"]), (row["key"], row["printed"])}
    return sorted(found)


def join_units(
    uses: Sequence[SnapshotRow],
    policy_places: Iterable[str],
    stays: Mapping[str, str] | None = None,
    said: SaidOfUnits | None = None,
) -> SnapshotRows:
    """Return the units, groups and places that `uses` (rows of the table UnitUse) and policies speak of, with links.

    A unit's counterpart is the unit of the same function in the nearest place above that has one. `stays` tells of a
    unit that a person said is another which one stays (`moved_units`): that one has the printed names and counterparts
    of all, its own place, function and form, and of these what it lacks itself from the first of the others that has
    it. `said` is what a person said of units: of which it is that they are not one, these are no counterparts.
    """
    rows: SnapshotRows = defaultdict(list)
    stays = stays or {}
    printed: dict[str, set[str]] = defaultdict(set)
    first: dict[str, SnapshotRow] = {}
    for use in uses:
        printed[use["key"]].add(use["printed"])
        first.setdefault(use["key"], use)
    others: dict[str, list[str]] = defaultdict(list)
    for key, unit in sorted(stays.items()):
        others[unit].append(key)
    wanted = set(policy_places)
    for key in sorted(first.keys() - stays.keys()):
        use = first[key]
        if use["is_group"]:
            rows["UnitGroup"].append({"key": key, "name": use["name"], "stands_for": use["stands_for"]})
            continue
        row = _unit(key, others.get(key, []), first, printed)
        rows["Unit"].append(row)
        if place := row["jurisdiction"]:
            wanted.add(place)
            rows["PART_OF"].append(_link("PART_OF", key, place))
    _places(rows, wanted)
    units = [use for key, use in sorted(first.items()) if not use["is_group"]]
    rows["COUNTERPART_OF"] += [_link("COUNTERPART_OF", *pair) for pair in _counterparts(units, stays, said or {})]
    return rows


def _unit(
    key: str, others: list[str], first: Mapping[str, SnapshotRow], printed: Mapping[str, set[str]]
) -> SnapshotRow:
    """Return the row of a unit, with what the units are called that are one with it."""
    row: SnapshotRow = {"key": key, "name": first[key]["name"]}
    for name in ("function", "form", "jurisdiction"):
        row[name] = next((first[one][name] for one in (key, *others) if first[one][name]), None)
    row["printed_names"] = sorted({name for one in (key, *others) for name in printed[one]})
    if others:
        row |= {"other_keys": others, "other_names": [first[one]["name"] for one in others]}
    return row


def _counterparts(units: Sequence[SnapshotRow], stays: Mapping[str, str], said: SaidOfUnits) -> list[tuple[str, str]]:
    """Return the counterparts of all units, between those that stay, each once."""
    ids = (UnitId(row["key"], row["name"], row["jurisdiction"], row["function"], row["form"]) for row in units)
    pairs = {(stays.get(lower, lower), stays.get(upper, upper)) for lower, upper in counterparts(ids)}
    return sorted(pair for pair in pairs - apart(said, stays) if pair[0] != pair[1])


def _link(kind: str, source: str, target: str) -> SnapshotRow:
    return {"key": link_key(kind, source, target), "source": source, "target": target}


def _places(rows: SnapshotRows, wanted: Iterable[str]) -> None:
    """Add the places and all that they lie in."""
    done: set[str] = set()
    waiting = sorted(wanted)
    while waiting:
        key = waiting.pop()
        if key in done or (place := places.by_key(key)) is None:
            continue
        done.add(key)
        rows["Jurisdiction"].append(
            {
                "key": key,
                "name": place.name,
                "level": place.level,
                "short_name": place.short_name,
                "number_prefix": place.number_prefix,
            }
        )
        if above := places.parent(place):
            rows["PART_OF"].append(_link("PART_OF", key, above.key))
            waiting.append(above.key)
