"""Two outlines side by side: what every child task and every parent task have in common, and how it ranks.

Weights of words come from the table that ships with the code and from these two outlines alone, so that no other
document changes a link. Every sum runs in a fixed order: the same outlines give the same numbers.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from graph.link.features import Features, features, word_weights
from graph.link.linktask import LinkTask

Pair = tuple[int, int]
Partner = tuple[float, int]
_NOBODY: Partner = (0.0, -1)
# What is shared with tasks that rank better is looked at for this many of them.
_RANKED = 6


class Overlap(NamedTuple):
    """What one child task and one parent task have in common, each in [0, 1]: see `graph.link.signals`."""

    cosine: float
    containment: float
    runs: float
    title: float
    title_kept: float
    title_met: float

    @property
    def likeness(self) -> float:
        """Return one number by which pairs are ranked (0 to about 5; it is no probability)."""
        title = 0.7 * self.title + 0.5 * max(self.title_kept, self.title_met)
        return self.cosine + 0.5 * self.containment + 1.5 * self.runs + title


@dataclass(slots=True)
class Side:
    """One outline: its tasks, their features, the weight of each task's and each title's words."""

    tasks: Sequence[LinkTask]
    features: list[Features]
    mass: list[float] = field(default_factory=list)
    title_mass: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Alignment:
    """Everything about two outlines that the comparisons of single pairs need.

    `overlaps` and `likeness` hold the pairs that share any telling word; `best_parent` and `best_child` the two
    closest partners of each child and parent, with their likeness; `anchors` the partner of every child whose
    closest parent has it as its closest child; `expected` the place among the parents where each child would stand
    between its anchored neighbours.
    """

    child: Side
    parent: Side
    weights: dict[str, float]
    overlaps: dict[Pair, Overlap]
    likeness: dict[Pair, float]
    best_parent: list[tuple[Partner, Partner]] = field(default_factory=list)
    best_child: list[tuple[Partner, Partner]] = field(default_factory=list)
    anchors: dict[int, int] = field(default_factory=dict)
    expected: list[float] = field(default_factory=list)
    agreement: float = 0.0
    kinship: float = 0.0
    headings: dict[tuple[str, str], float] = field(default_factory=dict)
    new_in_child: dict[Pair, float] = field(default_factory=dict)
    new_in_parent: dict[Pair, float] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)


def align_outlines(child: Sequence[LinkTask], parent: Sequence[LinkTask]) -> Alignment:
    """Return the alignment of two outlines; both hold measures, in printed order."""
    below = Side(child, [features(task) for task in child])
    above = Side(parent, [features(task) for task in parent])
    weights = _weigh(below, above)
    overlaps = _overlaps(below, above, weights)
    likeness = {pair: one.likeness for pair, one in overlaps.items()}
    made = Alignment(below, above, weights, overlaps, likeness)
    _rank(made)
    made.agreement = _agreement(made)
    made.headings = _headings(made)
    _residuals(made)
    made.rarity = _rarity(made)
    return made


def _weigh(below: Side, above: Side) -> dict[str, float]:
    """Return the weight of every pair of characters here: rare in official texts, and rare in these outlines."""
    table = word_weights()
    counts: Counter[str] = Counter()
    for one in (*below.features, *above.features):
        counts.update(one.grams)
    total = len(below.features) + len(above.features)
    scale = math.log(1 + total)
    weights = {
        gram: table.get(gram, 1.0) * math.log(1 + total / count) / scale for gram, count in counts.items()
    }
    for side in (below, above):
        for one in side.features:
            for gram in (*one.title, *one.heading):
                weights.setdefault(gram, table.get(gram, 1.0))
            side.mass.append(_mass(one.grams, weights))
            side.title_mass.append(_mass(one.title, weights))
    return weights


def _mass(grams: Iterable[str], weights: dict[str, float]) -> float:
    return math.fsum(weights[gram] for gram in grams)


def _overlaps(below: Side, above: Side, weights: dict[str, float]) -> dict[Pair, Overlap]:
    """Return what the pairs share; a pair without any shared word is left out."""
    in_text: defaultdict[str, list[int]] = defaultdict(list)
    in_title: defaultdict[str, list[int]] = defaultdict(list)
    in_runs: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(above.features):
        for index, words in ((in_text, one.grams), (in_title, one.title), (in_runs, one.runs)):
            for word in words:
                index[word].append(number)
    found = {}
    size = len(above.features)
    for number, one in enumerate(below.features):
        shared = _collect(one.grams, in_text, weights, size)
        kept = _collect(one.title, in_text, weights, size)
        met = _collect(one.grams, in_title, weights, size)
        both = _collect(one.title, in_title, weights, size)
        runs = [0] * size
        for run in one.runs:
            for other in in_runs.get(run, ()):
                runs[other] += 1
        for other in range(size):
            if shared[other] > 0 or both[other] > 0:
                mass, mass_above = below.mass[number] + 1e-9, above.mass[other] + 1e-9
                title, title_above = below.title_mass[number] + 1e-9, above.title_mass[other] + 1e-9
                long_runs = runs[other] / math.sqrt(
                    (len(one.runs) + 1) * (len(above.features[other].runs) + 1)
                )
                found[number, other] = Overlap(
                    cosine=shared[other] / math.sqrt(mass * mass_above),
                    containment=shared[other] / min(mass, mass_above),
                    runs=math.sqrt(long_runs),
                    title=2 * both[other] / (title + title_above),
                    title_kept=kept[other] / title,
                    title_met=met[other] / title_above,
                )
    return found


def _collect(
    words: Iterable[str], index: dict[str, list[int]], weights: dict[str, float], size: int
) -> list[float]:
    """Return, for each parent task, the weight of those of `words` that `index` has for it."""
    shared = [0.0] * size
    for word in words:
        if others := index.get(word):
            weight = weights[word]
            for other in others:
                shared[other] += weight
    return shared


def _rank(made: Alignment) -> None:
    """Fill in the closest partners, the pairs that are best both ways, and how close the two outlines are."""
    parents = [[_NOBODY, _NOBODY] for _ in made.child.tasks]
    children = [[_NOBODY, _NOBODY] for _ in made.parent.tasks]
    for (one, other), value in made.likeness.items():
        _place(parents[one], (value, other))
        _place(children[other], (value, one))
    made.best_parent = [(best, second) for best, second in parents]
    made.best_child = [(best, second) for best, second in children]
    for one, ((value, other), _) in enumerate(made.best_parent):
        if value > 0 and made.best_child[other][0][1] == one:
            made.anchors[one] = other
    averages = [
        math.fsum(best for (best, _), _ in side) / len(side)
        for side in (made.best_parent, made.best_child)
        if side
    ]
    made.kinship = max(averages, default=0.0)
    made.expected = _expected(made)


def _place(best: list[Partner], new: Partner) -> None:
    if new[0] > best[0][0]:
        best[:] = [new, best[0]]
    elif new[0] > best[1][0]:
        best[1] = new


def _expected(made: Alignment) -> list[float]:
    """Return where among the parents each child would stand, between the anchored tasks before and after it."""
    rows, columns = len(made.child.tasks), len(made.parent.tasks)
    stops = [(-1, -1), *made.anchors.items(), (rows, columns)]
    places: list[float] = []
    for before, after in pairwise(stops):
        for row in range(before[0] + 1, after[0]):
            places.append(before[1] + (after[1] - before[1]) * (row - before[0]) / (after[0] - before[0]))
        if after[0] < rows:
            places.append(float(after[1]))
    return places


def _agreement(made: Alignment) -> float:
    """Return how far the two outlines keep one order, in [0, 1]; 0 where they do not or where too little is known."""
    alike = crossed = 0.0
    anchors = list(made.anchors.items())
    for at, (one, other) in enumerate(anchors):
        strength = made.likeness[one, other]
        for later in anchors[at + 1 :]:
            weight = min(strength, made.likeness[later])
            if later[1] > other:
                alike += weight
            else:
                crossed += weight
    return max(0.0, (alike - crossed) / (alike + crossed + 1.0))


def _headings(made: Alignment) -> dict[tuple[str, str], float]:
    """Return how well each heading of the child fits each of the parent, in [0, 1]: by its words and by its tasks."""
    below, above = _sections(made.child), _sections(made.parent)
    mass = {
        (head, other): (_reach(made, rows, columns) + _reach(made, columns, rows, turned=True)) / 2
        for head, rows in below.items()
        for other, columns in above.items()
    }
    best_below = {head: max(mass[head, other] for other in above) for head in below if above}
    best_above = {other: max(mass[head, other] for head in below) for other in above if below}
    fits = {}
    for (head, other), value in mass.items():
        words = _dice(
            made.child.features[below[head][0]].heading,
            made.parent.features[above[other][0]].heading,
            made.weights,
        )
        fits[head, other] = 0.5 * words + 0.5 * value / max(best_below[head], best_above[other], 1e-9)
    return fits


def _sections(side: Side) -> dict[str, list[int]]:
    sections: dict[str, list[int]] = {}
    for number, task in enumerate(side.tasks):
        if task.theme_heading:
            sections.setdefault(task.theme_heading, []).append(number)
    return sections


def _reach(made: Alignment, these: list[int], those: list[int], turned: bool = False) -> float:
    """Return the mean, over the tasks of one section, of their best likeness in the other."""
    best = (
        max((made.likeness.get((b, a) if turned else (a, b), 0.0) for b in those), default=0.0) for a in these
    )
    return math.fsum(best) / len(these)


def _dice(one: Sequence[str], other: Sequence[str], weights: dict[str, float]) -> float:
    known = set(other)
    total = _mass(one, weights) + _mass(other, weights)
    return 2 * math.fsum(weights[gram] for gram in one if gram in known) / total if total else 0.0


def _residuals(made: Alignment) -> None:
    """Fill in the weight of what a pair shares beyond what the better ranked partners of either already share."""
    by_child: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    by_parent: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), value in made.likeness.items():
        by_child[one].append((-value, other))
        by_parent[other].append((-value, one))
    for one, ranked in by_child.items():
        pairs = [(one, other) for _, other in sorted(ranked)[:_RANKED]]
        made.new_in_child.update(_beyond(made, pairs))
    for other, ranked in by_parent.items():
        pairs = [(one, other) for _, one in sorted(ranked)[:_RANKED]]
        made.new_in_parent.update(_beyond(made, pairs))


def _beyond(made: Alignment, pairs: list[Pair]) -> dict[Pair, float]:
    seen: set[str] = set()
    new = {}
    for one, other in pairs:
        shared = made.child.features[one].bag & made.parent.features[other].bag
        new[one, other] = _mass(shared - seen, made.weights)
        seen |= shared
    return new


def _rarity(made: Alignment) -> dict[str, float]:
    """Return how rare each quoted name, number and unit is among these tasks, in [0, 1]."""
    counts: Counter[str] = Counter()
    for one in (*made.child.features, *made.parent.features):
        counts.update({*one.names, *one.numbers, *one.units})
    total = len(made.child.features) + len(made.parent.features)
    return {word: math.log(1 + total / count) / math.log(1 + total) for word, count in counts.items()}
