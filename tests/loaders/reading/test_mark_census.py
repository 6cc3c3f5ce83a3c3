"""The marks of what is in scope, and where each of them went."""

import re

import pytest

from graph.model import Span
from loaders.read.document import Document
from loaders.reading.articles import take_apart
from loaders.reading.document_reading import reading_with_account
from loaders.reading.mark_census import Mark, census, counts_by_kind, shape
from loaders.reading.passed_marks import passed_by
from tests.loaders.documents import text_document

TEXT = (
    "云溪区渡口改造实施方案\n为落实《澜江省渡口管理条例》（澜政发〔2020〕3号），制定本方案。\n"
    "一、工作目标\n2025年底前人人平安过江。\n"
    "二、主要任务\n"
    "（一）修缆绳。2025年6月底前逐个更换。（责任单位：区交通运输局）\n"
    "（二）补灯具。村民报修后3日内登记，填写《灯具登记表》，公布《灯具样式》。\n"
    "（三）\n清淤泥。有关工作由村民负责。\n"
)


def marks(document: Document) -> list[tuple[str, str, str]]:
    return [(mark.kind, mark.span.of(document.text), mark.went) for mark in found(document)]


def found(document: Document) -> tuple[Mark, ...]:
    parts = take_apart(document)
    return census(parts, *reading_with_account(parts))


def test_marks_go_where_a_fact_of_their_kind_stands() -> None:
    told = marks(text_document(TEXT))
    assert ("title", "《澜江省渡口管理条例》", "read") in told
    assert ("number", "澜政发〔2020〕3号", "read") in told
    assert ("duty", "责任单位", "read") in told
    assert ("date", "月底前", "read") in told
    assert ("date", "年底前", "left_out") in told


def test_a_mark_inside_a_task_is_passed_over_by_a_rule_that_has_a_name_or_is_unclaimed() -> None:
    text = text_document(TEXT)
    passed = {mark.span.of(text.text): mark.rule for mark in found(text) if mark.went == "left_out"}
    assert passed["3日内"] == "term-from-event"
    assert passed["《灯具登记表》"] == "paper"
    told = [(kind, words) for kind, words, went in marks(text) if went == "unclaimed"]
    assert told == [("title", "《灯具样式》"), ("duty", "负责")]


HEAD = "云溪区渡口改造实施方案\n一、主要任务\n（一）修缆绳。"


@pytest.mark.parametrize(
    ("said", "mark", "went", "rule"),
    [
        ("各镇6月底前报送名单。", "月底前", "read", "task"),
        ("报修3个工作日内办结。", "3个工作日内", "read", "task"),
        ("合同签订后3个月内缴纳船款的50%。", "3个月内", "left_out", "term-of-payment"),
        ("检修单位应当公告方案。公告之后，检修单位听取意见，实施单位应当公开。", "实施单位", "read", "task"),
        ("各镇应当于2026年6月底前报送名单。", "月底前", "read", "task"),
        ("区财政局对2026年6月30日前缴清渡费的船主给予补贴。", "日前", "left_out", "term-of-payment"),
        ("对2024年3月31日前建成、尚未启用的渡口，由区交通运输局接收。", "日前", "left_out", "case"),
        ("每年6月底前，各镇报送名单。", "月底前", "left_out", "recurring-day"),
        ("登记注册3年内的船队可报名。", "3年内", "left_out", "eligibility"),
        ("所购渡船5年内不得转让。", "5年内", "left_out", "forbidden-term"),
        ("申请前12个月内没有违规的船主可报名。", "12个月内", "left_out", "look-back"),
        ("支持龙头企业牵头组建联盟。", "牵头", "left_out", "party"),
        ("落实专人负责。", "负责", "left_out", "person"),
        ("按照谁使用谁负责的原则管理。", "负责", "left_out", "principle"),
        ("船主对材料的真实性负责。", "负责", "left_out", "answers-for"),
        ("明确责任单位、时限。", "责任单位", "left_out", "party-as-object"),
        ("联合承办银行上门服务。", "承办", "left_out", "in-a-noun"),
        ("以本《通知》为准。", "《通知》", "left_out", "back-reference"),
    ],
)
def test_where_a_mark_of_a_task_goes(said: str, mark: str, went: str, rule: str) -> None:
    document = text_document(f"{HEAD}{said}（责任单位：区交通运输局）\n云溪区人民政府\n2024年1月3日\n")
    places = [one for one in found(document) if one.span.of(document.text) == mark]
    assert [(one.went, one.rule) for one in places[:1]] == [(went, rule)]


@pytest.mark.parametrize(
    ("said", "went"),
    [
        ("区民政局负责检修；负责渡船登记工作。", ["read", "read"]),
        ("区民政局负责检修。并负责渡船登记工作。", ["read", "read"]),
        ("村民自愿登记。并负责渡船登记工作。", ["unclaimed"]),
    ],
)
def test_a_sentence_without_a_subject_carries_on_the_one_before(said: str, went: list[str]) -> None:
    document = text_document(f"{HEAD}{said}（责任单位：区交通运输局）\n云溪区人民政府\n2024年1月3日\n")
    assert [one.went for one in found(document) if one.span.of(document.text) == "负责"] == went


def test_a_body_that_is_the_subject_is_passed_over_by_no_rule() -> None:
    folded = "由检修牵头部门组织各方;区水利局是渡口改造的牵头单位,负责指导"
    spans = [Span(match.start(), match.end()) for match in re.finditer("牵头部门|牵头单位|负责", folded)]
    assert [passed_by("duty", folded, span) for span in spans] == [None, None, None]


def test_every_list_sign_is_counted_also_one_that_stands_alone() -> None:
    signs = [(words, went) for kind, words, went in marks(text_document(TEXT)) if kind == "sign"]
    assert signs == [(sign, "read") for sign in ("一、", "二、", "（一）", "（二）", "（三）")]


def test_the_heads_of_a_list_that_is_read() -> None:
    rows = "序号\n重点任务\n责任单位\n1\n修渡口\n区交通运输局\n2\n清淤泥\n区水利局\n"
    head = "云溪区渡口改造实施方案\n一、主要任务\n（一）修渡口。逐个改造。\n云溪区人民政府\n2025年1月3日\n"
    document = text_document(f"{head}附件\n重点任务清单\n{rows}")
    assert [(words, went) for kind, words, went in marks(document) if kind == "column"] == [
        ("序号", "read"),
        ("重点任务", "read"),
        ("责任单位", "read"),
    ]


def test_counts_add_up_and_shapes_leave_out_what_differs() -> None:
    document = text_document(TEXT)
    all_marks = found(document)
    rows = counts_by_kind(all_marks)
    assert sum(int(row["marks"] or 0) for row in rows) == len(all_marks)
    assert {row["mark"]: row["rules"] for row in rows}["date"] == "goals 1, term-from-event 1"
    title = next(mark for mark in all_marks if mark.kind == "title" and mark.went == "unclaimed")
    assert shape(document.text, title) == "《…具样式》 · task"
