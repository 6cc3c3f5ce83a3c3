"""Every table of the snapshots of three sets of documents, byte for byte: a change that means to change no answer changes none.

ZHENGMAI_REGENERATE=1 python -m pytest tests/test_golden.py writes tests/golden/*.json anew.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.snapshot.snapshot import Snapshot, path_of, read_manifest
from graph.snapshot.tables import tables
from tests.golden_sets import CORPUS, build_set
from tests.shared import ROOT, SHARED, needs_shared

REGENERATE = os.environ.get("ZHENGMAI_REGENERATE") == "1"
GOLDEN = Path(__file__).with_name("golden")
# The bytes of a Parquet file are those of one version of pyarrow.
PYARROW = pa.__version__

Golden = Mapping[str, Any]


@pytest.fixture(
    scope="module",
    params=["sample", pytest.param("seeds", marks=needs_shared), pytest.param("corpus", marks=needs_shared)],
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The name of a set and the folder of its snapshot."""
    return request.param, build_set(request.param, tmp_path_factory.mktemp("golden") / request.param)


def content(table: pa.Table) -> str:
    """Return the digest of a table's rows, whatever wrote them."""
    rows = json.dumps(table.to_pylist(), ensure_ascii=False, default=str)
    return hashlib.sha256(rows.encode()).hexdigest()


def golden_of(folder: Path) -> Golden:
    """Return what is held of a snapshot: its manifest but for the rules, and of each file the rows and two digests."""
    snapshot, manifest = Snapshot.open(folder), read_manifest(folder)
    files = {
        path_of(Path(), name, part).as_posix(): {**said, "content": content(snapshot.part(name, part))}
        for name, parts in manifest["tables"].items()
        for part, said in parts.items()
    }
    said = {name: value for name, value in manifest.items() if name not in ("rules", "tables")}
    return {"pyarrow": PYARROW, "manifest": said, "files": files}


def written(golden: Golden) -> str:
    """Return the text of a golden file, a line for each table, so that two changes of different tables merge."""
    files = ",\n".join(f"  {json.dumps(name)}: {json.dumps(said)}" for name, said in sorted(golden["files"].items()))
    head = f' "pyarrow": {json.dumps(golden["pyarrow"])},\n "manifest": {json.dumps(golden["manifest"])},\n'
    return f'{{\n{head} "files": {{\n{files}\n }}\n}}\n'


def differences(before: Golden, after: Golden) -> Iterator[str]:
    """Yield a line for each thing that differs; the bytes count only where the same version of pyarrow wrote them."""
    for name in sorted(before["manifest"].keys() | after["manifest"].keys()):
        old, new = before["manifest"].get(name), after["manifest"].get(name)
        if old != new:
            yield f"{name} of the manifest: {new}, was {old}"
    for name in sorted(before["files"].keys() | after["files"].keys()):
        old, new = before["files"].get(name), after["files"].get(name)
        table = name.removesuffix(".parquet")
        if old is None or new is None:
            yield f"{table}: {'no such table before' if old is None else 'the table is gone'}"
        elif old["content"] != new["content"]:
            yield f"{table}: {new['rows']} rows, were {old['rows']}"
        elif before["pyarrow"] == after["pyarrow"] and old["sha256"] != new["sha256"]:
            yield f"{table}: the same {new['rows']} rows, in other bytes"


def message(name: str, found: list[str], folder: Path) -> str:
    """Return what is said where a snapshot is another: the tables, and what to do."""
    store = folder.parents[2]
    return "\n".join(
        [
            f"the snapshot of {name} is not that of tests/golden/{name}.json:",
            *(f"  {line}" for line in found),
            "the rows that differ, against the code before the change:",
            "  git worktree add --detach ../before",
            f"  (cd ../before && python -m tests.golden_sets STORES {name})",
            f"  python -m benchmarks.differences ../before/STORES/{name} {store}",
            "where they are meant, write it anew and say in the commit what differs:",
            "  ZHENGMAI_REGENERATE=1 python -m pytest tests/test_golden.py",
        ]
    )


def test_a_manifest_tells_its_files(built: tuple[str, Path]) -> None:
    _, folder = built
    told = {}
    for name, parts in read_manifest(folder)["tables"].items():
        for part, said in parts.items():
            path = path_of(folder, name, part)
            told[path] = said
            assert hashlib.sha256(path.read_bytes()).hexdigest() == said["sha256"], path.name
            assert pq.read_metadata(path).num_rows == said["rows"], path.name
    assert set(told) == set(folder.rglob("*.parquet"))
    assert sum(said["rows"] for said in told.values()) > 1000


def test_a_snapshot_is_the_golden_one(built: tuple[str, Path]) -> None:
    name, folder = built
    path, found = GOLDEN / f"{name}.json", golden_of(folder)
    if REGENERATE:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(written(found), encoding="utf-8", newline="\n")
    golden = json.loads(path.read_text(encoding="utf-8"))
    assert len(golden["files"]) >= len(tables())
    differing = list(differences(golden, found))
    assert not differing, message(name, differing, folder)
    assert not REGENERATE, "the golden file was written anew; run the tests again without the switch"


@needs_shared
def test_the_folders_of_the_corpus_are_there() -> None:
    assert [name for name in CORPUS if not (SHARED / "corpus" / name).is_dir()] == []


# -- what a failure would say

FILES = {
    name: {"rows": 3, "sha256": "a", "content": "b"} for name in ("Task.parquet", "Evidence/00.parquet", "Unit.parquet")
}
BEFORE: Golden = {"pyarrow": "20.0.0", "manifest": {"format": 3}, "files": FILES}


def changed(name: str, **said: int | str) -> Golden:
    return {**BEFORE, "files": {**FILES, name: {**FILES[name], **said}}}


def test_what_differs_is_told_by_table() -> None:
    assert list(differences(BEFORE, BEFORE)) == []
    assert list(differences(BEFORE, changed("Task.parquet", rows=4, sha256="x", content="y"))) == [
        "Task: 4 rows, were 3"
    ]
    assert list(differences(BEFORE, changed("Evidence/00.parquet", sha256="x"))) == [
        "Evidence/00: the same 3 rows, in other bytes"
    ]
    less = {**BEFORE, "manifest": {"format": 4}, "files": {"Task.parquet": FILES["Task.parquet"]}}
    assert list(differences(BEFORE, less)) == [
        "format of the manifest: 4, was 3",
        "Evidence/00: the table is gone",
        "Unit: the table is gone",
    ]
    assert list(differences(less, BEFORE))[1] == "Evidence/00: no such table before"


def test_another_pyarrow_is_held_by_the_rows() -> None:
    other = {**changed("Task.parquet", sha256="x"), "pyarrow": "99.0.0"}
    assert list(differences(BEFORE, other)) == []
    other = {**changed("Task.parquet", sha256="x", content="y"), "pyarrow": "99.0.0"}
    assert list(differences(BEFORE, other)) == ["Task: 3 rows, were 3"]


def test_the_digest_of_rows_sees_every_value() -> None:
    rows = [{"key": "a/1", "title": "修渠", "order": 1, "units": ["水利局"]}]
    one = content(pa.Table.from_pylist(rows))
    assert one == content(pa.Table.from_pylist(rows))
    for column, value in (("key", "a/2"), ("title", "修桥"), ("order", 2), ("units", ["水利局", "林业局"])):
        assert content(pa.Table.from_pylist([{**rows[0], column: value}])) != one


def test_a_failure_says_what_to_do(tmp_path: Path) -> None:
    said = message("sample", ["Task: 4 rows, were 3"], tmp_path / "store" / "generations" / "000001" / "snapshot")
    assert "  Task: 4 rows, were 3\n" in said
    assert f"python -m benchmarks.differences ../before/STORES/sample {tmp_path / 'store'}\n" in said
    assert "ZHENGMAI_REGENERATE=1" in said
    assert (ROOT / "benchmarks" / "differences.py").exists()
