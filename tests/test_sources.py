"""The tree is walked whole, and every list of packages names them all: what is missing in one is checked by nobody."""

import tomllib
from typing import Any

import pytest

from tests.shared import ROOT
from tests.sources import dotted, files, modules, named, packages
from zhengmai.loading import PACKAGES

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
LAYERS = SETTINGS["importlinter"]["contracts"][0]["layers"]
LISTS = {
    "the tests of docstrings": SETTINGS["pytest"]["ini_options"]["testpaths"],
    "mypy": SETTINGS["mypy"]["files"],
    "import-linter": SETTINGS["importlinter"]["root_packages"],
    "the layers": [name.strip() for layer in LAYERS for name in layer.split("|")],
    "what the package zhengmai loads": [*PACKAGES, "zhengmai"],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_packages_names_them_all(name: str) -> None:
    assert set(packages()) <= set(LISTS[name]), f"{name} leaves out a package"
    assert set(LISTS[name]) - set(packages()) <= {"tests"}, f"{name} names what is no package"


def test_modules_are_found_at_any_depth() -> None:
    found = {dotted(path) for path in modules()}
    assert {"cli.main", "zhengmai", "graph.store", "graph.errors", "loaders.patterns"} <= found
    assert len(found) == len(modules())
    assert {dotted(path) for path in modules("graph")} == {name for name in found if name.partition(".")[0] == "graph"}
    assert not any("__pycache__" in path.parts for path in files())


def test_what_is_not_there_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="no such package"):
        modules("loader")
    with pytest.raises(AssertionError, match="modules"):
        modules("zhengmai", least=50)
    with pytest.raises(AssertionError, match="no_such_file"):
        named("no_such_file.toml")
    with pytest.raises(AssertionError, match="__init__"):
        named("__init__.py")
