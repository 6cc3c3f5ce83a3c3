"""Comparisons of two tasks: small, pure, each with a score in [0, 1].

The first line of a comparison's docstring is what `zhengmai explain` prints.
"""

import math
from collections.abc import Callable

from graph.link.tasks.alignment import Alignment
from graph.link.tasks.overlap import TaskPair, dice

# The strength of two sentences, and of all others, that counts as full: more tells no more.
_FULL, _FULL_MORE = 8.0, 16.0
_NO_HEADING = 0.3
# Whole texts are compared as a ratio too, and to be the closest is nothing much where even it shares less than this.
_TEXT_FLOOR, _SOME_TEXT = 0.05, 0.15


def sentence(alignment: Alignment, pair: TaskPair) -> float:
    """语句：最相近的两句话共有多少别处少见、又不归更相近语句的字词. How much the two closest sentences share of their own."""
    match = alignment.matches.get(pair)
    return min(1.0, match.strength / _FULL) if match else 0.0


def sentences(alignment: Alignment, pair: TaskPair) -> float:
    """其他语句：除最相近的两句外，还有多少语句对应. How much all other sentences of the two share."""
    match = alignment.matches.get(pair)
    return min(1.0, match.more / _FULL_MORE) if match else 0.0


def title_kept(alignment: Alignment, pair: TaskPair) -> float:
    """标题见于上级正文：下级标题的用词在上级任务中出现多少. How much of the child's heading the parent's text has."""
    overlap = alignment.overlaps.get(pair)
    return min(1.0, overlap.title_kept) if overlap else 0.0


def subject(alignment: Alignment, pair: TaskPair) -> float:
    """标题所指：两个标题去掉套话后所指是否相同，且互为最近. Whether both headings are about the same, and each other's closest."""
    return alignment.subjects.get(pair, 0.0)


def theme(alignment: Alignment, pair: TaskPair) -> float:
    """主题：两项任务所在章节的标题和内容是否对应. How well the two sections that hold the tasks fit each other."""
    head = alignment.child.tasks[pair[0]].theme_heading
    other = alignment.parent.tasks[pair[1]].theme_heading
    return alignment.headings[head, other] if head and other else _NO_HEADING


def section_title(alignment: Alignment, pair: TaskPair) -> float:
    """章节与标题：一方的章节标题是否就是另一方的任务标题. Whether one side made a section of the other's task."""
    one, other = alignment.child.features[pair[0]], alignment.parent.features[pair[1]]
    return max(dice(one.heading, other.title, alignment.weights), dice(one.title, other.heading, alignment.weights))


def order(alignment: Alignment, pair: TaskPair) -> float:
    """次序：在两份文件中的先后位置是否相当. Whether both stand at the like place, as far as the outlines keep order."""
    rows, columns = len(alignment.child.tasks), len(alignment.parent.tasks)
    near = 1 - min(1.0, max(0.0, abs(pair[1] - alignment.expected[pair[0]]) - 1) / max(3.0, columns * 0.35))
    overall = 1 - abs((pair[0] + 0.5) / rows - (pair[1] + 0.5) / columns)
    return 0.5 + ((near + overall) / 2 - 0.5) * alignment.agreement


def units(alignment: Alignment, pair: TaskPair) -> float:
    """单位：责任单位的职能是否对应. Whether units of the same functions carry both."""
    one, other = alignment.child.features[pair[0]].units, alignment.parent.features[pair[1]].units
    shared = math.fsum(alignment.rarity[unit] for unit in one & other)
    total = min(math.fsum(alignment.rarity[unit] for unit in side) for side in (one, other))
    return shared / total if total else 0.0


def numbers(alignment: Alignment, pair: TaskPair) -> float:
    """数字和日期：相同的数量、年份、比例. The same quantities, years and shares on both sides."""
    shared = alignment.child.features[pair[0]].numbers.keys() & alignment.parent.features[pair[1]].numbers.keys()
    return min(1.0, math.fsum(alignment.rarity[word] for word in shared) / 2)


def names(alignment: Alignment, pair: TaskPair) -> float:
    """专名：引号和书名号内的相同名称. The same names in quotes or title marks on both sides."""
    shared = alignment.child.features[pair[0]].names.keys() & alignment.parent.features[pair[1]].names.keys()
    return min(1.0, math.fsum(alignment.rarity[word] for word in shared) / 2)


def for_child(alignment: Alignment, pair: TaskPair) -> float:
    """对下级任务而言：与其最相近的上级任务相比，语句或全文有多近. How near the parent comes to the closest one of the child."""
    overlap = alignment.overlaps.get(pair)
    cosine = overlap.cosine if overlap else 0.0
    whole = (cosine + _TEXT_FLOOR) / (max(alignment.top_text[pair[0]], _SOME_TEXT) + _TEXT_FLOOR)
    return max(whole, alignment.nearness(pair, alignment.rival(pair)))


def for_parent(alignment: Alignment, pair: TaskPair) -> float:
    """对上级任务而言：与其最相近的下级任务相比有多近. How near the child comes to the closest one of the parent."""
    return alignment.nearness(pair, alignment.top_child[pair[1]])


def kinship(alignment: Alignment, pair: TaskPair) -> float:
    """文件关系：一份是否贯彻另一份（或任务点名另一份）、标题所指是否相同、多少任务有对应语句. Whether one carries out the other."""
    return 1.0 if pair[0] in alignment.naming else alignment.kinship.overall


Comparison = Callable[[Alignment, TaskPair], float]
