"""Each comparison by itself, on outlines where it alone can tell."""

from dataclasses import replace
from inspect import isfunction

import pytest

from graph.link.tasks import signals
from graph.link.tasks.alignment import align_outlines
from graph.link.tasks.calibration import WEIGHTS, chance
from graph.link.tasks.task_features import clauses_of, features
from graph.link.wording.character_pairs import grams_of, word_weights
from tests.graph.link.outlines import CITY, PROVINCE, outline

BELOW = [task for task in CITY if task.kind == "measure"]
ABOVE = [task for task in PROVINCE if task.kind == "measure"]
MADE = align_outlines(BELOW, ABOVE)
PAIRS = [(one, other) for one in range(len(BELOW)) for other in range(len(ABOVE))]
COMPARISONS = [
    made
    for name, made in vars(signals).items()
    if isfunction(made) and made.__module__ == signals.__name__ and not name.startswith("_")
]
SAME, SPLIT, STRANGE = (4, 5), (2, 3), (5, 6)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.__name__)
def test_scores_stay_in_their_range(comparison: signals.Comparison) -> None:
    assert all(0 <= comparison(MADE, pair) <= 1 for pair in PAIRS)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.__name__)
def test_every_comparison_says_what_it_is_in_two_languages(comparison: signals.Comparison) -> None:
    first = (comparison.__doc__ or "").splitlines()[0]
    chinese, _, english = first.partition(". ")
    assert "：" in chinese
    assert english.isascii()
    assert english.endswith(".")


def test_every_comparison_has_one_weight_and_none_is_below_nothing() -> None:
    assert [one.comparison for one in WEIGHTS] == COMPARISONS
    assert len(COMPARISONS) == 13
    assert all(one.weight > 0 for one in WEIGHTS)


@pytest.mark.parametrize(
    "comparison",
    [
        signals.sentence,
        signals.subject,
        signals.title_kept,
        signals.names,
        signals.for_child,
        signals.for_parent,
    ],
    ids=lambda one: one.__name__,
)
def test_the_same_task_beats_a_strange_one(comparison: signals.Comparison) -> None:
    assert comparison(MADE, SAME) > comparison(MADE, STRANGE)


def test_a_section_fits_the_section_that_it_restates() -> None:
    assert signals.theme(MADE, (0, 0)) > signals.theme(MADE, (0, 3))
    assert signals.theme(MADE, SPLIT) > signals.theme(MADE, (2, 0))


def test_a_section_made_of_a_task_is_seen() -> None:
    child = outline("a", "# 打捞岸线垃圾\n1.1 配齐船只。添置打捞船。\n1.2 按日巡河。划定河段。\n")
    parent = outline("b", "# 江岸治理\n1.1 打捞岸线垃圾。配船巡河。\n1.2 种植芦苇。补种江滩。\n")
    made = align_outlines(child, parent)
    assert signals.section_title(made, (1, 0)) > 0.9 > 0.1 > signals.section_title(made, (1, 1))


def test_units_of_one_function_speak_for_a_pair() -> None:
    assert signals.units(MADE, (0, 0)) == 1
    assert signals.units(MADE, (2, 6)) == 0
    without = align_outlines([replace(task, units=()) for task in BELOW], ABOVE)
    assert signals.units(without, (0, 0)) == 0


def test_numbers_count_with_what_they_count() -> None:
    child = outline("a", "1.1 新建泊位。2026年新建泊位12座。\n1.2 新建航标。2026年新建航标9座。\n")
    parent = outline("b", "1.1 新建泊位。2026年新建泊位12座。\n1.2 新建航标。新建航标30座。\n")
    made = align_outlines(child, parent)
    assert signals.numbers(made, (0, 0)) > signals.numbers(made, (1, 0)) > signals.numbers(made, (1, 1)) == 0


def test_order_says_nothing_where_the_outlines_keep_none() -> None:
    shuffled = [ABOVE[at] for at in (5, 2, 0, 6, 4, 1, 3)]
    made = align_outlines(BELOW, shuffled)
    kept = [abs(signals.order(MADE, pair) - 0.5) for pair in PAIRS]
    mixed = [abs(signals.order(made, pair) - 0.5) for pair in PAIRS]
    assert sum(mixed) < sum(kept)


def test_a_word_of_every_task_tells_little_here() -> None:
    assert MADE.weights["江滩"] < MADE.weights["画舫"]


def test_words_of_every_official_text_tell_little() -> None:
    table = word_weights()
    assert max(table[gram] for gram in ("建设", "工作", "加强")) < 0.2
    assert all(0 <= weight <= 1 for weight in table.values())
    assert all(len(gram) == 2 for gram in table)


def test_sums_do_not_depend_on_the_order_of_words() -> None:
    for task in BELOW:
        one = features(task)
        assert list(one.grams) == sorted(one.grams)
        assert list(one.title) == sorted(one.title)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("全省渡口", ("渡口",)),
        ("市级渡口", ("渡口",)),
        ("渡口,浮桥", ("浮桥", "渡口")),
        ("5g基站", ("5g", "基站")),
        ("。;", ()),
    ],
)
def test_pairs_of_characters(text: str, grams: tuple[str, ...]) -> None:
    assert grams_of(text) == tuple(sorted(grams))


def test_clauses_cover_the_words_in_order() -> None:
    text = "更新渡船。2026年底前,淘汰木质渡船和机动舢板,加装定位终端;汛前检查"
    places = clauses_of(text)
    assert [text[slice(*place)] for place in places] == [
        "更新渡船",
        "2026年底前,淘汰木质渡船和机动舢板",
        "加装定位终端",
        "汛前检查",
    ]


def test_a_better_likeness_never_lowers_the_chance() -> None:
    assert chance(MADE, SAME) > chance(MADE, SPLIT) > chance(MADE, STRANGE)
