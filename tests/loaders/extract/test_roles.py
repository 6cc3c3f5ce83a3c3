"""Every role word in every place where it may stand: read with its role, or known not to be read there."""

from collections.abc import Callable

import pytest

from graph.model import UnitMention
from loaders.extract.units.unit_roles import column_role
from loaders.patterns.pattern_files import by_name, load_words
from tests.loaders.extract.unit_texts import a_list, duties_of

ROLES = load_words("roles")
WORDS = sorted({*ROLES["HEAD"], *ROLES["VERB"], *ROLES["BESIDE_HEAD"]})


def role_of(word: str) -> str:
    """The role that a word gives, where it is read at all."""
    if word in ROLES["LEAD"]:
        return "lead"
    if word in ROLES["CHECK"]:
        return "assess"
    return "support" if word in ROLES["SUPPORT"] else "responsible"


def one_role(units: tuple[UnitMention, ...]) -> str | None:
    """The role of 市财政局 where it is all that was read."""
    return units[0].role if [(unit.surface, unit.alias) for unit in units] == [("市财政局", None)] else None


def in_duty(text: str) -> str | None:
    duties, _ = duties_of(text)
    return one_role(tuple(unit for duty in duties for unit in duty.units))


def at_head_of_a_column(word: str) -> str | None:
    said = column_role(f"{word}单位")
    return one_role(a_list("市财政局", f"{word}单位")[0]) if said else None


def in_bracket_with_head(word: str) -> str | None:
    return in_duty(f"改造渡口。({word}单位:市财政局)")


def on_labelled_line(word: str) -> str | None:
    return in_duty(f"改造渡口。\n{word}单位:市财政局\n")


def alone_in_bracket(word: str) -> str | None:
    return in_duty(f"改造渡口。({word}:市财政局)")


def alone_on_line(word: str) -> str | None:
    return in_duty(f"改造渡口。\n{word}:市财政局\n")


def verb_in_bracket(word: str) -> str | None:
    return in_duty(f"改造渡口。(市财政局{word})")


def verb_of_sentence(word: str) -> str | None:
    return in_duty(f"改造渡口。由市财政局{word}。")


def role_said_of_name(word: str) -> str | None:
    return in_duty(f"改造渡口。由市财政局为{word}单位。")


def bracket_behind_name(word: str) -> str | None:
    return one_role(a_list(f"市财政局({word})")[0])


BESIDE = {*ROLES["BESIDE_HEAD"]}
NO_LABEL = {*WORDS} - {*ROLES["LABEL"]}
NO_VERB = {*WORDS} - {*ROLES["VERB"]} - {"负责"}
# Headings that a page's own foot has too: no duty on a line of their own.
FOOT = {*ROLES["FOOT"]} & {*WORDS}
# Each place with the words that are not read there today, and why in the list that they come from (roles.toml).
PLACES: dict[Callable[[str], str | None], set[str]] = {
    at_head_of_a_column: {*WORDS} - {*ROLES["HEAD"]},
    in_bracket_with_head: {*WORDS} - {*ROLES["HEAD"]},
    on_labelled_line: ({*WORDS} - {*ROLES["HEAD"]}) | FOOT,
    alone_in_bracket: NO_LABEL,
    alone_on_line: NO_LABEL | FOOT,
    verb_in_bracket: NO_VERB,
    verb_of_sentence: NO_VERB,
    role_said_of_name: NO_LABEL,
    bracket_behind_name: BESIDE,
}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_role_word_is_read_where_it_may_stand(place: Callable[[str], str | None], word: str) -> None:
    assert place(word) == (None if word in PLACES[place] else role_of(word))


def test_no_verb_of_duty_escapes_the_look_at_its_last_letter() -> None:
    assert [word for word in ROLES["VERB"] if word[-1] not in ROLES["VERB_ENDS"]] == []
    verb = by_name("units")["verb"]
    assert all(verb.search(f"市财政局{word}") for word in ROLES["VERB"])


def test_each_word_stands_in_one_list_of_those_that_are_not_made_of_others() -> None:
    own = ["LEAD", "ANSWER", "HOST", "CARRY", "CARRY_HEAD", "CARRY_VERB", "HELP", "BACK", "BACK_HEAD", "ASSESS"]
    words = [word for name in [*own, "ASSESS_HEAD", "BESIDE_HEAD"] for word in ROLES[name]]
    assert sorted(words) == WORDS
