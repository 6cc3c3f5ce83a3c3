"""The neighbourhood of one thing: what stands one and two steps from it, as a network that pyvis builds.

Nodes stand in columns by their distance: a layout by forces would hide order and put words over one another.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from graph.schema.vocabulary import schema
from graph.store.protocol import AnswerRow, Store
from queries.answer import Answer, shaped
from queries.catalog import find
from queries.names import resolve
from queries.question_rows import ask
from views.card_text import one_line, wrap
from views.drawings.drawing_words import DrawingWords
from views.drawings.drawn_picture import (
    INK,
    SOFT,
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

_WIDE, _TALL, _GAP, _BETWEEN, _TOP = 270.0, 46.0, 9.0, 150.0, 30.0
_KINDS = {
    "Policy": "#1f3a7a",
    "Document": "#37474f",
    "Task": "#00594f",
    "Unit": "#6b3e12",
    "UnitGroup": "#8a5a00",
    "Theme": "#6a1b9a",
    "Jurisdiction": "#546069",
    "Target": "#a31515",
}
_PAGES = {
    "Task": "task",
    "Unit": "unit",
    "UnitGroup": "unit",
    "Policy": "policy",
    "Document": "document",
    "Theme": "theme",
}
_SHOWN = ("Task", "Unit", "UnitGroup", "Policy", "Document", "Theme", "Jurisdiction", "Target")
_COLUMNS = ("here", "kind", "forward", "there", "label", "name")


@dataclass(slots=True)
class _Near:
    """The nodes found so far by key (label, name, distance), the lines between them, and how many were left out."""

    nodes: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    lines: dict[tuple[str, str, str], AnswerRow] = field(default_factory=dict)
    left: int = 0


def neighbour_picture(store: Store, of: str, words: DrawingWords, most: int) -> FilePicture:
    """Return what stands around one thing, at most `most` nodes in each step.

    Raises:
        NotFoundError: nothing is named so.
    """
    key = resolve(store, "any", of)[0]
    itself = next(iter(ask(find("things_by_key"), store, {"key": key})), {})
    near = _Near(nodes={key: (str(itself.get("label") or ""), one_line(str(itself.get("name") or key)), 0)})
    for distance in (1, 2):
        _step(store, near, distance, most)
    net = network_of(near.nodes, list(near.lines.values()), words)
    kinds = Counter(label for label, _, _ in near.nodes.values())
    notes = [words("near.rest", count=near.left, most=most)] if near.left else []
    return FilePicture(
        kind="neighbours",
        title=near.nodes[key][1],
        subtitle=words("sep").join([words("kind.neighbours"), key]),
        totals=(("plain", words("count.nodes", count=len(near.nodes), lines=len(near.lines))),),
        legend=tuple(
            LegendSign(
                look=StateLook(fill=_KINDS[kind], ink=_KINDS[kind]),
                said=words("count.each", word=_kind_word(kind, words), count=kinds[kind]),
            )
            for kind in _SHOWN
            if kinds[kind]
        ),
        notes=tuple(notes),
        canvas=_canvas(net.nodes, net.edges, words),
        rows=Answer(name="neighbours", columns=_COLUMNS, rows=shaped(_COLUMNS, near.lines.values())),
        choices=tuple((kind, _kind_word(kind, words)) for kind in _SHOWN if kinds[kind]),
    )


def _step(store: Store, near: _Near, distance: int, most: int) -> None:
    """Add what stands next to the outermost nodes; what many of them share goes first, then in order of the answer."""
    edge = [key for key, (label, _, at) in near.nodes.items() if at == distance - 1 and label in _SHOWN]
    if distance == 2:
        # A place or a whole policy touches everything: what stands behind it is no neighbourhood any more.
        edge = [key for key in edge if near.nodes[key][0] in ("Task", "Unit", "UnitGroup")]
    rows = ask(find("neighbours"), store, {"keys": edge}) if edge else []
    rows = [row for row in rows if row["label"] in _SHOWN]
    fresh = Counter(str(row["there"]) for row in rows if str(row["there"]) not in near.nodes)
    chosen = {key for key, _ in fresh.most_common(most)}
    near.left += len(fresh) - len(chosen)
    for row in rows:
        there = str(row["there"])
        if there in chosen:
            near.nodes.setdefault(there, (str(row["label"]), one_line(str(row["name"] or there)), distance))
        if there in near.nodes:
            ends = (str(row["here"]), there) if row["forward"] else (there, str(row["here"]))
            near.lines.setdefault((*ends, str(row["kind"])), row)


def network_of(nodes: dict[str, tuple[str, str, int]], lines: list[AnswerRow], words: DrawingWords) -> Any:  # noqa: ANN401 - pyvis has no types
    """Return the network as pyvis builds it: places are set, so no layout runs."""
    from pyvis.network import Network

    net = Network(directed=True)
    ties: dict[str, dict[str, None]] = {}
    for row in lines:
        ties.setdefault(str(row["there"]), {})[_edge_word(str(row["kind"]), words)] = None
    for at, (key, x, y) in enumerate(_places(nodes, lines)):
        label, name, distance = nodes[key]
        tie = words("joint").join(ties.get(key, {}))
        net.add_node(key, label=name, group=label, level=distance, x=x, y=y, physics=False, order=at, tie=tie)
    for row in lines:
        ends = (str(row["here"]), str(row["there"])) if row["forward"] else (str(row["there"]), str(row["here"]))
        net.add_edge(*ends, title=_edge_word(str(row["kind"]), words), physics=False)
    return net


def _places(nodes: dict[str, tuple[str, str, int]], lines: list[AnswerRow]) -> list[tuple[str, float, float]]:
    """Return the upper left corner of each node: columns by distance, in each by kind and by what it hangs on."""
    columns: dict[int, list[str]] = {}
    for key, (_, _, distance) in nodes.items():
        columns.setdefault(distance, []).append(key)
    ties: dict[str, list[str]] = {}
    for row in lines:
        ties.setdefault(str(row["there"]), []).append(str(row["here"]))
        ties.setdefault(str(row["here"]), []).append(str(row["there"]))
    tallest = max(len(own) for own in columns.values()) * (_TALL + _GAP)
    heights: dict[str, float] = {}
    made = []
    for distance, own in sorted(columns.items()):
        own.sort(
            key=lambda key: (
                _mean(heights, ties.get(key, [])),
                _SHOWN.index(nodes[key][0]) if nodes[key][0] in _SHOWN else 9,
            )
        )
        if distance == 1:
            own.sort(key=lambda key: _SHOWN.index(nodes[key][0]) if nodes[key][0] in _SHOWN else 9)
        # Spread over the whole height, so that lines do not run in bundles.
        room = max(_TALL + _GAP, min(tallest / len(own), 2.2 * (_TALL + _GAP)))
        # All begin on one line: what is in the middle of a tall picture is not seen when it opens.
        top = _TOP
        for at, key in enumerate(own):
            heights[key] = top + at * room
            made.append((key, distance * (_WIDE + _BETWEEN), heights[key]))
    return made


def _mean(heights: dict[str, float], keys: list[str]) -> float:
    known = [heights[key] for key in keys if key in heights]
    return sum(known) / len(known) if known else 0.0


def _kind_word(label: str, words: DrawingWords) -> str:
    known = schema().nodes.get(label)
    return known.label[words.language] if known else label


def _edge_word(kind: str, words: DrawingWords) -> str:
    known = schema().edges.get(kind)
    return known.label[words.language] if known else kind


# -- the drawing of what pyvis holds


def _canvas(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], words: DrawingWords) -> Canvas:
    by_key = {str(node["id"]): node for node in nodes}
    width = max(float(node["x"]) for node in nodes) + _WIDE + 2
    height = max(float(node["y"]) for node in nodes) + _TALL + 6
    ground: list[Shape] = [
        DrawnWords(x=at * (_WIDE + _BETWEEN), y=15, runs=plain(words(code)), size=14, weight=700, colour=SOFT)
        for at, code in enumerate(("near.centre", "near.first", "near.second"))
        if any(node["level"] == at for node in nodes)
    ]
    lines = [_line(by_key[str(edge["from"])], by_key[str(edge["to"])], str(edge.get("title") or "")) for edge in edges]
    return Canvas(
        width=width, height=height, ground=tuple(ground), marks=(*lines, *(_box(node, words) for node in nodes))
    )


def _line(start: dict[str, Any], end: dict[str, Any], word: str) -> DrawnMark:
    left, right = sorted((start, end), key=lambda node: float(node["x"]))
    y1, y2 = float(left["y"]) + _TALL / 2, float(right["y"]) + _TALL / 2
    said = f"{start['label']} → {end['label']}: {word}"
    if left["level"] == right["level"]:
        # Two of one column: a bow on their right side.
        x = float(left["x"]) + _WIDE
        path = f"M{x:.1f} {y1:.1f}C{x + 46:.1f} {y1:.1f} {x + 46:.1f} {y2:.1f} {x:.1f} {y2:.1f}"
        return DrawnMark(shapes=(DrawnPath(path=path, line="#9aa3ab", thick=1.2, dashes="4 3"),), said=said)
    x1, x2 = float(left["x"]) + _WIDE, float(right["x"])
    bend = (x2 - x1) * 0.5
    path = f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return DrawnMark(shapes=(DrawnPath(path=path, line="#9aa3ab", thick=1.2),), said=said)


def _box(node: dict[str, Any], words: DrawingWords) -> DrawnMark:
    x, y, kind = float(node["x"]), float(node["y"]), str(node["group"])
    colour = _KINDS.get(kind, SOFT)
    centre = node["level"] == 0
    tie = "" if centre else str(node.get("tie") or "")
    head = wrap(words("sep").join(one for one in (_kind_word(kind, words), tie) if one), (_WIDE - 26) / 12, 1)[0]
    shapes: list[Shape] = [
        DrawnBox(
            x=x, y=y, width=_WIDE, height=_TALL, fill="#ffffff", line=colour, thick=2.4 if centre else 1.2, round=5
        ),
        DrawnBox(x=x, y=y, width=6, height=_TALL, fill=colour),
        DrawnWords(x=x + 15, y=y + 16, runs=plain(head), size=12, weight=600, colour=colour),
    ]
    shapes += [
        DrawnWords(x=x + 15, y=y + 36, runs=plain(line), size=13.5, weight=600 if centre else 400, colour=INK)
        for line in wrap(str(node["label"]), (_WIDE - 26) / 13.5, 1)
    ]
    units = (str(node["label"]),) if kind in ("Unit", "UnitGroup") else ()
    return DrawnMark(
        shapes=tuple(shapes),
        said=f"{_kind_word(kind, words)}: {node['label']}\n{node['id']}",
        kind=_PAGES.get(kind, ""),
        key=str(node["id"]),
        state=kind,
        units=units,
    )
