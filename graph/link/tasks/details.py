"""Links from a row of a document's task list to the measure of the same document that it itemises.

Rows and measures that share no words are never looked at together: what a row says finds the measures that say it, so that
a long list beside a long plan takes as long as both are, not as their product.
"""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.link.tasks.task_features import TextRange, clause_grams, clauses_of, names_of
from graph.link.tasks.task_view import LinkTask
from graph.link.wording.character_pairs import grams_of, word_weights
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

Fits = dict[int, float]
"""How well measures fit a row, in [0, 1], by their numbers; one that is not there fits not at all."""
# From which measure on a value holds, the value, and the measure that the way came from.
_Step = tuple[int, float, int]


def tie(tasks: Sequence[LinkTask]) -> dict[str, tuple[Detail, ...]]:
    """Return the measures that each checklist row itemises, by the row's path; a row that fits none is left out.

    `tasks` are those of one policy in one document, in printed order. A row that says again what a safeguard says
    itemises that; tasks of other kinds are passed over.
    """
    safeguards = [_Said(task) for task in tasks if task.kind == "safeguard"]
    rows = [_Said(task) for task in tasks if task.kind == "checklist"]
    said = [_Said(task) for task in tasks if task.kind == "measure"]
    if not rows or not said:
        return {}
    measures, guards = _Measures(said, _weights(said)), _Measures(safeguards, {})
    lines = [measures.line(row) for row in rows]
    details: dict[str, tuple[Detail, ...]] = {}
    for row, line, chosen in zip(rows, lines, _path(lines), strict=True):
        if again := _again(row, line, guards):
            details[row.task.path] = (_detail(row, again[0], again[1], measures.weights),)
        elif numbers := _with_second(row, line, chosen, measures):
            details[row.task.path] = tuple(
                _detail(row, said[number], line[number], measures.weights) for number in numbers
            )
    return details


class _Said:
    """A task with the words of its text, its title and the heading above it, taken apart once."""

    def __init__(self, task: LinkTask) -> None:
        self.task = task
        self.grams = grams_of(task.text)
        self.title = grams_of(task.title)
        self.heading = grams_of(core(task.theme_heading or ""))
        self.bag = frozenset(self.grams)
        self.names = names_of(task.text).keys()

    def clauses(self) -> Iterator[tuple[TextRange, frozenset[str]]]:
        """Yield the places of the clauses with the words of each."""
        return ((place, frozenset(grams)) for place, grams in clause_grams(self.task.text))


def _weights(measures: Sequence[_Said]) -> dict[str, float]:
    """Return the weight of each pair of characters in telling measures apart: pairs that few measures have weigh most."""
    table = word_weights()
    counts = Counter(gram for one in measures for gram in one.grams)
    scale = math.log(1 + len(measures))
    return {
        gram: (0.3 + table.get(gram, 1.0)) * math.log(1 + len(measures) / count) / scale
        for gram, count in counts.items()
    }


def _weighed(grams: Iterable[str], weights: Mapping[str, float]) -> list[float]:
    """Return the weights of some words, in their order."""
    # A word that no measure has speaks against all of them alike; half its weight keeps short rows readable.
    table = word_weights()
    return [weights[gram] if gram in weights else 0.5 * table.get(gram, 1.0) for gram in grams]


class _Words:
    """Some words, weighed once, to be looked for in many places."""

    def __init__(self, words: Sequence[str], weights: Mapping[str, float]) -> None:
        self.weights = dict(zip(words, _weighed(words, weights), strict=True))
        self.words = frozenset(words)
        self.total = math.fsum(self.weights.values())

    def held(self, there: frozenset[str]) -> float:
        """Return how much of the words' weight is there, in [0, 1]."""
        # The sum is exact, so that the order of a set changes nothing.
        return math.fsum([self.weights[word] for word in self.words & there]) / self.total if self.total else 0.0

    def held_by(self, places: "_Places") -> dict[int, float]:
        """Return how much of the words' weight each place holds, in [0, 1], by its number; those that hold any of them."""
        found: dict[int, list[float]] = defaultdict(list)
        for word, weight in self.weights.items():
            for number in places.of(word):
                found[number].append(weight)
        return {number: math.fsum(held) / self.total for number, held in found.items()} if self.total else {}


class _Places:
    """Which places hold a word: the numbers of the word sets that it stands in."""

    def __init__(self, places: Iterable[Iterable[str]]) -> None:
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(places):
            for word in words:
                self._numbers[word].append(number)

    def of(self, word: str) -> Sequence[int]:
        """Return the numbers of the places that hold the word, rising."""
        return self._numbers.get(word, ())


class _Measures:
    """The measures of a policy, to be found by what rows say of them."""

    def __init__(self, said: Sequence[_Said], weights: Mapping[str, float]) -> None:
        self.said, self.weights = said, weights
        self._titles = [_Words(one.title, weights) for one in said]
        self._of_title = _Places(one.title for one in said)
        self._of_text = _Places(one.bag for one in said)
        self._of_headings = _Places(frozenset((*one.heading, *one.title)) for one in said)
        clauses = [(number, words) for number, one in enumerate(said) for _, words in one.clauses()]
        self._of_clause = _Places(words for _, words in clauses)
        self._measure_of = [number for number, _ in clauses]
        self._subjects = [core(one.task.title) for one in said]
        self._named: dict[tuple[str, ...], Fits] = {}
        self._under: dict[str, frozenset[int]] = {}
        self._spoken: dict[str, dict[int, int]] = {}

    def scores(self, row: _Said, least: float = 0.0) -> Fits:
        """Return how much of the row each measure holds, in [0, 1]: anywhere, in one clause, and of its heading.

        Left out are measures that hold nothing of it anywhere, or less than `least`.
        """
        wanted, over = _Words(row.grams, self.weights), _Words(row.heading, self.weights)
        anywhere = {at: held for at, held in wanted.held_by(self._of_text).items() if held and held >= least}
        together: dict[int, float] = {}
        for clause, held in wanted.held_by(self._of_clause).items():
            at = self._measure_of[clause]
            together[at] = max(held, together.get(at, 0.0))
        section = over.held_by(self._of_headings)
        titles = {at for word in row.bag for at in self._of_title.of(word)}
        return {
            at: 0.5 * held
            + 0.35 * together.get(at, 0.0)
            + 0.15 * (self._titles[at].held(row.bag) if at in titles else 0.0)
            + 0.1 * (not row.names.isdisjoint(self.said[at].names))
            + 0.1 * section.get(at, 0.0)
            for at, held in anywhere.items()
        }

    def line(self, row: _Said) -> Fits:
        """Return how well the measures fit a row."""
        # A row across the table that bears a measure's title says which one the rows below it itemise, whatever their words.
        if named := self._named_in(row.task.sections):
            return named
        scores, spoken = self.scores(row), self._spoken_of(row.task)
        line = {at: score + _SPOKEN * spoken.get(at, 0.0) for at, score in scores.items()}
        for at in self._below(core(squeeze(row.task.theme_heading or ""))):
            line[at] = line.get(at, 0.0) + _UNDER
        return {at: min(1.0, value) for at, value in line.items()}

    def _named_in(self, sections: tuple[str, ...]) -> Fits:
        """Return the measures whose title one of the headings bears."""
        if sections not in self._named:
            titles = enumerate(one.task.title for one in self.said)
            found = {at: 1.0 for at, title in titles if any(_names(one, title) for one in sections)}
            self._named[sections] = found if sections else {}
        return self._named[sections]

    def _below(self, over: str) -> frozenset[int]:
        """Return the measures whose title the heading above a row is."""
        if over not in self._under:
            under = [at for at, subject in enumerate(self._subjects) if over and over == subject]
            if not under and len(over) >= _SHORTEST:
                # 点位选址 names what 选好点位 does: of one measure only, or it says nothing.
                titles = enumerate(squeeze(one.task.title) for one in self.said)
                alike = [at for at, title in titles if _alike(over, title) >= _ALIKE]
                under = alike if len(alike) == 1 else []
            self._under[over] = frozenset(under)
        return self._under[over]

    def _spoken_of(self, row: LinkTask) -> dict[int, float]:
        """Return how much measures speak of the row's thing, in [0, 1]: its last word, where it stands most, is 1."""
        counts: Counter[int] = Counter()
        for start, end in clauses_of(row.text):
            word = row.text[max(start, end - 2) : end]
            if word not in self._spoken:
                self._spoken[word] = {at: self.said[at].task.text.count(word) for at in self._of_text.of(word)}
            counts.update(self._spoken[word])
        most = max(counts.values(), default=0)
        return {at: count / most for at, count in counts.items()} if most else {}


def _again(row: _Said, line: Fits, guards: _Measures) -> tuple[_Said, float] | None:
    """Return the safeguard whose words the row repeats, and how well it fits; None where a measure fits as well."""
    scores = guards.scores(row, _AGAIN) if guards.said else {}
    best = max(scores, key=lambda at: (scores[at], -at), default=None)
    if best is None or scores[best] <= max(line.values(), default=0.0):
        return None
    return guards.said[best], min(1.0, scores[best])


def _alike(name: str, title: str) -> float:
    """Return how far two short names are made of the same characters, in [0, 1]."""
    if len(name) < _SHORTEST or len(title) < _SHORTEST:
        return 0.0
    return 2 * (Counter(name) & Counter(title)).total() / (len(name) + len(title))


def _names(heading: str, title: str) -> bool:
    return len(title) >= _SHORTEST and title in heading


def _path(lines: Sequence[Fits]) -> list[int | None]:
    """Return the measure of each row, or None, so that scores are high and steps back are few.

    The value of the best way that ends at each measure is told by steps: it is that of the best way up to there, or of
    the best of all less a step back, and more only at the measures that the row itself fits.
    """
    steps: list[_Step] = [(0, 0.0, 0)]
    gained: dict[int, float] = {}
    back: list[list[_Step]] = []
    for line in lines:
        steps = _onward(_risen(steps, gained))
        back.append(steps)
        gained = {at: _before(steps, at)[1] + (fit - _TIED) for at, fit in line.items() if fit > _TIED}
    at = _risen(steps, gained)[-1][0]
    chosen: list[int | None] = []
    for line, origins in zip(reversed(lines), reversed(back), strict=True):
        chosen.append(at if line.get(at, 0.0) >= _TIED else None)
        at = _before(origins, at)[2]
    return chosen[::-1]


def _before(steps: Sequence[_Step], at: int) -> _Step:
    return steps[bisect_right(steps, at, key=lambda step: step[0]) - 1]


def _risen(steps: Sequence[_Step], gained: Mapping[int, float]) -> list[_Step]:
    """Return where the values of the ways, read from the first measure on, exceed all before."""
    values = {at: value for at, value, _ in steps} | dict(gained)
    risen: list[_Step] = []
    for at in sorted(values):
        if not risen or values[at] > risen[-1][1]:
            risen.append((at, values[at], at))
    return risen


def _onward(risen: Sequence[_Step]) -> list[_Step]:
    """Return the values from which the next row goes on: a step back from the best is worth more than a low way."""
    best, most, _ = risen[-1]
    least = most - _STEP_BACK
    kept = [step for step in risen if step[1] >= least]
    return kept if kept[0][0] == 0 else [(0, least, best), *kept]


def _with_second(row: _Said, line: Fits, chosen: int | None, measures: _Measures) -> list[int]:
    """Return the measure chosen for a row and one more that holds what the first leaves over."""
    if chosen is None:
        return []
    weights = measures.weights
    rest = [gram for gram in row.grams if gram not in measures.said[chosen].bag]
    left = math.fsum(_weighed(rest, weights))
    total = math.fsum(_weighed(row.grams, weights))
    if total == 0 or left / total < _SECOND:
        return [chosen]
    words = _Words(rest, weights)
    held = {
        number: words.held(measures.said[number].bag) * left / total
        for number, fit in line.items()
        if number != chosen and fit >= _TIED
    }
    second = max(held, key=lambda number: (held[number], -number), default=None)
    return sorted([chosen, second]) if second is not None and held[second] >= _SECOND else [chosen]


def _detail(row: _Said, measure: _Said, score: float, weights: Mapping[str, float]) -> Detail:
    wanted, title = _Words(row.grams, weights), _Words(measure.title, weights)
    closest = max(measure.clauses(), key=lambda one: (wanted.held(one[1]), -one[0][0]), default=None)
    task, here = measure.task, row.task.span(0, len(row.task.text))
    words = task.span(*closest[0]) if closest else None
    signals = (
        Signal("wording", round(wanted.held(measure.bag), 4), here, words),
        Signal("clause", round(wanted.held(closest[1]), 4) if closest else 0.0, here, words),
        Signal("title", round(title.held(row.bag), 4), here, task.span(0, len(task.title))),
    )
    return Detail(measure=task.path, score=round(score, 4), signals=signals)
