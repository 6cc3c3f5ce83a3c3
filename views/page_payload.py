"""The data of a page: every picture on it, what its cards say, and what opens beside them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from views.cards import (
    ACCENT,
    CARD_WIDTH,
    PADDING,
    STYLES,
    Lines,
    deadline,
    fold_lines,
    height,
    lines,
    offsets,
    relation,
    state,
)
from views.lanes.card_layout import DrawnLine, PictureColumn, PicturePlan, columns, plan
from views.lanes.folding import Shown, shown
from views.picture_records import DETAILS, RELATIONS, Card, Cascade, DrawnLink, Proof
from views.picture_words import Words
from views.text_tree import name_of, quote, sentences

COLOURS: Mapping[str, str] = {
    "central": "#6a1b9a",
    "province": "#1f3a7a",
    "city": "#00594f",
    "county": "#6b3e12",
    "town": "#37474f",
    "unknown": "#4a4f55",
}
TINTS: Mapping[str, str] = {
    "central": "#f8f3fb",
    "province": "#f2f5fb",
    "city": "#f0f8f6",
    "county": "#faf6f0",
    "town": "#f3f5f6",
    "unknown": "#f5f5f5",
}
LINES: Mapping[str, Mapping[str, Any]] = {
    "same": {"colour": "#1b5e20", "width": 3, "dashes": False},
    "adapted": {"colour": "#8a4100", "width": 2, "dashes": False},
    "partial": {"colour": "#5b2a8c", "width": 2, "dashes": [7, 5]},
    DETAILS: {"colour": "#546069", "width": 1.6, "dashes": [1, 3]},
    "several": {"colour": "#3d4449", "width": 2, "dashes": False},
}
WEAK_LINE: Mapping[str, Any] = {"width": 1.3, "dashes": [2, 4]}
"""A line whose link is doubtful: thin and dotted, in the colour of its kind."""
TOGETHER = 60
"""So many cards a reader can take in at once; a page with more goes theme by theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One picture of a page: its name, what it shows and where; `held` counts all its tasks by column, folded or not."""

    name: str
    tasks: int
    shown: Shown
    plan: PicturePlan
    held: Mapping[PictureColumn, int]


def views(cascade: Cascade, words: Words, most: int) -> list[View]:
    """Return the pictures of a page: the whole where it has room for it, then every theme."""
    stands = columns(cascade.cards, cascade.links)
    drawn = []
    several = len(cascade.themes) > 1
    if len(cascade.cards) <= most or not several:
        groups = [(name_of(theme, words) if several else None, len(theme.heads)) for theme in cascade.themes]
        name = words("theme.all") if several or not cascade.themes else name_of(cascade.themes[0], words)
        drawn.append(_view(name, cascade, cascade.heads, groups, stands, words, most))
    for theme in cascade.themes if several else ():
        groups = [(None, len(theme.heads))]
        drawn.append(_view(name_of(theme, words), cascade, theme.heads, groups, stands, words, most))
    return drawn


def _view(
    name: str,
    cascade: Cascade,
    heads: Sequence[str],
    groups: Sequence[tuple[str | None, int]],
    stands: Mapping[str, PictureColumn],
    words: Words,
    most: int,
) -> View:
    visible = shown(heads, cascade.cards, cascade.links, most)
    placed = {
        key: stands.get(key, stands[visible.folded[key][0]] if key in visible.folded else ("", 0))
        for key in visible.cards
    }
    heights = {key: height(printed(key, visible, cascade, words)) for key in visible.cards}
    tasks = [task for key in visible.cards for task in visible.folded.get(key, (key,))]
    return View(
        name=name,
        tasks=len(tasks),
        shown=visible,
        plan=plan(visible, placed, heights, groups),
        held=Counter(stands[key] for key in tasks),
    )


def printed(key: str, visible: Shown, cascade: Cascade, words: Words) -> Lines:
    """Return the lines of a card of a picture, be it of a task or of what is folded."""
    if key in visible.folded:
        return fold_lines([cascade.cards[task] for task in visible.folded[key]], words)
    return lines(cascade.cards[key], words)


# -- what the script of the page reads


def payload(cascade: Cascade, drawn_views: Sequence[View], anchors: Mapping[str, str], words: Words) -> dict[str, Any]:
    """Return all that the page's script reads, but the nodes and lines of its pictures."""
    drawn = {key for view in drawn_views for key in view.shown.cards}
    return {
        "words": {code: words(code) for code in _SCRIPT_WORDS},
        "card": {"width": CARD_WIDTH, "padding": PADDING, "accent": ACCENT},
        "styles": {name: asdict(style) for name, style in STYLES.items()},
        "colours": COLOURS,
        "tints": TINTS,
        "lines": LINES,
        "weak": WEAK_LINE,
        "tasks": {
            key: _task(card, cascade, anchors, words) if key in drawn else _named(card, anchors)
            for key, card in cascade.cards.items()
        },
        "links": [_link(link, words) for link in cascade.links if drawn & {link.parent, link.child}],
        "views": [_frame(view, cascade, words) for view in drawn_views],
        "start": 1
        if len(drawn_views) > 1 and drawn_views[0].tasks > TOGETHER and drawn_views[0].name == words("theme.all")
        else 0,
    }


_SCRIPT_WORDS = (
    "ui.close",
    "ui.to_tree",
    "panel.units",
    "panel.deadline",
    "panel.targets",
    "panel.policy",
    "panel.up",
    "panel.down",
    "panel.proofs",
    "panel.state",
    "panel.key",
    "panel.folded",
    "panel.above",
    "panel.below",
    "panel.none",
    "colon",
    "joint",
    "note.folded",
    "choose.found",
)


def _named(card: Card, anchors: Mapping[str, str]) -> dict[str, Any]:
    """Return the record of a task that no picture draws: cards that stand for it name it."""
    return {"place": card.place, "path": card.path, "title": card.title, "anchor": anchors.get(card.key)}


def _task(card: Card, cascade: Cascade, anchors: Mapping[str, str], words: Words) -> dict[str, Any]:
    own = lines(card, words)
    policy = cascade.policies.get(card.policy, {})
    named = [policy.get("doc_number"), policy.get("title")]
    roles = dict.fromkeys(role for role, _ in card.units)
    return {
        "level": card.level,
        "levelWord": words(f"level.{card.level}"),
        "place": card.place,
        "path": card.path,
        "title": card.title,
        "state": state(card),
        "lines": _drawn(own),
        "height": height(own),
        "policy": words("sep").join(str(one) for one in named if one) or card.policy,
        "units": [
            [words.role(role), words("joint").join(name for one, name in card.units if one == role)] for role in roles
        ],
        "deadline": deadline(card, words),
        "targets": card.targets,
        "states": sentences(card, words),
        "carried": list(dict.fromkeys(name for _, name in card.units)),
        "quotes": _quotes(card.proofs, words),
        "anchor": anchors.get(card.key),
    }


def _drawn(own: Lines) -> list[list[Any]]:
    return [[style, text, at] for (style, text), at in zip(own, offsets(own)[1:], strict=True)]


def _quotes(proofs: Sequence[Proof], words: Words) -> list[list[Any]]:
    made = [quote(proof, words) for proof in proofs]
    return [[one.what, one.place, one.text, one.short] for one in made]


def _link(link: DrawnLink, words: Words) -> dict[str, Any]:
    return {
        "parent": link.parent,
        "child": link.child,
        "word": relation(link, words),
        "kind": link.relation,
        "weak": link.weak,
        "score": words("panel.score", score=f"{link.score:.2f}"),
        "above": _quotes(link.above, words),
        "below": _quotes(link.below, words),
    }


def _frame(view: View, cascade: Cascade, words: Words) -> dict[str, Any]:
    folds = {}
    for key, tasks in view.shown.folded.items():
        own = printed(key, view.shown, cascade, words)
        level = view.shown.cards[key].level
        folds[key] = {
            "level": level,
            "levelWord": words(f"level.{level}"),
            "place": "",
            "path": "",
            "state": "folded",
            "title": own[0][1],
            "lines": _drawn(own),
            "height": height(own),
            "folded": list(tasks),
        }
    layout = view.plan
    return {
        "name": view.name,
        "tasks": view.tasks,
        "width": layout.width,
        "height": round(layout.height, 1),
        "columns": [
            {"x": layout.middle(at), "level": column[0], "title": title, "said": said}
            for at, (column, title, said) in enumerate(zip(layout.columns, *_lanes(view, words), strict=True))
        ],
        "bands": [[label, round(top, 1), round(bottom, 1)] for label, top, bottom in layout.bands],
        "folds": folds,
        "folded": view.shown.count,
    }


def strips(cascade: Cascade, drawn_views: Sequence[View], words: Words) -> list[list[tuple[str, int, str]]]:
    """Return for each picture of a page how many of its tasks have each state: style, percent, words."""
    made = []
    for view in drawn_views:
        tasks = [task for key in view.shown.cards for task in view.shown.folded.get(key, (key,))]
        counts = Counter(_strip_state(cascade.cards[task]) for task in dict.fromkeys(tasks))
        whole = max(1, sum(counts.values()))
        made.append(
            [
                (name, round(100 * counts[name] / whole), words(f"strip.{name}", count=counts[name]))
                for name in STRIP
                if counts[name]
            ]
        )
    return made


STRIP = ("missing", "unsure", "added", "plain")
"""What the strip of a theme shows, the most pressing first."""


def _strip_state(card: Card) -> str:
    if card.missing:
        return "missing"
    if card.doubtful or card.unsure or card.added in ("cannot_say", "doubtful"):
        return "unsure"
    return "added" if card.added else "plain"


def units_of_cards(cascade: Cascade) -> list[str]:
    """Return the units that carry the tasks of a page, as printed, each once, in order of the tree."""
    return list(dict.fromkeys(name for card in cascade.cards.values() for _, name in card.units))


def line_look(line: DrawnLine, words: Words) -> dict[str, Any]:
    """Return the look of a line of a picture: its words, kind, and the way that it takes."""
    kind = line.link.relation if line.link.relation in LINES else "several"
    return {
        "label": relation(line.link, words),
        "kind": kind,
        "weak": line.link.weak,
        "port": round(line.port, 1),
        "via": [[column, round(y, 1)] for column, y in line.via],
    }


# -- counts


def _lanes(view: View, words: Words) -> tuple[list[str], list[list[str]]]:
    """Return the heading of every column and what is counted below it."""
    titles, said = [], []
    for at, (level, step) in enumerate(view.plan.columns):
        inside = [key for key, place in view.plan.places.items() if place.column == at]
        cards = [view.shown.cards[key] for key in inside if key not in view.shown.folded]
        name = words(f"level.{level}")
        title = words("step", level=name, step=step + 1) if step else name
        places = len({card.place for card in cards})
        counted = words("lane.tasks" if places > 1 else "lane.task", places=places, tasks=view.held[level, step])
        titles.append(title + words("sep") + counted)
        said.append(_counts(cards, [line.link for line in view.plan.lines], words))
    return titles, said


def _counts(cards: Sequence[Card], links: Sequence[DrawnLink], words: Words) -> list[str]:
    """Return the counts of the cards of one column: by relation, and of those not taken up."""
    keys = {card.key for card in cards}
    kinds: dict[str, int] = {}
    for link in links:
        if link.child in keys and link.relation in RELATIONS:
            kinds[link.child] = min(kinds.get(link.child, 9), RELATIONS.index(link.relation))
    first = [
        words(f"sum.{name}", count=count)
        for at, name in enumerate(RELATIONS)
        if (count := sum(rank == at for rank in kinds.values()))
    ]
    for code, count in (
        ("sum.added", sum(card.added == "added" for card in cards)),
        ("sum.unsure", sum(card.added in ("cannot_say", "doubtful") for card in cards)),
        ("sum.skips", sum(card.skips for card in cards)),
    ):
        first += [words(code, count=count)] if count else []
    second = [
        words(code, count=count)
        for code, count in (
            ("lane.missing", sum(bool(card.missing) for card in cards)),
            ("lane.unsure", sum(bool(card.unsure or card.doubtful) for card in cards)),
        )
        if count
    ]
    return [words("sep").join(one) for one in (first, second) if one]


def totals(cascade: Cascade, words: Words) -> list[tuple[str, str]]:
    """Return the counts of a whole page, each with the name of its style."""
    cards, links = cascade.cards.values(), cascade.links
    sums = []
    for level in COLOURS:
        if count := sum(card.level == level for card in cards):
            sums.append((f"level {level}", words("sum.levels", level=words(f"level.{level}"), count=count)))
    sums.append(("plain", words("sum.links", count=len(links))))
    for name in RELATIONS:
        sums.append((name, words(f"sum.{name}", count=sum(link.relation == name for link in links))))
    for style, code, count in (
        ("missing", "sum.missing", sum(len(card.missing) for card in cards)),
        ("unsure", "sum.gaps", sum(len(card.unsure) + len(card.doubtful) for card in cards)),
        ("added", "sum.added", sum(card.added == "added" for card in cards)),
        ("unsure", "sum.unsure", sum(card.added in ("cannot_say", "doubtful") for card in cards)),
        ("skips", "sum.skips", sum(card.skips for card in cards)),
        ("unsure", "sum.weak", sum(link.weak for link in links)),
    ):
        if count or code == "sum.missing":
            sums.append((style, words(code, count=count)))
    return sums
