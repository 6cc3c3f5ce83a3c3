"""Clauses that name a task's object as one of several: 整治房地产开发、房屋买卖、住房租赁 takes up what others say of each.

Such a clause shares next to nothing with any of the tasks that it names, and is no link; it leaves it in doubt whether they
are taken up.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.link.tasks.overlap import TaskPair
from graph.link.tasks.task_features import TextRange
from graph.link.tasks.task_view import LinkTask
from graph.link.wording.character_pairs import grams_of, telling
from graph.link.wording.headings import core

# From this share of an object's words, by weight, and this weight on a member names it.
_NAMED, _TELLING = 0.6, 1.0
# Fewer members are no enumeration: 检修和保养 says one thing twice.
_SEVERAL = 3
_CLAUSE = re.compile(r"[^。;!?\n,:]+")
_JOINT = re.compile("、|以及|和|与|及")


class _Member(NamedTuple):
    """A member of an enumeration: the task it stands in, by its place, its clause in the task's text, its words."""

    task: int
    clause: TextRange
    words: frozenset[str]


def named_members(children: Sequence[LinkTask], parents: Sequence[LinkTask]) -> dict[TaskPair, TextRange]:
    """Return the pairs in which the child names the parent's object as a member of an enumeration, with the clause.

    The clause is a place in the child's text; of several members of one child the one that says most of the object counts.
    """
    listed = [member for at, task in enumerate(children) for member in _members(at, task)]
    found: dict[TaskPair, TextRange] = {}
    for other, task in enumerate(parents):
        words = telling(object_of := core(task.title), grams_of(object_of))
        total = math.fsum(words.values())
        best: dict[int, float] = {}
        for member in listed:
            shared = math.fsum(weight for word, weight in words.items() if word in member.words)
            if shared >= max(_TELLING, _NAMED * total) and shared > best.get(member.task, 0.0):
                best[member.task] = shared
                found[member.task, other] = member.clause
    return found


def _members(at: int, task: LinkTask) -> Iterator[_Member]:
    for clause in _CLAUSE.finditer(task.text):
        if clause[0].count("、") >= _SEVERAL - 1:
            for member in _JOINT.split(clause[0]):
                if words := frozenset(grams_of(member)):
                    yield _Member(at, clause.span(), words)
