from pathlib import Path

import pytest

import zhengmai
from graph.errors import NotFoundError, StoreError


def test_answers_are_data_frames_with_their_notes(address: Path) -> None:
    with zhengmai.open(address) as opened:
        made = opened.cascade("lanjiang/1.1")
        assert list(made["task"])[:2] == ["lanjiang/1.1", "chengzhou/1.1"]
        assert made.attrs["notes"] == []
        notes = [{"code": "undated", "count": 6}, {"code": "further_targets", "count": 1}]
        assert opened.due("2022-01-01").attrs["notes"] == notes
        assert len(opened.documents()) == 3
        assert set(opened.units("市水利局")["direction"]) == {"above", "here", "below"}
        assert not opened.coverage("lanjiang").empty
        assert not opened.compare("lanjiang", "chengzhou").empty
        assert not opened.tasks(unit="区水利局").empty
        assert not opened.lineage("yunxi").empty
        assert not opened.search("水源").empty
        assert not opened.show("yunxi/1.1").empty
        assert "cascade" in set(opened.questions()["question"])


def test_a_query_of_ones_own(address: Path) -> None:
    opened = zhengmai.open(address)
    opened.close()
    made = opened.query("MATCH (t:Task) RETURN t.key AS task ORDER BY task LIMIT 2")
    assert list(made["task"]) == ["chengzhou/1.1", "chengzhou/2.2"]


def test_an_empty_answer_has_its_columns(address: Path) -> None:
    with zhengmai.open(address) as opened:
        made = opened.ask("tasks", level="town")
    assert made.empty
    assert "deadline" in made.columns


def test_errors_are_ours(address: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        zhengmai.open(tmp_path)
    with zhengmai.open(address) as opened, pytest.raises(NotFoundError):
        opened.cascade("nothing of that name")
