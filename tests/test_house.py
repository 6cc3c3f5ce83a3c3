"""The rules of the house that imports and names tell; `python -m benchmarks.house` shows what they are measured on."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.house import read_house
from tests.shared import ROOT
from tests.sources import dotted, modules, packages

SIDE_BY_SIDE = 15
# py2neo takes the label of a node from the name of its class: these are named as on the server.
PY2NEO = "graph.store.neo4j_server.py2neo_graph"
LABELS = {"Task", "Target"}
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


def test_no_two_modules_define_a_class_or_type_of_one_name() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        for name in _types_of(module.read_text(encoding="utf-8")):
            homes[name].add(dotted(module))
    assert len(homes) > 200
    assert {name: sorted(held - {PY2NEO}) for name, held in homes.items() if len(held - {PY2NEO}) > 1} == {}
    assert {name for name, held in homes.items() if PY2NEO in held and len(held) > 1} == LABELS


def test_types_are_classes_and_names_given_to_types() -> None:
    source = "class Beam: ...\nclass _Nail: ...\nPlank = tuple[int, int]\n_Peg = str\nLENGTH = 3\nT = TypeVar('T')\nroof = 1\n"
    assert set(_types_of(source)) == {"Beam", "Plank"}


def _types_of(source: str) -> Iterator[str]:
    """Yield the public classes of a module, and the names it gives to types: in capitals and small letters (`UnitPair`)."""
    for node in ast.parse(source).body:
        named = [node.name] if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.Assign):
            named = [one.id for one in node.targets if isinstance(one, ast.Name)]
        yield from (name for name in named if name[0].isupper() and not name.isupper())
