"""Headings of one family tied to themes."""

import pyarrow as pa
import pytest

from graph.assemble.policy_rows import Policies
from graph.assemble.theme_rows import join_themes
from graph.link.themes import Heading, themes
from graph.link.wording.headings import core


@pytest.mark.parametrize(
    ("printed", "about"),
    [
        ("聚焦平安渡运,大力实施渡口安全提升行动", "渡口安全提升"),
        ("渡口安全提升工程", "渡口安全提升"),
        ("(一)实施渡口安全提升三年行动", "渡口安全提升"),
        ("二、加快推进江岸绿廊建设。", "江岸绿廊建设"),
        ("主要任务", ""),
        ("二、重点任务及分工", ""),
        ("工作举措", ""),
        ("优化营商环境", "营商环境"),
        # What would be left is the end of a word, a count or a joint, and no matter.
        ("推进期", "推进期"),
        ("全面推进期", "全面推进期"),
        ("扎实抓好六项重点任务", "六项重点任务"),
        ("发展与促进", "发展与促进"),
        ("推进标准化建设", "标准化建设"),
        ("优化和平渡口布局", "和平渡口布局"),
    ],
)
def test_what_a_heading_is_about(printed: str, about: str) -> None:
    assert core(printed) == about


def test_headings_that_name_one_thing_are_one_theme() -> None:
    headings = [
        Heading("a", "渡口安全提升工程"),
        Heading("a", "江岸绿廊工程"),
        Heading("b", "聚焦平安渡运，大力实施渡口安全提升行动"),
        Heading("b", "聚焦一江清水，大力实施江岸绿廊行动"),
        Heading("b", "聚焦产业，培育江上文旅"),
    ]
    ferries, banks, ferries_below, banks_below, other = themes(headings)
    assert ferries == ferries_below == "渡口安全提升"
    assert banks == banks_below == "江岸绿廊"
    assert other not in {ferries, banks, None}


def test_safeguards_of_two_kinds_are_two_themes() -> None:
    headings = [
        Heading("a", "优化渡口安全全程管理体系政策保障"),
        Heading("b", "优化渡口安全全程管理体系组织保障"),
        Heading("c", "强化渡口安全全程管理体系组织保障"),
    ]
    policies, one, other = themes(headings)
    assert policies != one == other


def test_where_the_tasks_lead_ties_headings_of_other_words() -> None:
    headings = [
        Heading("above", "渡口安全提升工程", ("above/1.1", "above/1.2")),
        Heading("above", "江岸绿廊工程", ("above/2.1",)),
        Heading("below", "让群众过江放心", ("below/1.1", "below/1.2")),
        Heading("below", "水边添绿", ("below/2.1",)),
    ]
    links = [
        ("below/1.1", "above/1.1", 0.9),
        ("below/1.2", "above/1.2", 0.8),
        ("below/2.1", "above/2.1", 0.9),
    ]
    assert themes(headings, links) == ["渡口安全提升", "江岸绿廊", "渡口安全提升", "江岸绿廊"]
    assert len(set(themes(headings))) == 4


def test_the_topmost_names_the_theme_whatever_the_documents_are_called() -> None:
    headings = [
        Heading("a-below", "让群众过江放心", ("a-below/1",)),
        Heading("z-above", "渡口安全提升工程", ("z-above/1",)),
    ]
    assert themes(headings, [("a-below/1", "z-above/1", 0.9)]) == ["渡口安全提升"] * 2


def test_a_heading_that_only_announces_tasks_has_no_theme_of_its_own() -> None:
    headings = [Heading("a", "主要任务", ("a/1",)), Heading("b", "渡口安全提升工程", ("b/1",))]
    assert themes(headings) == [None, "渡口安全提升"]


@pytest.mark.parametrize(
    "printed",
    [
        "优化“一江清水”服务",
        "建 设",
        "加強渡口監管",
        "推广的举措（共３项）",
        "聚焦平安渡运，大力实施渡口安全提升工程。",
        "（一）全面推进期",
    ],
)
def test_the_name_of_a_theme_is_printed_in_its_heading(printed: str) -> None:
    (name,) = themes([Heading("a", printed)])
    assert name is not None
    assert name in printed
    assert not name.startswith(" ")


def test_no_theme_is_named_by_a_number_that_nobody_prints() -> None:
    headings = [Heading("a", "渡口安全提升工程"), Heading("a", "大力实施渡口安全提升行动"), Heading("b", "渡口安全")]
    one, other, below = themes(headings)
    assert one == "渡口安全提升"
    assert other == "大力实施渡口安全提升行动"
    assert below in {"渡口安全", one, other}


def test_one_linked_task_of_four_does_not_say_what_its_heading_is_about() -> None:
    headings = [
        Heading("above", "渡口安全提升工程", ("above/1.1", "above/1.2")),
        Heading("below", "推进期", ("below/1", "below/2", "below/3", "below/4")),
    ]
    assert themes(headings, [("below/1", "above/1.1", 0.9)]) == ["渡口安全提升", "推进期"]


@pytest.mark.parametrize(
    ("printed", "to", "theme"),
    [
        # No word in common, and a third of the tasks leads elsewhere: the heading has a theme of its own.
        ("让群众过江放心", ("above/1.1", "above/1.2", "above/2.1"), "让群众过江放心"),
        ("让群众过江放心", ("above/1.1", "above/1.2", "above/1.1"), "渡口安全提升"),
        ("渡口放心过江", ("above/1.1", "above/1.2", "above/2.1"), "渡口安全提升"),
        # Most of the links, and not most of the tasks.
        ("让群众过江放心", ("above/1.1", "above/1.2", "", ""), "让群众过江放心"),
    ],
)
def test_without_a_word_in_common_the_links_must_agree(printed: str, to: tuple[str, ...], theme: str) -> None:
    headings = [
        Heading("above", "渡口安全提升工程", ("above/1.1", "above/1.2")),
        Heading("above", "江岸绿廊工程", ("above/2.1",)),
        Heading("below", printed, tuple(f"below/{at}" for at in range(len(to)))),
    ]
    links = [(f"below/{at}", one, 0.8) for at, one in enumerate(to) if one]
    assert themes(headings, links)[-1] == theme


@pytest.mark.parametrize(("kind", "theme"), [("measure", "渡口安全提升"), ("safeguard", "安心过江")])
def test_only_links_of_measures_say_what_a_heading_is_about(kind: str, theme: str) -> None:
    shown = {"above/1": ("渡口安全提升工程", "measure"), "below/1": ("安心过江", kind)}
    tasks = pa.table(
        {
            "key": list(shown),
            "document": ["above", "below"],
            "policy_key": ["above", "below"],
            "kind": [kind for _, kind in shown.values()],
            "theme_heading": [heading for heading, _ in shown.values()],
        }
    )
    links = pa.table({"source": ["below/1"], "target": ["above/1"], "score": [0.9], "judgement": ["none"]})
    policies = Policies()
    policies.family.update(above="above", below="above")
    _, joined = join_themes(tasks, links, policies)
    assert {row["source"]: row["target"] for row in joined.to_pylist()} == {
        "above/1": "above:渡口安全提升",
        "below/1": f"above:{theme}",
    }


def test_two_headings_of_one_document_stay_two() -> None:
    headings = [Heading("a", "江岸绿廊建设工程"), Heading("a", "江岸绿廊养护工程")]
    one, other = themes(headings)
    assert one != other


def test_two_headings_become_one_theme_where_both_lead_there() -> None:
    headings = [
        Heading("above", "江岸绿廊工程", ("above/1", "above/2")),
        Heading("below", "种树", ("below/1",)),
        Heading("below", "修步道", ("below/2",)),
    ]
    links = [("below/1", "above/1", 0.9), ("below/2", "above/2", 0.9)]
    assert set(themes(headings, links)) == {"江岸绿廊"}


def test_the_order_of_the_headings_given_changes_no_theme() -> None:
    headings = [Heading(document, f"{word}工程") for document in "cab" for word in ("渡口安全", "江岸绿廊")]
    told = dict(zip(headings, themes(headings), strict=True))
    assert dict(zip(headings[::-1], themes(headings[::-1]), strict=True)) == told


def test_nothing_comes_of_nothing() -> None:
    assert themes([]) == []


def test_a_circle_of_links_ends() -> None:
    headings = [Heading("a", "甲工程", ("a/1",)), Heading("b", "乙工程", ("b/1",))]
    assert len(themes(headings, [("a/1", "b/1", 0.9), ("b/1", "a/1", 0.9)])) == 2
