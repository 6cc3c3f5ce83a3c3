"""From printed unit names to units, groups, places and counterparts across levels."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from graph.gazetteer import places
from graph.identity import link_key
from graph.link.units.counterparts import counterparts
from graph.link.units.unit_identity import UnitId

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
    _places(rows, wanted)
    units = (UnitId(row["key"], row["name"], row["jurisdiction"], row["function"], row["form"]) for row in rows["Unit"])
    rows["COUNTERPART_OF"] += [_link("COUNTERPART_OF", *pair) for pair in counterparts(units)]
    return rows


def _link(kind: str, source: str, target: str) -> Row:
    return {"key": link_key(kind, source, target), "source": source, "target": target}


def _places(rows: Rows, wanted: Iterable[str]) -> None:
    """Add the places and all that they lie in."""
    done: set[str] = set()
    waiting = sorted(wanted)
    while waiting:
        key = waiting.pop()
        if key in done or (place := places.by_key(key)) is None:
            continue
        done.add(key)
        rows["Jurisdiction"].append({
            "key": key, "name": place.name, "level": place.level, "short_name": place.short_name,
            "number_prefix": place.number_prefix,
        })  # fmt: skip
        if above := places.parent(place):
            rows["PART_OF"].append(_link("PART_OF", key, above.key))
            waiting.append(above.key)
