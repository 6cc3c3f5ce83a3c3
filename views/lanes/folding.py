"""The cards that a picture has room for: the others are folded, from the lowest level up, and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from views.picture_records import ORDER, Card, DrawnLink


@dataclass(slots=True, kw_only=True)
class Shown:
    """The content of one picture: `heads` in order, `under` the cards below each by its first parent, all links.

    `folded` maps the key of a folding card to the keys of the tasks that it stands for.
    """

    heads: list[str]
    cards: dict[str, Card]
    under: dict[str, list[str]]
    links: list[DrawnLink]
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of tasks that are folded."""
        return sum(map(len, self.folded.values()))


def shown(heads: Sequence[str], cards: Mapping[str, Card], links: Sequence[DrawnLink], most: int) -> Shown:
    """Return the picture of `heads` and all below them, folded so that it has no more than `most` cards."""
    by_parent: dict[str, list[DrawnLink]] = {}
    for link in links:
        by_parent.setdefault(link.parent, []).append(link)
    picture = Shown(heads=list(heads), cards={}, under={}, links=[])
    for head in heads:
        _grow(head, picture, cards, by_parent)
    inside = [link for link in links if link.parent in picture.cards and link.child in picture.cards]
    picture.links = inside
    _order(picture)
    _fold(picture, most)
    return picture


def _grow(head: str, picture: Shown, cards: Mapping[str, Card], by_parent: Mapping[str, list[DrawnLink]]) -> None:
    """Take in a head and all below it; a task that several carry into stands below the first of them."""
    if head in picture.cards:
        return
    picture.cards[head] = cards[head]
    stack = [(head, iter(by_parent.get(head, ())))]
    while stack:
        here, onward = stack[-1]
        link = next(onward, None)
        if link is None:
            stack.pop()
        elif link.child not in picture.cards and link.child in cards:
            picture.cards[link.child] = cards[link.child]
            picture.under.setdefault(here, []).append(link.child)
            stack.append((link.child, iter(by_parent.get(link.child, ()))))


def _order(picture: Shown) -> None:
    """Move what is also tied to a tree above to the front of its row, to one below to the end: fewer lines cross."""
    ranks: dict[str, int] = {}
    for head in picture.heads:
        _rank(head, picture, ranks)
    ties: dict[str, list[int]] = {}
    for link in picture.links:
        ties.setdefault(link.child, []).append(ranks.get(link.parent, 0))
    for parent, children in picture.under.items():
        own = ranks[parent]
        children.sort(key=lambda child: _side([rank for rank in _ties(child, picture, ties) if rank != own], own))


def _rank(head: str, picture: Shown, ranks: dict[str, int]) -> None:
    stack = [head]
    while stack:
        here = stack.pop()
        ranks.setdefault(here, len(ranks))
        stack += reversed(picture.under.get(here, []))


def _ties(child: str, picture: Shown, ties: Mapping[str, list[int]]) -> list[int]:
    return ties.get(child, []) + [rank for one in picture.under.get(child, ()) for rank in ties.get(one, ())[1:]]


def _side(others: Sequence[int], own: int) -> int:
    above = sum(rank < own for rank in others)
    below = len(others) - above
    return (below > above) - (above > below)


# -- folding


def _fold(picture: Shown, most: int) -> None:
    for level in reversed(ORDER):
        if len(picture.cards) <= most:
            return
        groups = [
            (parent, [child for child in children if picture.cards[child].level == level])
            for parent, children in picture.under.items()
        ]
        # The largest first, and of those that are equal the last: what stands first stays in sight.
        groups.reverse()
        groups.sort(key=lambda one: -len(one[1]))
        for parent, group in groups:
            # An earlier fold may have taken this group in.
            group = [child for child in group if child in picture.cards]
            if len(picture.cards) > most and (len(group) > 1 or (group and picture.under.get(group[0]))):
                _replace(picture, parent, group)
    if len(picture.cards) > most:
        _fold_heads(picture, most)


def _fold_heads(picture: Shown, most: int) -> None:
    """Keep the first heads with all below them, as many as there is room for beside one that stands for the rest."""
    room, kept = most - 1, 0
    for head in picture.heads:
        room -= len(_below(picture, [head]))
        if room < 0:
            break
        kept += 1
    group = picture.heads[kept:]
    if group:
        _replace(picture, None, group)


def _below(picture: Shown, keys: Sequence[str]) -> list[str]:
    found, edge = [], list(reversed(keys))
    while edge:
        here = edge.pop()
        found.append(here)
        edge += reversed(picture.under.get(here, []))
    return found


def _replace(picture: Shown, parent: str | None, group: Sequence[str]) -> None:
    """Put one card in place of a group and all below it; the links of what is folded are now the card's."""
    first = picture.cards[group[0]]
    gone = _below(picture, group)
    key = f"+{gone[0]}"
    stands_for = [task for one in gone for task in picture.folded.pop(one, (one,))]
    picture.folded[key] = tuple(stands_for)
    row = picture.heads if parent is None else picture.under[parent]
    row[row.index(group[0])] = key
    row[:] = [one for one in row if one not in group]
    for one in gone:
        picture.cards.pop(one)
        picture.under.pop(one, None)
    picture.cards[key] = Card(key=key, level=first.level, place="", policy=first.policy, title="", path="")
    picture.links = _relinked(picture.links, dict.fromkeys(gone, key))


def _relinked(links: Sequence[DrawnLink], names: Mapping[str, str]) -> list[DrawnLink]:
    """Return the links between what is left, one for each pair; kinds that differ are joined by a plus sign."""
    joined_links: dict[tuple[str, str], DrawnLink] = {}
    for link in links:
        parent, child = names.get(link.parent, link.parent), names.get(link.child, link.child)
        if parent == child:
            continue
        fresh = (
            link
            if (parent, child) == (link.parent, link.child)
            else replace(link, parent=parent, child=child, skips=False, above=(), below=())
        )
        held = joined_links.get((parent, child))
        if held and fresh.relation not in held.relation.split("+"):
            joined = f"{held.relation}+{fresh.relation}"
            fresh = replace(_surer(held, fresh), relation=joined, skips=False, above=(), below=())
        elif held:
            fresh = _surer(held, fresh)
        joined_links[parent, child] = fresh
    return list(joined_links.values())


def _surer(one: DrawnLink, other: DrawnLink) -> DrawnLink:
    """Return the link of two that is the surer: what stands for several is as sure as the best of them."""
    return max(one, other, key=lambda link: (link.confirmed, link.score))
