"""How the comparisons of two tasks add up to one score: the chance that a reader would link them.

Most weights were fitted (logistic regression, no weight below nothing) on pairs of documents that were linked by
reading: plans of Zhejiang, Shanghai and the centre and the invented sample, with the parents also shuffled, without
headings and cut to a summary. Six were set by hand, because those pairs tell too little of them: phrases, units,
numbers and names (small), order (lowered, as parents are reordered) and section_title. One set for all documents.
"""

import math
from dataclasses import dataclass

from graph.link import signals
from graph.link.alignment import Alignment
from graph.link.overlap import Pair
from graph.link.signals import Comparison

# A link is proposed from this chance on.
LINKED = 0.5
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
    Weight(signals.wording, 1.04, floor=0.02),
    Weight(signals.phrases, 0.50),
    Weight(signals.title, 2.12),
    Weight(signals.title_kept, 1.71),
    Weight(signals.theme, 0.95),
    Weight(signals.section_title, 2.50),
    Weight(signals.order, 1.00),
    Weight(signals.units, 0.60),
    Weight(signals.numbers, 0.40),
    Weight(signals.names, 0.40),
    Weight(signals.own_share, 0.98, floor=0.03),
    Weight(signals.any_share, 0.29, floor=0.02),
    Weight(signals.new_for_parent, 11.41),
    Weight(signals.new_for_child, 10.36),
    Weight(signals.rank, 1.69),
    Weight(signals.rank_both, 0.64),
    Weight(signals.kinship, 0.35, floor=0.05),
)
# What two tasks of two documents start with: most pairs are none.
BIAS = -6.06


def chance(made: Alignment, pair: Pair) -> float:
    """Return the chance in [0, 1] that a reader would link the pair."""
    odds = math.fsum((BIAS, *(one.of(one.comparison(made, pair)) for one in WEIGHTS)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
