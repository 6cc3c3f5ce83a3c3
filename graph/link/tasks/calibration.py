"""One score from all comparisons of two tasks: the chance, in [0, 1], that a reader would link them.

The weights were fitted together (logistic regression, no weight below nothing) on all open pairs of documents that were
linked by reading, with strangers beside them: `python -m benchmarks.fit_links` fits them again. Units, numbers,
names and kinship were set by hand, because those pairs tell too little of them. One set for all documents.
"""

import math
from dataclasses import dataclass

from graph.link.tasks import signals
from graph.link.tasks.alignment import Alignment
from graph.link.tasks.link_thresholds import DOUBTFUL, DOUBTFUL_SCATTERED, LINKED, LINKED_STRANGERS, SCATTERED
from graph.link.tasks.overlap import TaskPair
from graph.link.tasks.signals import Comparison

# What speaks for two tasks whatever their chance is: one heading, or the same bodies and the same numbers.
_ONE_HEADING, _ONE_BODY, _ONE_NUMBER = 0.7, 0.6, 0.5
# Less than this of a shared subject is no word for it: 政府 and 建设 stand in many titles.
_STRANGERS = 0.1
_LITTLE = 0.1


@dataclass(frozen=True, slots=True)
class Weight:
    """The share of a comparison in the log odds: `weight` × score, or × the log of how far it is from little.

    With a `floor` a score of `_LITTLE` adds nothing, less speaks against the pair, more for it.
    """

    comparison: Comparison
    weight: float
    floor: float | None = None

    def of(self, score: float) -> float:
        """Return what `score` adds to the log odds."""
        return self.weight * (score if self.floor is None else math.log((score + self.floor) / (_LITTLE + self.floor)))


WEIGHTS: tuple[Weight, ...] = (
    Weight(signals.sentence, 0.91, floor=0.019),
    Weight(signals.sentences, 0.63, floor=0.031),
    Weight(signals.title_kept, 0.62),
    Weight(signals.subject, 0.41, floor=0.02),
    Weight(signals.theme, 1.43),
    Weight(signals.section_title, 1.00),
    Weight(signals.order, 0.29),
    Weight(signals.units, 0.20),
    Weight(signals.numbers, 0.50),
    Weight(signals.names, 0.30),
    Weight(signals.for_child, 1.99, floor=0.02),
    Weight(signals.for_parent, 1.11, floor=0.0),
    Weight(signals.kinship, 5.00),
)
# What two tasks of two documents start with: most pairs are none.
BIAS = -11.36


def proposed(alignment: Alignment) -> float:
    """Return the chance from which on a pair of these two documents is a link."""
    return LINKED if alignment.kinship.said >= _STRANGERS else LINKED_STRANGERS


def chance(alignment: Alignment, pair: TaskPair) -> float:
    """Return the chance in [0, 1] that a reader would link the pair."""
    odds = math.fsum((BIAS, *(weight.of(weight.comparison(alignment, pair)) for weight in WEIGHTS)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def near(alignment: Alignment, pair: TaskPair, score: float) -> bool:
    """Tell whether a pair that is no link, with this chance, leaves it in doubt whether either of the two has a counterpart."""
    return score >= DOUBTFUL or speaks(alignment, pair)


def doubtful(alignment: Alignment, pair: TaskPair, score: float) -> bool:
    """Tell whether a pair that is no link, with this chance, leaves it in doubt whether the parent is taken up.

    Where the lower document takes up most of what it holds from the upper one, and says much of the words of a task of it
    somewhere, even a small chance does: the task may stand there in pieces.
    """
    scattered = alignment.said[pair[1]] * alignment.kinship.taken_up >= SCATTERED
    return near(alignment, pair, score) or (scattered and score >= DOUBTFUL_SCATTERED)


def speaks(alignment: Alignment, pair: TaskPair) -> bool:
    """Tell whether heading, or units and numbers, speak for a pair of two documents that are kin, whatever its chance."""
    if alignment.kinship.said < _STRANGERS:
        return False
    if (overlap := alignment.overlaps.get(pair)) and overlap.title >= _ONE_HEADING:
        return True
    return signals.units(alignment, pair) >= _ONE_BODY and signals.numbers(alignment, pair) >= _ONE_NUMBER
