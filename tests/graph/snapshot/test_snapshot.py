"""The snapshot: typed, in one order, the same bytes for the same rows, in parts where it is large, and versioned."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.assemble.spill import Spill
from graph.errors import StoreError
from graph.snapshot.arrow_columns import arrow_schema
from graph.snapshot.partitions import SHARED, SPREAD, WHOLE, part_of, parts_for, split
from graph.snapshot.snapshot import Snapshot, SnapshotWriter, read_manifest
from graph.snapshot.tables import FORMAT, tables
from tests.factories import small_snapshot


def rows_of(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    return {name: snapshot.rows(name) for name in tables()}


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    made = small_snapshot()
    made.write(tmp_path)
    again = Snapshot.open(tmp_path)
    assert rows_of(again) == rows_of(made)
    assert {name: again.count(name) for name in tables()} == {name: made.count(name) for name in tables()}
    assert again.rules == "test"


def test_columns_are_typed(tmp_path: Path) -> None:
    small_snapshot().write(tmp_path)
    for name, spec in tables().items():
        assert pq.read_schema(tmp_path / f"{name}.parquet").equals(arrow_schema(spec))
    task = next(row for row in Snapshot.open(tmp_path).rows("Task") if row["key"] == "lanjiang/1.1")
    assert task["deadline_end"] == date(2022, 12, 31)
    assert task["deadline_start"] is None


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_rows_come_changes_no_byte(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    shuffled = {}
    for name, rows in rows_of(small_snapshot()).items():
        chance.shuffle(rows)
        shuffled[name] = rows
    one, other = tmp_path / "one", tmp_path / "other"
    assert small_snapshot().write(one) == Snapshot.of_rows(shuffled, rules="test").write(other)
    for path in sorted(one.iterdir()):
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_nothing_says_when_it_was_made(tmp_path: Path) -> None:
    small_snapshot().write(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"format", "rules", "decisions", "tables"}


def test_rows_for_stores_have_iso_dates_no_nulls_and_no_private_columns() -> None:
    rows = [row for batch in small_snapshot().batches("Task") for row in batch]
    task = next(row for row in rows if row["key"] == "lanjiang/1.1")
    assert task["deadline_end"] == "2022-12-31"
    assert "deadline_start" not in task
    assert "owner" not in task


@pytest.mark.parametrize("found", [FORMAT - 1, FORMAT + 1, None])
def test_another_format_is_refused_in_one_line_that_says_what_to_do(tmp_path: Path, found: int | None) -> None:
    small_snapshot().write(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"format": found}), encoding="utf-8")
    with pytest.raises(StoreError, match="rebuild with zhengmai build") as error:
        Snapshot.open(tmp_path)
    assert "\n" not in str(error.value)


def test_no_snapshot_and_a_broken_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no snapshot here"):
        read_manifest(tmp_path)
    small_snapshot().write(tmp_path)
    (tmp_path / "Task.parquet").write_bytes(b"PAR1 is not enough")
    with pytest.raises(StoreError, match="rebuild with zhengmai build"):
        Snapshot.open(tmp_path).table("Task")


# -- parts


def many(documents: int) -> Snapshot:
    names = [f"f{number:03d}/plan" for number in range(documents)]
    texts = [{"document": name, "text": name, "owner": name} for name in names]
    listed = [{"key": name, "name": name, "owner": name} for name in names]
    evidence = [
        {
            "subject": name,
            "property": "title",
            "document": name,
            "start": 0,
            "end": 4,
            "quote": name[:4],
            "owner": owner,
        }
        for name in names
        for owner in (name, f"{name}\tother", None)
    ]
    return Snapshot.of_rows({"Document": listed, "Text": texts, "Evidence": evidence})


def test_a_large_graph_stands_in_parts_and_reads_as_one_table(tmp_path: Path) -> None:
    made = many(300)
    made.write(tmp_path)
    again = Snapshot.open(tmp_path)
    assert again.parts("Evidence") == parts_for(300)
    assert again.count("Evidence") == 900
    assert sorted(map(str, again.rows("Evidence"))) == sorted(map(str, made.rows("Evidence")))
    assert pq.read_table(tmp_path / "Text", partitioning=None).num_rows == 300
    shared = again.part("Evidence", SHARED)
    assert shared.num_rows == 300
    assert shared["owner"].null_count == 300


def test_a_document_and_its_pairs_stand_in_one_part() -> None:
    parts = parts_for(1000)
    assert part_of("a/b", parts) == part_of("a/b\tc", parts) != SHARED
    assert part_of(None, parts) == SHARED
    assert part_of("a/b", parts_for(3)) == WHOLE


def test_splitting_loses_nothing() -> None:
    table = many(50).table("Evidence")
    found = split(table, parts_for(1000))
    assert sum(rows.num_rows for rows in found.values()) == table.num_rows
    for part, rows in found.items():
        assert {part_of(owner, parts_for(1000)) for owner in rows["owner"].to_pylist()} == {part}


@pytest.mark.parametrize("documents", [10, 1000])
def test_spilled_rows_come_back(tmp_path: Path, documents: int) -> None:
    table = many(50).table("Evidence")
    with Spill(tmp_path / "spill", parts_for(documents)) as spill:
        spill.add({"Evidence": table.slice(0, 70)})
        spill.add({"Evidence": table.slice(70)})
        again = spill.moved(parts_for(1010 - documents))
        found = pa.concat_tables([again.take("Evidence", part) for part in parts_for(1010 - documents)])
    assert sorted(map(str, found.to_pylist())) == sorted(map(str, table.to_pylist()))
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_a_part_taken_over_keeps_its_bytes_and_its_digest(tmp_path: Path) -> None:
    many(300).write(tmp_path / "before")
    before = Snapshot.open(tmp_path / "before")
    writer = SnapshotWriter(tmp_path / "after")
    for name in tables():
        for part in before.parts(name):
            writer.keep(name, before, part)
    writer.close()
    after = Snapshot.open(tmp_path / "after")
    for name in SPREAD:
        assert after.digests(name) == before.digests(name)
    assert read_manifest(tmp_path / "after") == read_manifest(tmp_path / "before")


def test_a_store_folder_is_never_named_in_it(tmp_path: Path) -> None:
    small_snapshot().write(tmp_path)
    assert str(tmp_path).encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
