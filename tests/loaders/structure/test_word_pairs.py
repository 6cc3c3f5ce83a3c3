"""Whether a break cuts a word."""

import pytest

from loaders.structure.word_pairs import WordPairs


@pytest.mark.parametrize(
    ("above", "below", "cut"), [("渡", "口", True), ("口", "渡", False), ("口", "1", None), ("，", "渡", None)]
)
def test_a_word_of_the_text_is_cut(above: str, below: str, cut: bool | None) -> None:
    assert WordPairs("改造渡口,\n渡船靠岸").cut(above, below) is cut
