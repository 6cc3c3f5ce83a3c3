"""Which task of a child document carries out which tasks of a parent document, with the reasons."""

import inspect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.link.tasks.alignment import Alignment, align_outlines
from graph.link.tasks.calibration import BESIDE, WEIGHTS, chance, proposed
from graph.link.tasks.deciding_words import DecidingWords
from graph.link.tasks.overlap import Pair
from graph.link.tasks.penalties import punishing
from graph.link.tasks.signals import Signal, for_child, for_parent
from graph.link.tasks.task_view import LinkTask
from graph.model import Judgement, Relation

RULE_VERSION = "cascade-4"
# Scores are kept to this many digits: more would say nothing, and the last bits may differ between machines.
_DIGITS = 4
# Both texts share this much of their words, and the headings this much of theirs: near the same words.
_SAME_WORDS, _SAME_TITLE = 0.8, 0.6
# Below this headings share nothing; from this on a pair has its own heading beside the other links of its tasks.
_NO_TITLE, _OWN_TITLE = 0.03, 0.7
# So much of further sentences, and so near to the closest partner of either, makes a main counterpart.
_SEVERAL, _CLOSEST = 4.5, 0.8
# Pairs less alike than this cannot reach `LINKED`; they are not looked at.
_HOPELESS = 0.18


@dataclass(frozen=True, slots=True)
class Link:
    """A child task that carries out a parent task (or is its counterpart): keys, relation, score, reasons.

    `score` is the chance in [0, 1] that a reader would make this link; `judgement` what a person said of it.
    """

    child: str
    parent: str
    relation: Relation
    score: float
    signals: tuple[Signal, ...]
    rule_version: str = RULE_VERSION
    judgement: Judgement = "none"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One comparison of a pair as it is told to people: what it is (Chinese and English), score, what it adds.

    `adds` is in log odds: positive speaks for the link.
    """

    signal: Signal
    meaning: str
    adds: float


def align(child: Sequence[LinkTask], parent: Sequence[LinkTask]) -> list[Link]:
    """Return the links of two documents, many to many, in printed order of the child; none where nothing corresponds.

    Measures are linked to measures. What a measure has no counterpart for among the measures of the other document is
    looked for in its safeguards, phases and checklist rows: every link has a measure at one end at least.
    """
    links = [link for made, scores in _alignments(child, parent) for link in _links(made, scores)]
    below, above = ({task.key: task.order for task in tasks} for tasks in (child, parent))
    return sorted(links, key=lambda link: (below[link.child], above[link.parent]))


def explain(
    child: LinkTask, parent: LinkTask, children: Sequence[LinkTask], parents: Sequence[LinkTask]
) -> tuple[float, list[Explanation]]:
    """Return the score of a pair of tasks and every comparison that made it, whether or not the two are linked.

    `children` and `parents` are all tasks of the two documents: how a pair ranks depends on the others.
    """
    made, pair = _pair(child.key, parent.key, children, parents)
    words = DecidingWords(made, pair)
    told = []
    for weight in WEIGHTS:
        score = weight.comparison(made, pair)
        meaning = inspect.getdoc(weight.comparison) or weight.comparison.__name__
        signal = _signal(words, weight.comparison.__name__, score)
        told.append(Explanation(signal, meaning.splitlines()[0], round(weight.of(score), _DIGITS)))
    return round(chance(made, pair), _DIGITS), told


def link_of(child: str, parent: str, children: Sequence[LinkTask], parents: Sequence[LinkTask]) -> Link:
    """Return the link of two tasks, given by their keys, whatever its score is: a person asked for it."""
    made, pair = _pair(child, parent, children, parents)
    return _link(made, pair, chance(made, pair))


def _alignments(
    child: Sequence[LinkTask], parent: Sequence[LinkTask]
) -> Iterator[tuple[Alignment, dict[Pair, float]]]:
    """Yield the measures side by side, then those without a link beside the other document's tasks of other kinds.

    Each with the pairs that are linked and their scores. How surely the two documents are kin is told by their measures
    alone: safeguards are alike everywhere.
    """
    made = align_outlines(_measures(child), _measures(parent))
    least = proposed(made)
    scores = _scores(made, least)
    yield made, scores
    below, above = {one for one, _ in scores}, {other for _, other in scores}
    if (others := _others(child)) and len(above) < len(made.parent.tasks):
        yield _beside(made, others, made.parent.tasks, lambda pair: pair[1] not in above)
    if (others := _others(parent)) and len(below) < len(made.child.tasks):
        yield _beside(made, made.child.tasks, others, lambda pair: pair[0] not in below)


def _beside(
    made: Alignment, child: Sequence[LinkTask], parent: Sequence[LinkTask], wanted: Callable[[Pair], bool]
) -> tuple[Alignment, dict[Pair, float]]:
    """Return measures beside tasks of other kinds, and the pairs that are linked among the wanted ones.

    All measures take part: a row that is closer to one that has its counterparts is no counterpart of another.
    """
    beside = align_outlines(child, parent)
    beside.kinship, beside.said = made.kinship, made.said
    scores = _scores(beside, max(proposed(made), BESIDE))
    return beside, {pair: score for pair, score in scores.items() if wanted(pair)}


def _scores(made: Alignment, least: float) -> dict[Pair, float]:
    """Return the pairs whose chance is `least` or more, in order, with it."""
    return {
        pair: score
        for pair, likeness in sorted(made.likeness.items())
        if likeness >= _HOPELESS and (score := chance(made, pair)) >= least
    }


def _links(made: Alignment, scores: Mapping[Pair, float]) -> Iterator[Link]:
    parents, children = Counter(one for one, _ in scores), Counter(other for _, other in scores)
    for pair, score in scores.items():
        yield _link(made, pair, score, max(parents[pair[0]], children[pair[1]]))


def _pair(
    child: str, parent: str, children: Sequence[LinkTask], parents: Sequence[LinkTask]
) -> tuple[Alignment, Pair]:
    """Return the alignment in which the two tasks meet, and their places in it; one of its own where they never do."""
    for made, _ in _alignments(children, parents):
        below, above = ([task.key for task in side.tasks] for side in (made.child, made.parent))
        if child in below and parent in above:
            return made, (below.index(child), above.index(parent))
    sides = _with(children, child), _with(parents, parent)
    below, above = ([task.key for task in side] for side in sides)
    return align_outlines(*sides), (below.index(child), above.index(parent))


def _with(tasks: Sequence[LinkTask], key: str) -> list[LinkTask]:
    return [task for task in tasks if task.kind == "measure" or task.key == key]


def _measures(tasks: Sequence[LinkTask]) -> list[LinkTask]:
    return [task for task in tasks if task.kind == "measure" and not punishing(task.theme_heading)]


def _others(tasks: Sequence[LinkTask]) -> list[LinkTask]:
    return [task for task in tasks if task.kind != "measure"]


def _link(made: Alignment, pair: Pair, score: float, partners: int = 1) -> Link:
    words = DecidingWords(made, pair)
    told = tuple(_signal(words, one.comparison.__name__, one.comparison(made, pair)) for one in WEIGHTS)
    return Link(
        child=made.child.tasks[pair[0]].key,
        parent=made.parent.tasks[pair[1]].key,
        relation=relation(made, pair, partners),
        score=round(score, _DIGITS),
        signals=told,
    )


def _signal(words: DecidingWords, name: str, score: float) -> Signal:
    return Signal(name, round(score, _DIGITS), *(words.of(name) if score > 0 else (None, None)))


def relation(made: Alignment, pair: Pair, partners: int) -> Relation:
    """Return whether the two say near the same, the same with changes, or share only a part of one.

    `partners` is how many links the one of the two that has more has: where a task is linked more than once (split,
    merged), a pair whose headings differ is a part, unless each is the main counterpart of the other.
    """
    overlap = made.overlaps.get(pair)
    if overlap is None:
        return "partial"
    if overlap.lesser_share >= _SAME_WORDS and overlap.title >= _SAME_TITLE:
        return "same"
    if overlap.title >= _OWN_TITLE or _main(made, pair):
        return "adapted"
    if partners > 1 or (overlap.title < _NO_TITLE and overlap.cosine < _SAME_TITLE):
        return "partial"
    return "adapted"


def _main(made: Alignment, pair: Pair) -> bool:
    """Tell whether each of the two has its main counterpart in the other, by more than one sentence."""
    match = made.matches.get(pair)
    closest = min(for_child(made, pair), for_parent(made, pair))
    return match is not None and match.more >= _SEVERAL and closest >= _CLOSEST
