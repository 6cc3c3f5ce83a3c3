"""Automatic numbers as a word processor counts them: levels, restarts, starts of their own; printed as if typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.read.office.number_formats import sign_of

LEVELS = 9
"""Levels of a list."""
_PLACE = re.compile(r"%([1-9])")
_WORD = re.compile(r"[0-9A-Za-z]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """One level of a list: the kind of its numbers, and `text`, in which %1 … %9 stand for the numbers of the levels.

    `legal` prints all numbers in it as digits; `restart` is the level (1-based) after which it begins anew, 0 for none,
    None for any above it.
    """

    kind: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None

    @property
    def is_bullet(self) -> bool:
        """Whether the level prints a mark that counts nothing."""
        return self.kind == "bullet"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedList:
    """A list as paragraphs name it: `counting` names what it counts together with other lists.

    `levels` are those of this list; `starts` the numbers at which it begins anew, by level.
    """

    counting: str
    levels: Sequence[ListLevel]
    starts: Mapping[int, int]


class ListNumbers:
    """Counts the paragraphs of lists in the order in which they are printed."""

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        """Say which lists there are, by the names that paragraphs have for them."""
        self._lists = lists
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level(self, name: str, level: int) -> ListLevel | None:
        """Return a level of a list, None where there is none."""
        listed = self._lists.get(name)
        return listed.levels[level] if listed and 0 <= level < len(listed.levels) else None

    def printed(self, name: str, level: int) -> str:
        """Count one more paragraph of a list and return the sign before it, with a blank where it would run into words.

        A bullet, and a list that is not there, print nothing.
        """
        listed, here = self._lists.get(name), self.level(name, level)
        if listed is None or here is None:
            return ""
        counts = self._counts.setdefault(listed.counting, [None] * LEVELS)
        self._count(name, listed, level, counts)
        if here.is_bullet:
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of_level = listed.levels[at] if at < len(listed.levels) else ListLevel()
            value = counts[at] if counts[at] is not None else of_level.start
            return sign_of("decimal" if here.legal else of_level.kind, value or 0)

        sign = _PLACE.sub(number, here.text).strip()
        return f"{sign} " if _WORD.search(sign) else sign

    def _count(self, name: str, listed: NumberedList, level: int, counts: list[int | None]) -> None:
        begins = (name, level) not in self._begun
        self._begun.add((name, level))
        before = counts[level]
        if begins and level in listed.starts:
            counts[level] = listed.starts[level]
        else:
            counts[level] = listed.levels[level].start if before is None else before + 1
        for lower in range(level + 1, min(LEVELS, len(listed.levels))):
            restart = listed.levels[lower].restart
            if restart is None or level < restart:
                counts[lower] = None
