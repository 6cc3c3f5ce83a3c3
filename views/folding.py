"""Which cards a picture has room for: what is too much is folded, from the lowest level up, and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from views.picture_records import ORDER, Card, DrawnLink


@dataclass(slots=True, kw_only=True)
class Shown:
    """What one picture shows: `heads` in order, `under` the cards below each by its first parent, all links.

    `folded` maps the key of a folding card to the keys of the tasks that it stands for.
    """

    heads: list[str]
    cards: dict[str, Card]
    under: dict[str, list[str]]
    links: list[DrawnLink]
    folded: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many tasks are folded."""
        return sum(map(len, self.folded.values()))


def shown(heads: Sequence[str], cards: Mapping[str, Card], links: Sequence[DrawnLink], most: int) -> Shown:
    """Return what stands below `heads`, as much of it as `most` cards can show."""
    by_parent: dict[str, list[DrawnLink]] = {}
    for link in links:
        by_parent.setdefault(link.parent, []).append(link)
    made = Shown(heads=list(heads), cards={}, under={}, links=[])
    for head in heads:
        _grow(head, made, cards, by_parent)
    inside = [link for link in links if link.parent in made.cards and link.child in made.cards]
    made.links = inside
    _order(made)
    _fold(made, most)
    return made


def _grow(head: str, made: Shown, cards: Mapping[str, Card], by_parent: Mapping[str, list[DrawnLink]]) -> None:
    """Take in a head and all below it; a task that several carry into stands below the first of them."""
    if head in made.cards:
        return
    made.cards[head] = cards[head]
    stack = [(head, iter(by_parent.get(head, ())))]
    while stack:
        here, onward = stack[-1]
        link = next(onward, None)
        if link is None:
            stack.pop()
        elif link.child not in made.cards and link.child in cards:
            made.cards[link.child] = cards[link.child]
            made.under.setdefault(here, []).append(link.child)
            stack.append((link.child, iter(by_parent.get(link.child, ()))))


def _order(made: Shown) -> None:
    """Move what is also tied to a tree above to the front of its row, to one below to the end: fewer lines cross."""
    ranks: dict[str, int] = {}
    for head in made.heads:
        _rank(head, made, ranks)
    ties: dict[str, list[int]] = {}
    for link in made.links:
        ties.setdefault(link.child, []).append(ranks.get(link.parent, 0))
    for parent, children in made.under.items():
        own = ranks[parent]
        children.sort(key=lambda child: _side([rank for rank in _ties(child, made, ties) if rank != own], own))


def _rank(head: str, made: Shown, ranks: dict[str, int]) -> None:
    stack = [head]
    while stack:
        here = stack.pop()
        ranks.setdefault(here, len(ranks))
        stack += reversed(made.under.get(here, []))


def _ties(child: str, made: Shown, ties: Mapping[str, list[int]]) -> list[int]:
    return ties.get(child, []) + [rank for one in made.under.get(child, ()) for rank in ties.get(one, ())[1:]]


def _side(others: Sequence[int], own: int) -> int:
    above = sum(rank < own for rank in others)
    below = len(others) - above
    return (below > above) - (above > below)


# -- folding


def _fold(made: Shown, most: int) -> None:
    for level in reversed(ORDER):
        if len(made.cards) <= most:
            return
        groups = [
            (parent, [child for child in children if made.cards[child].level == level])
            for parent, children in made.under.items()
        ]
        # The largest first, and of those that are equal the last: what stands first stays in sight.
        groups.reverse()
        groups.sort(key=lambda one: -len(one[1]))
        for parent, group in groups:
            # An earlier fold may have taken this group in.
            group = [child for child in group if child in made.cards]
            if len(made.cards) > most and (len(group) > 1 or (group and made.under.get(group[0]))):
                _replace(made, parent, group)
    if len(made.cards) > most:
        _fold_heads(made, most)


def _fold_heads(made: Shown, most: int) -> None:
    """Keep the first heads with all below them, as many as there is room for beside one that stands for the rest."""
    room, kept = most - 1, 0
    for head in made.heads:
        room -= len(_below(made, [head]))
        if room < 0:
            break
        kept += 1
    group = made.heads[kept:]
    if group:
        _replace(made, None, group)


def _below(made: Shown, keys: Sequence[str]) -> list[str]:
    found, edge = [], list(reversed(keys))
    while edge:
        here = edge.pop()
        found.append(here)
        edge += reversed(made.under.get(here, []))
    return found


def _replace(made: Shown, parent: str | None, group: Sequence[str]) -> None:
    """Put one card in place of a group and all below it; the links of what is folded are now the card's."""
    first = made.cards[group[0]]
    gone = _below(made, group)
    key = f"+{gone[0]}"
    stands_for = [task for one in gone for task in made.folded.pop(one, (one,))]
    made.folded[key] = tuple(stands_for)
    row = made.heads if parent is None else made.under[parent]
    row[row.index(group[0])] = key
    row[:] = [one for one in row if one not in group]
    for one in gone:
        made.cards.pop(one)
        made.under.pop(one, None)
    made.cards[key] = Card(key=key, level=first.level, place="", policy=first.policy, title="", path="")
    made.links = _relinked(made.links, dict.fromkeys(gone, key))


def _relinked(links: Sequence[DrawnLink], names: Mapping[str, str]) -> list[DrawnLink]:
    """Return the links between what is left, one for each pair; kinds that differ are joined by a plus sign."""
    found: dict[tuple[str, str], DrawnLink] = {}
    for link in links:
        parent, child = names.get(link.parent, link.parent), names.get(link.child, link.child)
        if parent == child:
            continue
        fresh = (
            link
            if (parent, child) == (link.parent, link.child)
            else replace(link, parent=parent, child=child, skips=False, above=(), below=())
        )
        held = found.get((parent, child))
        if held and fresh.relation not in held.relation.split("+"):
            joined = f"{held.relation}+{fresh.relation}"
            fresh = replace(_surer(held, fresh), relation=joined, skips=False, above=(), below=())
        elif held:
            fresh = _surer(held, fresh)
        found[parent, child] = fresh
    return list(found.values())


def _surer(one: DrawnLink, other: DrawnLink) -> DrawnLink:
    """Return the link of two that is the surer: what stands for several is as sure as the best of them."""
    return max(one, other, key=lambda link: (link.confirmed, link.score))
