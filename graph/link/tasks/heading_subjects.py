"""Whether the headings of two tasks are about the same, once their frame is gone: 加强大数据技术创新 and 加强技术创新.

Words that official texts use everywhere (技术创新) say what a heading is about as well as rare ones do; what every task
of the two documents has (大数据) does not. So words are weighed by these two documents alone.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from graph.link.tasks.overlap import TaskPair
from graph.link.tasks.task_features import Features

# What every task has still says a little.
_LEAST = 0.02
# Added on both sides of a ratio of two shares, so that two near nothings are no ratio.
_FLOOR = 0.05


def subjects_met(below: Sequence[Features], above: Sequence[Features]) -> dict[TaskPair, float]:
    """Return how far the headings of each two tasks are about the same, and of each other's closest, in [0, 1].

    A pair whose headings share nothing is left out.
    """
    weights = _weights(below, above)
    mine, theirs = ([_mass(each, weights) for each in side] for side in (below, above))
    shares = {
        (one, other): 2 * shared / (mine[one] + theirs[other])
        for one, sharing in enumerate(_shared(below, above, weights))
        for other, shared in sharing.items()
    }
    rows, columns = [0.0] * len(below), [0.0] * len(above)
    for (one, other), share in shares.items():
        rows[one], columns[other] = max(rows[one], share), max(columns[other], share)
    return {
        (one, other): share * _ratio(share, rows[one]) * _ratio(share, columns[other])
        for (one, other), share in shares.items()
    }


def _weights(below: Sequence[Features], above: Sequence[Features]) -> dict[str, float]:
    """Return the weight of every pair of characters of a heading: high where few tasks of the two documents have it."""
    counts = Counter(gram for each in (*below, *above) for gram in each.bag)
    total = len(below) + len(above)
    return {
        gram: max(_LEAST, math.log((total + 1) / (counts[gram] + 0.5)) / math.log(total + 1))
        for each in (*below, *above)
        for gram in each.subject
    }


def _mass(each: Features, weights: dict[str, float]) -> float:
    return math.fsum(weights[gram] for gram in each.subject)


def _shared(below: Sequence[Features], above: Sequence[Features], weights: dict[str, float]) -> list[dict[int, float]]:
    """Return, for each child, the parents whose headings share words with its own, and their weight."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(above):
        for gram in each.subject:
            index[gram].append(number)
    sharing = []
    for each in below:
        sums: defaultdict[int, float] = defaultdict(float)
        for gram in each.subject:
            for number in index.get(gram, ()):
                sums[number] += weights[gram]
        sharing.append(dict(sums))
    return sharing


def _ratio(share: float, closest: float) -> float:
    return (share + _FLOOR) / (closest + _FLOOR)
