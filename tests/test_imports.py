"""What is imported by a name in a text: tools that check who imports whom do not see it, so it is looked at here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.export.formats import EXPORTERS
from queries.catalog import catalogue
from tests.sources import packages

ROOT = Path(__file__).parents[1]
PACKAGES = packages()
IMPORTERS = {
    "import_module",
    "__import__",
    "find_spec",
    "spec_from_file_location",
    "module_from_spec",
    "run_module",
    "run_path",
}
# These take the name from data, which is checked below; `zhengmai` makes the other packages importable by their place.
BY_DATA = {"graph/export/formats.py", "queries/run.py", "zhengmai/loading.py"}


def named() -> Iterator[tuple[str, ast.expr]]:
    """Yield every import of a module by a name that is no import statement: the file, and what tells the name."""
    for path in (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in IMPORTERS:
                    yield path.relative_to(ROOT).as_posix(), node.args[0]


NAMED = list(named())


def test_they_are_found() -> None:
    assert {file for file, _ in NAMED} >= BY_DATA


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[f"{file}:{name.lineno}" for file, name in NAMED])
def test_a_module_imports_by_name_only_of_its_own_package(file: str, name: ast.expr) -> None:
    first = name.values[0] if isinstance(name, ast.JoinedStr) else name
    if not isinstance(first, ast.Constant):
        assert file in BY_DATA
        return
    package = str(first.value).partition(".")[0]
    assert package == file.partition("/")[0] or package not in PACKAGES


def test_names_in_data_stay_within_the_package_that_reads_them() -> None:
    formats = {one.function for one in EXPORTERS.values()}
    questions = {one.function for one in catalogue().values() if one.function}
    assert len(formats) > 5
    assert {name for name in formats if not name.startswith("graph.export.")} == set()
    assert len(questions) > 5
    assert {name for name in questions if not name.startswith("queries.")} == set()
