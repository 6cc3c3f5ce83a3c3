"""The words on both sides that decided a comparison, as places in the documents."""

import math
from functools import cached_property

from graph.link.tasks.alignment import Alignment
from graph.link.tasks.overlap import TaskPair
from graph.link.tasks.task_features import TextRange, clause_grams
from graph.link.tasks.task_view import LinkTask
from graph.model import Span

WordSpans = tuple[Span | None, Span | None]
_NONE: WordSpans = (None, None)
_BY_SENTENCE = frozenset({"sentence", "for_parent"})


class DecidingWords:
    """The words that decided the comparisons of one pair of tasks."""

    def __init__(self, alignment: Alignment, pair: TaskPair) -> None:
        """Look at one pair of an alignment."""
        self._alignment = alignment
        self._child, self._parent = alignment.child.tasks[pair[0]], alignment.parent.tasks[pair[1]]
        self._match = alignment.matches.get(pair)
        self._here, self._there = alignment.child.features[pair[0]], alignment.parent.features[pair[1]]

    def of(self, comparison: str) -> WordSpans:
        """Return the places of the words that decided `comparison`, in the child and in the parent."""
        if comparison in _BY_SENTENCE:
            return self._sentences
        if comparison == "subject":
            return _title(self._child), _title(self._parent)
        if comparison == "title_kept":
            return _title(self._child), _clause_with(self._parent, self._here.title, self._alignment.weights)
        if comparison == "names":
            return self._rarest(self._here.names, self._there.names)
        if comparison == "numbers":
            return self._rarest(self._here.numbers, self._there.numbers)
        return _NONE

    @cached_property
    def _sentences(self) -> WordSpans:
        if self._match is None:
            return _NONE
        return self._child.span(*self._match.child), self._parent.span(*self._match.parent)

    def _rarest(self, here: dict[str, TextRange], there: dict[str, TextRange]) -> WordSpans:
        shared = min(
            here.keys() & there.keys(), key=lambda word: (-self._alignment.rarity[word], here[word]), default=None
        )
        return (self._child.span(*here[shared]), self._parent.span(*there[shared])) if shared else _NONE


def _title(task: LinkTask) -> Span | None:
    at = task.text.find(task.title)
    return task.span(at, at + len(task.title)) if at >= 0 and task.title else None


def _clause_with(task: LinkTask, words: tuple[str, ...], weights: dict[str, float]) -> Span | None:
    """Return the clause of the task that has the most of `words`."""
    wanted = {word: weights.get(word, 0.0) for word in words}
    best, closest = 0.0, None
    for place, grams in clause_grams(task.text):
        shared = math.fsum(wanted[gram] for gram in grams if gram in wanted)
        if shared > best:
            best, closest = shared, place
    return task.span(*closest) if closest else None
