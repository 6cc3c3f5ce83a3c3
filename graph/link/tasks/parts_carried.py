"""How much of what a task names is carried by some tasks of another document, counted in parts of its text."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from graph.link.tasks.overlap import mass_of
from graph.link.wording.character_pairs import grams_of, word_weights
from graph.text import fold

# A part is carried where the other texts hold so much of its words' weight.
_HELD = 0.4
# What stands between 、 is a thing of its own: a task that names five things has five parts.
_PART = re.compile(r"[^。;!?\n,:、]+")


@lru_cache(maxsize=4096)
def parts_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the pairs of characters of each part of a task's text that has any: what it names, one by one.

    >>> len(parts_of("加强堤防、水闸、泵站管护，建立台账。"))
    4
    """
    found = (grams_of(part[0]) for part in _PART.finditer(fold(text)))
    return tuple(grams for grams in found if grams)


def parts_carried(text: str, others: Sequence[str]) -> int:
    """Return how many parts of a task's text the texts of other tasks carry together.

    >>> parts_carried("加强堤防、水闸、泵站管护。", ["修补堤防", "更换水闸启闭机"])
    2
    """
    there: set[str] = set()
    for other in others:
        there.update(grams_of(fold(other)))
    table = word_weights()
    weights = {gram: table.get(gram, 1.0) for part in parts_of(text) for gram in part}
    carried = 0
    for part in parts_of(text):
        shared = math.fsum(weights[gram] for gram in part if gram in there)
        total = mass_of(part, weights)
        carried += shared >= _HELD * total if total else True
    return carried
