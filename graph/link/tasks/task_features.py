"""Features of a task's text: pairs of characters, sentences, names, numbers. Pure functions of the text, kept per task."""

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.link.tasks.task_view import LinkTask
from graph.link.wording.character_pairs import HAN, grams_of, telling
from graph.link.wording.headings import core

_CLAUSE = re.compile(r"[^。;!?\n,:]+")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_NAME = re.compile(r'"([^"。\n]{2,24})"|《([^《》\n]{2,60})》')
_NUMBER = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d{1,4})?)(%|[万亿]?[\u4e00-\u9fff]|)")
# A clause shorter than this (in Han characters) is read together with the next one.
_SHORT_CLAUSE = 9

TextRange = tuple[int, int]
"""Where words stand in a task's text: start and end, as `text[start:end]`."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one task that comparisons read.

    `grams` are the pairs of characters of the whole text, `title` those of its heading, `subject` those of what
    its heading is about, `heading` of what the one above it is about, each in a fixed order; `telling` how much each of `grams` tells where it stands;
    `sentences` the places of the text's sentences, with the
    pairs of characters of each; `names` what stands in quotes or 《》, and `numbers` the numbers with what they
    count, each with its place in the text; `units` the functions of the units that are named one by one.
    """

    grams: tuple[str, ...]
    title: tuple[str, ...]
    subject: tuple[str, ...]
    heading: tuple[str, ...]
    bag: frozenset[str]
    telling: dict[str, float]
    sentences: tuple[tuple[TextRange, tuple[str, ...]], ...]
    names: dict[str, TextRange]
    numbers: dict[str, TextRange]
    units: frozenset[str]


def clauses_of(text: str) -> tuple[TextRange, ...]:
    """Return the places of the clauses of folded `text`, in order; a very short one is joined with the next.

    >>> [text[a:b] for text in ["开展试点。健全机制,每年确定重点课题。"] for a, b in clauses_of(text)]
    ['开展试点', '健全机制,每年确定重点课题']
    """
    clauses: list[TextRange] = []
    start: int | None = None
    for match in _CLAUSE.finditer(text):
        start = match.start() if start is None else start
        stop = text[match.end() : match.end() + 1]
        if stop in {",", ":"} and sum(map(len, HAN.findall(text, start, match.end()))) < _SHORT_CLAUSE:
            continue
        clauses.append((start, match.end()))
        start = None
    if start is not None:
        clauses.append((start, len(text)))
    return tuple(clauses)


@lru_cache(maxsize=1024)
def clause_grams(text: str) -> tuple[tuple[TextRange, tuple[str, ...]], ...]:
    """Return the clauses of folded `text` with the pairs of characters of each."""
    return tuple((place, grams_of(text[slice(*place)])) for place in clauses_of(text))


def names_of(text: str) -> dict[str, TextRange]:
    """Return what stands in quotes or 《》 in folded `text`, with its last place."""
    return {name: match.span() for match in _NAME.finditer(text) if (name := match[1] or match[2])}


def _counted(text: str) -> dict[str, TextRange]:
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
        subject=grams_of(core(task.title)),
        heading=grams_of(core(task.theme_heading or "")),
        bag=frozenset(grams),
        telling=telling(task.text, grams),
        sentences=tuple(
            (match.span(), words) for match in _SENTENCE.finditer(task.text) if (words := grams_of(match[0]))
        ),
        names=names_of(task.text),
        numbers=_counted(task.text),
        units=frozenset(unit for unit, _, collective in task.units if not collective),
    )
