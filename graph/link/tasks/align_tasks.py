"""Links from the tasks of a child document to the tasks of a parent document that they carry out, with the reasons."""

import inspect
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graph.link.tasks.alignment import Alignment, align_outlines
from graph.link.tasks.calibration import WEIGHTS, chance, doubtful, near, proposed
from graph.link.tasks.deciding_words import DecidingWords
from graph.link.tasks.dutiless_items import explaining, punishing
from graph.link.tasks.link_thresholds import AHEAD, BESIDE, LINKED
from graph.link.tasks.named_members import named_members
from graph.link.tasks.overlap import TaskPair
from graph.link.tasks.signals import for_parent
from graph.link.tasks.task_view import LinkTask
from graph.model import Judgement, Relation, Signal

RULE_VERSION = "cascade-6"
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
class TaskLink:
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


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """Some tasks of both documents side by side, and the pairs of them that are linked, in order, with their scores.

    `nearly` holds the pairs that are doubtful: no links, and more than nothing speaks for them.
    """

    alignment: Alignment
    scores: Mapping[TaskPair, float]
    nearly: Mapping[TaskPair, float]

    def place_of(self, child: str, parent: str) -> TaskPair | None:
        """Return where two tasks, given by their keys, stand here; None where either does not."""
        below, above = ([task.key for task in side.tasks] for side in (self.alignment.child, self.alignment.parent))
        return (below.index(child), above.index(parent)) if child in below and parent in above else None

    def keys_of(self, pair: TaskPair) -> tuple[str, str]:
        """Return the keys of the two tasks of a pair."""
        return self.alignment.child.tasks[pair[0]].key, self.alignment.parent.tasks[pair[1]].key


class AlignedTasks:
    """Two documents aligned once: their links, and what is asked later of any pair of their tasks, linked or not."""

    def __init__(self, children: Sequence[LinkTask], parents: Sequence[LinkTask], *, related: bool = False) -> None:
        """Take all tasks of a child and of a parent document, in printed order.

        `related` tells that a person holds the two to be related: then no title and no citation speaks against it.
        """
        self.children = tuple(children)
        self.parents = tuple(parents)
        self._related = related

    @cached_property
    def links(self) -> list[TaskLink]:
        """The links of the two, many to many, in printed order of the child; none where nothing corresponds.

        Measures are linked to measures. What a measure has no counterpart for among the measures of the other document
        is looked for in its safeguards, phases and checklist rows: every link has a measure at one end at least.
        """
        links = [link for stage in self._stages for link in _links(stage)]
        below, above = ({task.key: task.order for task in side} for side in (self.children, self.parents))
        return sorted(links, key=lambda link: (below[link.child], above[link.parent]))

    @cached_property
    def nearest(self) -> list[TaskLink]:
        """What nearly made a link, for each measure that has none: its nearest task of the other document.

        A measure to which no task comes so near has nothing here, unless a clause names its object as one of several:
        else nothing speaks for a counterpart.
        """
        linked = {key for link in self.links for key in (link.child, link.parent)}
        open_ends = {task.key for side in (self.children, self.parents) for task in _measures(side)} - linked
        best: dict[str, tuple[float, _Stage, TaskPair]] = {}
        for stage in self._stages:
            for pair, score in stage.nearly.items():
                child, parent = stage.keys_of(pair)
                # In pieces a parent may stand below; that says nothing of what the lower document has of its own.
                ends = {child, parent} if near(stage.alignment, pair, score) else {parent}
                for key in open_ends & ends:
                    if key not in best or score > best[key][0]:
                        best[key] = (score, stage, pair)
        once = {stage.keys_of(pair): _link(stage.alignment, pair, score) for score, stage, pair in best.values()}
        once |= self._named_among_several(open_ends - best.keys())
        return [once[keys] for keys in sorted(once)]

    def _named_among_several(self, wanted: Collection[str]) -> dict[tuple[str, str], TaskLink]:
        """Return, for those parents whose object a clause of a child names as one of several, the likeliest such child."""
        stage = self._stages[0]
        best: dict[str, TaskLink] = {}
        for pair, clause in sorted(named_members(stage.alignment.child.tasks, stage.alignment.parent.tasks).items()):
            child, parent = stage.alignment.child.tasks[pair[0]], stage.alignment.parent.tasks[pair[1]]
            if parent.key not in wanted:
                continue
            link = _link(stage.alignment, pair, chance(stage.alignment, pair))
            if parent.key not in best or link.score > best[parent.key].score:
                said = Signal("member", 1.0, child.span(*clause), parent.span(*_title_of(parent)))
                best[parent.key] = replace(link, signals=(said, *link.signals))
        return {(link.child, link.parent): link for link in best.values()}

    def link(self, child: str, parent: str) -> TaskLink:
        """Return the link of two tasks, given by their keys, whatever its score is: a person asked for it."""
        alignment, pair = self._pair(child, parent)
        return _link(alignment, pair, chance(alignment, pair))

    def explain(self, child: str, parent: str) -> tuple[float, list[Explanation]]:
        """Return the score of two tasks, given by their keys, and every comparison that made it, linked or not."""
        alignment, pair = self._pair(child, parent)
        words = DecidingWords(alignment, pair)
        told = []
        for weight in WEIGHTS:
            score = weight.comparison(alignment, pair)
            meaning = inspect.getdoc(weight.comparison) or weight.comparison.__name__
            signal = _signal(words, weight.comparison.__name__, score)
            told.append(Explanation(signal, meaning.splitlines()[0], round(weight.of(score), _DIGITS)))
        return round(chance(alignment, pair), _DIGITS), told

    @cached_property
    def _stages(self) -> tuple[_Stage, ...]:
        return tuple(_stages(self.children, self.parents, related=self._related))

    def _pair(self, child: str, parent: str) -> tuple[Alignment, TaskPair]:
        """Return the first alignment in which two tasks meet, and their places; one of its own where they never do."""
        for stage in self._stages:
            if (pair := stage.place_of(child, parent)) is not None:
                return stage.alignment, pair
        asked = _aligned(_with(self.children, child), _with(self.parents, parent), related=self._related)
        stage = _Stage(asked, {}, {})
        if (pair := stage.place_of(child, parent)) is None:
            raise ValueError(f"{child} and {parent} are not tasks of these two documents")
        return stage.alignment, pair


def align(children: Sequence[LinkTask], parents: Sequence[LinkTask]) -> list[TaskLink]:
    """Return the links of two documents as `AlignedTasks` finds them."""
    return AlignedTasks(children, parents).links


def _aligned(children: Sequence[LinkTask], parents: Sequence[LinkTask], *, related: bool) -> Alignment:
    alignment = align_outlines(children, parents)
    return replace(alignment, kinship=alignment.kinship.held_related()) if related else alignment


def _stages(children: Sequence[LinkTask], parents: Sequence[LinkTask], *, related: bool) -> Iterator[_Stage]:
    """Yield the measures side by side, then those without a link beside the other document's tasks of other kinds.

    How surely the two documents are kin is told by their measures alone: safeguards are alike everywhere.
    """
    alignment = _aligned(_measures(children), _measures(parents), related=related)
    scores, nearly = _scores(alignment, proposed(alignment))
    yield _Stage(alignment, scores, nearly)
    below, above = alignment.child.tasks, alignment.parent.tasks
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for pair, score in scores.items():
        for side in (0, 1):
            best[side][pair[side]] = max(score, best[side].get(pair[side], 0.0))
    if others := _others(children):
        yield _beside(alignment, others, above, _fitting(0, best[1]))
    if others := _others(parents):
        yield _beside(alignment, below, others, _fitting(1, best[0]))


def _fitting(side: int, best: Mapping[int, float]) -> Callable[[TaskPair, float], bool]:
    """Return what tells which pairs of a measure and another task are links: `side` is that of the others in a pair.

    A measure without a link may have one to any of them, one that has links to what fits clearly better.
    """

    def fits(pair: TaskPair, score: float) -> bool:
        linked = best.get(pair[1 - side])
        return linked is None or score >= linked + AHEAD

    return fits


def _beside(
    measures: Alignment, child: Sequence[LinkTask], parent: Sequence[LinkTask], fits: Callable[[TaskPair, float], bool]
) -> _Stage:
    """Return measures beside tasks of other kinds, and the pairs that are linked among those that fit.

    All measures take part: a row that is closer to one that has its counterparts is no counterpart of another.
    """
    alignment = align_outlines(child, parent, measures.kinship)
    scores, nearly = _scores(alignment, max(proposed(measures), BESIDE))
    chosen = ({pair: score for pair, score in listed.items() if fits(pair, score)} for listed in (scores, nearly))
    return _Stage(alignment, *chosen)


def _scores(alignment: Alignment, least: float) -> tuple[dict[TaskPair, float], dict[TaskPair, float]]:
    """Return the pairs whose chance is `least` or more, in order, with it; and likewise those that are doubtful."""
    linked: dict[TaskPair, float] = {}
    nearly: dict[TaskPair, float] = {}
    for pair, likeness in sorted(alignment.likeness.items()):
        if likeness < _HOPELESS:
            continue
        score = chance(alignment, pair)
        # An item that names the other policy leaves no doubt that the two have to do with each other.
        if score >= (min(least, LINKED) if pair[0] in alignment.naming else least):
            linked[pair] = score
        elif doubtful(alignment, pair, score):
            nearly[pair] = score
    return linked, nearly


def _links(stage: _Stage) -> Iterator[TaskLink]:
    parents, children = Counter(pair[0] for pair in stage.scores), Counter(pair[1] for pair in stage.scores)
    for pair, score in stage.scores.items():
        yield _link(stage.alignment, pair, score, max(parents[pair[0]], children[pair[1]]))


def _with(tasks: Sequence[LinkTask], key: str) -> list[LinkTask]:
    return [task for task in tasks if task.kind == "measure" or task.key == key]


def _measures(tasks: Sequence[LinkTask]) -> list[LinkTask]:
    return [
        task
        for task in tasks
        if task.kind == "measure" and not punishing(task.theme_heading) and not explaining(task.text)
    ]


def _others(tasks: Sequence[LinkTask]) -> list[LinkTask]:
    return [task for task in tasks if task.kind != "measure"]


def _link(alignment: Alignment, pair: TaskPair, score: float, partners: int = 1) -> TaskLink:
    words = DecidingWords(alignment, pair)
    told = tuple(_signal(words, one.comparison.__name__, one.comparison(alignment, pair)) for one in WEIGHTS)
    return TaskLink(
        child=alignment.child.tasks[pair[0]].key,
        parent=alignment.parent.tasks[pair[1]].key,
        relation=relation(alignment, pair, partners),
        score=round(score, _DIGITS),
        signals=told,
    )


def _title_of(task: LinkTask) -> tuple[int, int]:
    at = max(0, task.text.find(task.title))
    return at, at + len(task.title)


def _signal(words: DecidingWords, name: str, score: float) -> Signal:
    return Signal(name, round(score, _DIGITS), *(words.of(name) if score > 0 else (None, None)))


def relation(alignment: Alignment, pair: TaskPair, partners: int) -> Relation:
    """Return whether the two say near the same, the same with changes, or share only a part of one.

    `partners` is how many links the one of the two that has more has: where a task is linked more than once (split,
    merged), a pair whose headings differ is a part, unless each is the main counterpart of the other.
    """
    overlap = alignment.overlaps.get(pair)
    if overlap is None:
        return "partial"
    if overlap.lesser_share >= _SAME_WORDS and overlap.title >= _SAME_TITLE:
        return "same"
    if overlap.title >= _OWN_TITLE or _main(alignment, pair):
        return "adapted"
    if partners > 1 or (overlap.title < _NO_TITLE and overlap.cosine < _SAME_TITLE):
        return "partial"
    return "adapted"


def _main(alignment: Alignment, pair: TaskPair) -> bool:
    """Tell whether each of the two has its main counterpart in the other, by more than one sentence."""
    match = alignment.matches.get(pair)
    closest = min(alignment.nearness(pair, alignment.rival(pair)), for_parent(alignment, pair))
    return match is not None and match.more >= _SEVERAL and closest >= _CLOSEST
