"""How much of what a task names is carried by some tasks of another document: its parts counted, its dropped clauses named."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from graph.link.tasks.overlap import mass_of
from graph.link.wording.character_pairs import grams_of, word_weights
from graph.text import fold

# A part is carried where the other texts hold so much of its words' weight.
_HELD = 0.4
# A clause is dropped where the other texts hold less than this of it, and more of another one: where they hold nothing of
# any, they say all of it in other words. Of 20 clauses of open documents that are dropped so all are by reading.
_DROPPED = 0.2
# A clause of fewer pairs of characters says nothing that could be dropped by itself.
_SHORTEST = 6
# What is to be reached by when is another number below; dates and numbers are compared as such.
_COUNTED = re.compile(r"[^,]*\d[^,]*")
# What stands between 、 is a thing of its own: a task that names five things has five parts.
_PART = re.compile(r"[^。;!?\n,:、]+")
_CLAUSE = re.compile(r"[^。;!?\n]+")
# The heading that was left out may end in a sign.
_EDGES = " \t\u3000:：,，、"


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
    there = _words_of(others)
    return sum(_share(part, there) >= _HELD for part in parts_of(text))


def clauses_dropped(text: str, others: Sequence[str], title: str = "") -> tuple[str, ...]:
    """Return the clauses of a task's text, as printed, that the texts of other tasks hold next to nothing of.

    None is where they hold nothing of any clause. The task's `title` at the head of the text is no clause: what the
    clauses say it only names.

    >>> clauses_dropped("修补堤防险工险段。给每座水闸安装水位遥测仪。", ["抓紧修补堤防险工险段"])
    ('给每座水闸安装水位遥测仪',)
    """
    there, body = _words_of(others), text.removeprefix(title)
    shares: dict[tuple[int, int], float] = {}
    for clause in _CLAUSE.finditer(fold(body)):
        grams = grams_of(_COUNTED.sub("", clause[0]))
        if len(grams) >= _SHORTEST:
            shares[clause.span()] = _share(grams, there)
    if max(shares.values(), default=0.0) < _DROPPED:
        return ()
    return tuple(body[start:end].strip(_EDGES) for (start, end), share in shares.items() if share < _DROPPED)


def _words_of(texts: Sequence[str]) -> set[str]:
    return {gram for text in texts for gram in grams_of(fold(text))}


def _share(grams: tuple[str, ...], there: set[str]) -> float:
    """Return the share of some words' weight that is there, in [0, 1]; 1 where they weigh nothing."""
    table = word_weights()
    weights = {gram: table.get(gram, 1.0) for gram in grams}
    total = mass_of(grams, weights)
    return math.fsum(weights[gram] for gram in grams if gram in there) / total if total else 1.0
