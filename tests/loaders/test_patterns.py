"""Pattern files prove themselves, and name their word lists and each other's."""

from importlib.resources import files

import pytest

from graph.text import fold
from loaders.patterns.pattern_files import Pattern, expand, load_patterns, load_table, load_words

# The examples of this file also say what is read off a match; its own tests look at that.
OF_OTHER_TESTS = {"deadlines"}
STEMS = sorted(
    path.name.removesuffix(".toml") for path in files("loaders.patterns").iterdir() if path.name.endswith(".toml")
)
PATTERNS = [
    pytest.param(pattern, id=f"{stem}:{pattern.name}")
    for stem in STEMS
    if stem not in OF_OTHER_TESTS
    for pattern in load_patterns(stem)
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_finds_and_skips_its_examples(pattern: Pattern) -> None:
    look = getattr(pattern.regex, pattern.data.get("by", "search"))
    assert pattern.finds, "every pattern proves itself"
    assert pattern.skips, "every pattern says what it is not"
    assert [text for text in pattern.finds if not look(fold(text))] == []
    assert [text for text in pattern.skips if look(fold(text))] == []


@pytest.mark.parametrize("stem", ["columns", "outline", "sections", "tables", "targets", "tasks", "units"])
def test_a_pattern_shows_two_things_that_it_finds(stem: str) -> None:
    assert [pattern.name for pattern in load_patterns(stem) if len(pattern.finds) < 2] == []


@pytest.mark.parametrize("stem", STEMS)
def test_a_name_stands_once_in_a_file_and_a_word_once_in_a_list(stem: str) -> None:
    names = [entry["name"] for entry in load_table(stem).get("pattern", ())]
    assert len(names) == len(set(names))
    assert [name for name, words in load_words(stem).items() if len(words) != len(set(words))] == []


def test_a_list_holds_the_words_of_an_earlier_one() -> None:
    words = load_words("roles")
    assert words["DUTY"][:5] == (*words["ANSWER"], *words["HOST"])


def test_a_word_list_is_named_in_patterns_of_its_own_and_of_other_files() -> None:
    office = next(one for one in load_patterns("units") if one.name == "support")
    # Words that begin alike share their first character.
    assert office.regex.pattern == "(?:配合|协(?:助|办|同|作)|参(?:加|与)|支(?:持|撑))"


def test_a_word_list_of_another_file_is_named_longest_word_first() -> None:
    own = next(one for one in load_patterns("organs") if one.name == "short_government")
    other = next(one for one in load_patterns("news") if one.name == "issuer_without_place")
    longest_first = "(?:自治区|省|市|州|盟|县|区|旗)"
    assert longest_first in own.regex.pattern
    assert longest_first in other.regex.pattern


def test_the_letters_of_a_word_may_stand_apart_where_a_pattern_says_so() -> None:
    heading = next(one for one in load_patterns("units") if one.name == "heading")
    told = heading.regex.match("责 任 单  位:市财政局")
    assert told
    assert told["head"] == "责 任 单  位"


def test_a_name_that_nothing_says_is_refused() -> None:
    with pytest.raises(KeyError, match="YAER"):
        expand("{YAER}年", {"YEAR": "[0-9]{4}"})
