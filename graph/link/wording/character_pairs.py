"""Pairs of characters: what stands for the words of a text, and how much each of them tells."""

import math
import re
from functools import cache
from importlib.resources import files

# Which level speaks says nothing about what is done: 全省, 全市, 我区, 市级, 区内 are blanked before counting.
_LEVEL = re.compile(r"[全我本该各][国省市区县州镇乡]|[国省市区县州镇][级内]|各级|[省市区县镇](?=委|政府)")
HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z0-9+]*|\d+[a-z]+\d*")


@cache
def word_weights() -> dict[str, float]:
    """Return how much a pair of characters tells, in [0, 1]; one that is not in the table tells 1.

    The table that ships with the code holds how often the pair stands in a sentence of any official document.
    """
    weights = {}
    table = files("graph.link.wording").joinpath("word_weights.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            gram, count = line.split("\t")
            weights[gram] = weight_of(int(count) / 100_000)
    return weights


def weight_of(share: float) -> float:
    """Return the weight of a pair of characters that stands in `share` of all sentences.

    >>> round(weight_of(0.1), 2), round(weight_of(0.0002), 2)
    (0.0, 0.93)
    """
    return min(1.0, max(0.0, (-math.log(share) - 2.3) / 6.7)) if share > 0 else 1.0


def grams_of(text: str) -> tuple[str, ...]:
    """Return the pairs of Han characters and the Latin words of folded `text`, sorted.

    >>> grams_of("建设5g基站")
    ('5g', '基站', '建设')
    """
    lowered = _LEVEL.sub(" ", text.lower())
    found = {run[at : at + 2] for run in HAN.findall(lowered) for at in range(len(run) - 1)}
    found.update(_LATIN.findall(lowered))
    return tuple(sorted(found))


def telling(text: str, grams: tuple[str, ...]) -> dict[str, float]:
    """Return how much each of the `grams` of folded `text` tells, in [0, 1], in their order.

    A pair of characters that bridges two common words (务落 in 任务落实) is rare and yet says nothing: half of its
    weight is no more than what its neighbours tell.

    >>> told = telling("任务落实,浮桥锚链", grams_of("任务落实,浮桥锚链"))
    >>> told["务落"] < told["桥锚"]
    True
    """
    table = word_weights()
    sums = dict.fromkeys(grams, 0.0)
    counts = dict.fromkeys(grams, 0)
    for run in HAN.findall(_LEVEL.sub(" ", text.lower())):
        plain = [table.get(run[at : at + 2], 1.0) for at in range(len(run) - 1)]
        last = len(plain) - 1
        for at, weight in enumerate(plain):
            beside = weight if at in (0, last) else (plain[at - 1] + plain[at + 1]) / 2
            gram = run[at : at + 2]
            sums[gram] += (weight + min(weight, beside)) / 2
            counts[gram] += 1
    return {gram: sums[gram] / count if count else 1.0 for gram, count in counts.items()}
