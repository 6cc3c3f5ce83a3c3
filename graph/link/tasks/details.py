"""Links from a row of a document's task list to the measure of the same document that it itemises."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from graph.link.tasks.task_features import Features, TextRange, clause_grams, clauses_of, features
from graph.link.tasks.task_view import LinkTask
from graph.link.wording.character_pairs import word_weights
from graph.link.wording.headings import core
from graph.model import Detail, Signal
from graph.text import squeeze

# A row is tied where at least this much speaks for a measure, in [0, 1].
_TIED = 0.36
# A list runs in the order of the plan: a step back to an earlier measure has to be worth this much.
_STEP_BACK = 0.12
# What a measure gains that speaks most of the thing which the row names last.
_SPOKEN = 0.15
# Rows that stand under a measure's own title itemise it, whatever their words are.
_UNDER = 0.4
# What is shorter names no measure in particular: 宣传 stands in many headings.
_SHORTEST = 4
# Two names of a few characters each are of one thing where most characters are the same.
_ALIKE = 0.7
# A row itemises a safeguard only where it says again what stands there.
_AGAIN = 0.7
# A second measure is tied where it holds this much of the row that the first does not.
_SECOND = 0.35


def tie(tasks: Sequence[LinkTask]) -> dict[str, tuple[Detail, ...]]:
    """Return the measures that each checklist row itemises, by the row's path; a row that fits none is left out.

    `tasks` are those of one policy in one document, in printed order. A row that says again what a safeguard says
    itemises that; tasks of other kinds are passed over.
    """
    safeguards = [task for task in tasks if task.kind == "safeguard"]
    rows = [task for task in tasks if task.kind == "checklist"]
    measures = [task for task in tasks if task.kind == "measure"]
    if not rows or not measures:
        return {}
    weights = _weights(measures)
    sides = [_Measure(task, weights) for task in measures]
    scores = [_line(row, sides, weights) for row in rows]
    guards = [_Measure(task, {}) for task in safeguards]
    repeated = [_again(row, line, guards) for row, line in zip(rows, scores, strict=True)]
    details: dict[str, tuple[Detail, ...]] = {}
    for row, line, chosen, again in zip(rows, scores, _path(scores), repeated, strict=True):
        if again:
            details[row.path] = (_detail(row, again[0], again[1], weights),)
        elif numbers := _with_second(row, line, chosen, measures, weights):
            details[row.path] = tuple(_detail(row, measures[number], line[number], weights) for number in numbers)
    return details


def _again(row: LinkTask, line: Sequence[float], guards: Sequence["_Measure"]) -> tuple[LinkTask, float] | None:
    """Return the safeguard whose words the row repeats, and how well it fits; None where a measure fits as well."""
    if not guards:
        return None
    wanted, heading = _Words(features(row).grams, {}), _Words(features(row).heading, {})
    scores = [
        _score(features(row), side, wanted, heading) if wanted.held(side.features.bag) >= _AGAIN else 0.0
        for side in guards
    ]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    return (guards[best].task, min(1.0, scores[best])) if scores[best] > max(line) else None


def _weights(measures: Sequence[LinkTask]) -> dict[str, float]:
    """Return the weight of each pair of characters in telling measures apart: pairs that few measures have weigh most."""
    table = word_weights()
    counts = Counter(gram for task in measures for gram in features(task).grams)
    scale = math.log(1 + len(measures))
    return {
        gram: (0.3 + table.get(gram, 1.0)) * math.log(1 + len(measures) / count) / scale
        for gram, count in counts.items()
    }


def _weight(gram: str, weights: dict[str, float]) -> float:
    # A word that no measure has speaks against all of them alike; half its weight keeps short rows readable.
    return weights.get(gram, 0.5 * word_weights().get(gram, 1.0))


class _Words:
    """Some words, weighed once, to be looked for in many places."""

    def __init__(self, words: Sequence[str], weights: dict[str, float]) -> None:
        self.weights = {word: _weight(word, weights) for word in words}
        self.words = frozenset(words)
        self.total = math.fsum(self.weights.values())

    def held(self, there: frozenset[str]) -> float:
        """Return how much of the words' weight is there, in [0, 1]."""
        # The sum is exact, so that the order of a set changes nothing.
        return math.fsum([self.weights[word] for word in self.words & there]) / self.total if self.total else 0.0


class _Measure:
    """A measure as rows are compared with it."""

    def __init__(self, task: LinkTask, weights: dict[str, float]) -> None:
        self.task = task
        self.features = features(task)
        self.subject = core(task.title)
        self.title = _Words(self.features.title, weights)
        self.headings = frozenset((*self.features.heading, *self.features.title))
        self.clauses = [grams for _, grams in _clauses(task)]


@lru_cache(maxsize=1024)
def _clauses(task: LinkTask) -> tuple[tuple[TextRange, frozenset[str]], ...]:
    return tuple((place, frozenset(grams)) for place, grams in clause_grams(task.text))


def _line(row: LinkTask, measures: Sequence[_Measure], weights: dict[str, float]) -> list[float]:
    """Return how well each measure fits a row, in [0, 1]."""
    wanted, heading = _Words(features(row).grams, weights), _Words(features(row).heading, weights)
    scores = [_score(features(row), measure, wanted, heading) for measure in measures]
    # A row across the table that bears a measure's title says which one the rows below it itemise, whatever their words.
    named = [any(_names(one, measure.task.title) for one in row.sections) for measure in measures]
    if any(named):
        return [1.0 if one else 0.0 for one in named]
    spoken, over = _spoken_of(row, measures), core(squeeze(row.theme_heading or ""))
    under = [over != "" and over == measure.subject for measure in measures]
    if not any(under):
        # 点位选址 names what 选好点位 does: of one measure only, or it says nothing.
        alike = [_alike(over, squeeze(measure.task.title)) >= _ALIKE for measure in measures]
        under = alike if sum(alike) == 1 else under
    return [
        min(1.0, (score + _SPOKEN * much if score else 0.0) + _UNDER * below)
        for score, much, below in zip(scores, spoken, under, strict=True)
    ]


def _alike(name: str, title: str) -> float:
    """Return how far two short names are made of the same characters, in [0, 1]."""
    if len(name) < _SHORTEST or len(title) < _SHORTEST:
        return 0.0
    return 2 * (Counter(name) & Counter(title)).total() / (len(name) + len(title))


def _names(heading: str, title: str) -> bool:
    return len(title) >= _SHORTEST and title in heading


def _score(row: Features, measure: _Measure, wanted: _Words, over: _Words) -> float:
    """Return how much of the row the measure holds, in [0, 1]: anywhere, in one clause, and of its heading."""
    anywhere = wanted.held(measure.features.bag)
    if not anywhere:
        return 0.0
    together = max((wanted.held(grams) for grams in measure.clauses), default=0.0)
    heading = measure.title.held(row.bag)
    named = bool(row.names.keys() & measure.features.names.keys())
    section = over.held(measure.headings)
    return 0.5 * anywhere + 0.35 * together + 0.15 * heading + 0.1 * named + 0.1 * section


def _spoken_of(row: LinkTask, measures: Sequence[_Measure]) -> list[float]:
    """Return how much each measure speaks of the row's thing, in [0, 1]: its last word, where it stands most, is 1."""
    ends = [row.text[max(start, end - 2) : end] for start, end in clauses_of(row.text)]
    counts = [sum(one.task.text.count(end) for end in ends if end in one.features.bag) for one in measures]
    most = max(counts, default=0)
    return [count / most if most else 0.0 for count in counts]


def _path(scores: list[list[float]]) -> list[int | None]:
    """Return the measure of each row, or None, so that scores are high and steps back are few."""
    size = len(scores[0])
    # The value of the best way that ends at each measure, and the choice made at each row on it.
    value = [0.0] * size
    back: list[list[int]] = []
    for line in scores:
        best_at = max(range(size), key=lambda at: (value[at], -at))
        ahead, ahead_at = -math.inf, 0
        new, origin = [], []
        for at in range(size):
            if value[at] > ahead:
                ahead, ahead_at = value[at], at
            came = best_at if value[best_at] - _STEP_BACK > ahead else ahead_at
            paid = _STEP_BACK if came > at else 0.0
            new.append(value[came] - paid + max(0.0, line[at] - _TIED))
            origin.append(came)
        back.append(origin)
        value = new
    at = max(range(size), key=lambda end: (value[end], -end))
    chosen: list[int | None] = []
    for line, origin in zip(reversed(scores), reversed(back), strict=True):
        chosen.append(at if line[at] >= _TIED else None)
        at = origin[at]
    return chosen[::-1]


def _with_second(
    row: LinkTask,
    line: list[float],
    chosen: int | None,
    measures: Sequence[LinkTask],
    weights: dict[str, float],
) -> list[int]:
    """Return the measure chosen for a row and one more that holds what the first leaves over."""
    if chosen is None:
        return []
    rest = [gram for gram in features(row).grams if gram not in features(measures[chosen]).bag]
    left = math.fsum(_weight(gram, weights) for gram in rest)
    total = math.fsum(_weight(gram, weights) for gram in features(row).grams)
    if total == 0 or left / total < _SECOND:
        return [chosen]
    words = _Words(rest, weights)
    held = {
        number: words.held(features(task).bag) * left / total
        for number, task in enumerate(measures)
        if number != chosen and line[number] >= _TIED
    }
    second = max(held, key=lambda number: (held[number], -number), default=None)
    return sorted([chosen, second]) if second is not None and held[second] >= _SECOND else [chosen]


def _detail(row: LinkTask, measure: LinkTask, score: float, weights: dict[str, float]) -> Detail:
    wanted, title = _Words(features(row).grams, weights), _Words(features(measure).title, weights)
    closest = max(_clauses(measure), key=lambda one: (wanted.held(one[1]), -one[0][0]), default=None)
    words = measure.span(*closest[0]) if closest else None
    here = row.span(0, len(row.text))
    signals = (
        Signal("wording", round(wanted.held(features(measure).bag), 4), here, words),
        Signal("clause", round(wanted.held(closest[1]), 4) if closest else 0.0, here, words),
        Signal(
            "title",
            round(title.held(features(row).bag), 4),
            here,
            measure.span(0, len(measure.title)),
        ),
    )
    return Detail(measure=measure.path, score=round(score, 4), signals=signals)
