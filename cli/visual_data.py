"""What a picture of a cascade shows, read from the graph by questions: cards, links between them, themes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cli.visual_text import one_line
from graph.identity import link_key
from graph.store.base import Row, Scalar, Store
from queries.catalog import find
from queries.faults import UnknownNameError
from queries.run import LEVELS, ask, run

UNKNOWN_LEVEL = "unknown"
ORDER = (*LEVELS, UNKNOWN_LEVEL)
"""Levels from the top; a policy whose level nobody knows stands at the end."""
RELATIONS = ("same", "adapted", "partial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Words of a document that prove something of a card: `what` is a code that pages have words for."""

    what: str
    document: str
    start: int
    end: int
    quote: str


@dataclass(slots=True, kw_only=True)
class Card:
    """One task in the picture: what is printed of it, and what can be said of its cascade.

    `units` holds (role, printed name) in printed order; `missing` and `unsure` name where it is not taken up
    and where nobody can say; `added` is `added`, `cannot_say` or None; `skips` tells that it passes over a level.
    """

    key: str
    level: str
    place: str
    policy: str
    title: str
    path: str
    deadline: str | None = None
    end: str | None = None
    units: list[tuple[str, str]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    added: str | None = None
    skips: bool = False
    later: bool = False
    taken: bool = False
    proofs: list[Proof] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One correspondence, from the upper task to the lower: what kind, how sure, and the words on both sides."""

    parent: str
    child: str
    relation: str
    score: float
    skips: bool = False
    above: tuple[Proof, ...] = ()
    below: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme with the tasks that stand at the head of a tree in it, in order."""

    key: str | None
    name: str | None
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """All that a picture shows: `cards` and `links` in order of the tree, `heads` first roots, then what was added."""

    title: str
    doc_number: str | None
    place: str | None
    cards: dict[str, Card]
    links: tuple[Link, ...]
    themes: tuple[Theme, ...]
    policies: dict[str, Row]

    @property
    def heads(self) -> tuple[str, ...]:
        """Every task that nothing stands above, theme by theme."""
        return tuple(dict.fromkeys(head for theme in self.themes for head in theme.heads))


def read(store: Store, of: str, theme: str | None = None) -> Cascade:
    """Return the cascade of a policy, document or task, or that of one of its themes.

    Raises:
        UnknownNameError: nothing is named so, or the cascade has no such theme.
        SeveralNamesError: several things are.
    """
    rows = run("cascade", store, of=of).rows
    cards, links = _gather(rows)
    themes = _themes(store, rows, cards)
    if theme is not None:
        themes = _chosen(store, theme, themes)
        cards, links = _within(themes, cards, links)
    _tell_units(store, cards)
    _tell_targets(store, cards)
    _tell_later(store, cards, links)
    policies = _policies(store, cards)
    top = policies.get(cards[next(iter(cards))].policy, {}) if cards else {}
    head = cards[next(iter(cards))] if cards else None
    alone = head is not None and head.key == of
    title = head.title if head and alone else one_line(_text(top.get("title")) or _text(top.get("doc_number")) or of)
    return Cascade(
        title=title, doc_number=_text(top.get("doc_number")), place=_text(top.get("place_name")),
        cards=_prove(store, cards), links=_proved(store, links), themes=tuple(themes), policies=policies,
    )  # fmt: skip


def _text(value: Scalar) -> str | None:
    return None if value is None else str(value)


# -- cards and links from the rows of the tree


def _gather(rows: Sequence[Row]) -> tuple[dict[str, Card], list[Link]]:
    cards: dict[str, Card] = {}
    links: dict[tuple[str, str], Link] = {}
    for row in rows:
        if row["task"] is None:
            continue
        card = cards.setdefault(str(row["task"]), _card(row))
        if row["root"] is None:
            card.added = str(row["answer"])
        elif row["parent"] is not None:
            link = _link(row)
            links.setdefault((link.parent, link.child), link)
            card.skips |= link.skips
    for row in rows:
        if row["task"] is None and str(row["parent"]) in cards:
            card = cards[str(row["parent"])]
            names = card.missing if row["answer"] == "not_found" else card.unsure
            name = one_line(_text(row["place"]) or _text(row["title"]) or _text(row["policy"]))
            if name and name not in names:
                names.append(name)
    for parent, _ in links:
        if parent in cards:
            cards[parent].taken = True
    return cards, [link for link in links.values() if link.parent in cards]


def _card(row: Row) -> Card:
    key = str(row["task"])
    level = str(row["level"]) if row["level"] in LEVELS else UNKNOWN_LEVEL
    return Card(
        key=key, level=level, place=one_line(_text(row["place"])), policy=str(row["policy"]),
        title=one_line(_text(row["title"])), path=key.rpartition("/")[2],
        deadline=one_line(_text(row["deadline"])) or None, end=_text(row["end"]),
    )  # fmt: skip


def _link(row: Row) -> Link:
    return Link(
        parent=str(row["parent"]), child=str(row["task"]), relation=str(row["relation"]),
        score=float(row["score"] or 0), skips=row["answer"] == "skips_level",
    )  # fmt: skip


# -- themes


def _themes(store: Store, rows: Sequence[Row], cards: dict[str, Card]) -> list[Theme]:
    """Return the themes in the order of the roots; a task that was added joins the theme that it stands in."""
    policies = list(dict.fromkeys(card.policy for card in cards.values()))
    held: dict[str, tuple[str | None, str | None]] = {}
    asked = ask(find("tasks_of_policies"), store, {"policies": policies, "kind": None}) if policies else []
    for row in asked:
        if row["theme"] is not None:
            held.setdefault(str(row["task"]), (_text(row["theme"]), one_line(_text(row["theme_name"]))))
    heads = [str(row["task"]) for row in rows if row["task"] is not None and row["hops"] == 0]
    grouped: dict[tuple[str | None, str | None], list[str]] = {}
    for head in dict.fromkeys(heads):
        grouped.setdefault(held.get(head, (None, None)), []).append(head)
    # What no heading tells the theme of comes last.
    ordered = sorted(grouped.items(), key=lambda one: one[0][0] is None)
    return [Theme(key=key, name=name, heads=tuple(found)) for (key, name), found in ordered]


def _chosen(store: Store, wanted: str, themes: Sequence[Theme]) -> list[Theme]:
    from queries.names import resolve

    names = [theme.name for theme in themes if theme.name]
    found = [theme for theme in themes if wanted in (theme.key, theme.name)]
    if not found:
        key = resolve(store, "theme", wanted)[0]
        found = [theme for theme in themes if theme.key == key]
    if not found:
        raise UnknownNameError("theme", wanted, names)
    return found


def _within(
    themes: Iterable[Theme], cards: dict[str, Card], links: Sequence[Link]
) -> tuple[dict[str, Card], list[Link]]:
    below: dict[str, list[str]] = {}
    for link in links:
        below.setdefault(link.parent, []).append(link.child)
    kept, edge = set(), [head for theme in themes for head in theme.heads]
    while edge:
        here = edge.pop()
        if here not in kept:
            kept.add(here)
            edge += below.get(here, ())
    inside = [link for link in links if link.parent in kept and link.child in kept]
    return {key: card for key, card in cards.items() if key in kept}, inside


# -- what else is known of the cards


def _tell_units(store: Store, cards: dict[str, Card]) -> None:
    for row in _asked(store, "units_of_tasks", cards):
        card, surface = cards[str(row["task"])], one_line(_text(row["surface"]) or _text(row["name"]))
        if surface and (str(row["role"]), surface) not in card.units:
            card.units.append((str(row["role"]), surface))
        key = link_key("ASSIGNED_TO", card.key, str(row["unit"]), int(row["place_in_list"] or 0))
        card.proofs.append(Proof(what="units", document=key, start=0, end=0, quote=""))


def _tell_targets(store: Store, cards: dict[str, Card]) -> None:
    for row in _asked(store, "targets_of_tasks", cards):
        cards[str(row["task"])].targets.append(one_line(_text(row["text"])))


def _tell_later(store: Store, cards: dict[str, Card], links: Sequence[Link]) -> None:
    shown = {(link.child, link.parent) for link in links}
    for row in run("later_than_parent", store).rows if links else ():
        if (row["task"], row["parent"]) in shown:
            cards[str(row["task"])].later = True


def _asked(store: Store, question: str, cards: dict[str, Card]) -> list[Row]:
    return ask(find(question), store, {"tasks": list(cards)}) if cards else []


def _policies(store: Store, cards: dict[str, Card]) -> dict[str, Row]:
    keys = list(dict.fromkeys(card.policy for card in cards.values()))
    rows = ask(find("family_policies"), store, {"policies": keys}) if keys else []
    found: dict[str, Row] = {}
    for row in rows:
        if row["title"] is not None or str(row["given"]) not in found:
            found.setdefault(str(row["given"]), row)
    return found


# -- evidence


def _prove(store: Store, cards: dict[str, Card]) -> dict[str, Card]:
    """Put the words that prove each card in place of the keys of its duties, in the order of the document."""
    subjects = {key: key for key in cards}
    for card in cards.values():
        subjects |= {proof.document: card.key for proof in card.proofs}
        card.proofs = []
    for subject, row in _evidence(store, list(subjects)):
        what = "units" if subject not in cards else str(row["property"])
        cards[subjects[subject]].proofs.append(_proof(what, row))
    order = ("itself", "title", "theme", "deadline", "units")
    for card in cards.values():
        card.proofs.sort(key=lambda one: (order.index(one.what) if one.what in order else 9, one.start))
    return cards


def _proved(store: Store, links: Sequence[Link]) -> tuple[Link, ...]:
    keys = {link_key("DERIVES_FROM", link.child, link.parent): link for link in links}
    sides: dict[str, dict[str, list[Proof]]] = {key: {"parent": [], "child": []} for key in keys}
    for subject, row in _evidence(store, list(keys)):
        if str(row["property"]) in sides[subject]:
            sides[subject][str(row["property"])].append(_proof("link", row))
    return tuple(
        Link(
            parent=link.parent, child=link.child, relation=link.relation, score=link.score, skips=link.skips,
            above=tuple(sides[key]["parent"]), below=tuple(sides[key]["child"]),
        )
        for key, link in keys.items()
    )  # fmt: skip


def _evidence(store: Store, subjects: list[str]) -> list[tuple[str, Row]]:
    rows = ask(find("evidence_of"), store, {"subjects": subjects}) if subjects else []
    return [(str(row["subject"]), row) for row in rows]


def _proof(what: str, row: Row) -> Proof:
    return Proof(
        what=what, document=str(row["document"]), start=int(row["start"] or 0), end=int(row["end"] or 0),
        quote=str(row["quote"]),
    )  # fmt: skip
