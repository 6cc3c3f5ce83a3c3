"""The chance that two policies are of one family, from the policies that they say they carry out and from their titles.

A city's plan may share few words with the plan that it carries out; that it says so, or is about the very same matter
by its title, tells that its tasks have counterparts there at all.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.identity import normal_doc_number
from graph.link.policies.titles import parts
from graph.link.wording.character_pairs import grams_of, word_weights
from graph.model import PolicyMention, Reading
from graph.text import fold, squeeze

# A shorter title (条例, 实施意见) names no policy.
_SHORTEST = 6
# Added to the weight of the shorter title: of one that tells nearly nothing, all may be found anywhere.
_PLAIN = 0.5
# Both carry out a third: they need not be about the same matter.
_SIBLINGS = 0.5


@dataclass(frozen=True, slots=True)
class PolicyStanding:
    """A policy among others: `names` are its own number and bare title, `carries_out` those of the policies it carries out.

    `subject` holds the pairs of characters of what its title is about.
    """

    names: frozenset[str] = frozenset()
    carries_out: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()


NOWHERE = PolicyStanding()
"""The standing of a policy of which nothing is known."""


def standings_of(reading: Reading) -> tuple[PolicyStanding, ...]:
    """Return the standing of each of a document's own policies, in printed order.

    Where a document holds several, it is not known which of them carries out what it cites.
    """
    own = reading.own
    upper = [one for one in reading.policies if one.role == "implements"] if len(own) == 1 else []
    return tuple(PolicyStanding(_names([one]), _names(upper), subject_of(one.title)) for one in own)


def kin(child: PolicyStanding, parent: PolicyStanding) -> float:
    """Return the chance that the two are of one family, in [0, 1]: 1 where the child says that it carries out the parent.

    >>> def plan(name: str, *upper: str) -> PolicyStanding:
    ...     return PolicyStanding(frozenset({name}), frozenset(upper), subject_of(name))
    >>> kin(plan("云溪区实施方案", "渡口安全提升行动计划"), plan("渡口安全提升行动计划"))
    1.0
    >>> kin(plan("云溪区渡口安全提升工作方案"), plan("渡口安全提升行动计划")) > 0.8
    True
    >>> kin(plan("云溪区古树名木保护办法"), plan("渡口安全提升行动计划"))
    0.0
    """
    if child.carries_out & parent.names:
        return 1.0
    siblings = _SIBLINGS if child.carries_out & parent.carries_out else 0.0
    return max(siblings, subjects_shared(child.subject, parent.subject))


def subjects_alike(title: str, other: str) -> float:
    """Return how far two titles are about the same, in [0, 1].

    >>> subjects_alike("云溪区渡口安全提升工作方案", "渡口安全提升行动计划") > 0.8
    True
    >>> subjects_alike("云溪区渡口客船检修资金管理办法", "水上交通发展规划")
    0.0
    """
    return subjects_shared(subject_of(title), subject_of(other))


def subjects_shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far two subjects (see `subject_of`) are the same, in [0, 1]."""
    return min(1.0, _mass(one & other) / (min(_mass(one), _mass(other)) + _PLAIN))


def names_policy(words: str, names: frozenset[str]) -> bool:
    """Tell whether words in title marks are the title of the policy that has these names.

    >>> names_policy("渡口安全提升行动计划", frozenset({"渡口安全提升行动计划"}))
    True
    """
    return bool(names) and len(core := parts(words).plain) >= _SHORTEST and core in names


def _names(policies: Iterable[PolicyMention]) -> frozenset[str]:
    names = set()
    for one in policies:
        if one.doc_number:
            names.add(normal_doc_number(one.doc_number) or squeeze(one.doc_number))
        if one.title and len(core := parts(one.title).plain) >= _SHORTEST:
            names.add(core)
    return frozenset(names)


def subject_of(title: str | None) -> frozenset[str]:
    """Return the pairs of characters of what a title is about: what kind of document it is says nothing of its matter."""
    if not title:
        return frozenset()
    known = parts(title)
    about = known.plain.removesuffix(known.genre or "")
    return frozenset(grams_of(fold(re.sub(r"\d+", "", about))))


@lru_cache(maxsize=4096)
def _mass(grams: frozenset[str]) -> float:
    table = word_weights()
    return math.fsum(table.get(gram, 1.0) for gram in sorted(grams))
