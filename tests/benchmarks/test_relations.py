"""Recall of relations over pairs of documents, and the list of all that a graph states."""

import json
from pathlib import Path

import pytest

from benchmarks.differences import stored
from benchmarks.relations import main, recall, relations_of
from loaders.ingest.graph_build import build

UPPER = "澜江省关于整修渡口的意见\n为方便乘船，提出本意见。\n一、主要任务\n（一）修好码头。修缮码头12座。\n"
LOWER = "澄州市整修渡口的措施\n根据《澜江省关于整修渡口的意见》，制定本措施。\n一、主要任务\n（一）修好码头。修缮码头3座。\n"
ITEM = (
    "云溪区惠民措施\n为惠民，制定本措施。\n一、主要任务\n（一）修好码头。落实《澜江省关于整修渡口的意见》，修缮1座。\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("relations")
    (root / "plans").mkdir()
    for name, text in (("upper", UPPER), ("lower", LOWER), ("item", ITEM)):
        (root / "plans" / f"{name}.txt").write_text(text, encoding="utf-8")
    build([root / "plans"], root / "graph", jobs=1, snapshot_only=True)
    return root / "graph"


def pair(child: str, parent: str, relation: str) -> dict[str, str]:
    return {"child": f"all/{child}.txt", "parent": f"all/{parent}.txt", "relation": relation, "evidence": "…"}


def test_pairs_are_found_missed_or_left_out(graph: Path) -> None:
    found = relations_of(stored(graph))
    pairs = [
        pair("lower", "upper", "whole-document"),
        pair("item", "upper", "task-level"),
        pair("item", "upper", "whole-document"),
        pair("upper", "lower", "whole-document"),
        pair("nowhere", "upper", "whole-document"),
    ]
    assert [said for _, _, said in recall(found, pairs)] == ["found", "found", "other", "missed"]


def test_every_relation_is_printed_with_its_words(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = graph.parent / "pairs.jsonl"
    table.write_text(json.dumps(pair("lower", "upper", "whole-document")) + "\n", encoding="utf-8")
    assert main([str(graph), "--pairs", str(table), "--list"]) == 0
    said = capsys.readouterr().out
    assert "IMPLEMENTS 1, TAKES_OVER 1" in said
    assert "   1 of    1 with a name   1.000" in said
    assert "IMPLEMENTS lower -> upper" in said
    assert "根据《澜江省关于整修渡口的意见》" in said
