"""Policies that probably carry out another without naming it: proposals for a person, never facts."""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from graph.gazetteer.places import by_key, is_within
from graph.link.policies.policy_kinship import subject_of, subjects_shared
from graph.link.wording.character_pairs import grams_of, word_weights
from graph.schema.vocabulary import order_of
from graph.text import fold

# Titles that share so much of what they are about are of one subject.
_SUBJECT = 0.6
# Levels between the two: a city carries out its province and the centre, a town its county and city.
_STEPS = 2
# So many tasks, and so much of the shorter of the two outlines, must be alike by their headings.
_FEW, _SHARE = 3, 0.2
# Headings that share so much of the weight of their words are alike; one that weighs less says nothing (加强组织领导).
_ALIKE, _SLOGAN = 0.6, 2.8
# Pairs of characters that tell less, or stand in more titles than these, are no ground to look at two titles.
_TELLING, _COMMON = 0.3, 400

Headings = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]
"""Gives the headings of the measures of policies, by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPolicy:
    """A policy that is held in full, as far as its head tells what it may carry out."""

    key: str
    title: str
    level: str
    place: str
    issued: date | None = None


class ProbableRelation(NamedTuple):
    """A policy that probably carries out another: how many tasks are alike, of how many of the shorter outline."""

    child: str
    parent: str
    alike: int
    tasks: int


def probable_relations(
    policies: Sequence[HeldPolicy],
    related: Callable[[str, str], bool],
    headings: Headings,
    about: Collection[str] | None = None,
) -> list[ProbableRelation]:
    """Return the probable relations of policies, those with most alike tasks first.

    `related` tells whether the graph knows already that the one (by key) carries out the other or the other way round;
    `about` are the policies of which at least one must take part, None for any.
    """
    pairs = [
        (child, parent)
        for child, parent in _one_subject(policies)
        if (about is None or child in about or parent in about) and not related(child, parent)
    ]
    if not pairs:
        return []
    told = headings(list(dict.fromkeys(key for pair in pairs for key in pair)))
    weighed = {key: _weighed(listed) for key, listed in told.items()}
    found = []
    for child, parent in pairs:
        below, above = weighed.get(child, []), weighed.get(parent, [])
        alike, tasks = _met(below, above), min(len(below), len(above))
        if alike >= max(_FEW, _SHARE * tasks):
            found.append(ProbableRelation(child, parent, alike, tasks))
    return sorted(found, key=lambda one: (-one.alike, one.child, one.parent))


def _one_subject(policies: Sequence[HeldPolicy]) -> Iterator[tuple[str, str]]:
    """Yield the pairs (lower, upper) that one subject, their levels, places and days allow to be related, in order."""
    ranks, table = order_of("level"), word_weights()
    subjects = {one.key: subject_of(one.title) for one in policies}
    known = {one.key: one for one in policies}
    index: defaultdict[str, list[str]] = defaultdict(list)
    for one in policies:
        for gram in subjects[one.key]:
            if table.get(gram, 1.0) >= _TELLING:
                index[gram].append(one.key)
    for child in policies:
        met = {key for gram in subjects[child.key] if len(index[gram]) <= _COMMON for key in index[gram]}
        for key in sorted(met):
            parent = known[key]
            steps = ranks.get(child.level, 0) - ranks.get(parent.level, 0)
            fits = 0 < steps <= _STEPS and _in_time(child, parent) and _is_below(child.place, parent.place)
            if fits and subjects_shared(subjects[child.key], subjects[key]) >= _SUBJECT:
                yield child.key, key


def _in_time(child: HeldPolicy, parent: HeldPolicy) -> bool:
    return child.issued is None or parent.issued is None or child.issued >= parent.issued


def _is_below(place: str, above: str) -> bool:
    """Tell whether a place lies in another, by their keys."""
    known = by_key(place)
    return known is not None and place != above and is_within(known, above)


def _weighed(headings: Sequence[str]) -> list[tuple[frozenset[str], float]]:
    """Return the pairs of characters of each heading that says something, with their weight."""
    table = word_weights()
    weighed = []
    for heading in headings:
        grams = frozenset(grams_of(fold(heading)))
        mass = math.fsum(table.get(gram, 1.0) for gram in sorted(grams))
        if mass >= _SLOGAN:
            weighed.append((grams, mass))
    return weighed


def _met(below: Sequence[tuple[frozenset[str], float]], above: Sequence[tuple[frozenset[str], float]]) -> int:
    """Return how many headings of the one have one alike in the other."""
    table = word_weights()

    def alike(one: tuple[frozenset[str], float], other: tuple[frozenset[str], float]) -> bool:
        shared = math.fsum(table.get(gram, 1.0) for gram in sorted(one[0] & other[0]))
        return 2 * shared >= _ALIKE * (one[1] + other[1])

    return sum(any(alike(one, other) for other in above) for one in below)
