"""Two outlines side by side: how their tasks rank for each other, how headings and order fit, who adds what."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.link.policies.policy_kinship import kin, names_policy
from graph.link.tasks.heading_subjects import subjects_met
from graph.link.tasks.overlap import Overlap, TaskPair, WeighedOutline, dice, mass_of, overlaps_of, weigh
from graph.link.tasks.sentence_matches import SentenceMatch, matches_of
from graph.link.tasks.task_features import TextRange
from graph.link.tasks.task_view import LinkTask

Likeness = Mapping[TaskPair, float]
"""How alike two tasks are, by which pairs are ranked; a pair that shares no telling word is not in it."""

SentencePlace = tuple[int, TextRange]
"""A sentence: its task's place in its outline, and where it stands in the task's text."""
# Of an item of so many sentences each carries something of its own: it is the closest one for a sentence that counts,
# and for the whole item in this part.
_LONG, _WHOLE_ITEM = 5, 0.6
# A single clause that says less by itself is an echo.
_CLAUSE = 1.5
# Strengths are compared as a ratio; this much is added on both sides, so that two near nothings are no ratio.
_FLOOR = 0.3
# To be the closest is nothing much where the closest is weaker than this.
_SOME = 1.0
# At this strength of its closest sentences a task is as likely taken up as not; from the other on more adds nothing.
_EVEN, _MOST = 1.4, 6.0
# What is shorter is no title of a policy but a name.
_SHORTEST_TITLE = 6
# Two documents are kin without doubt where this share of the tasks of one is taken up.
_KIN = 0.8
# Two documents that a person holds to be related are of one family at least this surely.
_RELATED = 0.9


@dataclass(frozen=True, slots=True)
class Kinship:
    """The chance that two policies are of one family, in [0, 1]: by title and citations alone, and by all signs.

    `taken_up` is about the share of the child's tasks that have a counterpart, by the strength of their closest sentences.
    """

    said: float
    overall: float
    taken_up: float

    def held_related(self) -> "Kinship":
        """Return the kinship of the two where a person holds them to be related, whatever their titles say.

        How many of their tasks are alike goes on to tell how likely any two of these are.
        """
        return Kinship(1.0, max(self.overall, _RELATED), self.taken_up)


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Everything about two outlines that the comparisons of single pairs need.

    `overlaps` and `likeness` hold the pairs that share any telling word, `matches` those that have sentences about
    the same; `subjects` how far two headings are about the same; `top_text` is the cosine of the closest whole text of
    each child, `top_parent` and `top_child` are the strength of the closest sentences of each child and of each parent, `tops` that
    of each single sentence of the children which is the closest one of some pair;
    `expected` is the place among the parents where each child would stand between neighbours that have their
    counterparts, `agreement` how far the outlines keep one order, in [0, 1]; `headings` tells how well a heading of
    the child fits one of the parent, in [0, 1]; `rarity` how rare a quoted name, a number or a unit is here, in [0, 1];
    `said` is how much of each parent's words, by weight, stands anywhere in the children, in [0, 1];
    `naming` are the children that name the policy of the parents by its title (推动《…》落地).
    """

    child: WeighedOutline
    parent: WeighedOutline
    weights: dict[str, float]
    overlaps: dict[TaskPair, Overlap]
    subjects: dict[TaskPair, float]
    matches: dict[TaskPair, SentenceMatch]
    likeness: Likeness
    top_text: tuple[float, ...]
    top_parent: tuple[float, ...]
    top_child: tuple[float, ...]
    tops: dict[SentencePlace, float]
    expected: tuple[float, ...]
    agreement: float
    kinship: Kinship
    headings: dict[tuple[str, str], float]
    rarity: dict[str, float]
    said: tuple[float, ...]
    naming: frozenset[int]

    def rival(self, pair: TaskPair) -> float:
        """Return the strength of the closest sentences with which those of a pair have to compete for the child.

        In a long item every sentence may carry out a task of its own: mainly its own counterparts are its rivals.
        """
        top, match = self.top_parent[pair[0]], self.matches.get(pair)
        if match is None or match.strength < _CLAUSE or len(self.child.features[pair[0]].sentences) < _LONG:
            return top
        own = self.tops[pair[0], match.child]
        return own + (top - own) * _WHOLE_ITEM

    def nearness(self, pair: TaskPair, top: float) -> float:
        """Return how near the closest sentences of a pair come to the closest ones, of strength `top`, in [0, 1]."""
        match = self.matches.get(pair)
        return ((match.strength if match else 0.0) + _FLOOR) / (max(top, _SOME) + _FLOOR)


def align_outlines(
    children: Sequence[LinkTask], parents: Sequence[LinkTask], kinship: Kinship | None = None
) -> Alignment:
    """Return the alignment of two outlines, both in printed order.

    `kinship` is that of the two policies where it is known already; else these tasks tell it.
    """
    below, above, weights = weigh(children, parents)
    overlaps = overlaps_of(below, above, weights)
    matches = matches_of(below, above, weights)
    likeness = _likeness(overlaps, matches)
    anchors = _anchors(likeness, len(children), len(parents))
    top_parent = _strongest(matches, 0, len(children))
    top_child = _strongest(matches, 1, len(parents))
    return Alignment(
        child=below,
        parent=above,
        weights=weights,
        overlaps=overlaps,
        subjects=subjects_met(below.features, above.features),
        matches=matches,
        likeness=likeness,
        top_text=_closest_text(overlaps, len(children)),
        top_parent=top_parent,
        top_child=top_child,
        tops=_tops(matches),
        expected=_expected(anchors, len(children), len(parents)),
        agreement=_agreement(anchors, likeness),
        kinship=kinship or _kinship(children, parents, _taken_up(top_parent), _taken_up(top_child)),
        headings=_headings(below, above, weights, likeness),
        rarity=_rarity(below, above),
        said=_said(below, above, weights),
        naming=_naming(below, above),
    )


def _likeness(overlaps: Mapping[TaskPair, Overlap], matches: Mapping[TaskPair, SentenceMatch]) -> Likeness:
    likeness = {pair: overlap.likeness for pair, overlap in overlaps.items()}
    for pair, match in matches.items():
        likeness[pair] += min(match.strength, _MOST) / _MOST
    return likeness


def _anchors(likeness: Likeness, rows: int, columns: int) -> dict[int, int]:
    """Return the parent of every child whose closest parent has it as its closest child; of equals the first counts."""
    nobody = (0.0, -1)
    best_parent, best_child = [nobody] * rows, [nobody] * columns
    for (child, parent), value in likeness.items():
        if value > best_parent[child][0]:
            best_parent[child] = (value, parent)
        if value > best_child[parent][0]:
            best_child[parent] = (value, child)
    return {
        child: parent
        for child, (value, parent) in enumerate(best_parent)
        if value > 0 and best_child[parent][1] == child
    }


def _strongest(matches: Mapping[TaskPair, SentenceMatch], side: int, size: int) -> tuple[float, ...]:
    """Return the strength of the closest sentences of each of the `size` tasks of a side: 0 the children, 1 the parents."""
    top = [0.0] * size
    for pair, match in matches.items():
        top[pair[side]] = max(top[pair[side]], match.strength)
    return tuple(top)


def _closest_text(overlaps: Mapping[TaskPair, Overlap], size: int) -> tuple[float, ...]:
    """Return the cosine of the whole text of each of the `size` children with that of its closest parent."""
    top = [0.0] * size
    for (child, _), overlap in overlaps.items():
        top[child] = max(top[child], overlap.cosine)
    return tuple(top)


def _tops(matches: Mapping[TaskPair, SentenceMatch]) -> dict[SentencePlace, float]:
    """Return how strong the closest pair of each sentence of the child is, of those that are the closest of a pair."""
    tops: dict[SentencePlace, float] = {}
    for pair, match in matches.items():
        place = pair[0], match.child
        tops[place] = max(tops.get(place, 0.0), match.strength)
    return tops


def _kinship(children: Sequence[LinkTask], parents: Sequence[LinkTask], below: float, above: float) -> Kinship:
    """Return the chance that two policies are kin, by their titles and citations and by the shares of tasks that are taken up.

    `below` is the share of the children, `above` that of the parents.
    """
    said = kin(children[0].standing, parents[0].standing) if children and parents else 0.0
    met = min(_KIN, max(below, above)) / _KIN
    return Kinship(said, 1 - (1 - met) * (1 - said), below)


def _taken_up(tops: Sequence[float]) -> float:
    """Return the share of tasks that are taken up, from the strength of the closest sentences of each."""
    return math.fsum(top**4 / (top**4 + _EVEN**4) for top in tops) / len(tops) if tops else 0.0


def _expected(anchors: Mapping[int, int], rows: int, columns: int) -> tuple[float, ...]:
    """Return where among the parents each child would stand, between the anchored tasks before and after it."""
    stops = [(-1, -1), *anchors.items(), (rows, columns)]
    places: list[float] = []
    for before, after in pairwise(stops):
        for row in range(before[0] + 1, after[0]):
            places.append(before[1] + (after[1] - before[1]) * (row - before[0]) / (after[0] - before[0]))
        if after[0] < rows:
            places.append(float(after[1]))
    return tuple(places)


def _agreement(anchors: Mapping[int, int], likeness: Likeness) -> float:
    """Return how far the two outlines keep one order, in [0, 1]; 0 where they do not or where too little is known."""
    alike = crossed = 0.0
    pairs = list(anchors.items())
    for at, pair in enumerate(pairs):
        for later in pairs[at + 1 :]:
            weight = min(likeness[pair], likeness[later])
            if later[1] > pair[1]:
                alike += weight
            else:
                crossed += weight
    return max(0.0, (alike - crossed) / (alike + crossed + 1.0))


def _headings(
    child: WeighedOutline, parent: WeighedOutline, weights: dict[str, float], likeness: Likeness
) -> dict[tuple[str, str], float]:
    """Return how well each heading of the child fits each of the parent, in [0, 1]: by its words and by its tasks."""
    turned = {(above, below): value for (below, above), value in likeness.items()}
    rows_of, columns_of = _sections(child), _sections(parent)
    mass = {
        (head, other): (_reach(likeness, rows, columns) + _reach(turned, columns, rows)) / 2
        for head, rows in rows_of.items()
        for other, columns in columns_of.items()
    }
    best_below = {head: max(mass[head, other] for other in columns_of) for head in rows_of if columns_of}
    best_above = {other: max(mass[head, other] for head in rows_of) for other in columns_of if rows_of}
    fits = {}
    for (head, other), value in mass.items():
        here, there = child.features[rows_of[head][0]], parent.features[columns_of[other][0]]
        words = dice(here.heading, there.heading, weights)
        fits[head, other] = 0.5 * words + 0.5 * value / max(best_below[head], best_above[other], 1e-9)
    return fits


def _sections(outline: WeighedOutline) -> dict[str, list[int]]:
    """Return the tasks below each heading, by their places."""
    sections: dict[str, list[int]] = {}
    for number, task in enumerate(outline.tasks):
        if task.theme_heading:
            sections.setdefault(task.theme_heading, []).append(number)
    return sections


def _reach(likeness: Likeness, these: Sequence[int], those: Sequence[int]) -> float:
    """Return the mean, over the tasks of one section, of their best likeness in the other."""
    best = (max((likeness.get((near, far), 0.0) for far in those), default=0.0) for near in these)
    return math.fsum(best) / len(these)


def _rarity(child: WeighedOutline, parent: WeighedOutline) -> dict[str, float]:
    """Return how rare each quoted name, number and unit is among these tasks, in [0, 1]."""
    counts: Counter[str] = Counter()
    for known in (*child.features, *parent.features):
        counts.update({*known.names, *known.numbers, *known.units})
    total = len(child.features) + len(parent.features)
    return {word: math.log(1 + total / count) / math.log(1 + total) for word, count in counts.items()}


def _said(child: WeighedOutline, parent: WeighedOutline, weights: dict[str, float]) -> tuple[float, ...]:
    """Return how much of the words of each parent, by weight, stands in any of the children."""
    there: set[str] = set().union(*(known.bag for known in child.features))
    return tuple(
        mass_of((gram for gram in known.grams if gram in there), weights) / mass if mass else 0.0
        for known, mass in zip(parent.features, parent.mass, strict=True)
    )


def _naming(child: WeighedOutline, parent: WeighedOutline) -> frozenset[int]:
    """Return the places of the tasks that name the policy of the parents by its title."""
    names = parent.tasks[0].standing.names if parent.tasks else frozenset()
    told = (
        (at, name) for at, known in enumerate(child.features) for name in known.names if len(name) >= _SHORTEST_TITLE
    )
    return frozenset(at for at, name in told if names and names_policy(name, names))
