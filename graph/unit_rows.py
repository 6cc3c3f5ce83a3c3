"""From printed unit names to units, groups, places and counterparts across levels."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph import places
from graph.identity import link_key

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def join_units(uses: Sequence[Row], policy_places: Iterable[str]) -> Rows:
    """Return the units, groups and places that `uses` (rows of the table UnitUse) and policies speak of, with links.

    A unit's counterpart is the unit of the same function in the nearest place above that has one.
    """
    rows: Rows = defaultdict(list)
    printed: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Row] = {}
    for use in uses:
        printed[use["key"]].add(use["printed"])
        first.setdefault(use["key"], use)
    wanted = set(policy_places)
    for key in sorted(first):
        use = first[key]
        place = use["jurisdiction"]
        if use["is_group"]:
            rows["UnitGroup"].append({"key": key, "name": use["name"], "stands_for": use["stands_for"]})
            continue
        rows["Unit"].append({
            "key": key, "name": use["name"], "function": use["function"], "form": use["form"],
            "printed_names": sorted(printed[key]), "jurisdiction": place,
        })  # fmt: skip
        if place:
            wanted.add(place)
            rows["PART_OF"].append(_link("PART_OF", key, place))
    above = _places(rows, wanted)
    _counterparts(rows, above)
    return rows


def _link(kind: str, source: str, target: str) -> Row:
    return {"key": link_key(kind, source, target), "source": source, "target": target}


def _places(rows: Rows, wanted: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Add the places and all that they lie in; return the places above each, nearest first."""
    above: dict[str, tuple[str, ...]] = {}
    waiting = sorted(wanted)
    while waiting:
        key = waiting.pop()
        if key in above or (place := places.by_key(key)) is None:
            continue
        line = places.ancestors(place)
        above[key] = tuple(one.key for one in line)
        waiting += above[key]
        rows["Jurisdiction"].append({
            "key": key, "name": place.name, "level": place.level, "short_name": place.short_name,
            "number_prefix": place.number_prefix,
        })  # fmt: skip
        if line:
            rows["PART_OF"].append(_link("PART_OF", key, line[0].key))
    return above


def _counterparts(rows: Rows, above: Mapping[str, tuple[str, ...]]) -> None:
    doing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in rows["Unit"]:
        if unit["function"] and unit["jurisdiction"]:
            doing[unit["jurisdiction"], unit["function"]].append(unit["key"])
    for unit in rows["Unit"]:
        if not (unit["function"] and unit["jurisdiction"]):
            continue
        for place in above.get(unit["jurisdiction"], ()):
            if upper := doing.get((place, unit["function"])):
                rows["COUNTERPART_OF"] += [_link("COUNTERPART_OF", unit["key"], key) for key in upper]
                break
