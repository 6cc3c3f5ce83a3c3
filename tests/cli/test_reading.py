"""What `read` shows of a file: its parts, each with its place in the file."""

import json
from pathlib import Path

from graph.text import squeeze
from tests.cli.conftest import Invoke
from tests.shared import ROOT

PROVINCE = ROOT / "samples" / "lanjiang" / "province.txt"


def test_places_are_those_of_the_file_also_where_a_copy_breaks_its_lines(zhengmai: Invoke, tmp_path: Path) -> None:
    plain = PROVINCE.read_text(encoding="utf-8")
    broken = "\n".join(line[at : at + 30] for line in plain.splitlines() for at in range(0, max(len(line), 1), 30))
    (tmp_path / "broken.txt").write_text(broken, encoding="utf-8")
    lines = zhengmai("read", str(tmp_path / "broken.txt"), "--format", "jsonl").stdout.splitlines()
    told = [row for row in map(json.loads, lines) if row["start"] is not None]
    rows = [row for row in told if row["part"] not in ("table", "issue", "citation")]
    assert len(rows) > 40
    for row in rows:
        there, words = squeeze(broken[row["start"] : row["end"]]), squeeze(row["text"])
        assert words in there, row
    # Breaks were joined, so the check above was not of a file as it is.
    assert any("\n" in broken[row["start"] : row["end"]] for row in rows if row["part"] == "heading" or row["path"])


def test_tables_are_shown_in_words_and_as_data(zhengmai: Invoke, tmp_path: Path) -> None:
    text = "石浦县桥梁管护任务清单\n序号\n工作内容\n责任单位\n1\n清理桥面淤泥并疏通泄水孔\n县交通局\n2\n补画桥面标线并立限载牌\n县公安局\n"
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    shown = zhengmai("read", str(tmp_path / "list.txt"), "--tables").stdout
    assert "taken for" in shown
    assert "row number" in shown
    rows = json.loads(zhengmai("read", str(tmp_path / "list.txt"), "--tables", "--json").stdout)
    assert [row["part"] for row in rows] == ["taken_for", "heads", "checklist", "checklist"]
    assert [rows[0][at] for at in "123"] == ["number", "task", "unit"]
    assert [row["path"] for row in rows[2:]] == ["annex.1", "annex.2"]
