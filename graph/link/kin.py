"""How surely two policies are of one family: by what they say that they carry out, and by what their titles are about.

A city's plan may share few words with the plan that it carries out; that it says so, or is about the very same matter
by its title, tells that its tasks have counterparts there at all.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.identity import normal_doc_number
from graph.link.grams import grams_of, word_weights
from graph.link.titles import parts
from graph.model import PolicyMention, Reading
from graph.text import fold, squeeze

# A shorter title (条例, 实施意见) names no policy.
_SHORTEST = 6
# What kind of document it is says nothing of its matter.
_GENRE = re.compile(
    r"(?:(?:若干|实施|指导)?意见|(?:实施|工作|行动|总体|试点)?方案|(?:[一二三五]年)?(?:行动|工作|实施)?计划|(?:行动)?纲要"
    r"|(?:发展|专项)?规划|(?:管理|实施|暂行)?办法|(?:实施)?细则|条例|规定|(?:若干|政策)?措施|(?:工作)?要点)$"
)
# Added to the weight of the shorter title: of one that tells nearly nothing, all may be found anywhere.
_PLAIN = 0.5
# Both carry out a third: they need not be about the same matter.
_SIBLINGS = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """What a policy is called and what it carries out: `names` and `carries_out` are numbers and bare titles.

    `subject` holds the pairs of characters of what its title is about.
    """

    names: frozenset[str] = frozenset()
    carries_out: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()


NOWHERE = Standing()
"""The standing of a policy of which nothing is known."""


def standings_of(reading: Reading) -> tuple[Standing, ...]:
    """Return the standing of each of a document's own policies, in printed order.

    Where a document holds several, it is not known which of them carries out what it cites.
    """
    own = reading.own
    upper = [one for one in reading.policies if one.role == "implements"] if len(own) == 1 else []
    return tuple(Standing(_names([one]), _names(upper), _subject(one.title)) for one in own)


def kin(child: Standing, parent: Standing) -> float:
    """Return how surely the two are of one family, in [0, 1]: 1 where the child says that it carries out the parent.

    >>> def plan(name: str, *upper: str) -> Standing:
    ...     return Standing(frozenset({name}), frozenset(upper), _subject(name))
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
    shared = _mass(child.subject & parent.subject)
    alike = shared / (min(_mass(child.subject), _mass(parent.subject)) + _PLAIN)
    return max(siblings, min(1.0, alike))


def _names(policies: Iterable[PolicyMention]) -> frozenset[str]:
    found = set()
    for one in policies:
        if one.doc_number:
            found.add(normal_doc_number(one.doc_number) or squeeze(one.doc_number))
        if one.title and len(core := parts(one.title).plain) >= _SHORTEST:
            found.add(core)
    return frozenset(found)


def _subject(title: str | None) -> frozenset[str]:
    about = re.sub(r"\d+", "", parts(title).plain) if title else ""
    return frozenset(grams_of(fold(_GENRE.sub("", about))))


@lru_cache(maxsize=4096)
def _mass(grams: frozenset[str]) -> float:
    table = word_weights()
    return math.fsum(table.get(gram, 1.0) for gram in sorted(grams))
