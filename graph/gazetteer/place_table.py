"""The listed places and zones, read once from the gazetteer's tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graph.model import Level

# Between a parent's key and a name in the key of a place without a code.
SEPARATOR = "."
# 湘西土家族苗族自治州 is printed 湘西州 and 湘西自治州.
_AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗")


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
            code,
            name,
            also[0] if also else None,
            level,  # type: ignore[arg-type]
            parent or None,
            numbers or None,
            int(until) if until else None,
        )
        known.by_key[code] = place
        for word in {name, *also, *_with_form(name, also), *(former.split("|") if former else ())}:
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


def _with_form(name: str, shorts: Iterable[str]) -> Iterator[str]:
    """Yield the names of an autonomous place that leave out its peoples but say its form (湘西自治州)."""
    for form in _AUTONOMOUS:
        if name.endswith(form):
            yield from (short + form for short in shorts if short[-1] not in form)


def same_place(one: str, two: str) -> bool:
    """Tell whether two keys are of one place: equal, or one is the printed end of the other's chain.

    >>> same_place("澄州市.云溪区", "100000.澜江省.澄州市.云溪区"), same_place("330211", "330200")
    (True, False)
    """
    return one == two or one.endswith(SEPARATOR + two) or two.endswith(SEPARATOR + one)


def fuller(keys: Iterable[str]) -> dict[str, str]:
    """Return, for each key that is the printed end of just one longer key among `keys`, that longer key.

    A document that prints 澄州市 and one that prints 澜江省澄州市 mean one place; where two provinces have a
    澄州市, the short key stays as it is.
    """
    known = sorted(set(keys), key=lambda key: (-len(key), key))
    ends: dict[str, set[str]] = {}
    for key in known:
        names = key.split(SEPARATOR)
        for at in range(1, len(names)):
            ends.setdefault(SEPARATOR.join(names[at:]), set()).add(key)
    longest = {key: [one for one in ends.get(key, ()) if one not in ends] for key in known}
    return {key: found[0] for key, found in longest.items() if len(found) == 1}
