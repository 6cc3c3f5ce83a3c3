"""How the comparisons of two tasks add up to one score: the chance that a reader would link them.

The weights were fitted together (logistic regression, no weight below nothing) on pairs of documents that were linked
by reading: plans of Zhejiang, Shanghai and the centre, and the invented sample, with strangers beside them. Four were
set by hand, because those pairs tell too little of them: units, numbers and names (lowered where few pairs would have
raised them) and section_title. One set for all documents.
"""

import math
from dataclasses import dataclass

from graph.link import signals
from graph.link.alignment import Alignment
from graph.link.overlap import Pair
from graph.link.signals import Comparison

# A link is proposed from this chance on.
LINKED = 0.4
_LITTLE = 0.1


@dataclass(frozen=True, slots=True)
class Weight:
    """What a comparison's score adds to the log odds: `weight` × score, or × the log of how far it is from little.

    With a `floor` a score of `_LITTLE` adds nothing, less speaks against the pair, more for it.
    """

    comparison: Comparison
    weight: float
    floor: float | None = None

    def of(self, score: float) -> float:
        """Return what `score` adds."""
        return self.weight * (
            score if self.floor is None else math.log((score + self.floor) / (_LITTLE + self.floor))
        )


WEIGHTS: tuple[Weight, ...] = (
    Weight(signals.sentence, 1.07, floor=0.019),
    Weight(signals.sentences, 1.04, floor=0.031),
    Weight(signals.title, 2.00),
    Weight(signals.title_kept, 1.90),
    Weight(signals.theme, 0.62),
    Weight(signals.section_title, 0.45),
    Weight(signals.order, 0.84),
    Weight(signals.units, 0.60),
    Weight(signals.numbers, 1.00),
    Weight(signals.names, 0.70),
    Weight(signals.for_child, 0.83, floor=0.0),
    Weight(signals.for_parent, 1.45, floor=0.0),
    Weight(signals.kinship, 4.70),
)
# What two tasks of two documents start with: most pairs are none.
BIAS = -9.18


def chance(made: Alignment, pair: Pair) -> float:
    """Return the chance in [0, 1] that a reader would link the pair."""
    odds = math.fsum((BIAS, *(one.of(one.comparison(made, pair)) for one in WEIGHTS)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
