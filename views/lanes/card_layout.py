"""Where every card stands: a column for each level, trees one below the other, lines through the free lanes."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from views.cards import CARD_WIDTH
from views.lanes.folding import Shown
from views.picture_records import ORDER, Card, DrawnLink

GUTTER, MARGIN, GAP, TREE_GAP, LABEL = 132, 28, 16, 26, 40
_LEAN = 150
"""A card stands in the middle of what is below it, but no lower than this many pixels from its top."""
_CLEAR = GAP // 2 - 1
_PORTS = 15
_STRIP = 10

PictureColumn = tuple[str, int]
"""A level, and the step within it where policies of one level carry each other out."""


@dataclass(slots=True, kw_only=True)
class Placed:
    """A card with its place: `x` and `y` are its middle, in pixels of the picture."""

    key: str
    column: int
    x: float
    y: float
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A link as it is drawn: where it ends at the child, and the heights at which it crosses columns between."""

    link: DrawnLink
    port: float
    via: tuple[tuple[int, float], ...] = ()


@dataclass(slots=True, kw_only=True)
class PicturePlan:
    """A whole picture: `bands` are the labelled stretches (label, top, bottom), `columns` the levels from the left."""

    columns: list[PictureColumn]
    places: dict[str, Placed] = field(default_factory=dict)
    lines: list[DrawnLine] = field(default_factory=list)
    bands: list[tuple[str | None, float, float]] = field(default_factory=list)
    height: float = 0.0

    @property
    def width(self) -> float:
        """The width of the picture in pixels."""
        return 2 * MARGIN + len(self.columns) * CARD_WIDTH + max(0, len(self.columns) - 1) * GUTTER

    def middle(self, column: int) -> float:
        """Return the middle of a column."""
        return MARGIN + CARD_WIDTH / 2 + column * (CARD_WIDTH + GUTTER)


def columns(cards: Mapping[str, Card], links: Sequence[DrawnLink]) -> dict[str, PictureColumn]:
    """Return the column of every card: its level, and its step below others of that level."""
    upper: dict[str, list[str]] = {}
    for link in links:
        if link.parent in cards and link.child in cards and cards[link.parent].level == cards[link.child].level:
            upper.setdefault(link.child, []).append(link.parent)

    def step(key: str, met: frozenset[str]) -> int:
        above = [one for one in upper.get(key, ()) if one not in met]
        return 1 + max(step(one, met | {one}) for one in above) if above and len(met) < len(ORDER) else 0

    return {key: (card.level, step(key, frozenset({key}))) for key, card in cards.items()}


@dataclass(slots=True)
class _CardTree:
    """Cards placed relative to one another: their heights `y`, and what they take up of each column, from where to where.

    A line that passes a column takes up a strip of it too.
    """

    y: dict[str, float] = field(default_factory=dict)
    spans: dict[int, tuple[float, float]] = field(default_factory=dict)

    def take(self, column: int, low: float, high: float) -> None:
        """Note that a stretch of a column is taken."""
        held = self.spans.get(column, (low, high))
        self.spans[column] = (min(held[0], low), max(held[1], high))

    def join(self, other: "_CardTree", gap: float) -> None:
        """Take in another tree, moved down just so far that it clears this one in every column."""
        shared = self.spans.keys() & other.spans.keys()
        down = max((self.spans[one][1] + gap - other.spans[one][0] for one in shared), default=0.0)
        if not shared and other.spans:
            down = -min(top for top, _ in other.spans.values())
        self.y |= {key: y + down for key, y in other.y.items()}
        for column, (start, end) in other.spans.items():
            self.take(column, start + down, end + down)


@dataclass(frozen=True, slots=True)
class _Board:
    """The cards as placing sees them: the cards below each, their columns and heights."""

    under: Mapping[str, Sequence[str]]
    column: Mapping[str, int]
    heights: Mapping[str, int]

    def grown(self, key: str) -> _CardTree:
        """Return a card and all below it: the lower ones in order, the card at their middle."""
        tree, own, children = _CardTree(), self.column[key], self.under.get(key, ())
        for child in children:
            tree.join(self._below(child, own), GAP)
        middles = [tree.y[child] for child in children]
        half = self.heights[key] / 2
        top = min((low for low, _ in tree.spans.values()), default=0.0)
        y = min((middles[0] + middles[-1]) / 2, max(middles[0], top + half + _LEAN)) if middles else half
        if own in tree.spans:
            # Something below stands in the card's own column: data that runs upward. The card goes above it.
            y = tree.spans[own][0] - GAP - half
        tree.y[key] = y
        tree.take(own, y - half, y + half)
        return tree

    def _below(self, child: str, own: int) -> _CardTree:
        """Return a lower tree with the strips that the line to it takes up in the columns between."""
        tree, end = self.grown(child), self.column[child]
        for column in range(min(own, end) + 1, max(own, end)):
            tree.take(column, tree.y[child] - _STRIP, tree.y[child] + _STRIP)
        return tree


def plan(
    shown: Shown,
    stands: Mapping[str, PictureColumn],
    heights: Mapping[str, int],
    groups: Sequence[tuple[str | None, int]],
) -> PicturePlan:
    """Return where everything stands; `groups` are the labels and how many of the heads each holds, in order."""
    used = sorted({stands[key] for key in shown.cards}, key=lambda one: (ORDER.index(one[0]), one[1]))
    drawn = PicturePlan(columns=used)
    board = _Board(shown.under, {key: used.index(stands[key]) for key in shown.cards}, heights)
    top, heads = float(MARGIN), iter(shown.heads)
    for label, count in groups:
        grown = _CardTree()
        for head in (one for _, one in zip(range(count), heads, strict=False)):
            grown.join(board.grown(head), TREE_GAP)
        top = _band(label, grown, top, drawn, board)
    rest = _CardTree()
    for head in heads:
        rest.join(board.grown(head), TREE_GAP)
    top = _band(None, rest, top, drawn, board)
    drawn.height = top - TREE_GAP + MARGIN
    drawn.lines = _lines(drawn, shown.links)
    return drawn


def _band(label: str | None, grown: _CardTree, top: float, drawn: PicturePlan, board: _Board) -> float:
    """Place what was grown from `top` down, below its label; return where the next one begins."""
    if not grown.y:
        return top
    start = top + (LABEL if label else 0) - min(low for low, _ in grown.spans.values())
    for key, y in grown.y.items():
        column = board.column[key]
        drawn.places[key] = Placed(
            key=key, column=column, x=drawn.middle(column), y=y + start, height=board.heights[key]
        )
    bottom = start + max(high for _, high in grown.spans.values())
    drawn.bands.append((label, top, bottom))
    return bottom + TREE_GAP


# -- lines


def _lines(drawn: PicturePlan, links: Sequence[DrawnLink]) -> list[DrawnLine]:
    taken = _taken(drawn)
    arriving: dict[str, list[DrawnLink]] = {}
    for link in links:
        arriving.setdefault(link.child, []).append(link)
    lines = []
    for child, own in arriving.items():
        end = drawn.places[child]
        own.sort(key=lambda link: drawn.places[link.parent].y)
        room = min(_PORTS, (end.height - 24) / max(1, len(own) - 1))
        for at, link in enumerate(own):
            port = end.y + (at - (len(own) - 1) / 2) * room
            lines.append(DrawnLine(link=link, port=port, via=_via(drawn, taken, drawn.places[link.parent], end, port)))
    return lines


def _taken(drawn: PicturePlan) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[] for _ in drawn.columns]
    for place in drawn.places.values():
        found[place.column].append((place.y - place.height / 2, place.y + place.height / 2))
    return [sorted(column) for column in found]


def _via(
    drawn: PicturePlan, taken: Sequence[Sequence[tuple[float, float]]], start: Placed, end: Placed, port: float
) -> tuple[tuple[int, float], ...]:
    """Return where a line crosses the columns between its ends: as near its end as no card is in the way."""
    step = 1 if end.column >= start.column else -1
    between = range(start.column + step, end.column, step)
    return tuple((column, free(taken[column], port)) for column in between)


def free(taken: Sequence[tuple[float, float]], wanted: float) -> float:
    """Return the height nearest to `wanted` at which no card of a column is in the way.

    >>> free([(0, 100), (116, 200)], 90)
    108.0
    """
    at = bisect_right(taken, (wanted, float("inf")))
    near = taken[max(0, at - 1) : at + 1]
    if all(wanted <= low - _CLEAR or wanted >= high + _CLEAR for low, high in near):
        return wanted
    edges: list[float] = [taken[0][0] - GAP / 2, *(high + GAP / 2 for _, high in taken)]
    nearest: float = min(edges, key=lambda edge: abs(edge - wanted))
    return round(nearest, 1)
