"""What is read from a workbook is proved by sheet and cell, in every table of proofs."""

from pathlib import Path

import xlsxwriter

from graph.snapshot.snapshot import Snapshot
from graph.snapshot.validate import validate
from graph.store.home import Home
from loaders.ingest.graph_build import build

HEADS = ["序号", "重点任务", "牵头单位", "完成时限"]


def written(path: Path, title: str, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("任务")
        sheet.write("A1", title)
        sheet.write_row("A2", HEADS)
        for at, row in enumerate(rows):
            sheet.write_row(2 + at, 0, row)


def test_every_proof_has_sheet_and_cell(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written(
        tmp_path / "in" / "list.xlsx",
        "云溪县人民政府办公室关于印发2026年护堤重点任务清单的通知",
        [[1, "修补护堤缺口", "县水务局", "2026年6月底前"], [2, "补种护堤树木", "县林业局", "2026年9月底前"]],
    )
    report = build([tmp_path / "in"], tmp_path / "graph", snapshot_only=True, jobs=1)
    assert (report.added, report.failures, report.tasks) == (("list",), (), 2)
    snapshot = Snapshot.open(Home(tmp_path / "graph").snapshot())
    assert validate(snapshot) == []
    proofs = snapshot.rows("Evidence")
    assert {(one["sheet"], one["page"], one["confidence"]) for one in proofs} == {("任务", None, None)}
    cells = {(one["subject"], one["property"]): one["cell"] for one in proofs}
    task = next(row["key"] for row in snapshot.rows("Task") if row["title"] == "补种护堤树木")
    assert cells[task, "title"] == "B4"
    assert cells[task, "deadline"] == "D4"
    assert {one["cell"] for one in proofs if one["property"] == "title" and one["subject"].startswith("document:")} <= {
        "A1"
    }
