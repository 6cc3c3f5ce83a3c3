"""What several pictures take from a cascade: its documents in order, and the theme that each task descends from."""

from collections.abc import Iterable

from views.picture_records import ORDER, Card, Cascade
from views.picture_words import Words
from views.text_tree import name_of


def theme_of_cards(cascade: Cascade, words: Words) -> dict[str, str]:
    """Return the name of the theme of each task: that of the task at the head of its tree, the first that leads to it."""
    below: dict[str, list[str]] = {}
    for link in cascade.links:
        below.setdefault(link.parent, []).append(link.child)
    found: dict[str, str] = {}
    for theme in cascade.themes:
        name, edge = name_of(theme, words), list(reversed(theme.heads))
        while edge:
            key = edge.pop()
            if key not in found:
                found[key] = name
                edge += reversed(below.get(key, []))
    return found


def theme_names(cascade: Cascade, words: Words) -> list[str]:
    """Return the names of the themes in order."""
    return list(dict.fromkeys(name_of(theme, words) for theme in cascade.themes))


def policies_in_order(cards: Iterable[Card]) -> list[tuple[str, str, str]]:
    """Return the policies of some tasks as (level, place, policy), the upper levels first, else in order of the tree."""
    seen = dict.fromkeys((card.level, card.place, card.policy) for card in cards)
    return sorted(seen, key=lambda one: ORDER.index(one[0]))


def unit_names(card: Card) -> tuple[str, ...]:
    """Return the units of a task as printed, each once."""
    return tuple(dict.fromkeys(name for _, name in card.units))
