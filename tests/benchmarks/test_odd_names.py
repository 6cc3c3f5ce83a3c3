"""The listing of places that no list holds and of units without a function: kinds, counts, names."""

from pathlib import Path

import pytest

from benchmarks.odd_names import kind_of_place, kind_of_unit, main
from loaders.ingest.graph_build import build

PLAN = """澄州市河道保洁工作方案
为搞好河道保洁，制定本方案。
一、主要任务
（一）清理河面。清理河面60条。（责任单位：市水利局、市漂浮物打捞公司、云溪区石坪镇人民政府）
"""


@pytest.mark.parametrize(
    ("key", "name", "level", "kind"),
    [
        ("330200", "宁波市", "city", None),
        ("澄州市", "澄州市", "city", "a city by its form, nothing above it known"),
        ("330211.石坪镇", "石坪镇", "town", "a town"),
        ("330200.宁波高新区", "宁波高新区", "county", "a zone"),
    ],
)
def test_a_place_has_a_kind_where_no_list_holds_it(key: str, name: str, level: str, kind: str | None) -> None:
    assert kind_of_place({"key": key, "name": name, "level": level}) == kind


@pytest.mark.parametrize(
    ("name", "function", "kind"),
    [
        ("水利局", "水利", None),
        ("漂浮物打捞公司", None, "an enterprise or a bank"),
        ("市水利局市财政局", None, "several bodies without a sign between them"),
        ("计划处", None, "an office inside a body"),
        ("镇海区", None, "a place alone"),
        ("河长和湖长", None, "anything else"),
    ],
)
def test_a_unit_without_a_function_has_a_kind(name: str, function: str | None, kind: str | None) -> None:
    row = {"key": f"330200:{name}", "function": function, "jurisdiction": "330200", "printed_names": [name]}
    assert kind_of_unit(row) == kind


def test_the_listing_counts_what_a_build_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    build([tmp_path / "plan.txt"], tmp_path / "graph", jobs=1, snapshot_only=True)
    assert main([str(tmp_path / "graph")]) == 0
    told = capsys.readouterr().out
    assert "a city by its form, nothing above it known: 澄州市" in told
    assert "an enterprise or a bank: 澄州市:漂浮物打捞公司" in told
