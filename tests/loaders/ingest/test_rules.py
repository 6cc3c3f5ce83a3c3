"""What names the rules: every file that a reading or a graph is made by is in it, and nothing else."""

import ast
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from loaders.ingest.rules import LINKING, READING, digest_of, files_of, graph_rules, reading_rules

ROOT = Path(__file__).parents[3]
PACKAGES = ("graph", "loaders")
GRAPH = (*READING, *LINKING)
# What readings need and is no rule of theirs.
BESIDE_READING = {
    "graph.errors": "why a file is no document is told to people and stands in no reading",
    "loaders.collector": "how long a reading takes, not what it says",
}
# What a build needs besides: it makes rows by the rules, and has none.
BESIDE_LINKING = BESIDE_READING | {
    "graph.ledger.file_lock": "one writer at a time",
    "graph.ledger.kept_lines": "how lines that people said are kept whole",
    "graph.store.home": "where things lie in the folder of a graph",
    "loaders.ingest.reading_cache": "how readings are kept",
    "loaders.ingest.same_documents": "which of several formats of a document is given; its reading has its own file",
    "loaders.ingest.sources": "which files are given to a build; a graph holds what was taken in",
    "loaders.ingest.workers": "who does the work",
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with our packages; a test that changes a file puts it back."""
    folder = tmp_path_factory.mktemp("copied")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_same_files_elsewhere_give_the_same_digest(copied: Path) -> None:
    assert digest_of(READING, copied) == reading_rules()
    assert digest_of(GRAPH, copied) == graph_rules() != reading_rules()
    path = copied / "graph" / "schema" / "values.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(GRAPH, copied) == graph_rules()


@pytest.mark.parametrize(
    ("file", "reading", "graph"),
    [
        ("graph/export/rdf_files.py", False, False),
        ("graph/store/arcade/arcade_store.py", False, False),
        ("graph/snapshot/validate.py", False, False),
        ("loaders/ingest/graph_build.py", False, False),
        ("loaders/gold/evaluate.py", False, False),
        ("graph/link/tasks/calibration.py", False, True),
        ("graph/schema/values.toml", False, True),
        ("graph/assemble/join.py", False, True),
        ("loaders/reading/document_reading.py", True, True),
        ("loaders/patterns/units.toml", True, True),
        ("graph/gazetteer/places.tsv", True, True),
        ("graph/link/wording/word_weights.tsv", True, True),
        ("graph/link/tasks/details.py", True, True),
    ],
)
def test_a_byte_changes_the_digest_of_what_it_is_a_rule_of(copied: Path, file: str, reading: bool, graph: bool) -> None:
    path = copied / file
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    try:
        assert (digest_of(READING, copied) != reading_rules()) == reading
        assert (digest_of(GRAPH, copied) != graph_rules()) == graph
    finally:
        path.write_bytes(before)


def test_a_name_without_a_file_is_told() -> None:
    for name in ("graph.nowhere", "graph.link:nowhere.tsv"):
        with pytest.raises(LookupError, match=name):
            digest_of([name])


# -- nothing is forgotten


def module(name: str) -> Path | None:
    place = ROOT.joinpath(*name.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def says_nothing(path: Path) -> bool:
    """Tell whether a module is but a docstring, as most `__init__.py` are."""
    return all(isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in parsed(path).body)


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a module imports anywhere in it."""
    for node in ast.walk(parsed(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        yield from (name for name in names if name.split(".")[0] in PACKAGES and module(name))


def closure(*names: str) -> dict[str, Path]:
    """Return all modules of ours that these need, at any distance; without those that say nothing."""
    found: dict[str, Path] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        path = module(name)
        if name not in found and path is not None and not says_nothing(path):
            found[name] = path
            waiting += imported(path)
    return found


def data_of(path: Path) -> Iterator[Path]:
    """Yield the data files that a module opens by `files("package")`: one that it names, else all of the package."""
    tree = parsed(path)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    joined = {
        id(call.func.value): str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "joinpath"
        and isinstance(call.args[0], ast.Constant)
    }
    for call in calls:
        if isinstance(call.func, ast.Name) and call.func.id == "files":
            package = call.args[0]
            own = isinstance(package, ast.Name) and package.id == "__name__"
            assert own or isinstance(package, ast.Constant), f"{path}: cannot be told which data it opens"
            folder = path.parent if own else ROOT.joinpath(*str(getattr(package, "value", "")).split("."))
            data = (file for file in folder.iterdir() if file.suffix in (".toml", ".tsv"))
            yield from [folder / joined[id(call)]] if id(call) in joined else data


def listed(names: tuple[str, ...]) -> set[Path]:
    return {path for name in names for path in files_of(name, ROOT)}


@pytest.mark.parametrize(
    ("starts", "rules", "beside"),
    [
        (["loaders.reading.document_reading"], READING, BESIDE_READING),
        (["loaders.ingest.workers", "graph.assemble.assembly"], GRAPH, BESIDE_LINKING),
    ],
    ids=["reading", "graph"],
)
def test_what_is_needed_is_a_rule_or_has_a_reason_to_be_none(
    starts: list[str], rules: tuple[str, ...], beside: dict[str, str]
) -> None:
    needed, known = closure(*starts), listed(rules)
    assert len(needed) > 30
    assert {name for name, path in needed.items() if path not in known} == set(beside)
    missing = {file for name, path in needed.items() if name not in beside for file in data_of(path)} - known
    assert missing == set()


def test_no_rule_of_reading_is_listed_that_no_reading_needs() -> None:
    needed = closure("loaders.reading.document_reading")
    opened = {file for path in needed.values() for file in data_of(path)}
    for name in READING:
        assert not {*needed.values(), *opened}.isdisjoint(files_of(name, ROOT)), name
