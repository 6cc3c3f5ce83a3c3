"""What of a task's parts other texts carry."""

from graph.link.tasks.parts_carried import clauses_dropped, parts_carried, parts_of

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


def test_clauses_of_which_nothing_stands_there_are_dropped_and_named_as_printed() -> None:
    text = "管好堤防。修补堤防险工险段；在每座水闸安装水位遥测仪器；2026年底前巡查率达到90%。"
    others = ["修补北岸堤防险工险段，堆放备防石。"]
    assert clauses_dropped(text, others, "管好堤防") == ("在每座水闸安装水位遥测仪器",)
    assert clauses_dropped(text, [*others, "水闸都安装水位遥测仪器"], "管好堤防") == ()


def test_where_nothing_of_any_clause_stands_there_it_is_said_in_other_words() -> None:
    assert clauses_dropped("修补堤防险工险段。在每座水闸安装水位遥测仪器。", ["把江边的老墙砌牢靠"]) == ()
