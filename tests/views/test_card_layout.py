from collections import defaultdict
from itertools import pairwise

import pytest

from tests.cli.pages import made
from views.cards import height
from views.lanes.card_layout import GAP, MARGIN, PicturePlan, columns, plan
from views.lanes.folding import Shown, shown
from views.page_payload import printed
from views.picture_records import UNKNOWN_LEVEL, Card, Cascade, DrawnLink, DrawnTheme
from views.picture_words import Words

SIZES = [(1, 0, 0), (1, 3, 0), (3, 2, 4), (8, 3, 2), (5, 1, 6), (12, 4, 3)]


def laid(cascade: Cascade, most: int = 2000) -> tuple[Shown, PicturePlan]:
    found = shown(cascade.heads, cascade.cards, cascade.links, most)
    stands = columns(cascade.cards, cascade.links)
    at = {key: stands.get(key) or stands[found.folded[key][0]] for key in found.cards}
    heights = {key: height(printed(key, found, cascade, Words("zh"))) for key in found.cards}
    return found, plan(found, at, heights, [(None, len(cascade.heads))])


def spans(drawn: PicturePlan) -> dict[int, list[tuple[float, float, str]]]:
    found = defaultdict(list)
    for place in drawn.places.values():
        found[place.column].append((place.y - place.height / 2, place.y + place.height / 2, place.key))
    return {column: sorted(cards) for column, cards in found.items()}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", SIZES)
def test_cards_keep_apart_and_inside(size: tuple[int, int, int], seed: int) -> None:
    _, drawn = laid(made(*size, seed=seed))
    for cards in spans(drawn).values():
        assert cards[0][0] >= MARGIN - 1e-6
        assert cards[-1][1] <= drawn.height - MARGIN + 1e-6
        assert all(lower[0] - upper[1] >= GAP - 1e-6 for upper, lower in pairwise(cards))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", SIZES)
def test_no_line_runs_through_a_card(size: tuple[int, int, int], seed: int) -> None:
    """Lines bend between the columns only; where one passes a column, no card is at that height."""
    found, drawn = laid(made(*size, seed=seed))
    cards = spans(drawn)
    assert len(drawn.lines) == len(found.links)
    passed = 0
    for line in drawn.lines:
        start, end = drawn.places[line.link.parent], drawn.places[line.link.child]
        assert [column for column, _ in line.via] == list(range(start.column + 1, end.column))
        assert abs(line.port - end.y) < end.height / 2
        for column, y in line.via:
            passed += 1
            assert all(y <= top or y >= bottom for top, bottom, _ in cards[column])
    if size[2]:
        assert passed


@pytest.mark.parametrize("size", SIZES)
def test_rows_are_in_the_order_of_the_document(size: tuple[int, int, int]) -> None:
    cascade = made(*size)
    _, drawn = laid(cascade)
    heads = [drawn.places[head].y for head in cascade.heads]
    assert heads == sorted(heads)


def test_lines_of_a_forest_never_cross() -> None:
    """Where every task has one parent, two lines between the same columns keep the order of their ends."""
    for seed in range(6):
        cascade = made(6, 3, 3, seed=seed)
        first: dict[str, DrawnLink] = {}
        for link in cascade.links:
            first.setdefault(link.child, link)
        forest = Cascade(
            title="",
            doc_number=None,
            place=None,
            cards=cascade.cards,
            links=tuple(first.values()),
            themes=cascade.themes,
            policies={},
        )
        _, drawn = laid(forest)
        gutters = defaultdict(list)
        for line in drawn.lines:
            heights = [drawn.places[line.link.parent].y, *(y for _, y in line.via), line.port]
            for step, (here, there) in enumerate(pairwise(heights)):
                gutters[drawn.places[line.link.parent].column + step].append((here, there))
        for lines in gutters.values():
            lines.sort()
            assert all(one[1] <= other[1] + 1e-6 for one, other in pairwise(lines))


def card(key: str, level: str) -> Card:
    return Card(key=key, level=level, place="某地", policy="x", title="办事", path="1")


def link(parent: str, child: str) -> DrawnLink:
    return DrawnLink(parent=parent, child=child, relation="same", score=1.0)


def cascade_of(cards: dict[str, str], links: list[DrawnLink]) -> Cascade:
    lower = {one.child for one in links}
    heads = tuple(key for key in cards if key not in lower) or tuple(cards)[:1]
    return Cascade(
        title="",
        doc_number=None,
        place=None,
        cards={key: card(key, level) for key, level in cards.items()},
        links=tuple(links),
        themes=(DrawnTheme(key=None, name=None, heads=heads),),
        policies={},
    )


def test_columns_are_levels_whatever_the_links_say() -> None:
    cascade = cascade_of(
        {"t": "town", "c": "central", "x": UNKNOWN_LEVEL, "k": "county", "p": "province"},
        [link("c", "t"), link("k", "p")],
    )
    _, drawn = laid(cascade)
    assert [level for level, _ in drawn.columns] == ["central", "province", "county", "town", UNKNOWN_LEVEL]
    # A link that runs upward is drawn in its own lanes, from right to left.
    upward = next(line for line in drawn.lines if line.link.child == "p")
    assert drawn.places["k"].x > drawn.places["p"].x
    assert upward.via == ()


def test_policies_of_one_level_that_carry_each_other_out_stand_in_steps() -> None:
    cascade = cascade_of(
        {"a": "city", "b": "city", "d": "city", "e": "county"}, [link("a", "b"), link("b", "d"), link("d", "e")]
    )
    _, drawn = laid(cascade)
    assert drawn.columns == [("city", 0), ("city", 1), ("city", 2), ("county", 0)]


def test_a_circle_ends() -> None:
    cascade = cascade_of({"a": "city", "b": "city"}, [link("a", "b"), link("b", "a")])
    found, drawn = laid(cascade)
    assert set(drawn.places) == {"a", "b"} == set(found.cards)


def test_a_task_with_two_parents_stands_once() -> None:
    cascade = cascade_of({"a": "province", "b": "province", "c": "city"}, [link("a", "c"), link("b", "c")])
    found, drawn = laid(cascade)
    assert found.under == {"a": ["c"]}
    ports = [line.port for line in drawn.lines]
    assert len(ports) == 2
    assert ports[0] != ports[1]


def test_a_task_that_is_also_tied_below_stands_at_the_end_of_its_row() -> None:
    cards = {"a": "province", "b": "province", "c": "city", "d": "city"}
    found, _ = laid(cascade_of(cards, [link("a", "c"), link("a", "d"), link("b", "c")]))
    assert found.under["a"] == ["d", "c"]
