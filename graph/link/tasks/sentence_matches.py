"""The closest pair of sentences of two tasks, and the weight of all other sentences that they share.

A reader links two tasks where one whole sentence of each is about the same action on the same object, whatever
stands around it. So sentences are compared, not tasks; and words that a sentence shares with a closer one elsewhere
count only in part, so that a second parent whose own sentence is met stays, and a mere echo does not.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from graph.link.tasks.overlap import TaskPair, WeighedOutline
from graph.link.tasks.task_features import TextRange

# Words that tell less than this are no ground to compare two sentences.
_TELLING = 0.1
# Sentences that share less are not compared (one rare pair of characters weighs up to 1).
_LEAST = 0.4
# How far the share of the sentences matters beside the weight that they share: long sentences meet by chance.
_SHARE = 0.35
# Added on both sides of a ratio of two weights, so that two near nothings are no ratio.
_FLOOR = 0.6
_SMOOTH = 0.5
# A word weighs less by this power of the number of items of one document that have it; what only one has weighs more,
# so that sentences are as strong as before.
_SISTERS, _ALONE = 0.1, 1.15
# So many pairs of sentences of two tasks are looked at, for the closest and for the others.
_CLOSEST, _OTHERS = 2, 12


class SentenceMatch(NamedTuple):
    """Sentences that two tasks share, by weight: `strength` of the closest two, `more` of all others.

    `child` and `parent` are the places of the closest two in their tasks' texts.
    """

    strength: float
    more: float
    child: TextRange
    parent: TextRange


class _Sentence(NamedTuple):
    """A sentence of a task: the task's place in its outline, where it stands in the task, its telling words, their weight."""

    task: int
    place: TextRange
    words: dict[str, float]
    mass: float


class _Met(NamedTuple):
    """Two sentences, by their numbers: the weight that they share, and the same less for what they do not share."""

    value: float
    shared: float
    one: int
    other: int


Rivals = list[tuple[float, int]]
"""For one sentence, those of the other side: the weight that they share with it and their numbers, most first."""


def matches_of(
    below: WeighedOutline, above: WeighedOutline, weights: dict[str, float]
) -> dict[TaskPair, SentenceMatch]:
    """Return the matches between the sentences of every two tasks; tasks that share next to nothing are left out."""
    telling = _less_shared(below, above, weights)
    mine, theirs = _sentences(below, telling), _sentences(above, telling)
    met: defaultdict[TaskPair, list[_Met]] = defaultdict(list)
    rivals: list[Rivals] = []
    turned: list[Rivals] = [[] for _ in theirs]
    for sentence, sharing in enumerate(_shared(mine, theirs)):
        row = mine[sentence]
        for other, shared in sharing:
            share = shared / (math.sqrt(row.mass * theirs[other].mass) + _SMOOTH)
            met[row.task, theirs[other].task].append(_Met(shared * share**_SHARE, shared, sentence, other))
            turned[other].append((shared, sentence))
        rivals.append(sorted(((shared, other) for other, shared in sharing), reverse=True))
    for ranked in turned:
        ranked.sort(reverse=True)
    matches = {}
    for pair, pairs in met.items():
        pairs.sort(reverse=True)
        strength, closest = 0.0, pairs[0]
        for each in pairs[:_CLOSEST]:
            if each.value <= strength:
                break
            own = each.value * _own(each, mine, theirs, rivals, turned) / each.shared
            if own > strength:
                strength, closest = own, each
        matches[pair] = SentenceMatch(strength, _more(pairs), mine[closest.one].place, theirs[closest.other].place)
    return matches


def _less_shared(below: WeighedOutline, above: WeighedOutline, weights: dict[str, float]) -> dict[str, float]:
    """Return the weights of words, less of those that several items of one document share.

    What sister items say in the same words (应全面落实…要求) is said of another object each time.
    """
    most: Counter[str] = Counter()
    for outline in (below, above):
        most |= Counter(gram for known in outline.features for gram in known.grams)
    return {gram: _ALONE * weight / max(most[gram], 1) ** _SISTERS for gram, weight in weights.items()}


def _sentences(outline: WeighedOutline, weights: dict[str, float]) -> list[_Sentence]:
    """Return the sentences of all tasks that have a telling word."""
    rows = []
    for task, known in enumerate(outline.features):
        for place, grams in known.sentences:
            words = {gram: weight for gram in grams if (weight := weights[gram]) > _TELLING}
            if words:
                rows.append(_Sentence(task, place, words, math.fsum(words.values())))
    return rows


def _shared(mine: Sequence[_Sentence], theirs: Sequence[_Sentence]) -> list[list[tuple[int, float]]]:
    """Return, for each sentence of the child, those of the parent that share enough with it, and how much."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(theirs):
        for word in row.words:
            index[word].append(number)
    sharing = []
    for row in mine:
        sums: defaultdict[int, float] = defaultdict(float)
        for word, weight in row.words.items():
            for number in index.get(word, ()):
                sums[number] += weight
        sharing.append([(number, shared) for number, shared in sums.items() if shared >= _LEAST])
    return sharing


def _own(
    met: _Met, mine: Sequence[_Sentence], theirs: Sequence[_Sentence], rivals: list[Rivals], turned: list[Rivals]
) -> float:
    """Return the weight that two sentences share, less for words that either shares with a closer one elsewhere."""
    if rivals[met.one][0][0] <= met.shared and turned[met.other][0][0] <= met.shared:
        return met.shared
    one, other = mine[met.one], theirs[met.other]
    words = [word for word in one.words if word in other.words]
    above = _credit(words, met.shared, rivals[met.one], theirs, other.task)
    below = _credit(words, met.shared, turned[met.other], mine, one.task)
    return math.fsum(one.words[word] * above.get(word, 1.0) * below.get(word, 1.0) for word in words)


def _credit(words: list[str], shared: float, rivals: Rivals, rows: Sequence[_Sentence], task: int) -> dict[str, float]:
    """Return the part that is left of those words which a closer sentence of another task has as well."""
    left = set(words)
    parts: dict[str, float] = {}
    for rival, number in rivals:
        if rival <= shared or not left:
            break
        row = rows[number]
        if row.task == task:
            continue
        taken = [word for word in left if word in row.words]
        if taken:
            parts.update(dict.fromkeys(taken, math.sqrt((shared + _FLOOR) / (rival + _FLOOR))))
            left.difference_update(taken)
    return parts


def _more(pairs: list[_Met]) -> float:
    """Return the value of the further pairs of sentences, no sentence counted twice."""
    ones, others, total = {pairs[0].one}, {pairs[0].other}, 0.0
    for each in pairs[1:_OTHERS]:
        if each.one not in ones and each.other not in others:
            ones.add(each.one)
            others.add(each.other)
            total += each.value
    return total
