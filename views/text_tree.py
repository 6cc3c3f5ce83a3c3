"""The indented tree below a picture: the same cards as text, for reading, searching, printing and copying."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from views.cards import added_code, deadline, relation
from views.picture_records import Card, Cascade, DrawnLink, DrawnTheme, Proof
from views.picture_words import Words

QUOTED = 1200
"""So many characters of a quote stand on the page at most; what is cut is said."""
_SHORT = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document with what they prove and where they stand, as pages print them."""

    what: str
    place: str
    text: str

    @property
    def short(self) -> bool:
        """Whether it is printed on the line of its place."""
        return len(self.text) <= _SHORT and "\n" not in self.text


@dataclass(slots=True, kw_only=True)
class Item:
    """One line of the tree; `anchor` is its place on the page, None where the task is listed above already."""

    key: str
    anchor: str | None
    level: str
    level_word: str
    place: str
    path: str
    title: str
    relation: str | None
    relation_word: str | None
    units: str
    deadline: str | None
    states: list[tuple[str, str]]
    quotes: list[Quote] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The items of one theme."""

    name: str
    items: tuple[Item, ...]


def quote(proof: Proof, words: Words, what: str | None = None) -> Quote:
    """Return a proof as pages print it."""
    text = proof.quote.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > QUOTED:
        text = text[:QUOTED] + words("proof.cut", count=len(text))
    place = words("proof.place", document=proof.document, start=proof.start, end=proof.end)
    return Quote(what=what or words.proof(proof.what), place=place, text=text)


def units(card: Card, words: Words) -> str:
    """Return who carries a task, role by role, on one line."""
    roles = dict.fromkeys(role for role, _ in card.units)
    return words("sep").join(
        words.role(role) + words("colon") + words("joint").join(name for one, name in card.units if one == role)
        for role in roles
    )


def sentences(card: Card, words: Words) -> list[tuple[str, str]]:
    """Return sentences about a card's cascade, with their reasons, each with the name of its style."""
    said_of_card = []
    for code, names, why in (
        ("missing", card.missing, words("missing.why")),
        (
            "doubtful",
            [words("doubtful.see", place=at, title=title) for at, title in card.doubtful],
            words("doubtful.why"),
        ),
        *(("unsure", names, words.why("unsure", reason)) for reason, names in card.doubts.items()),
    ):
        if names:
            style = "unsure" if code == "doubtful" else code
            said_of_card.append((style, f"{words(code)}{words('joint').join(names)}（{why}）"))
    if card.added:
        code = added_code(card.added)
        said = f"{words(code)}（{words.why(code, card.reason)}）"
        said_of_card.append(("added" if code == "added" else "unsure", said))
    told = (("skips", card.skips), ("later", card.later), ("later.target", card.later_target))
    said_of_card += [("skips", words(code)) for code, true in told if true]
    return said_of_card


class _Grower:
    """Makes the items of a tree, each task in full once, `room` of them at most."""

    def __init__(self, cascade: Cascade, words: Words, room: int) -> None:
        self.cascade = cascade
        self.words = words
        self.room = room
        self.anchors: dict[str, str] = {}
        self.below: dict[str, list[DrawnLink]] = {}
        for link in cascade.links:
            self.below.setdefault(link.parent, []).append(link)

    def grow(self, key: str, link: DrawnLink | None = None) -> Item | None:
        """Return the item of a task and all below it, or None where there is no room left."""
        if key in self.anchors:
            return self._item(key, link, repeated=True)
        if len(self.anchors) >= self.room:
            return None
        self.anchors[key] = f"t{len(self.anchors) + 1}"
        item = self._item(key, link, repeated=False)
        grown = (self.grow(one.child, one) for one in self.below.get(key, ()))
        item.children = [child for child in grown if child]
        return item

    def _item(self, key: str, link: DrawnLink | None, *, repeated: bool) -> Item:
        card, words = self.cascade.cards[key], self.words
        quotes = [] if repeated else [quote(proof, words) for proof in card.proofs]
        if link:
            quotes += [quote(proof, words, words("panel.above")) for proof in link.above]
            quotes += [quote(proof, words, words("panel.below")) for proof in link.below]
        return Item(
            key=key,
            anchor=None if repeated else self.anchors[key],
            level=card.level,
            level_word=words(f"level.{card.level}"),
            place=card.place,
            path=card.path,
            title=card.title,
            relation=link.relation if link else None,
            relation_word=relation(link, words) if link else None,
            units="" if repeated else units(card, words),
            deadline=None if repeated else deadline(card, words),
            states=[("repeated", words("tree.above"))] if repeated else sentences(card, words),
            quotes=quotes,
        )


def tree(cascade: Cascade, words: Words, room: int) -> tuple[list[Branch], Mapping[str, str]]:
    """Return the tree theme by theme, and the places on the page of the tasks that it lists."""
    grower = _Grower(cascade, words, room)
    made = []
    for theme in cascade.themes:
        items = [grower.grow(head) for head in theme.heads]
        made.append(Branch(name=name_of(theme, words), items=tuple(item for item in items if item)))
    return [branch for branch in made if branch.items], grower.anchors


def name_of(theme: DrawnTheme, words: Words) -> str:
    """Return the name of a theme for people."""
    return theme.name or words("theme.none")
