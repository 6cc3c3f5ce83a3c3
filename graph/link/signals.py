"""Comparisons of two tasks: small, pure, each with a score in [0, 1] and the words that decided on both sides.

The first line of a comparison's docstring is what `zhengmai explain` prints.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from graph.link.alignment import Alignment, Partner
from graph.link.overlap import Pair, dice
from graph.model import Span

# Likeness is compared as a ratio; this much is added on both sides, so that two near nothings are no ratio.
_FLOOR = 0.1
_NO_HEADING = 0.3


@dataclass(frozen=True, slots=True)
class Signal:
    """One comparison of a child task with a parent task.

    `score` is in [0, 1]; `child_words` and `parent_words` are the deciding words' places in their documents, None
    where the comparison is not about words there.
    """

    name: str
    score: float
    child_words: Span | None = None
    parent_words: Span | None = None


def wording(made: Alignment, pair: Pair) -> float:
    """用词：两项任务共有的、别处少见的字词占多大比重. How much of the telling words both texts share."""
    overlap = made.overlaps.get(pair)
    return min(1.0, overlap.cosine) if overlap else 0.0


def phrases(made: Alignment, pair: Pair) -> float:
    """连续语句：四字以上相同字串的比重. How many runs of four and more characters both texts share."""
    overlap = made.overlaps.get(pair)
    return min(1.0, overlap.runs) if overlap else 0.0


def title(made: Alignment, pair: Pair) -> float:
    """标题：两个标题用词相同的程度. How far the two headings say the same."""
    overlap = made.overlaps.get(pair)
    return min(1.0, overlap.title) if overlap else 0.0


def title_kept(made: Alignment, pair: Pair) -> float:
    """标题见于上级正文：下级标题的用词在上级任务中出现多少. How much of the child's heading the parent's text has."""
    overlap = made.overlaps.get(pair)
    return min(1.0, overlap.title_kept) if overlap else 0.0


def theme(made: Alignment, pair: Pair) -> float:
    """主题：两项任务所在章节的标题和内容是否对应. How well the two sections that hold the tasks fit each other."""
    head = made.child.tasks[pair[0]].theme_heading
    other = made.parent.tasks[pair[1]].theme_heading
    return made.headings[head, other] if head and other else _NO_HEADING


def section_title(made: Alignment, pair: Pair) -> float:
    """章节与标题：一方的章节标题是否就是另一方的任务标题. Whether one side made a section of the other's task."""
    one, other = made.child.features[pair[0]], made.parent.features[pair[1]]
    return max(dice(one.heading, other.title, made.weights), dice(one.title, other.heading, made.weights))


def order(made: Alignment, pair: Pair) -> float:
    """次序：在两份文件中的先后位置是否相当. Whether both stand at the like place, as far as the outlines keep order."""
    rows, columns = len(made.child.tasks), len(made.parent.tasks)
    near = 1 - min(1.0, max(0.0, abs(pair[1] - made.expected[pair[0]]) - 1) / max(3.0, columns * 0.35))
    overall = 1 - abs((pair[0] + 0.5) / rows - (pair[1] + 0.5) / columns)
    return 0.5 + ((near + overall) / 2 - 0.5) * made.agreement


def units(made: Alignment, pair: Pair) -> float:
    """单位：责任单位的职能是否对应. Whether units of the same functions carry both."""
    one, other = made.child.features[pair[0]].units, made.parent.features[pair[1]].units
    shared = math.fsum(made.rarity[unit] for unit in one & other)
    total = min(math.fsum(made.rarity[unit] for unit in side) for side in (one, other))
    return shared / total if total else 0.0


def numbers(made: Alignment, pair: Pair) -> float:
    """数字和日期：相同的数量、年份、比例. The same quantities, years and shares on both sides."""
    shared = made.child.features[pair[0]].numbers.keys() & made.parent.features[pair[1]].numbers.keys()
    return min(1.0, math.fsum(made.rarity[word] for word in shared) / 2)


def names(made: Alignment, pair: Pair) -> float:
    """专名：引号和书名号内的相同名称. The same names in quotes or title marks on both sides."""
    shared = made.child.features[pair[0]].names.keys() & made.parent.features[pair[1]].names.keys()
    return min(1.0, math.fsum(made.rarity[word] for word in shared) / 2)


def own_share(made: Alignment, pair: Pair) -> float:
    """独有部分：除更相近的任务外，这一对还共有多少. What the two share beyond what closer tasks already share."""
    new = min(made.new_in_child.get(pair, 0.0), made.new_in_parent.get(pair, 0.0))
    return min(1.0, new / _lesser_mass(made, pair))


def any_share(made: Alignment, pair: Pair) -> float:
    """单方独有部分：从任一方看还共有多少. The same, seen from the side that shares more."""
    new = max(made.new_in_child.get(pair, 0.0), made.new_in_parent.get(pair, 0.0))
    return min(1.0, new / _lesser_mass(made, pair))


def new_for_parent(made: Alignment, pair: Pair) -> float:
    """对上级任务的贡献：上级任务中只由这一项体现的比重. How much of the parent only this child takes up."""
    return min(1.0, made.new_in_parent.get(pair, 0.0) / (made.parent.mass[pair[1]] + 1))


def new_for_child(made: Alignment, pair: Pair) -> float:
    """对下级任务的来源：下级任务中只来自这一项的比重. How much of the child only this parent accounts for."""
    return min(1.0, made.new_in_child.get(pair, 0.0) / (made.child.mass[pair[0]] + 1))


def rank(made: Alignment, pair: Pair) -> float:
    """名次：至少对其中一方而言是否最相近. Whether it is the closest for at least one of the two."""
    return max(_leads(made, pair))


def rank_both(made: Alignment, pair: Pair) -> float:
    """互为最近：对双方而言是否都最相近. Whether each is the closest for the other."""
    return min(_leads(made, pair))


def kinship(made: Alignment, pair: Pair) -> float:
    """文件关系：两份文件整体相近的程度. How close the two documents are as wholes."""
    return min(1.0, made.kinship / 3)


def _lesser_mass(made: Alignment, pair: Pair) -> float:
    return min(made.child.mass[pair[0]], made.parent.mass[pair[1]]) + 1


def _leads(made: Alignment, pair: Pair) -> tuple[float, float]:
    """Return how far the pair leads, or trails, its rivals for the child and for the parent, in [0, 1]."""
    value = made.likeness.get(pair, 0.0)
    return (
        _lead(value, _rival(made.best_parent[pair[0]], pair[1])),
        _lead(value, _rival(made.best_child[pair[1]], pair[0])),
    )


def _rival(best: tuple[Partner, Partner], partner: int) -> float:
    """Return the likeness of the closest one but `partner`."""
    return best[1][0] if best[0][1] == partner else best[0][0]


def _lead(value: float, rival: float) -> float:
    return (max(-1.2, min(0.25, math.log((value + _FLOOR) / (rival + _FLOOR)))) + 1.2) / 1.45


Comparison = Callable[[Alignment, Pair], float]
COMPARISONS: tuple[Comparison, ...] = (
    wording, phrases, title, title_kept, theme, section_title, order, units, numbers, names,
    own_share, any_share, new_for_parent, new_for_child, rank, rank_both, kinship,
)  # fmt: skip
