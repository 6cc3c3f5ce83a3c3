"""The words on both sides that decided a comparison, as places in the documents."""

import math
from functools import cached_property

from graph.link.tasks.alignment import Alignment
from graph.link.tasks.overlap import Pair
from graph.link.tasks.task_features import Place, clause_grams
from graph.link.tasks.task_view import LinkTask
from graph.model import Span

Words = tuple[Span | None, Span | None]
_NONE: Words = (None, None)
_BY_SENTENCE = frozenset({"sentence", "for_child", "for_parent"})


class DecidingWords:
    """Finds the words that decided the comparisons of one pair; the closest clauses are looked for once."""

    def __init__(self, made: Alignment, pair: Pair) -> None:
        """Look at one pair of an alignment."""
        self._made = made
        self._child, self._parent = made.child.tasks[pair[0]], made.parent.tasks[pair[1]]
        self._match = made.matches.get(pair)
        self._one, self._other = made.child.features[pair[0]], made.parent.features[pair[1]]

    def of(self, comparison: str) -> Words:
        """Return the places of the words that decided `comparison`, in the child and in the parent."""
        if comparison in _BY_SENTENCE:
            return self._sentences
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
    def _sentences(self) -> Words:
        if self._match is None:
            return _NONE
        return self._child.span(*self._match.child), self._parent.span(*self._match.parent)

    def _rarest(self, here: dict[str, Place], there: dict[str, Place]) -> Words:
        shared = min(
            here.keys() & there.keys(), key=lambda word: (-self._made.rarity[word], here[word]), default=None
        )
        return (self._child.span(*here[shared]), self._parent.span(*there[shared])) if shared else _NONE


def _title(task: LinkTask) -> Span | None:
    at = task.text.find(task.title)
    return task.span(at, at + len(task.title)) if at >= 0 and task.title else None


def _clause_with(task: LinkTask, words: tuple[str, ...], weights: dict[str, float]) -> Span | None:
    """Return the clause of the task that has the most of `words`."""
    wanted = {word: weights.get(word, 0.0) for word in words}
    best, found = 0.0, None
    for place, grams in clause_grams(task.text):
        shared = math.fsum(wanted[gram] for gram in grams if gram in wanted)
        if shared > best:
            best, found = shared, place
    return task.span(*found) if found else None
