"""Folding: one character for one, in one script and width."""

import pytest

from graph.text import fold, to_simplified


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("乾安縣人民政府", "乾安县人民政府"),
        ("乾县", "乾县"),
        ("乾政辦發", "乾政办发"),
        ("乾隆年間", "乾隆年间"),
        ("治理乾旱地塊", "治理干旱地块"),
        ("餅乾廠", "饼干厂"),
        ("乾淨", "干净"),
        ("干部", "干部"),
    ],
)
def test_a_character_of_names_is_dry_only_where_it_means_dry(printed: str, folded: str) -> None:
    assert fold(printed) == to_simplified(printed) == folded
    assert len(folded) == len(printed)
