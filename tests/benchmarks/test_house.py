"""Rooms, floors, arrows and circles, measured on small trees."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.house import House, main, plan, read_house


def house(tmp_path: Path, sources: Mapping[str, str]) -> House:
    """A house of modules by their paths, without suffix; every folder above one is a package."""
    for name, source in sources.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    folders = {folder for path in tmp_path.rglob("*.py") for folder in path.parents if folder.is_relative_to(tmp_path)}
    for folder in folders - {tmp_path}:
        (folder / "__init__.py").touch()
    return read_house(tmp_path, sorted({name.partition("/")[0] for name in sources}))


def test_every_import_counts_wherever_it_stands(tmp_path: Path) -> None:
    found = house(
        tmp_path,
        {
            "top/head": "import low.one",
            "top/inside": "def f():\n    from low.one import a\n    return a",
            "top/typed": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from low.one import A",
            "top/module": "from low import one, two",
            "top/package": "from low import name",
            "top/outside": "import json\nfrom collections.abc import Mapping\nimport lower",
            "low/one": "",
            "low/two": "",
        },
    )
    assert {name: set(held) for name, held in found.imports.items() if held} == {
        "top.head": {"low.one"},
        "top.inside": {"low.one"},
        "top.typed": {"low.one"},
        "top.module": {"low.one", "low.two"},
        "top.package": {"low"},
    }


def test_rooms_are_modules_and_sub_folders_and_floors_rise_with_imports(tmp_path: Path) -> None:
    found = house(
        tmp_path,
        {
            "a/main": "from a.deep.one import f",
            "a/deep/one": "from a.deep.two import f\nfrom a.base import g",
            "a/deep/two": "",
            "a/base": "",
            "a/alone": "",
        },
    )
    top, package, deep = found.folders
    assert (top.name, top.rooms, top.arrows) == (".", ("a",), {})
    assert (package.name, package.rooms, package.side_by_side) == ("a", ("alone", "base", "deep", "main"), 4)
    assert package.floors == {"alone": 1, "base": 1, "deep": 2, "main": 3}
    assert package.arrows == {
        ("main", "deep"): [("a.main", "a.deep.one")],
        ("deep", "base"): [("a.deep.one", "a.base")],
    }
    assert deep.floors == {"two": 1, "one": 2}
    assert (package.back, package.circles, found.circles) == ((), (), ())


def test_of_a_circle_the_fewest_imports_run_back(tmp_path: Path) -> None:
    found = house(
        tmp_path,
        {
            "a/x/one": "from a.y.one import f",
            "a/x/two": "from a.y.one import f",
            "a/x/three": "",
            "a/y/one": "from a.low import f",
            "a/y/two": "from a.x.three import f",
            "a/low": "",
        },
    )
    (folder,) = (one for one in found.folders if one.name == "a")
    assert folder.circles == (("x", "y"),)
    assert folder.back == (("y", "x"),)
    assert folder.floors == {"low": 1, "y": 2, "x": 3}
    assert found.circles == (), "rooms that import each other need not hold modules that do"
    assert "  back: y → x" in list(plan(folder))
    assert "    a.y.two imports a.x.three" in list(plan(folder))


@pytest.mark.parametrize(
    ("sources", "circle"),
    [
        ({"a/x": "import a.y", "a/y": "def f():\n    import a.x"}, ("a.x", "a.y")),
        ({"a/x": "import a.y", "a/y": "import b.z", "b/z": "from a.x import f"}, ("a.x", "a.y", "b.z")),
        ({"a/__init__": "from a.x import f", "a/x": "from a import g"}, ("a", "a.x")),
    ],
)
def test_a_circle_of_modules_is_found(tmp_path: Path, sources: Mapping[str, str], circle: tuple[str, ...]) -> None:
    found = house(tmp_path, sources)
    assert found.circles == (circle,)


def test_a_package_with_code_of_its_own_is_a_room_that_is_not_counted(tmp_path: Path) -> None:
    found = house(tmp_path, {"a/__init__": "from a.x import f", "a/x": "", "a/y": ""})
    (folder,) = (one for one in found.folders if one.name == "a")
    assert folder.rooms == ("__init__", "x", "y")
    assert folder.side_by_side == 2
    assert folder.floors == {"__init__": 2, "x": 1, "y": 1}


def test_modules_of_one_name_are_found_and_folders_may_have_one(tmp_path: Path) -> None:
    names = ("a/rows", "b/c/rows", "a/__main__", "b/__main__", "a/build/x", "b/build/y", "b/rows/__init__")
    found = house(tmp_path, dict.fromkeys(names, ""))
    assert found.namesakes == {"rows": ("a.rows", "b.c.rows")}


def test_the_command_prints_a_line_for_each_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert said.startswith("| folder | modules side by side | floors | arrows | back | circles |\n")
    for name in (".", "cli", "graph", "graph.store", "loaders", "queries"):
        assert f"\n| {name} | " in said
    assert main(["graph"]) == 0
    assert capsys.readouterr().out.startswith("graph: ")
    assert main(["graf"]) == 2
    assert capsys.readouterr().err.startswith("graf: no folder of modules; there are . ")
