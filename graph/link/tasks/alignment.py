"""Two outlines side by side: how their tasks rank for each other, how headings and order fit, who adds what."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.link.policies.policy_kinship import kin
from graph.link.tasks.overlap import Overlap, Pair, Side, dice, overlaps_of, weigh
from graph.link.tasks.sentence_matches import Match, matches_of
from graph.link.tasks.task_view import LinkTask

Partner = tuple[float, int]
_NOBODY: Partner = (0.0, -1)
# At this strength of its closest sentences a task is as likely taken up as not; from the other on more adds nothing.
_EVEN, _MOST = 1.4, 6.0
# Two documents are kin without doubt where this share of the tasks of one is taken up.
_KIN = 0.8


@dataclass(slots=True)
class Alignment:
    """Everything about two outlines that the comparisons of single pairs need.

    `overlaps` and `likeness` hold the pairs that share any telling word, `matches` those that have sentences about
    the same; `best_parent` and `best_child` the closest partner of each child and parent, with its likeness, and
    `top_parent` and `top_child` the strength of the closest sentences of each; `anchors` the partner of every child
    whose closest parent has it as its closest child; `expected` the place among the parents where each child would
    stand between its anchored neighbours; `kinship` how sure it is that the two are kin, in [0, 1], and `said` the part of
    it that their titles and citations tell.
    """

    child: Side
    parent: Side
    weights: dict[str, float]
    overlaps: dict[Pair, Overlap]
    matches: dict[Pair, Match]
    likeness: dict[Pair, float]
    best_parent: list[Partner] = field(default_factory=list)
    best_child: list[Partner] = field(default_factory=list)
    top_parent: list[float] = field(default_factory=list)
    top_child: list[float] = field(default_factory=list)
    anchors: dict[int, int] = field(default_factory=dict)
    expected: list[float] = field(default_factory=list)
    agreement: float = 0.0
    said: float = 0.0
    kinship: float = 0.0
    headings: dict[tuple[str, str], float] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)


def align_outlines(child: Sequence[LinkTask], parent: Sequence[LinkTask]) -> Alignment:
    """Return the alignment of two outlines; both hold measures, in printed order."""
    below, above = Side(child), Side(parent)
    weights = weigh(below, above)
    overlaps = overlaps_of(below, above, weights)
    matches = matches_of(below, above, weights)
    likeness = {pair: one.likeness for pair, one in overlaps.items()}
    for pair, match in matches.items():
        likeness[pair] += min(match.strength, _MOST) / _MOST
    made = Alignment(below, above, weights, overlaps, matches, likeness)
    _rank(made)
    _top(made)
    made.agreement = _agreement(made)
    made.headings = _headings(made)
    made.rarity = _rarity(made)
    return made


def _rank(made: Alignment) -> None:
    """Fill in the closest partners, the pairs that are closest both ways, and the places that follow from them."""
    made.best_parent = [_NOBODY] * len(made.child.tasks)
    made.best_child = [_NOBODY] * len(made.parent.tasks)
    for (one, other), value in made.likeness.items():
        made.best_parent[one] = max(made.best_parent[one], (value, other), key=_value)
        made.best_child[other] = max(made.best_child[other], (value, one), key=_value)
    for one, (value, other) in enumerate(made.best_parent):
        if value > 0 and made.best_child[other][1] == one:
            made.anchors[one] = other
    made.expected = _expected(made)


def _value(partner: Partner) -> float:
    return partner[0]


def _top(made: Alignment) -> None:
    """Fill in how strong the closest sentences of each task are, and how surely the two documents are kin."""
    made.top_parent = [0.0] * len(made.child.tasks)
    made.top_child = [0.0] * len(made.parent.tasks)
    for (one, other), match in made.matches.items():
        made.top_parent[one] = max(made.top_parent[one], match.strength)
        made.top_child[other] = max(made.top_child[other], match.strength)
    met = min(_KIN, max(map(_taken_up, (made.top_parent, made.top_child)))) / _KIN
    made.said = _said(made)
    made.kinship = 1 - (1 - met) * (1 - made.said)


def _said(made: Alignment) -> float:
    """Return how surely the two are kin by their titles and by what the child says that it carries out."""
    if not made.child.tasks or not made.parent.tasks:
        return 0.0
    return kin(made.child.tasks[0].standing, made.parent.tasks[0].standing)


def _taken_up(tops: list[float]) -> float:
    """Return the share of tasks that are taken up, from the strength of the closest sentences of each."""
    return math.fsum(top**4 / (top**4 + _EVEN**4) for top in tops) / len(tops) if tops else 0.0


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
        words = dice(
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


def _rarity(made: Alignment) -> dict[str, float]:
    """Return how rare each quoted name, number and unit is among these tasks, in [0, 1]."""
    counts: Counter[str] = Counter()
    for one in (*made.child.features, *made.parent.features):
        counts.update({*one.names, *one.numbers, *one.units})
    total = len(made.child.features) + len(made.parent.features)
    return {word: math.log(1 + total / count) / math.log(1 + total) for word, count in counts.items()}
