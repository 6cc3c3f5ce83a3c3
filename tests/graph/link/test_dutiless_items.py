"""Items that set no duty: meanings of words and lists of grounds, and what looks like them and sets one."""

from pathlib import Path

import pytest

from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.dutiless_items import explaining
from graph.link.tasks.task_view import LinkTask, from_reading
from loaders.reading.document_reading import read_file


@pytest.mark.parametrize(
    "text",
    [
        "本意见所称灯船，是指载有航标灯、停泊在航道边的船只。",
        "“一船一码”，是指每艘渡船挂一个可以查询的标识码。",
        "【灯船】灯船是指载有航标灯的船只，不含游船。",
        "设定依据：（1）《渡口管理办法》（2）《航道条例》第三条",
        "《澜江省渡口管理条例》（2019年修订）",
        "船员按照本通知办理业务的其他要求，均按照《渡口管理办法》等规定执行。",
        "未尽事宜按国家有关规定执行。",
    ],
)
def test_meanings_and_grounds_set_no_duty(text: str) -> None:
    assert explaining(text)


@pytest.mark.parametrize(
    "text",
    [
        "灯船是指载有航标灯的船只。各县要逐艘登记灯船。",
        "一次告知制度是指窗口人员应当一次说清所需材料的制度。",
        "加强灯船管理。灯船是指载有航标灯的船只。",
        "其他渡口参照本办法整修码头。",
        "整修码头。其他事项按照《渡口管理办法》执行。",
        "明确灯船的含义，修订《渡口管理办法》。",
        "完善灯船评价体系指南，逐艘登记。",
        "落实《澜江省渡口管理条例》，整修码头。",
        "",
    ],
)
def test_what_sets_a_duty_is_no_explanation(text: str) -> None:
    assert not explaining(text)


def tasks(folder: Path, name: str, text: str) -> tuple[LinkTask, ...]:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return from_reading(read_file(path, name))


def test_a_meaning_is_linked_to_nothing(tmp_path: Path) -> None:
    upper = """澜江省渡口便民工作意见
一、重点任务
（一）“夜渡船”是指晚上九点以后开行的渡船，包括临时加开的渡船。
（二）开行夜渡船。在客流集中的渡口开行夜渡船，公布班次。
"""
    lower = upper.replace("澜江省", "澄州市")
    made = AlignedTasks(tasks(tmp_path, "lower", lower), tasks(tmp_path, "upper", upper), related=True)
    assert [(link.child, link.parent) for link in made.links] == [("lower/1.2", "upper/1.2")]
