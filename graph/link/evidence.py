"""The words on both sides that decided a comparison, as places in the documents."""

import math
from functools import cached_property

from graph.link.alignment import Alignment, Pair
from graph.link.features import Place, clauses_of, grams_of
from graph.link.linktask import LinkTask
from graph.model import Span

Words = tuple[Span | None, Span | None]
_NONE: Words = (None, None)
_BY_CLAUSE = frozenset({"wording", "phrases", "own_share", "any_share", "new_for_parent", "new_for_child"})


class DecidingWords:
    """Finds the words that decided the comparisons of one pair; the closest clauses are looked for once."""

    def __init__(self, made: Alignment, pair: Pair) -> None:
        """Look at one pair of an alignment."""
        self._made = made
        self._child, self._parent = made.child.tasks[pair[0]], made.parent.tasks[pair[1]]
        self._one, self._other = made.child.features[pair[0]], made.parent.features[pair[1]]

    def of(self, comparison: str) -> Words:
        """Return the places of the words that decided `comparison`, in the child and in the parent."""
        if comparison in _BY_CLAUSE:
            return self._clauses
        if comparison == "title":
            return _title(self._child), _title(self._parent)
        if comparison == "title_kept":
            return _title(self._child), _clause_with(self._parent, self._one.title, self._made.weights)
        if comparison == "names":
            return self._rarest(self._one.names, self._other.names)
        if comparison == "numbers":
            return self._rarest(self._one.numbers, self._other.numbers)
        return _NONE

    @cached_property
    def _clauses(self) -> Words:
        return closest_clauses(self._child, self._parent, self._made.weights)

    def _rarest(self, here: dict[str, Place], there: dict[str, Place]) -> Words:
        shared = min(
            here.keys() & there.keys(), key=lambda word: (-self._made.rarity[word], here[word]), default=None
        )
        return (self._child.span(*here[shared]), self._parent.span(*there[shared])) if shared else _NONE


def closest_clauses(child: LinkTask, parent: LinkTask, weights: dict[str, float]) -> Words:
    """Return the clause of each task that is closest to one of the other."""
    theirs = [(place, grams_of(parent.text[slice(*place)])) for place in clauses_of(parent.text)]
    best: tuple[float, Place, Place] | None = None
    for place in clauses_of(child.text):
        mine = set(grams_of(child.text[slice(*place)]))
        for other, grams in theirs:
            shared = math.fsum(weights.get(gram, 0.0) for gram in grams if gram in mine)
            score = shared / math.sqrt(len(mine) * len(grams) + 1)
            if best is None or score > best[0]:
                best = (score, place, other)
    if best is None or best[0] == 0:
        return _NONE
    return child.span(*best[1]), parent.span(*best[2])


def _title(task: LinkTask) -> Span | None:
    at = task.text.find(task.title)
    return task.span(at, at + len(task.title)) if at >= 0 and task.title else None


def _clause_with(task: LinkTask, words: tuple[str, ...], weights: dict[str, float]) -> Span | None:
    """Return the clause of the task that has the most of `words`."""
    wanted = set(words)
    best, found = 0.0, None
    for place in clauses_of(task.text):
        shared = math.fsum(
            weights.get(gram, 0.0) for gram in grams_of(task.text[slice(*place)]) if gram in wanted
        )
        if shared > best:
            best, found = shared, place
    return task.span(*found) if found else None
