"""What a task's text is made of: pairs of characters, sentences, names, numbers. Pure functions of the text, kept per task."""

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from graph.link.headings import core
from graph.link.linktask import LinkTask

# Which level speaks says nothing about what is done: 全省, 全市, 我区, 市级, 区内 are blanked before counting.
_LEVEL = re.compile(r"[全我本该各][国省市区县州镇乡]|[国省市区县州镇][级内]|各级|[省市区县镇](?=委|政府)")
_CLAUSE = re.compile(r"[^。;!?\n,:]+")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z0-9+]*|\d+[a-z]+\d*")
_NAME = re.compile(r'"([^"。\n]{2,24})"|《([^《》\n]{2,60})》')
_NUMBER = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d{1,4})?)(%|[万亿]?[\u4e00-\u9fff]|)")
# A clause shorter than this (in Han characters) is read together with the next one.
_SHORT_CLAUSE = 9

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Features:
    """What the comparisons see of one task.

    `grams` are the pairs of characters of the whole text, `title` those of its heading, `heading` those of what
    the heading above it is about, each in a fixed order; `sentences` the places of the text's sentences, with the
    pairs of characters of each; `names` what stands in quotes or 《》, and `numbers` the numbers with what they
    count, each with its place in the text; `units` the functions of the units that are named one by one.
    """

    grams: tuple[str, ...]
    title: tuple[str, ...]
    heading: tuple[str, ...]
    bag: frozenset[str]
    sentences: tuple[tuple[Place, tuple[str, ...]], ...]
    names: dict[str, Place]
    numbers: dict[str, Place]
    units: frozenset[str]


@cache
def word_weights() -> dict[str, float]:
    """Return how much a pair of characters tells, in [0, 1]; one that is not in the table tells 1.

    The table that ships with the code holds how often the pair stands in a sentence of any official document.
    """
    weights = {}
    table = files("graph.link").joinpath("word_weights.tsv").read_text(encoding="utf-8")
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
    found = {run[at : at + 2] for run in _HAN.findall(lowered) for at in range(len(run) - 1)}
    found.update(_LATIN.findall(lowered))
    return tuple(sorted(found))


def clauses_of(text: str) -> tuple[Place, ...]:
    """Return the places of the clauses of folded `text`, in order; a very short one is joined with the next.

    >>> [text[a:b] for text in ["开展试点。健全机制,每年确定重点课题。"] for a, b in clauses_of(text)]
    ['开展试点', '健全机制,每年确定重点课题']
    """
    made: list[Place] = []
    start: int | None = None
    for match in _CLAUSE.finditer(text):
        start = match.start() if start is None else start
        stop = text[match.end() : match.end() + 1]
        if stop in {",", ":"} and sum(map(len, _HAN.findall(text, start, match.end()))) < _SHORT_CLAUSE:
            continue
        made.append((start, match.end()))
        start = None
    if start is not None:
        made.append((start, len(text)))
    return tuple(made)


@lru_cache(maxsize=1024)
def clause_grams(text: str) -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Return the clauses of folded `text` with the pairs of characters of each."""
    return tuple((place, grams_of(text[slice(*place)])) for place in clauses_of(text))


def _quoted(text: str) -> dict[str, Place]:
    return {name: match.span() for match in _NAME.finditer(text) if (name := match[1] or match[2])}


def _counted(text: str) -> dict[str, Place]:
    # A bare number of four digits is a year; any other bare number says nothing.
    return {match[0]: match.span() for match in _NUMBER.finditer(text) if match[2] or len(match[1]) == 4}


# Some 20 kB a task: room for the outlines at hand, not for a whole family.
@lru_cache(maxsize=2048)
def features(task: LinkTask) -> Features:
    """Return the features of one task; the same task is read once."""
    grams = grams_of(task.text)
    return Features(
        grams=grams,
        title=grams_of(task.title),
        heading=grams_of(core(task.theme_heading or "")),
        bag=frozenset(grams),
        sentences=tuple(
            (match.span(), words) for match in _SENTENCE.finditer(task.text) if (words := grams_of(match[0]))
        ),
        names=_quoted(task.text),
        numbers=_counted(task.text),
        units=frozenset(unit for unit, _, collective in task.units if not collective),
    )
