"""Sentences of two tasks side by side: one that is met is enough, an echo is not, slogans share nothing."""

import math
from pathlib import Path

import pytest

from graph.link.tasks.align_tasks import align
from graph.link.tasks.alignment import align_outlines
from graph.link.tasks.sentence_matches import SentenceMatch
from graph.link.tasks.task_view import LinkTask, from_reading
from graph.link.wording.character_pairs import grams_of, telling
from loaders.reading.document_reading import read_file
from tests.graph.link.outlines import outline

PARENT = outline(
    "above",
    """
# 渡运安全
1.1 更新渡船。淘汰木质渡船，新造渡船统一加装定位终端。汛期每日检修轮机和舵机。
1.2 培训渡工。对渡工分批开展救生技能考核。编印渡工口袋书。
1.3 整治浮桥。逐座检查浮桥锚链，建立隐患销号台账。夜间设置警示灯。
# 江岸绿廊
2.1 修复湿地。退出江滩违规养殖，补种芦苇和水生植物。建立候鸟观测点。
2.2 建设步道。贯通城区段滨江步道，设置无障碍坡道。引导沿线商铺统一招牌。
2.3 打捞漂浮物。组建打捞队伍，推行河段认领。对上游来草设置拦截网。
# 江上文旅
3.1 开发夜游线路。鼓励社会资本投放画舫游船。评定星级船家。
3.2 保护古渡遗址。测绘古渡石阶，征集船工号子。建设古渡陈列馆。
""",
)
CHILD = outline(
    "below",
    """
# 综合整治
1.1 集中治理沿江突出问题。淘汰辖区木质渡船。逐座检查浮桥锚链，销号管理。退出江滩违规养殖，限期拆除围网。
1.2 提升服务。对渡工分批开展救生技能考核，合格后上岗。评定星级船家，公布结果。
1.3 收集老物件。征集船工号子和老照片。
1.4 畅通商圈道路。增设公交港湾，优化红绿灯配时。
1.5 打捞漂浮物。组建打捞队伍，推行河段认领，日产日清。
""",
    carries_out="above",
)


def match(child: str, parent: str) -> SentenceMatch | None:
    made = align_outlines(CHILD, PARENT)
    return made.matches.get((_place(CHILD, child), _place(PARENT, parent)))


def _place(tasks: tuple[LinkTask, ...], path: str) -> int:
    return [task.path for task in tasks].index(path)


@pytest.mark.parametrize(
    ("child", "parent", "here", "there"),
    [
        ("1.1", "1.3", "逐座检查浮桥锚链,销号管理", "逐座检查浮桥锚链,建立隐患销号台账"),
        ("1.1", "2.1", "退出江滩违规养殖,限期拆除围网", "退出江滩违规养殖,补种芦苇和水生植物"),
        ("1.2", "3.1", "评定星级船家,公布结果", "评定星级船家"),
    ],
)
def test_the_closest_two_sentences_are_found(child: str, parent: str, here: str, there: str) -> None:
    found = match(child, parent)
    assert found
    assert CHILD[_place(CHILD, child)].text[slice(*found.child)] == here
    assert PARENT[_place(PARENT, parent)].text[slice(*found.parent)] == there


def test_every_parent_with_a_sentence_of_its_own_is_linked() -> None:
    links = {(link.child.split("/")[1], link.parent.split("/")[1]): link.relation for link in align(CHILD, PARENT)}
    assert {("1.1", "1.1"), ("1.1", "1.3"), ("1.1", "2.1"), ("1.2", "1.2"), ("1.2", "3.1")} <= links.keys()
    assert {links["1.1", "1.3"], links["1.1", "2.1"], links["1.2", "3.1"]} == {"partial"}
    assert not [pair for pair in links if pair[0] == "1.4"]


def test_an_echo_of_a_closer_sentence_counts_less() -> None:
    own = outline("a", "1.1 检查浮桥。逐座检查浮桥锚链。\n1.2 清理围网。拆除江滩围网。\n")
    alone = outline("b", "1.1 维护渡口。浮桥锚链按期上油。\n1.2 种植芦苇。补种江滩。\n")
    beside = (*alone, *outline("c", "1.3 巡查。逐座检查浮桥锚链并登记。\n"))
    without, with_closer = (align_outlines(own, side).matches[0, 0].strength for side in (alone, beside))
    assert with_closer < without


def test_further_sentences_count_each_once() -> None:
    one = match("1.5", "2.3")
    assert one
    assert one.more > 0
    assert match("1.3", "3.2")
    assert match("1.4", "2.3") is None


def test_slogans_weigh_less_than_matter() -> None:
    slogan = "各地各部门要高度重视,健全工作机制,强化督促检查,确保各项任务落到实处"
    matter = "淘汰木质渡船,新造渡船加装定位终端,逐座检查浮桥锚链,补种芦苇和水生植物"
    said, done = (telling(text, grams_of(text)) for text in (slogan, matter))
    assert math.fsum(said.values()) / len(said) < 0.6 * math.fsum(done.values()) / len(done)


def test_a_slogan_told_in_other_words_links_nobody() -> None:
    below = outline(
        "a",
        "1.1 更新渡船。淘汰木质渡船。\n1.2 修复湿地。补种芦苇。\n1.3 强化组织领导。各单位要高度重视，明确专人负责，确保工作落到实处。\n",
    )
    above = outline(
        "b",
        "1.1 扩建学校。增加公办学位。\n1.2 丰富社团。开设书法课程。\n1.3 加强组织领导。各地各部门要高度重视，强化督促检查，确保各项任务落实。\n",
    )
    assert align(below, above) == []


@pytest.mark.parametrize("heading", ["法律责任", "罚则"])
def test_penalties_are_carried_out_by_nothing(heading: str) -> None:
    duty = "1.1 更新渡船。渡口经营人应当淘汰木质渡船，加装定位终端。\n"
    penalty = "9.1 未更新渡船的处罚。未淘汰木质渡船、未加装定位终端的，处一万元以下罚款。\n"
    law = outline("law", f"# 渡口经营\n{duty}# {heading}\n{penalty}")
    assert {link.parent for link in align(PARENT[:3], law)} <= {"law/1.1"}


def test_closing_words_belong_to_no_task(tmp_path: Path) -> None:
    items = "".join(
        f"{number}．{title}。{text}\n"
        for number, (title, text) in enumerate(
            [
                ("更新渡船", "淘汰木质渡船。"),
                ("检查浮桥", "逐座检查浮桥锚链。"),
                ("培训渡工", "开展救生技能考核。"),
                ("打捞漂浮物", "组建打捞队伍。"),
            ],
            start=1,
        )
    )
    path = tmp_path / "plan.txt"
    path.write_text(
        f"澄州市渡运安全行动方案\n\n二、主要任务\n（一）整治渡口\n{items}让我们携起手来，为建设平安江岸而奋斗！\n",
        encoding="utf-8",
    )
    tasks = from_reading(read_file(path))
    assert len(tasks) == 4
    assert tasks[-1].text.strip().endswith("组建打捞队伍。")
