import pytest

from graph.gazetteer.functions import central_function, function_of
from graph.gazetteer.joint_names import bodies
from graph.gazetteer.places import by_key
from graph.gazetteer.renamings import Renaming, now_called, renamings
from graph.link.units.unit_identity import resolve_unit

YEARS_OF_REFORM = {2018, 2023}


@pytest.mark.parametrize("renaming", renamings(), ids=lambda renaming: renaming.before)
def test_a_former_name_means_the_body_of_today_and_has_its_day_and_source(renaming: Renaming) -> None:
    named = central_function if renaming.reach == "centre" else function_of
    now = named(renaming.now)
    assert now is not None
    assert all(named(name) == now for name in (renaming.before, *renaming.short))
    assert renaming.since.year in YEARS_OF_REFORM
    assert str(renaming.since.year) in renaming.source


def test_no_former_name_is_one_of_today() -> None:
    today = {renaming.now for renaming in renamings()}
    former = [name for renaming in renamings() for name in (renaming.before, *renaming.short)]
    assert len(former) == len(set(former))
    assert not today & set(former)


def test_a_unit_is_one_across_documents_of_before_and_after_and_is_called_what_it_is_called_now() -> None:
    place = by_key("330200")
    old, new = resolve_unit("国家旅游局", place), resolve_unit("文化和旅游部", place)
    assert (old.key, old.name) == (new.key, new.name) == ("100000:文旅局", "文化和旅游部")
    assert resolve_unit("市国税局", place).key == resolve_unit("市税务局", place).key


def test_what_became_of_the_bodies_of_one_place_is_not_guessed() -> None:
    place = by_key("330200")
    assert resolve_unit("市旅游局", place).key != resolve_unit("市文旅局", place).key
    assert now_called("旅游局") is None


def test_former_names_still_part_joint_names() -> None:
    assert bodies("国家旅游局国家林业局财政部") == ("国家旅游局", "国家林业局", "财政部")
