"""The weights of the comparisons of linking, fitted to every open annotated pair: `python -m benchmarks.fit_links`.

Prints the weights for `graph/link/tasks/calibration.py`, and what such a fit is worth: each family is linked by weights
that were fitted without it. Pairs that are held back have no part. Documents of other families, side by side, are the
strangers that tell what a pair without kinship looks like.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.golds import SETS, Pair, pairs, shown, table, there
from graph.link.tasks.alignment import Alignment, align_outlines
from graph.link.tasks.calibration import BIAS, WEIGHTS, Weight
from graph.link.tasks.link_thresholds import LINKED, LINKED_STRANGERS
from graph.link.tasks.task_view import LinkTask

Matrix = NDArray[np.float64]

# Set by hand: the annotated pairs tell too little of what is rarely on both sides, and strangers drawn by chance hold too few
# slogans to tell what kinship is worth where two items are the same word for word.
_BY_HAND = frozenset({"units", "numbers", "names", "kinship"})
# How far weights are drawn to nothing, and how much a pair of strangers counts beside a pair of one family.
_RIDGE, _STRANGE = 1e-4, 0.1
# So many strangers of each child; one after the other in a fixed order, so that two runs draw the same.
_STRANGERS, _STEP = 3, 5
_TURNS, _ENOUGH = 200, 1e-9


@dataclass(frozen=True, eq=False)
class Sample:
    """One pair of documents as the fit takes it: what each comparison of each two tasks adds at weight 1, and the links.

    `parts` has a row for each two tasks and a column for each comparison; `links` tells which of the rows a reader
    linked; `family` is what both belong to.
    """

    name: str
    family: str
    parts: Matrix
    links: NDArray[np.bool_]
    stranger: bool = False

    @cached_property
    def counts(self) -> Matrix:
        """How much each row counts: long outlines count more than short ones, but not by their product."""
        worth = _STRANGE if self.stranger else 1.0
        return np.full(len(self.links), worth / math.sqrt(len(self.links)))


def samples() -> list[Sample]:
    """Return every open annotated pair that stands here, and strangers beside it."""
    known = [(one.title, pair) for one in there([one for one in SETS if one.telling]) for pair in pairs(one)]
    families = [_family(title, pair) for title, pair in known]
    found = [_sample(pair, family) for (_, pair), family in zip(known, families, strict=True)]
    for at, (title, pair) in enumerate(known):
        others = [other for (_, other), family in zip(known, families, strict=True) if family != families[at]]
        for turn in range(_STRANGERS if title != "sample" else 0):
            parent = others[(at * (_STEP + 2) + turn * _STEP) % len(others)].parent
            found.append(_sample(Pair(f"{pair.name} / {parent.name}", pair.child, parent), families[at], strange=True))
    return [one for one in found if len(one.links)]


def _family(title: str, pair: Pair) -> str:
    """Return what a pair belongs to: pairs of one upper document, of one folder or of the sample are one family."""
    upper = pair.parent.name
    return title if title == "sample" else upper if upper.startswith("bulk/") else upper.partition("/")[0]


def _sample(pair: Pair, family: str, *, strange: bool = False) -> Sample:
    below, above = pair.tasks
    alignment = align_outlines(below, above)
    if not strange:
        alignment = replace(alignment, kinship=alignment.kinship.held_related())
    places = [(one, other) for one in range(len(below)) for other in range(len(above))]
    parts = [[_part(weight, alignment, place) for weight in WEIGHTS] for place in places]
    links = [_linked(pair, below[one], above[other]) for one, other in places]
    shape = (len(places), len(WEIGHTS))
    return Sample(pair.name, family, np.array(parts, dtype=float).reshape(shape), np.array(links, dtype=bool), strange)


def _part(weight: Weight, alignment: Alignment, place: tuple[int, int]) -> float:
    return replace(weight, weight=1.0).of(weight.comparison(alignment, place))


def _linked(pair: Pair, child: LinkTask, parent: LinkTask) -> bool:
    return (child.key, parent.key) in pair.drawn


def fit(these: Sequence[Sample]) -> Matrix:
    """Return the weights, in the order of `WEIGHTS`, and behind them the bias: logistic regression, no weight below nothing.

    Newton's method with the weights at nothing held there while the likelihood pulls them below (Bertsekas 1982).
    """
    hand = [weight.comparison.__name__ in _BY_HAND for weight in WEIGHTS]
    fixed = np.array([weight.weight if by_hand else 0.0 for weight, by_hand in zip(WEIGHTS, hand, strict=True)])
    rows = np.vstack([one.parts for one in these])
    links, counts = (np.concatenate([made(one) for one in these]) for made in (_links, _counts))
    counts = counts / counts.sum()
    chosen = [at for at, by_hand in enumerate(hand) if not by_hand]
    offset, columns = rows @ fixed, np.column_stack([rows[:, chosen], np.ones(len(rows))])
    found = np.zeros(columns.shape[1])
    found[-1] = BIAS / 2
    ridge = np.append(np.full(len(chosen), _RIDGE), 0.0)
    for _ in range(_TURNS):
        chance = _chance(columns @ found + offset)
        slope = columns.T @ (counts * (chance - links)) + ridge * found
        bend = (columns * (counts * chance * (1 - chance))[:, None]).T @ columns + np.diag(ridge + _ENOUGH)
        free = (found > 0) | (slope < 0)
        free[-1] = True
        step = np.zeros_like(found)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        moved = found - step / max(1.0, float(np.abs(step).max()))
        moved[:-1] = np.maximum(moved[:-1], 0.0)
        if float(np.abs(moved - found).max()) < _ENOUGH:
            break
        found = moved
    weights = fixed.copy()
    weights[chosen] = found[:-1]
    return np.append(weights, found[-1])


def _links(one: Sample) -> Matrix:
    return one.links.astype(float)


def _counts(one: Sample) -> Matrix:
    return one.counts


def _chance(odds: Matrix) -> Matrix:
    chances: Matrix = 1 / (1 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return chances


def without_their_family(these: Sequence[Sample]) -> list[Matrix]:
    """Return the chances of each pair by weights that were fitted without its family."""
    families = {one.family for one in these}
    weights = {family: fit([one for one in these if one.family != family]) for family in sorted(families)}
    return [_chance(one.parts @ weights[one.family][:-1] + weights[one.family][-1]) for one in these]


def main() -> None:
    """Print the weights fitted to all, and F1 of each family without it."""
    these = samples()
    weights = fit(these)
    rows = [
        [weight.comparison.__name__, weight.weight, f"{new:.2f}"] for weight, new in zip(WEIGHTS, weights, strict=False)
    ]
    print("\n".join(table(["comparison", "now", "fitted"], [*rows, ["bias", BIAS, f"{weights[-1]:.2f}"]])))
    told: list[tuple[str, int, int, int, float]] = []
    strange = 0
    for one, chances in zip(these, without_their_family(these), strict=True):
        if one.stranger:
            strange += int((chances >= LINKED_STRANGERS).sum())
            continue
        found = chances >= LINKED
        right = int((found & one.links).sum())
        both = int(found.sum()) + int(one.links.sum())
        told.append((one.name, int(one.links.sum()), int(found.sum()), right, 2 * right / both if both else 0.0))
    print("\n".join(table(["pair", "links", "found", "right", "F1"], [[*row[:4], shown(row[4])] for row in told])))
    print(f"mean F1 {np.mean([row[4] for row in told]):.3f}; links between strangers: {strange}")


if __name__ == "__main__":
    main()
