"""The rows in which two graphs differ: what is found, what is shown of it, and the exit code."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.differences import compare, main, stored
from graph.snapshot.arrow_columns import in_order, table_of
from graph.snapshot.partitions import SHARED
from graph.snapshot.snapshot import MANIFEST, Snapshot, SnapshotWriter
from graph.snapshot.tables import tables
from graph.store.home import Home

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

PROVINCE = {"key": "990000", "name": "澜江省", "level": "province"}
CITY = {"key": "990100", "name": "青禾市", "level": "city"}
PROOF = {"subject": "a/1", "property": "title", "document": "a", "rule": "heading", "owner": "a"}


def of(folder: Path, rows: Rows) -> Path:
    Snapshot.of_rows(rows).write(folder)
    return folder


def proofs(*places: tuple[int, str]) -> Rows:
    return {
        "Evidence": [{**PROOF, "start": start, "end": start + len(quote), "quote": quote} for start, quote in places]
    }


def test_equal_graphs_differ_in_no_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (of(tmp_path / name, {"Jurisdiction": [PROVINCE, CITY]}) for name in ("one", "two"))
    assert main([str(one), str(two)]) == 0
    assert capsys.readouterr().out == f"no row of {len(tables())} tables differs\n"


def test_rows_that_changed_are_lost_or_gained_are_told_by_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    county = {"key": "990101", "name": "云溪县", "level": "county"}
    one = of(tmp_path / "one", {"Jurisdiction": [PROVINCE, CITY]})
    two = of(tmp_path / "two", {"Jurisdiction": [{**PROVINCE, "name": "澜江"}, county]})
    assert main([str(one), str(two)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Jurisdiction: 1 changed, 1 lost, 1 gained (2 rows, then 2)",
        "  ~ 990000",
        "      name: '澜江省' → '澜江'",
        "  - 990100",
        "      key='990100', name='青禾市', level='city'",
        "  + 990101",
        "      key='990101', name='云溪县', level='county'",
        f"1 of {len(tables())} tables differ: Jurisdiction 3",
    ]


def test_a_quote_that_moved_is_one_changed_row(tmp_path: Path) -> None:
    one = stored(of(tmp_path / "one", proofs((0, "修渠"), (10, "修桥"))))
    two = stored(of(tmp_path / "two", proofs((4, "修渠"), (10, "修桥"))))
    (change,) = compare(one, two, "Evidence").changes
    assert change.columns == ("start", "end")
    assert change.key == ("a/1", "title", "a", "heading")


def test_of_several_rows_of_one_key_only_those_that_differ_are_told(tmp_path: Path) -> None:
    one = stored(of(tmp_path / "one", proofs((0, "修渠"), (0, "修渠"), (10, "修桥"))))
    two = stored(of(tmp_path / "two", proofs((0, "修渠"), (10, "修桥"), (20, "造林"))))
    (change,) = compare(one, two, "Evidence").changes
    assert (change.before or {})["start"] == 0
    assert (change.after or {})["quote"] == "造林"


def test_what_is_shown_is_bounded_and_what_is_counted_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [{"key": f"99{number:04}", "name": f"第{number}县", "level": "county"} for number in range(500)]
    one, two = of(tmp_path / "one", {}), of(tmp_path / "two", {"Jurisdiction": many})
    for options, shown in (([], 10), (["--limit", "3"], 3), (["--limit", "0"], 0), (["--all"], 500)):
        assert main([str(one), str(two), *options]) == 1
        said = capsys.readouterr().out.splitlines()
        assert said[0] == "Jurisdiction: 500 gained (0 rows, then 500)"
        assert len([line for line in said if line.startswith("  + ")]) == shown
        assert [line for line in said if "more rows" in line] == (
            [f"  … and {500 - shown} more rows"] if shown < 500 else []
        )
        assert said[-1].endswith("Jurisdiction 500")


def test_of_a_long_value_the_place_that_differs_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "各县修渠。" * 1000
    one = of(tmp_path / "one", {"Text": [{"document": "a", "text": text + "旧" + text, "owner": "a"}]})
    two = of(tmp_path / "two", {"Text": [{"document": "a", "text": text + "新" + text, "owner": "a"}]})
    assert main([str(one), str(two), "Text", "--width", "60"]) == 1
    said = capsys.readouterr().out
    assert "旧" in said
    assert "新" in said
    assert max(map(len, said.splitlines())) < 150


def test_only_the_tables_that_are_asked_for_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = of(tmp_path / "one", {"Jurisdiction": [CITY]}), of(tmp_path / "two", {"Jurisdiction": [PROVINCE]})
    assert main([str(one), str(two), "Task", "Unit"]) == 0
    assert main([str(one), str(two), "Task", "Jurisdiction"]) == 1
    assert "1 of 2 tables differ" in capsys.readouterr().out
    assert main([str(one), str(two), "Tusk"]) == 2
    assert capsys.readouterr().err.startswith("Tusk: no table of that name; there are ")


def put(folder: Path, rows: Sequence[Mapping[str, Any]], part: str = "", ordered: bool = True) -> Path:
    writer = SnapshotWriter(folder)
    table = table_of("Task", rows)
    writer.put("Task", in_order("Task", table) if ordered else table, part)
    writer.close()
    return folder


def test_another_order_is_a_difference_and_other_files_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"key": key, "name": key, "title": "修渠"} for key in ("b/1", "a/1")]
    one, two = put(tmp_path / "one", rows), put(tmp_path / "two", rows, ordered=False)
    assert main([str(one), str(two)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "Task: the same rows in another order (2 rows, then 2)"
    assert main([str(one), str(put(tmp_path / "three", rows, part=SHARED))]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Task: the same 2 rows, in other bytes"


def test_a_part_that_is_the_same_is_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"key": "a/1", "name": "a/1", "title": "修渠"}]
    one, two = put(tmp_path / "one", rows), put(tmp_path / "two", rows)
    for folder in (one, two):
        (folder / "Task.parquet").unlink()
    assert main([str(one), str(two)]) == 0
    three = put(tmp_path / "three", [{**rows[0], "title": "修桥"}])
    assert main([str(one), str(three)]) == 2
    assert "Task.parquet: the table cannot be read" in capsys.readouterr().err


def test_a_graph_of_another_format_is_compared_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (of(tmp_path / name, {"Jurisdiction": [CITY]}) for name in ("one", "two"))
    manifest = (
        (one / MANIFEST).read_text(encoding="utf-8").replace('"format": ', '"format": 1').replace('"Unit"', '"Body"')
    )
    (one / MANIFEST).write_text(manifest, encoding="utf-8")
    (one / "Unit.parquet").rename(one / "Body.parquet")
    assert main([str(one), str(two)]) == 0
    assert capsys.readouterr().out.startswith("format: 1")


def test_a_graph_is_compared_by_the_snapshot_that_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stores = []
    for name, rows in (("one", [CITY]), ("two", [PROVINCE])):
        home = Home(tmp_path / name)
        generation = home.begin()
        of(generation / "snapshot", {"Jurisdiction": rows})
        home.publish(generation)
        stores.append(str(home.root))
    assert main(stores) == 1
    assert "1 lost, 1 gained" in capsys.readouterr().out
    assert main([stores[0], str(tmp_path / "none")]) == 2
    assert "there is no graph here" in capsys.readouterr().err
