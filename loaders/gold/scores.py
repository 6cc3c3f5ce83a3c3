"""Counts of what was right, missed and invented, and the figures made of them."""

import dataclasses
from collections import Counter
from collections.abc import Hashable, Iterable


@dataclasses.dataclass(slots=True)
class Score:
    """One field of one document (or of all): gold rows, found rows, how many agree, and what does not.

    Precision is right/found, recall right/gold; each is None where it divides by nothing.
    """

    document: str
    field: str
    gold: int = 0
    found: int = 0
    right: int = 0
    missed: list[str] = dataclasses.field(default_factory=list)
    invented: list[str] = dataclasses.field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what is in gold that was found."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two; None where there is nothing in gold and nothing found."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else None

    @property
    def errors(self) -> int:
        """The number of rows that were missed or invented, a wrong one counted once."""
        return max(self.gold, self.found) - self.right

    def compare(self, where: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        """Count two lists of values against each other, as multisets; `where` names the place in the report."""
        wanted, got = Counter(gold), Counter(found)
        both = wanted & got
        self.gold += wanted.total()
        self.found += got.total()
        self.right += both.total()
        self.missed += [f"{where}: {_words(value)}" for value in (wanted - both).elements()]
        self.invented += [f"{where}: {_words(value)}" for value in (got - both).elements()]

    def add(self, other: "Score") -> None:
        """Add the counts of another document (micro average)."""
        self.gold += other.gold
        self.found += other.found
        self.right += other.right


def _words(value: Hashable) -> str:
    if isinstance(value, tuple):
        return " ".join("-" if part is None else str(part) for part in value)
    return str(value)


def total(scores: Iterable[Score], document: str = "all") -> list[Score]:
    """Return the sum of `scores` by field, in the order the fields first came."""
    sums: dict[str, Score] = {}
    for score in scores:
        sums.setdefault(score.field, Score(document, score.field)).add(score)
    return list(sums.values())
