"""Units that are one by a person's word: the groups that words on two units at a time make, and the key that stays."""

from collections import deque
from collections.abc import Iterator, Mapping

from graph.errors import UsageError
from graph.model import Sameness

UnitPair = tuple[str, str]
"""The keys of two units."""
SaidOfUnits = Mapping[UnitPair, Sameness]
"""What was said of units by their two keys in order."""


def groups(said: SaidOfUnits) -> list[tuple[str, ...]]:
    """Return the units that are one, each group and all of them in order of their keys.

    Several words in a chain make one group, also over a unit that no document names any more. A word that two are not
    one holds against any chain: words are taken in the order of their keys, and one that would join two that are not
    one joins nothing.

    >>> groups({("a", "b"): "same", ("b", "c"): "same", ("d", "e"): "not_same"})
    [('a', 'b', 'c')]
    """
    group: dict[str, frozenset[str]] = {}
    denied = list(_pairs(said, "not_same"))
    for pair in _pairs(said, "same"):
        one, other = (group.get(key, frozenset({key})) for key in pair)
        both = one | other
        if both != one and not any(both.issuperset(two) for two in denied):
            group |= dict.fromkeys(both, both)
    return sorted(tuple(sorted(members)) for members in set(group.values()))


def moved(said: SaidOfUnits, known: Mapping[str, bool]) -> dict[str, str]:
    """Return, of each unit that a person said is another, the key of the one that stays.

    `known` are the units of the graph, with whether the gazetteer knows them. Of one group that one stays which the
    gazetteer knows, of several the one whose key comes first: neither the order of words nor that of loading counts.

    >>> moved({("a", "b"): "same", ("b", "c"): "same"}, {"a": False, "b": True, "d": True})
    {'a': 'b'}
    """
    staying: dict[str, str] = {}
    for members in groups(said):
        here = [key for key in members if key in known]
        if here:
            stays = min(here, key=lambda key: (not known[key], key))
            staying |= {key: stays for key in here if key != stays}
    return staying


def apart(said: SaidOfUnits, stays: Mapping[str, str]) -> set[UnitPair]:
    """Return the units, by the keys that stay, of which a person said that they are not one, in either order."""
    found: set[UnitPair] = set()
    for one, other in _pairs(said, "not_same"):
        here, there = stays.get(one, one), stays.get(other, other)
        found |= {(here, there), (there, here)}
    return found


def chain(said: SaidOfUnits, pair: UnitPair) -> list[str] | None:
    """Return the units, from the one to the other, of which each is said to be the next; None where no words join them.

    >>> chain({("a", "b"): "same", ("b", "c"): "same"}, ("c", "a"))
    ['c', 'b', 'a']
    """
    beside: dict[str, list[str]] = {}
    for one, other in _pairs(said, "same"):
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    before = {pair[0]: ""}
    waiting = deque([pair[0]])
    while waiting and pair[1] not in before:
        here = waiting.popleft()
        for there in beside.get(here, ()):
            if there not in before:
                before[there] = here
                waiting.append(there)
    if pair[1] not in before:
        return None
    way = [pair[1]]
    while way[-1] != pair[0]:
        way.append(before[way[-1]])
    return way[::-1]


def refuse_contradiction(said: SaidOfUnits, pair: UnitPair, judgement: Sameness) -> None:
    """Refuse a word on two units that words on others contradict together; one on the same two it only replaces.

    Raises:
        UsageError: it is contradicted; the message names the words.
    """
    others = {two: word for two, word in said.items() if two != pair}
    if judgement == "not_same" and (way := chain(others, pair)):
        raise UsageError(
            "{unit} and {other} are one by what was decided before ({chain}); take one of these back first",
            unit=pair[0],
            other=pair[1],
            chain=" = ".join(way),
        )
    if judgement == "same":
        joined = {**others, pair: judgement}
        for two in _pairs(others, "not_same"):
            if chain(others, two) is None and (way := chain(joined, two)):
                raise UsageError(
                    "{unit} and {other} cannot be one: that makes {one} and {two} one ({chain}), of which it was decided"
                    " that they are not; take that back first",
                    unit=pair[0],
                    other=pair[1],
                    one=two[0],
                    two=two[1],
                    chain=" = ".join(way),
                )


def _pairs(said: SaidOfUnits, word: Sameness) -> Iterator[UnitPair]:
    """Yield the pairs of which this was said, in order."""
    return (pair for pair in sorted(said) if said[pair] == word)
