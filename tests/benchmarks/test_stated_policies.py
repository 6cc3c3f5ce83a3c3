"""What a graph says of documents is held against what their collection says of them."""

import json
from pathlib import Path

import pytest

from benchmarks.stated_policies import compared, main
from loaders.ingest.graph_build import build

READ = {
    "title": "澄州市河道保洁方案",
    "doc_number": "澄政发〔2024〕3号",
    "issuers": ["澄州市人民政府"],
    "level": "city",
    "spans": json.dumps({"notice_title": [[0, 4, "关于印发澄州市河道保洁方案的通知"]]}, ensure_ascii=False),
}


def test_fields_are_compared_where_the_collection_says_something() -> None:
    text = "关于印发澄州市河道保洁方案的通知澄州市河道保洁方案"
    said = {
        "title": "关于印发澄州市河道保洁方案的通知",
        "doc_number": "澄政发[2024]3号",
        "issuer": "",
        "level": "provincial",
    }
    assert dict(compared(said, READ, text)) == {"title": True, "number": True, "level": False}


def test_a_title_that_the_document_does_not_print_does_not_count() -> None:
    assert dict(compared({"title": "河道保洁新举措来了"}, READ, "澄州市河道保洁方案")) == {}


def test_the_table_is_read_by_the_names_of_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = "澄州市河道保洁工作方案\n澄政发〔2024〕3号\n为搞好河道保洁，制定本方案。\n一、主要任务\n（一）清理河面。清理河面60条。\n"
    (tmp_path / "plan.txt").write_text(plan, encoding="utf-8")
    build([tmp_path / "plan.txt"], tmp_path / "graph", jobs=1, snapshot_only=True)
    rows = [
        {"file": "all/plan.txt", "title": "澄州市河道保洁工作方案", "doc_number": "澄政发〔2024〕4号"},
        {"file": "none.txt"},
    ]
    table = tmp_path / "table.jsonl"
    table.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    assert main([str(tmp_path / "graph"), str(table)]) == 0
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert told[0] == ["title", "1", "of", "1", "1.000"]
    assert told[1] == ["number", "0", "of", "1", "0.000"]
