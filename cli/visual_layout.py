"""Where every card stands: a column for each level, trees one below the other, lines through the free lanes."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cli.visual_card import CARD_WIDTH
from cli.visual_data import ORDER, Card, Link
from cli.visual_fold import Shown

GUTTER, MARGIN, GAP, TREE_GAP, LABEL = 132, 28, 16, 26, 40
_LEAN = 150
"""A card stands in the middle of what is below it, but no lower than this many pixels from its top."""
_CLEAR = GAP // 2 - 1
_PORTS = 15

Column = tuple[str, int]
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
class Line:
    """A link as it is drawn: where it ends at the child, and the heights at which it crosses columns between."""

    link: Link
    port: float
    via: tuple[tuple[int, float], ...] = ()


@dataclass(slots=True, kw_only=True)
class Plan:
    """A whole picture: `bands` are the labelled stretches (label, top, bottom), `columns` the levels from the left."""

    columns: list[Column]
    places: dict[str, Placed] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    bands: list[tuple[str | None, float, float]] = field(default_factory=list)
    height: float = 0.0

    @property
    def width(self) -> float:
        """How wide the picture is."""
        return 2 * MARGIN + len(self.columns) * CARD_WIDTH + max(0, len(self.columns) - 1) * GUTTER

    def middle(self, column: int) -> float:
        """Return the middle of a column."""
        return MARGIN + CARD_WIDTH / 2 + column * (CARD_WIDTH + GUTTER)


def columns(cards: Mapping[str, Card], links: Sequence[Link]) -> dict[str, Column]:
    """Return the column of every card: its level, and its step below others of that level."""
    upper: dict[str, list[str]] = {}
    for link in links:
        if link.parent in cards and link.child in cards and cards[link.parent].level == cards[link.child].level:
            upper.setdefault(link.child, []).append(link.parent)

    def step(key: str, met: frozenset[str]) -> int:
        above = [one for one in upper.get(key, ()) if one not in met]
        return 1 + max(step(one, met | {one}) for one in above) if above and len(met) < len(ORDER) else 0

    return {key: (card.level, step(key, frozenset({key}))) for key, card in cards.items()}


def plan(
    shown: Shown, stands: Mapping[str, Column], heights: Mapping[str, int], groups: Sequence[tuple[str | None, int]]
) -> Plan:
    """Return where everything stands; `groups` are the labels and how many of the heads each holds, in order."""
    used = sorted({stands[key] for key in shown.cards}, key=lambda one: (ORDER.index(one[0]), one[1]))
    made = Plan(columns=used)
    column = {key: used.index(stands[key]) for key in shown.cards}
    top, heads = float(MARGIN), iter(shown.heads)
    for label, count in groups:
        start = top
        top += LABEL if label else 0
        for head in (one for _, one in zip(range(count), heads, strict=False)):
            top += _place(head, top, made, shown, column, heights) + TREE_GAP
        made.bands.append((label, start, top - TREE_GAP / 2))
    for head in heads:
        top += _place(head, top, made, shown, column, heights) + TREE_GAP
    made.height = top - TREE_GAP + MARGIN
    made.lines = _lines(made, shown.links)
    return made


def _place(
    head: str, top: float, made: Plan, shown: Shown, column: Mapping[str, int], heights: Mapping[str, int]
) -> float:
    """Place a card and all below it in a band of its own from `top` down; return how high that is."""
    inner, children = top, shown.under.get(head, [])
    middles = []
    for child in children:
        inner += (GAP if inner > top else 0) + _place(
            child, inner + (GAP if inner > top else 0), made, shown, column, heights
        )
        middles.append(made.places[child].y)
    own = heights[head]
    y = (middles[0] + middles[-1]) / 2 if middles else top + own / 2
    y = min(max(y, top + own / 2), max(middles[0] if middles else 0, top + own / 2 + _LEAN))
    made.places[head] = Placed(key=head, column=column[head], x=made.middle(column[head]), y=y, height=own)
    return max(inner - top, y + own / 2 - top)


# -- lines


def _lines(made: Plan, links: Sequence[Link]) -> list[Line]:
    taken = _taken(made)
    arriving: dict[str, list[Link]] = {}
    for link in links:
        arriving.setdefault(link.child, []).append(link)
    found = []
    for child, own in arriving.items():
        end = made.places[child]
        own.sort(key=lambda link: made.places[link.parent].y)
        room = min(_PORTS, (end.height - 24) / max(1, len(own) - 1))
        for at, link in enumerate(own):
            port = end.y + (at - (len(own) - 1) / 2) * room
            found.append(Line(link=link, port=port, via=_via(made, taken, made.places[link.parent], end, port)))
    return found


def _taken(made: Plan) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[] for _ in made.columns]
    for place in made.places.values():
        found[place.column].append((place.y - place.height / 2, place.y + place.height / 2))
    return [sorted(column) for column in found]


def _via(
    made: Plan, taken: Sequence[Sequence[tuple[float, float]]], start: Placed, end: Placed, port: float
) -> tuple[tuple[int, float], ...]:
    """Return where a line crosses the columns between its ends: as near its end as no card is in the way."""
    step = 1 if end.column >= start.column else -1
    between = range(start.column + step, end.column, step)
    return tuple((column, free(taken[column], port)) for column in between)


def free(taken: Sequence[tuple[float, float]], wanted: float) -> float:
    """Return the height nearest to `wanted` at which no card of a column is in the way.

    >>> free([(0, 100), (116, 200)], 90)
    107.0
    """
    at = bisect_right(taken, (wanted, float("inf")))
    near = taken[max(0, at - 1) : at + 1]
    if all(wanted <= low - _CLEAR or wanted >= high + _CLEAR for low, high in near):
        return wanted
    edges = [taken[0][0] - GAP / 2, *(high + GAP / 2 - 1e-9 for _, high in taken)]
    return round(min(edges, key=lambda edge: abs(edge - wanted)), 1)
