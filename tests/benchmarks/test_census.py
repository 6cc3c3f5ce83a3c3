"""The census over a folder: what it prints, and the sample that a fixed seed draws."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks.accuracy_census import CENSUSES, marks
from benchmarks.census import counted, main
from tests.shared import ROOT

SAMPLE = ROOT / "samples" / "lanjiang"


def test_a_census_prints_marks_issues_and_shapes_and_writes_a_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = tmp_path / "sample.jsonl"
    monkeypatch.setattr(sys, "argv", ["census", str(SAMPLE), "--sample", str(sample)])
    main()
    said = capsys.readouterr().out
    assert "| **all** |" in said
    assert "| issue | times |" in said
    assert "| mark | left out by rule | times |" in said
    rows = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 200
    assert {"document", "kind", "went", "mark", "before", "after"} <= set(rows[0])


def test_the_same_documents_give_the_same_sample() -> None:
    files = sorted(SAMPLE.iterdir())[:4]
    first, second = (counted([path for path in files if path.suffix in (".md", ".txt")], drawn=20) for _ in range(2))
    assert first.drawn == second.drawn
    assert len(first.drawn) == 20
    assert counted([path for path in files if path.suffix in (".md", ".txt")], drawn=20, seed=2).drawn != first.drawn
    assert 0 <= first.unclaimed < 1


def test_a_file_that_no_reader_understands_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert len(counted([tmp_path / "empty.txt"]).unread_files) == 1


def test_what_was_counted_before_and_judged_stands_beside_the_census(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.accuracy_census.collected", lambda: [SAMPLE / "lanchuan.txt"])
    lines = list(marks([SAMPLE / "linlan.txt"]))
    assert "The same over 1 collected documents:" in lines
    kept = json.loads(CENSUSES.read_text(encoding="utf-8"))
    for one in kept["before"]:
        assert all(whole == sum(went) for whole, *went in one["marks"].values())
        assert any(line.startswith(f"| {one['title']} |") for line in lines)
    for one in kept["judged"]:
        assert all(right <= drawn for drawn, right in one["kinds"].values())
        assert sum(drawn for drawn, _ in one["kinds"].values()) == 200
        assert any(line.startswith(f"| {one['title']} | {one['seed']} |") for line in lines)
