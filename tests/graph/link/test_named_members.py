"""A clause that names several objects leaves it in doubt whether the tasks about each are taken up."""

from pathlib import Path

import pytest

from graph.link.tasks import align_tasks
from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.task_view import LinkTask, from_reading
from loaders.reading.document_reading import read_file

UPPER = """澜江省整治渡运秩序工作方案
一、重点任务
（一）候船秩序。查处在候船区域兜售票证、抢占座椅的行为，清走长期停放的货箱。
（二）夜间停泊。查处无灯停泊、并排停泊的船只，划出夜间停泊的水域。
（三）鱼货装卸。查处在客运码头卸鱼、冲洗鱼筐的行为，另设装卸点。
（四）渡口保洁。每日清扫渡口栈桥，定期清运垃圾，保持候船亭整洁。
（五）救生器材。配齐救生衣和救生圈，每月检查一次，过期的及时更换。
"""
LOWER = """澄州市整治渡运秩序工作安排
一、重点任务
（一）畅通举报渠道。开通举报电话和信箱，每周汇总线索，受理候船秩序、夜间停泊、船员着装等方面的投诉。线索逐条编号，七日内答复来电群众。给查实的举报人发放奖金，替举报人保密。
（二）渡口保洁。每日清扫渡口栈桥，清运垃圾，保持候船亭整洁。
（三）救生器材。配齐救生衣和救生圈，每月检查一次，过期的更换。
"""


def tasks(folder: Path, name: str, text: str) -> tuple[LinkTask, ...]:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return from_reading(read_file(path, name))


def nearest(folder: Path, lower: str) -> dict[str, str]:
    """Return the nearest task below of each measure above, by their paths, where nothing else speaks for one."""
    aligned = AlignedTasks(tasks(folder, "lower", lower), tasks(folder, "upper", UPPER), related=True)
    for link in aligned.nearest:
        here, there = link.signals[0].child_words, link.signals[0].parent_words
        assert link.signals[0].name == "member"
        assert here is not None
        assert there is not None
        assert "、" in here.of(lower), "the clause is its proof"
        assert there.of(UPPER) in ("候船秩序", "夜间停泊")
    return {link.parent.rpartition("/")[2]: link.child.rpartition("/")[2] for link in aligned.nearest}


@pytest.fixture(autouse=True)
def _nothing_is_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two short documents of a test are alike in all they say: here only a member of an enumeration speaks for a pair."""
    monkeypatch.setattr(align_tasks, "_HOPELESS", 99.0)


def test_a_member_of_an_enumeration_names_the_task_about_it(tmp_path: Path) -> None:
    assert nearest(tmp_path, LOWER) == {"1.1": "1.1", "1.2": "1.1"}


def test_what_no_member_names_has_no_nearest_task(tmp_path: Path) -> None:
    assert nearest(tmp_path, LOWER.replace("候船秩序、夜间停泊、船员着装", "船员着装、船容船貌、航行日志")) == {}
    assert nearest(tmp_path, LOWER.replace("候船秩序、夜间停泊、船员着装", "候船秩序和夜间停泊")) == {}, (
        "no enumeration"
    )
