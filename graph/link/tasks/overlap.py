"""The share of words that two tasks have in common, for all tasks of two outlines at once.

Weights of words come from the table that ships with the code and from these two outlines alone, so that no other
document changes a link. Every sum runs in a fixed order: the same outlines give the same numbers.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.link.tasks.task_features import Features, features
from graph.link.tasks.task_view import LinkTask
from graph.link.wording.character_pairs import word_weights

TaskPair = tuple[int, int]
"""A child task and a parent task, by their places (0-based) in their outlines."""
# Rare in official texts counts less than rare here: what is common elsewhere may be the very matter of these two.
_BLUNT = 0.7
# Added to the weight of a heading: of a slogan, which weighs little, little counts as kept.
_PLAIN = 0.4


class Overlap(NamedTuple):
    """Shares of one child task and one parent task that they have in common, each in [0, 1]: see `graph.link.tasks.signals`."""

    cosine: float
    containment: float
    title: float
    title_kept: float
    title_met: float

    @property
    def lesser_share(self) -> float:
        """Return how much of the one that shares less of itself the other has."""
        return self.cosine**2 / self.containment if self.containment else 0.0

    @property
    def likeness(self) -> float:
        """Return one number by which pairs are ranked (0 to about 3; it is no probability)."""
        title = 0.7 * self.title + 0.5 * max(self.title_kept, self.title_met)
        return self.cosine + 0.5 * self.containment + title


@dataclass(frozen=True, slots=True, eq=False)
class WeighedOutline:
    """One outline: its tasks, and of each task its features and the weight of the words of its text and its title."""

    tasks: tuple[LinkTask, ...]
    features: tuple[Features, ...]
    mass: tuple[float, ...]
    title_mass: tuple[float, ...]


def weigh(
    children: Sequence[LinkTask], parents: Sequence[LinkTask]
) -> tuple[WeighedOutline, WeighedOutline, dict[str, float]]:
    """Return two outlines weighed by the same weights, and these: of every pair of characters that stands there."""
    below, above = [features(task) for task in children], [features(task) for task in parents]
    weights = _weights(below, above)
    return _weighed(children, below, weights), _weighed(parents, above, weights), weights


def _weighed(tasks: Sequence[LinkTask], known: Sequence[Features], weights: dict[str, float]) -> WeighedOutline:
    mass = tuple(mass_of(each.grams, weights) for each in known)
    title_mass = tuple(mass_of(each.title, weights) for each in known)
    return WeighedOutline(tuple(tasks), tuple(known), mass, title_mass)


def _weights(below: Sequence[Features], above: Sequence[Features]) -> dict[str, float]:
    """Return the weight of every pair of characters: high where it is rare in official texts and in these outlines."""
    table = word_weights()
    counts: Counter[str] = Counter()
    telling: defaultdict[str, float] = defaultdict(float)
    for each in (*below, *above):
        counts.update(each.grams)
        for gram, weight in each.telling.items():
            telling[gram] += weight
    total = len(below) + len(above)
    scale = math.log(1 + total)
    weights = {
        gram: (telling[gram] / count) ** _BLUNT * math.log(1 + total / count) / scale for gram, count in counts.items()
    }
    for each in (*below, *above):
        for gram in (*each.title, *each.heading):
            weights.setdefault(gram, table.get(gram, 1.0))
    return weights


def mass_of(grams: Iterable[str], weights: dict[str, float]) -> float:
    """Return the weight of some words together."""
    return math.fsum(weights[gram] for gram in grams)


def overlaps_of(below: WeighedOutline, above: WeighedOutline, weights: dict[str, float]) -> dict[TaskPair, Overlap]:
    """Return the overlap of each pair of tasks; a pair without any shared word is left out."""
    in_text: defaultdict[str, list[int]] = defaultdict(list)
    in_title: defaultdict[str, list[int]] = defaultdict(list)
    for number, parent in enumerate(above.features):
        for index, words in ((in_text, parent.grams), (in_title, parent.title)):
            for word in words:
                index[word].append(number)
    overlaps = {}
    size = len(above.features)
    for number, child in enumerate(below.features):
        shared = _collect(child.grams, in_text, weights, size)
        kept = _collect(child.title, in_text, weights, size)
        met = _collect(child.grams, in_title, weights, size)
        both = _collect(child.title, in_title, weights, size)
        for other in range(size):
            if shared[other] > 0 or both[other] > 0:
                mass, mass_above = below.mass[number] + 1e-9, above.mass[other] + 1e-9
                title, title_above = below.title_mass[number] + _PLAIN, above.title_mass[other] + _PLAIN
                overlaps[number, other] = Overlap(
                    cosine=shared[other] / math.sqrt(mass * mass_above),
                    containment=shared[other] / min(mass, mass_above),
                    title=2 * both[other] / (title + title_above),
                    title_kept=kept[other] / title,
                    title_met=met[other] / title_above,
                )
    return overlaps


def _collect(words: Iterable[str], index: dict[str, list[int]], weights: dict[str, float], size: int) -> list[float]:
    """Return, for each parent task, the weight of those of `words` that `index` has for it."""
    shared = [0.0] * size
    for word in words:
        if others := index.get(word):
            weight = weights[word]
            for other in others:
                shared[other] += weight
    return shared


def dice(one: Sequence[str], other: Sequence[str], weights: dict[str, float]) -> float:
    """Return the share of the words' weight that both have, in [0, 1]."""
    known = set(other)
    total = mass_of(one, weights) + mass_of(other, weights)
    return 2 * math.fsum(weights[gram] for gram in one if gram in known) / total if total else 0.0
