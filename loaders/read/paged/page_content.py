"""What stands on a page, whatever format it comes from: signs and rules at their places, in points from the top left."""

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class PlacedSign:
    """One sign as it is printed: its place, and the size of its letters (an em)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class DrawnRule:
    """A straight line that is drawn, along the page or down it."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs along the page."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True)
class PageContent:
    """One page: `signs` in the order of the file, `rules`, and what else was seen.

    `beside` are signs that are none of the text, by the reason (a template of several pages, annotations), `pictures` counts pictures, `turned` signs at an
    angle, which are not among the signs, `unknown` signs of which the file does not say which letter they are; `recognized` are the boxes of lines that were read from
    a picture, each with how sure that is, in [0, 1].
    """

    number: int
    width: float
    height: float
    signs: list[PlacedSign] = field(default_factory=list)
    rules: list[DrawnRule] = field(default_factory=list)
    beside: dict[str, list[PlacedSign]] = field(default_factory=dict)
    pictures: int = 0
    recognized: list[tuple[Box, float]] = field(default_factory=list)
    turned: int = 0
    unknown: int = 0


def around(boxes: list[Box]) -> Box:
    """Return the least box that holds all of `boxes`.

    >>> around([(1, 2, 3, 4), (2, 1, 5, 3)])
    (1, 1, 5, 4)
    """
    return (
        min(one[0] for one in boxes),
        min(one[1] for one in boxes),
        max(one[2] for one in boxes),
        max(one[3] for one in boxes),
    )
