"""The rows of a document's task list: tied once, when it is read, and told from there."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.assemble.document_rows import fragment
from graph.link.tasks.details import tie
from graph.link.tasks.task_view import LinkTask
from graph.model import Detail
from loaders.reading.document_reading import read_file

PLAN = """澄州市渡运安全实施方案

二、主要任务
（一）整治渡口
1．检查浮桥。汛前逐座检查浮桥锚链，建立隐患销号台账。
2．更新渡船。淘汰木质渡船，加装定位终端。

附件
重点任务清单
1．逐座检查浮桥锚链。
2．淘汰木质渡船。
"""


def test_a_list_is_tied_once_and_its_rows_tell_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    asked: list[int] = []

    def counted(tasks: Sequence[LinkTask]) -> dict[str, tuple[Detail, ...]]:
        asked.append(len(tasks))
        return tie(tasks)

    monkeypatch.setattr("loaders.reading.detail_ties.tie", counted)
    reading = read_file(path)
    rows = fragment(reading, ".txt")
    assert asked == [len(reading.tasks)]
    tied = {(task.path, detail.measure) for task in reading.tasks for detail in task.details}
    assert len(tied) == 2
    assert {(row["source"], row["target"]) for row in rows["DETAILS"]} == {
        (f"plan/{row}", f"plan/{measure}") for row, measure in tied
    }
    for row in rows["DETAILS"]:
        proofs = {one["property"]: one for one in rows["Evidence"] if one["subject"] == row["key"]}
        assert set(proofs) == {"child", "parent"}
        assert all(one["quote"] == reading.text[one["start"] : one["end"]] for one in proofs.values())
