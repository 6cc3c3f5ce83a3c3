"""A picture as plain shapes: cards, lines and headings with their places, for whoever draws them as SVG."""

from dataclasses import dataclass
from typing import Any

from views.cards import ACCENT, CARD_WIDTH, PADDING, STYLES, offsets, state
from views.lanes.card_layout import GUTTER, DrawnLine
from views.page_payload import COLOURS, LINES, TINTS, WEAK_LINE, View, line_look, printed
from views.picture_records import Cascade
from views.picture_words import Words

_CURVE = 0.45
_HALF = CARD_WIDTH / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnText:
    """A line of words on a card: its left end and middle, and how it is set."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    weight: int = 400
    tint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCard:
    """A card: its upper left corner and size, its colours, its look (`missing`, `added` …), its words."""

    key: str
    x: float
    y: float
    width: float
    height: float
    colour: str
    tint: str
    look: str
    texts: tuple[DrawnText, ...]
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnWay:
    """The way of a link as an SVG path, with its words and where they stand."""

    parent: str
    child: str
    path: str
    colour: str
    width: float
    dashes: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShapes:
    """A whole picture: its size, the headings of its columns (level, words, left end), cards and ways."""

    width: float
    height: float
    heads: tuple[tuple[str, str, float], ...]
    bands: tuple[tuple[str, float], ...]
    cards: tuple[DrawnCard, ...]
    ways: tuple[DrawnWay, ...]


def shapes_of(view: View, cascade: Cascade, words: Words) -> PictureShapes:
    """Return a picture of a cascade as shapes."""
    plan = view.plan
    heads = []
    for at, (level, step) in enumerate(plan.columns):
        name = words(f"level.{level}")
        title = words("step", level=name, step=step + 1) if step else name
        heads.append(
            (level, f"{title}{words('sep')}{words('lane.task', tasks=view.held[level, step])}", plan.middle(at) - _HALF)
        )
    return PictureShapes(
        width=plan.width,
        height=plan.height,
        heads=tuple(heads),
        bands=tuple((label, top) for label, top, _ in plan.bands if label),
        cards=tuple(_card(key, view, cascade, words) for key in plan.places),
        ways=tuple(_way(line, view, words) for line in plan.lines),
    )


def _card(key: str, view: View, cascade: Cascade, words: Words) -> DrawnCard:
    place, card = view.plan.places[key], view.shown.cards[key]
    own = printed(key, view.shown, cascade, words)
    left, top = place.x - _HALF, place.y - place.height / 2
    folded = key in view.shown.folded
    # A card that stands for several says where in its lines.
    head = "" if folded else words("sep").join(one for one in (card.place, card.path) if one)
    said = [("head", head), *own]
    texts = []
    for (name, text), down in zip(said, offsets(own), strict=True):
        style = STYLES[name]
        texts.append(
            DrawnText(
                x=left + ACCENT + PADDING,
                y=top + down,
                text=text,
                size=style.size,
                colour=style.colour,
                weight=style.weight,
                tint=style.tint,
            )
        )
    return DrawnCard(
        key=key,
        x=left,
        y=top,
        width=CARD_WIDTH,
        height=place.height,
        colour=COLOURS.get(card.level, COLOURS["unknown"]),
        tint=TINTS.get(card.level, TINTS["unknown"]),
        look="plain" if folded else state(card),
        texts=tuple(texts),
        folded=folded,
    )


def _way(line: DrawnLine, view: View, words: Words) -> DrawnWay:
    look: dict[str, Any] = line_look(line, words)
    style = {**LINES[look["kind"]], **(WEAK_LINE if look["weak"] else {})}
    start, end = view.plan.places[line.link.parent], view.plan.places[line.link.child]
    ahead = 1 if end.x >= start.x else -1
    x, y = start.x + ahead * _HALF, start.y
    path = f"M{x:.1f} {y:.1f}"
    stops = [(view.plan.middle(column), height) for column, height in line.via]
    for middle, height in stops:
        path += _bend(x, y, middle - ahead * _HALF, height) + f"H{middle + ahead * _HALF:.1f}"
        x, y = middle + ahead * _HALF, height
    last = end.x - ahead * _HALF
    path += _bend(x, y, last, line.port)
    dashes = style["dashes"]
    return DrawnWay(
        parent=line.link.parent,
        child=line.link.child,
        path=path,
        colour=LINES[look["kind"]]["colour"],
        width=float(style["width"]),
        dashes=" ".join(map(str, dashes)) if dashes else "",
        label=look["label"],
        x=last - ahead * GUTTER * 0.28,
        y=line.port + (y - line.port) * 0.12,
    )


def _bend(x: float, y: float, to_x: float, to_y: float) -> str:
    lean = (to_x - x) * _CURVE
    return f"C{x + lean:.1f} {y:.1f} {to_x - lean:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
