"""Links of one clause of a long item, words that sister items share, and items that name the other policy."""

from pathlib import Path

import pytest

from graph.link.tasks.align_tasks import AlignedTasks
from graph.link.tasks.task_view import LinkTask, from_reading
from loaders.reading.document_reading import read_file
from tests.kinds.right import expected_links
from tests.shared import SHARED

KIND = SHARED / "kinds" / "21-links-of-one-clause"
UPPER = """云川市2026年渡口便民工作安排
一、整修渡口设施
更换候船亭破损的顶棚，加固栈桥护栏。
二、关爱渡工生活
为驻岛渡工修缮宿舍，每年体检一次。
三、管好客渡船
新造、改造的客渡船应全面落实安全要求，配齐救生筏。
四、管好货运船
新造、改造的货运船应全面落实安全要求，标明载重线。
"""
LOWER = """云溪区2026年水上便民工作安排
一、重点任务
（一）服务沿江群众。开通周末夜航班次。增设鱼市临时泊位。在码头设置雨伞架。给茶摊接通自来水。替驻岛渡工修缮宿舍屋面。编印潮汐小册子。聘请义务讲解员。
（二）抓好货运船。新造、改造的货运船应落实安全要求，舷侧刷载重线。
（三）办好其他事项。举办龙舟赛，评选水上人家。
"""


def tasks(folder: Path, name: str, text: str) -> tuple[LinkTask, ...]:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return from_reading(read_file(path, name))


def pairs(aligned: AlignedTasks) -> dict[tuple[str, str], str]:
    return {(link.child.rpartition("/")[2], link.parent.rpartition("/")[2]): link.relation for link in aligned.links}


def test_one_clause_of_a_long_item_is_a_link_of_its_own(tmp_path: Path) -> None:
    made = pairs(AlignedTasks(tasks(tmp_path, "lower", LOWER), tasks(tmp_path, "upper", UPPER), related=True))
    assert made.get(("1.1", "2")) == "partial"
    assert ("1.2", "4") in made
    assert ("1.2", "3") not in made, "what sister items share links nothing"
    assert not [one for one in made if one[0] == "1.3"]


def test_an_item_that_names_the_other_policy_points_to_the_item_with_the_same_object(tmp_path: Path) -> None:
    upper = tasks(tmp_path, "upper", UPPER.replace("云川市2026年渡口便民工作安排", "渡口设施提升三年行动计划"))
    text = """云溪区古树名木养护工作要点
一、重点任务
（一）修剪枯枝。为古樟、古柏清除枯枝，涂抹伤口。
（二）衔接其他规划。推动《渡口设施提升三年行动计划》落地，给树下的候船亭更换破损顶棚，加固栈桥护栏。
（三）挂牌建档。逐株挂牌，录入树龄。
"""
    named = pairs(AlignedTasks(tasks(tmp_path, "lower", text), upper))
    assert set(named) == {("1.2", "1")}
    plain = pairs(
        AlignedTasks(tasks(tmp_path, "plain", text.replace("《渡口设施提升三年行动计划》", "有关规划")), upper)
    )
    assert not plain


@pytest.mark.skipif(not KIND.is_dir(), reason="the kinds do not stand beside this checkout (../shared/kinds)")
def test_the_kind_of_links_of_one_clause() -> None:
    child, parent = (from_reading(read_file(KIND / f"{name}.txt", name)) for name in ("input", "parent"))
    made, wanted = pairs(AlignedTasks(child, parent)), expected_links(KIND)
    # Three words in three clauses about other actions (1.1 and 1) are less than a link can be made of as yet.
    assert wanted - set(made) <= {("1.1", "1")}
    assert not set(made) - wanted
