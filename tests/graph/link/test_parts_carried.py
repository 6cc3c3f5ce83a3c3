"""What of a task's parts other texts carry."""

from graph.link.tasks.parts_carried import parts_carried, parts_of

FIVE = "加强堤防管护、水闸检修、泵站改造、河道清淤和涵洞疏通。"


def test_each_thing_that_a_task_names_is_a_part() -> None:
    assert len(parts_of(FIVE)) == 4, "what 和 joins is one part"
    assert parts_of("。、，") == ()


def test_parts_are_carried_by_several_texts_together() -> None:
    each = ["开展堤防管护", "做好水闸检修", "推进泵站改造", "实施河道清淤", "组织涵洞疏通"]
    assert parts_carried(FIVE, each) == 4
    assert parts_carried(FIVE, each[:2]) == 2
    assert parts_carried(FIVE, ["举办书画展"]) == 0
    assert parts_carried("", each) == 0
