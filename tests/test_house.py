"""The rules of the house that imports and names tell; `python -m benchmarks.house` shows what they are measured on."""

from benchmarks.house import read_house
from tests.shared import ROOT
from tests.sources import modules, packages

SIDE_BY_SIDE = 15
HOUSE = read_house(ROOT, packages())


def test_the_house_is_all_of_it() -> None:
    assert len(HOUSE.imports) == len(modules())
    assert len(HOUSE.lines) > 500
    assert {".", *packages()} <= {folder.name for folder in HOUSE.folders}


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert list(HOUSE.circles) == []


def test_no_two_modules_have_one_name() -> None:
    assert dict(HOUSE.namesakes) == {}


def test_no_folder_holds_more_modules_than_one_looks_through() -> None:
    assert {one.name: one.side_by_side for one in HOUSE.folders if one.side_by_side > SIDE_BY_SIDE} == {}
