"""The flow of tasks (Sankey): theme by theme from level to level, and into ends of its own what was not taken up."""

from collections import Counter
from dataclasses import dataclass, field

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from views.card_text import width, wrap
from views.cascade_payload import read
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    INK,
    RULE,
    Canvas,
    DrawnBox,
    DrawnMark,
    DrawnPath,
    DrawnWords,
    FilePicture,
    LegendSign,
    Shape,
    StateLook,
    plain,
)
from views.drawings.pictures.cascade_parts import theme_names, theme_of_cards
from views.lanes.card_layout import PictureColumn, columns
from views.page_payload import COLOURS
from views.picture_records import DETAILS, ORDER, RELATIONS, Cascade

_THEME, _NODE, _STEP, _RIGHT, _TOP = 150.0, 12.0, 320.0, 285.0, 34.0
_TASK, _LEAST, _GAP, _BAND_GAP = 8.0, 19.0, 7.0, 20.0
_THEMES, _PLACES = 16, 6
_FLOWS = {
    "same": StateLook(fill="#9fd0a2", ink="#1b5e20"),
    "adapted": StateLook(fill="#f6c98b", ink="#6a3d00"),
    "partial": StateLook(fill="#c9b0e4", ink="#4a1d7a"),
    "doubtful_link": StateLook(fill="#dfdcc0", ink="#4b4824", dashes="2 3"),
    "doubtful": StateLook(fill="#d5d9dd", ink="#3f454b", dashes="2 3"),
    "not_found": StateLook(fill="#f4b6b0", ink="#a31515", dashes="6 4"),
    "cannot_say": StateLook(fill="#e9ebed", ink="#4a4f55", dashes="1 3"),
}
"""The colour of each flow, in order; what a sink holds has the dashes of its state."""
_COLUMNS = ("theme_name", "level", "place", "answer", "relation", "to_level", "to_place", "tasks")
_Node = tuple[int, str, str]
"""A column, the name of a theme, and a place or the state of an end."""


@dataclass(slots=True)
class _Stand:
    """A node as it stands: its middle axis is `x` to `x + _NODE`; flows are stacked from `top` on either side."""

    x: float
    y: float
    height: float
    out: float = 0.0
    into: float = 0.0


@dataclass(slots=True)
class _Flows:
    """What flows between nodes, and what each node holds."""

    names: list[PictureColumn]
    themes: list[str]
    flows: Counter[tuple[_Node, _Node, str]] = field(default_factory=Counter)
    tasks: Counter[_Node] = field(default_factory=Counter)
    new: Counter[_Node] = field(default_factory=Counter)
    open: Counter[_Node] = field(default_factory=Counter)
    places: dict[_Node, None] = field(default_factory=dict)


def flow_picture(store: Store, of: str, words: DrawingWords, theme: str | None = None) -> FilePicture:
    """Return the flow of the tasks of a family; each link of its cascade and each gap is one unit of width.

    Raises:
        UnknownNameError: nothing is named so, or the cascade has no such theme.
    """
    cascade = read(store, of, theme)
    held = _gather(cascade, words)
    stands, bands, height = _stand(held)
    ground = _ground(held, bands, height, words)
    marks = [*_ribbons(held, stands, words), *_nodes(held, stands, words)]
    wide = _THEME + _NODE + (len(held.names) - 1) * _STEP + _RIGHT
    counts = Counter[str]()
    for (_, _, state), count in held.flows.items():
        counts[state] += count
    shown = [name for name in _FLOWS if counts[name]]
    return FilePicture(
        kind="sankey",
        title=cascade.title,
        subtitle=words("kind.sankey"),
        legend=tuple(
            LegendSign(look=_FLOWS[name], said=words("sankey.legend", word=_word(name, words), count=counts[name]))
            for name in shown
        ),
        notes=(words("sankey.about"), *(words.note(note) for note in cascade.notes)),
        canvas=Canvas(
            width=wide, height=height, ground=tuple(ground), marks=tuple(marks), cuts=tuple(end for _, _, end in bands)
        ),
        rows=_rows(held),
        choices=tuple((name, _word(name, words)) for name in shown),
    )


def _word(state: str, words: DrawingWords) -> str:
    if state in RELATIONS:
        return words.relation(state)
    return words("sankey.doubtful") if state == "doubtful_link" else words.value("answer", state)


# -- what flows


def _gather(cascade: Cascade, words: DrawingWords) -> _Flows:
    """Return the flows of a cascade; small themes and places beyond the first few are added up."""
    # A row of a list stands in the document of what it itemises.
    links = [link for link in cascade.links if link.relation != DETAILS]
    themes, stands = theme_of_cards(cascade, words), columns(cascade.cards, links)
    steps = sorted(
        set(stands.values()) | {(gap.level, 0) for gap in cascade.gaps}, key=lambda one: (ORDER.index(one[0]), one[1])
    )
    column = {step: at for at, step in enumerate(steps)}
    folded = _folded(cascade, themes, words)
    short = _short_places(cascade, stands, words)
    held = _Flows(names=steps, themes=list(dict.fromkeys(folded[name] for name in theme_names(cascade, words))))

    def node(key: str) -> _Node:
        card = cascade.cards[key]
        return column[stands[key]], folded[themes[key]], short[stands[key], words.place(card.place, card.level)]

    for key, card in cascade.cards.items():
        held.places[node(key)] = None
        held.tasks[node(key)] += 1
        held.new[node(key)] += card.added == "added"
        held.open[node(key)] += card.added in ("cannot_say", "doubtful")
    for link in links:
        # The lower task stands in the band of the task that it carries out.
        at = node(link.child)
        below = (at[0], folded[themes[link.parent]], at[2])
        held.places.setdefault(below, None)
        held.flows[node(link.parent), below, "doubtful_link" if link.weak else link.relation] += 1
    for gap in cascade.gaps:
        end = (column[gap.level, 0], folded[themes[gap.parent]], f"\0{gap.answer}")
        held.places.setdefault(end, None)
        held.flows[node(gap.parent), end, gap.answer] += 1
    return held


def _folded(cascade: Cascade, themes: dict[str, str], words: DrawingWords) -> dict[str, str]:
    """Return the name that each theme is drawn under."""
    names, count = theme_names(cascade, words), Counter(themes.values())
    if len(names) <= _THEMES:
        return {name: name for name in names}
    kept = {name for name, _ in count.most_common(_THEMES - 1)}
    rest = words("sankey.rest_themes", count=len(names) - len(kept))
    return {name: name if name in kept else rest for name in names}


def _short_places(
    cascade: Cascade, stands: dict[str, PictureColumn], words: DrawingWords
) -> dict[tuple[PictureColumn, str], str]:
    """Return the name that each place of each column is drawn under."""
    count: dict[PictureColumn, Counter[str]] = {}
    for key, card in cascade.cards.items():
        count.setdefault(stands[key], Counter())[words.place(card.place, card.level)] += 1
    found: dict[tuple[PictureColumn, str], str] = {}
    for step, places in count.items():
        kept = {name for name, _ in places.most_common(_PLACES if len(places) <= _PLACES else _PLACES - 1)}
        rest = words("sankey.rest_places", count=len(places) - len(kept))
        found |= {(step, name): name if name in kept else rest for name in places}
    return found


# -- where it stands


def _stand(held: _Flows) -> tuple[dict[_Node, _Stand], list[tuple[str, float, float]], float]:
    """Return the nodes as they stand, the bands of the themes (name, top, end), and the height of all."""
    out, into = Counter[_Node](), Counter[_Node]()
    for (start, end, _), count in held.flows.items():
        out[start] += count
        into[end] += count
    stands, bands, y = {}, [], _TOP
    for theme in held.themes:
        tallest = max(1, len(wrap(theme, (_THEME - 20) / 14, 4))) * 19.0 + 4
        for at in range(len(held.names)):
            own = [node for node in held.places if node[:2] == (at, theme)]
            # Ends stand below the places, so that no line crosses what flows on.
            own.sort(key=lambda node: node[2].startswith("\0"))
            stack = 0.0
            for node in own:
                tall = max(_LEAST, max(out[node], into[node] + held.new[node] + held.open[node]) * _TASK)
                stands[node] = _Stand(_THEME + at * _STEP, y + stack, tall)
                stack += tall + _GAP
            tallest = max(tallest, stack - _GAP)
        bands.append((theme, y, y + tallest + _BAND_GAP / 2))
        y += tallest + _BAND_GAP
    return stands, bands, y


def _ground(held: _Flows, bands: list[tuple[str, float, float]], height: float, words: DrawingWords) -> list[Shape]:
    shapes: list[Shape] = []
    for at, (level, step) in enumerate(held.names):
        name = words.level(level)
        title = words("step", level=name, step=step + 1) if step else name
        shapes.append(
            DrawnWords(x=_THEME + at * _STEP, y=16, runs=plain(title), size=14, weight=700, colour=COLOURS[level])
        )
    wide = _THEME + _NODE + (len(held.names) - 1) * _STEP + _RIGHT
    for name, top, end in bands:
        for at, line in enumerate(wrap(name, (_THEME - 20) / 14, 4)):
            shapes.append(DrawnWords(x=0, y=top + 13 + at * 19, runs=plain(line), size=14, weight=600, colour=INK))
        if end < height - _BAND_GAP:
            shapes.append(DrawnPath(path=f"M0 {end:.1f}H{wide:.1f}", line=RULE))
    return shapes


def _ribbons(held: _Flows, stands: dict[_Node, _Stand], words: DrawingWords) -> list[DrawnMark]:
    """Return the flows, stacked on both sides in one order: by place, then by kind."""
    order = list(_FLOWS)
    rank = {node: (stands[node].x, stands[node].y) for node in stands}
    flows = sorted(held.flows.items(), key=lambda one: (rank[one[0][1]], rank[one[0][0]], order.index(one[0][2])))
    made, labels = [], []
    for (start, end, state), count in flows:
        a, b, look = stands[start], stands[end], _FLOWS[state]
        tall = count * _TASK
        y1, y2 = a.y + a.out, b.y + b.into
        a.out, b.into = a.out + tall, b.into + tall
        x1, x2 = a.x + _NODE, b.x
        bend = max(40.0, (x2 - x1) * 0.45)
        path = (
            f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
            f"V{y2 + tall:.1f}C{x2 - bend:.1f} {y2 + tall:.1f} {x1 + bend:.1f} {y1 + tall:.1f} {x1:.1f} {y1 + tall:.1f}Z"
        )
        said = f"{_named(start, words)} → {_named(end, words)} · {start[1]} · {_word(state, words)} {count}"
        ribbon = DrawnPath(path=path, fill=look.fill, opacity=0.85)
        doubt = state.startswith("doubtful")
        made.append(DrawnMark(shapes=(ribbon,), said=said, state=state, doubt=doubt))
        # The end says itself what it is; a thin line has no room for its word.
        if tall >= 14 and not end[2].startswith("\0"):
            label = words("count.each", word=_word(state, words), count=count)
            shape = DrawnWords(
                x=x2 - 8, y=y2 + tall / 2 + 4.2, runs=plain(label), size=12, colour=look.ink, anchor="end", halo=True
            )
            labels.append(DrawnMark(shapes=(shape,), said=said, state=state, doubt=doubt))
    # No ribbon lies over words.
    return [*made, *labels]


def _named(node: _Node, words: DrawingWords) -> str:
    return words.value("answer", node[2][1:]) if node[2].startswith("\0") else node[2]


def _nodes(held: _Flows, stands: dict[_Node, _Stand], words: DrawingWords) -> list[DrawnMark]:
    into = Counter[_Node]()
    for (_, target, _), count in held.flows.items():
        into[target] += count
    made = []
    for node, at in stands.items():
        end = node[2].startswith("\0")
        state = node[2][1:] if end else ""
        name = _named(node, words)
        said = (
            words("sankey.sink", word=name, count=into[node])
            if end
            else words("sankey.node", place=name, count=held.tasks[node])
        )
        if held.new[node]:
            said += words("sep") + words("sankey.new", count=held.new[node])
        if held.open[node]:
            said += words("sep") + words("sankey.open", count=held.open[node])
        look = _FLOWS[state] if end else None
        colour = look.ink if look else COLOURS[held.names[node[0]][0]]
        box = DrawnBox(
            x=at.x,
            y=at.y,
            width=_NODE,
            height=at.height,
            fill=look.fill if look else colour,
            line=colour,
            dashes=look.dashes if look else "",
        )
        x, middle = at.x + _NODE + 5, at.y + min(at.height / 2, 40)
        tag = DrawnBox(x=x, y=middle - 9, width=width(said) * 11.8 + 8, height=18, fill="#ffffff", round=4)
        words_at = DrawnWords(
            x=x + 4,
            y=middle + 4.4,
            runs=plain(said, "strong" if end else "plain"),
            size=12.5,
            colour=colour if end else INK,
        )
        made.append(
            DrawnMark(shapes=(box, tag, words_at), said=f"{node[1]} · {said}", state=state, doubt=state == "doubtful")
        )
    return made


def _rows(held: _Flows) -> Answer:
    rank = order_of("answer")
    rows: list[AnswerRow] = []
    for (start, end, state), count in held.flows.items():
        sink = end[2].startswith("\0")
        rows.append(
            {
                "theme_name": start[1],
                "level": held.names[start[0]][0],
                "place": start[2],
                "answer": state if state in rank else "doubtful" if state == "doubtful_link" else None,
                "relation": state if state in RELATIONS else None,
                "to_level": held.names[end[0]][0],
                "to_place": None if sink else end[2],
                "tasks": count,
            }
        )
    return Answer(name="sankey", columns=_COLUMNS, rows=shaped(_COLUMNS, rows))
