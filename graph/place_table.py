"""The listed places and zones, read once from the gazetteer's tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graph.model import Level

# Between a parent's key and a name in the key of a place without a code.
SEPARATOR = "."


class Place(NamedTuple):
    """A jurisdiction; `code` is its key (GB/T 2260, else parent's key + `.` + name), `parent` a key or None.

    `number_prefix` are the words that its document numbers begin with, joined by `|`; `valid_until` the year
    in which the place was abolished, where it was; `zone` marks functional zones (开发区, 新区 …).
    """

    code: str
    name: str
    short_name: str | None
    level: Level
    parent: str | None
    number_prefix: str | None = None
    valid_until: int | None = None
    zone: bool = False

    @property
    def key(self) -> str:
        """The place's key: another name of `code`, since every id of ours is called `key`."""
        return self.code


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by key, by every name that means them, and by the words that their numbers begin with."""

    by_key: dict[str, Place]
    by_name: dict[str, list[Place]]
    prefixes: dict[str, list[Place]]


def _table(name: str) -> Iterator[list[str]]:
    text = files("graph.gazetteer").joinpath(name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines()[1:])


@cache
def gazetteer() -> Gazetteer:
    """Return the listed places; the tables are read on the first call (about 10 ms)."""
    known = Gazetteer({}, {}, {})
    by_name, prefixes = known.by_name, known.prefixes
    for code, name, shorts, level, parent, numbers, until, former in _table("places.tsv"):
        also = shorts.split("|") if shorts else []
        place = Place(
            code, name, also[0] if also else None, level, parent or None, numbers or None,  # type: ignore[arg-type]
            int(until) if until else None,
        )  # fmt: skip
        known.by_key[code] = place
        for word in {name, *also, *(former.split("|") if former else ())}:
            by_name.setdefault(word, []).append(place)
        for prefix in numbers.split("|") if numbers else ():
            prefixes.setdefault(prefix, []).append(place)
    for name, shorts, level, parent in _table("zones.tsv"):
        key = f"{parent}{SEPARATOR}{name}"
        zone = Place(key, name, shorts.split("|")[0] or None, level, parent, zone=True)  # type: ignore[arg-type]
        known.by_key[key] = zone
        for word in {name, *shorts.split("|")} - {""}:
            by_name.setdefault(word, []).append(zone)
    return known
