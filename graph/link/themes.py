"""Headings of one family tied to themes: by what they are about, and by where the tasks below them lead."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from graph.link.wording.character_pairs import grams_of, word_weights
from graph.link.wording.headings import core, wordings

# Two headings are one theme from this likeness of their words on, or by this share of their tasks' links.
_ALIKE, _LED = 0.5, 0.6
# Below this likeness headings have no telling word in common: links alone speak, if so many of them agree.
_SHARED, _CLEAR = 0.08, 0.75
# This share of a heading's tasks must be linked to make a full voice.
_FULL = 0.6
# 组织保障 and 政策保障 of one thing are two, whatever they share.
_SAFEGUARD = re.compile(r"([\u3400-\u9fff]{2})保障$")
# A theme's wordings that are compared: more are more of the same.
_WORDINGS = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed, with tasks below it, in one document: the tasks by their keys."""

    document: str
    printed: str
    tasks: tuple[str, ...] = ()


ScoredPair = tuple[str, str, float]
"""A correspondence of two tasks: child, parent, score."""


@dataclass(slots=True)
class _Group:
    """The headings of one theme, what they are about, each wording once, and the tasks below them."""

    cores: list[str] = field(default_factory=list)
    tasks: set[str] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)

    def add(self, heading: Heading) -> None:
        self.printed.append(heading.printed)
        if (about := core(heading.printed)) not in self.cores:
            self.cores.append(about)
        self.tasks.update(heading.tasks)


def themes(headings: Sequence[Heading], links: Iterable[ScoredPair] = ()) -> list[str | None]:
    """Return the name of the theme of each heading of one family; None where a heading names none.

    `links` are the correspondences of their tasks: child, parent, score. A theme is named by its topmost heading.
    Without links only the words of the headings speak.
    """
    above: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for child, parent, score in links:
        above[child][parent] = score
    groups: list[_Group] = []
    chosen: dict[int, _Group] = {}
    for rows in _documents(headings, above):
        matched = _match([headings[row] for row in rows], groups, above)
        for row, group in zip(rows, matched, strict=True):
            if group is None:
                if not core(headings[row].printed):
                    continue
                group = _Group()
                groups.append(group)
            group.add(headings[row])
            chosen[row] = group
    names = _names(groups)
    return [names[id(chosen[row])] if row in chosen else None for row in range(len(headings))]


def _names(groups: Sequence[_Group]) -> dict[int, str]:
    """Return a name for each theme: printed words of its topmost heading, or of the next that says something else.

    A second theme gets the name of another only where every heading of it says just the same: then they are one.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    for group in groups:
        offered = [name for printed in group.printed for name in wordings(printed)]
        name = next((one for one in offered if one not in taken), offered[0])
        taken.add(name)
        names[id(group)] = name
    return names


def _documents(headings: Sequence[Heading], above: Mapping[str, Mapping[str, float]]) -> list[list[int]]:
    """Return the headings' numbers by document, those that others lead to first; by name where nothing tells."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    owner: dict[str, str] = {}
    for number, heading in enumerate(headings):
        rows[heading.document].append(number)
        owner.update((task, heading.document) for task in heading.tasks)
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for child, found in above.items():
        if child in owner:
            parents[owner[child]].update(owner[one] for one in found if one in owner)
    depth = _depths(rows, parents)
    return [rows[document] for document in sorted(rows, key=lambda name: (depth[name], name))]


def _depths(documents: Iterable[str], parents: Mapping[str, set[str]]) -> dict[str, int]:
    """Return how many documents stand above each one, on the longest way up; a circle ends where it closes."""
    depth = dict.fromkeys(documents, 0)
    for _ in range(6):  # no more levels of government than these
        grown = {
            name: max((depth[one] + 1 for one in parents.get(name, ()) if one != name), default=0) for name in depth
        }
        if grown == depth:
            break
        depth = grown
    return depth


def _match(
    headings: Sequence[Heading], groups: Sequence[_Group], above: Mapping[str, Mapping[str, float]]
) -> list[_Group | None]:
    """Return the theme of each heading of one document; the surest are served first.

    Two headings of one document come to one theme only where their tasks lead there.
    """
    offers = []
    theme_of = {task: number for number, group in enumerate(groups) for task in group.tasks}
    for row, heading in enumerate(headings):
        about = core(heading.printed)
        shares = _led(heading, theme_of, above)
        for number, group in enumerate(groups):
            words = max((_alike(about, known) for known in group.cores[:_WORDINGS]), default=0.0) if about else 0.0
            led = shares.get(number, 0.0)
            if words >= _ALIKE or _carries(led, words, heading, groups[number], above):
                offers.append((-max(words, led), led < _LED, row, number))
    chosen: dict[int, int] = {}
    for _, by_words, row, number in sorted(offers):
        if row not in chosen and not (by_words and number in chosen.values()):
            chosen[row] = number
    return [groups[chosen[row]] if row in chosen else None for row in range(len(headings))]


def _carries(
    led: float, words: float, heading: Heading, group: _Group, above: Mapping[str, Mapping[str, float]]
) -> bool:
    """Tell whether the links make a heading one of a theme.

    Where no word of the two headings is shared, most of the heading's tasks must lead to the theme, and clearly.
    """
    if led < _LED:
        return False
    if words >= _SHARED:
        return True
    there = sum(not group.tasks.isdisjoint(above.get(task, ())) for task in heading.tasks)
    return led >= _CLEAR and there * 2 > len(heading.tasks)


def _led(heading: Heading, theme_of: Mapping[str, int], above: Mapping[str, Mapping[str, float]]) -> dict[int, float]:
    """Return the share of the heading's linked tasks' links that lead to tasks of each theme, in [0, 1].

    Few linked tasks count for less: one link of four tasks says little of what the heading is about.
    """
    total = 0.0
    here: defaultdict[int, float] = defaultdict(float)
    linked = 0
    for task in heading.tasks:
        found = above.get(task, {})
        linked += bool(found)
        total += math.fsum(found.values())
        scores: defaultdict[int, list[float]] = defaultdict(list)
        for parent, score in found.items():
            if (theme := theme_of.get(parent)) is not None:
                scores[theme].append(score)
        for theme, listed in scores.items():
            here[theme] += math.fsum(listed)
    voice = min(1.0, linked / (_FULL * len(heading.tasks))) if heading.tasks else 0.0
    return {theme: voice * share / total for theme, share in here.items()} if total else {}


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> float:
    """Return how alike two cores are, in [0, 1]: the share of telling words that both have."""
    if one == other:
        return 1.0
    kinds = _SAFEGUARD.search(one), _SAFEGUARD.search(other)
    if kinds[0] and kinds[1] and kinds[0][1] != kinds[1][1]:
        return 0.0
    (here, mass), (there, other_mass) = _weighed(one), _weighed(other)
    total = mass + other_mass
    return 2 * _mass(here & there) / total if total else 0.0


@lru_cache(maxsize=4096)
def _weighed(about: str) -> tuple[frozenset[str], float]:
    """Return the telling words of a core and their weight together."""
    words = frozenset(grams_of(about))
    return words, _mass(words)


def _mass(grams: Iterable[str]) -> float:
    table = word_weights()
    return math.fsum(0.2 + table.get(gram, 1.0) for gram in grams)
