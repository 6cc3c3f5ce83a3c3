"""What changed between two snapshots: just the rows that are not the same, however they are told apart."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, names_of, tables
from graph.store.changes import STORED, changes_between
from tests.factories import small_snapshot

Rows = dict[str, list[dict[str, Any]]]
_OTHER = {"text": "别的", "integer": 77, "number": 0.125, "boolean": None, "texts": ["甲", "乙"], "json": "{}"}


def rows_of(snapshot: Snapshot) -> Rows:
    return {name: snapshot.rows(name) for name in tables()}


def disturbed(chance: Random) -> Rows:
    """The small graph with some rows taken away, some doubled under another key, some with another property or none."""
    rows = rows_of(small_snapshot())
    for name in STORED:
        kept = [row for row in rows[name] if chance.random() < 0.9]
        by = "subject" if name == "Evidence" else "key"
        kept += [row | {by: f"{row[by]}x"} for row in kept if chance.random() < 0.1]
        columns = [(c, k) for c, k in tables()[name].columns.items() if c not in (by, *tables()[name].private)]
        for row in kept:
            if chance.random() < 0.2:
                column, kind = chance.choice(columns)
                row[column] = None if chance.random() < 0.3 else _OTHER.get(kind, row[column])
        rows[name] = kept
    return rows


def plain(snapshot: Snapshot, name: str) -> list[dict[str, Any]]:
    return [row for batch in snapshot.batches(name) for row in batch]


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_a_comparison_row_by_row_finds(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    small_snapshot().write(tmp_path / "before")
    Snapshot.of_rows(disturbed(chance)).write(tmp_path / "after")
    before, after = Snapshot.open(tmp_path / "before"), Snapshot.open(tmp_path / "after")
    found, _ = changes_between(before, after)
    for name in STORED:
        old, new = plain(before, name), plain(after, name)
        if name == "Evidence":
            subjects = {row["subject"] for row in [*old, *new]}
            other = {
                one
                for one in subjects
                if [row for row in old if row["subject"] == one] != [row for row in new if row["subject"] == one]
            }
            assert {row["key"] for row in found.gone["Evidence"]} == other
            assert sorted(found.new["Evidence"], key=str) == sorted((r for r in new if r["subject"] in other), key=str)
            continue
        lost, come = [row for row in old if row not in new], [row for row in new if row not in old]
        both = {row["key"] for row in lost} & {row["key"] for row in come} if name not in names_of(LINK) else set()
        assert by_key(found.gone.get(name, [])) == by_key([row for row in lost if row["key"] not in both])
        assert by_key(found.new.get(name, [])) == by_key([row for row in come if row["key"] not in both])
        assert by_key(found.other.get(name, [])) == by_key([row for row in come if row["key"] in both])


def by_key(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["key"]))


def test_equal_snapshots_differ_in_nothing(tmp_path: Path) -> None:
    small_snapshot().write(tmp_path / "one")
    small_snapshot().write(tmp_path / "two")
    found, count = changes_between(Snapshot.open(tmp_path / "one"), Snapshot.open(tmp_path / "two"))
    assert count == 0
    assert not any(rows for part in (found.gone, found.new, found.other) for rows in part.values())
