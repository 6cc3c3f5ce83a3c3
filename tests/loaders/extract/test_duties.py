"""Statements in a task's text of who carries it: found in every form, and in no other."""

import json
import random
import time

import pytest

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.units.duties import find_duties
from loaders.extract.units.unit_lists import read_unit_list
from loaders.extract.units.unit_roles import column_role, first_leads_note
from tests.loaders.extract.unit_texts import a_document, a_list, duties_of, names
from tests.shared import SHARED

DUTIES = [
    ("推进改革。[责任单位:市发改委、各镇(街道)]", "市发改委:r 各镇(街道)*:r", "bracket-headed"),
    ("推进改革。（责任单位：市委政研室〔研究中心〕）", "市委政研室=研究中心:r", "bracket-headed"),
    (
        "推进改革。〔牵头单位:区政府办,责任单位:各街道(功能区)〕",
        "区政府办:l 各街道(功能区)*:r",
        "bracket-headed",
    ),
    ("推进改革。〔责任单位：市教育局）", "市教育局:r", "bracket-headed"),
    ("推进改革（牵头部\n\n门：市交通委、市水务局）。", "市交通委:l 市水务局:l", "bracket-headed"),
    ("推进改革（责任(牵头)单位：市科委、市教委）", "市科委:l 市教委:r", "bracket-headed"),
    ("推进（0.5分）（6月底完成，牵头考核单位：市卫健委）", "市卫健委:a", "bracket-headed"),
    ("(负责单位:能源局。未列明牵头的,由所列单位按分工负责,下同)", "能源局:r", "bracket-headed"),
    ("落实政策。（商务部、海关总署等有关部门负责）", "商务部:r 海关总署:r 有关部门*:r", "bracket-verb"),
    ("落实政策（市科委牵头，市教委配合，2025年底前完成）", "市科委:l 市教委:s", "bracket-verb"),
    ("(税务总局、财政部负责，排在第一位的部门为牵头部门，下同)", "税务总局:l 财政部:r", "bracket-verb"),
    # A bracket that ends with the verb names bodies, also those whose form alone tells nothing.
    ("推进改革。（人行澜州中支、澜州海关按职责分工负责）", "人行澜州中支:r 澜州海关:r", "bracket-verb"),
    ("推进改革。（省公安厅、法院、司法厅按分管领域负责）", "省公安厅:r 法院:r 司法厅:r", "bracket-verb"),
    ("推进改革。（注册处、信用处、法规处负责）", "注册处:r 信用处:r 法规处:r", "bracket-verb"),
    ("登记。（市税务局牵头，不动产登记中心配合）", "市税务局:l 不动产登记中心:s", "bracket-verb"),
    # Levels of government stand in signs of titles, and names in quotes hold signs.
    ("推进改革。（市税务局牵头，各县〈市〉区人民法院配合）", "市税务局:l 各县〈市〉区人民法院*:s", "bracket-verb"),
    ("推进。(市科委,各县级市<区>政府<管委会>负责)", "市科委:r 各县级市<区>政府<管委会>*:r", "bracket-verb"),
    ("推进。（市“放管服”改革协调小组办公室负责）", "市“放管服”改革协调小组办公室:r", "bracket-verb"),
    ("推进。（省“双随机、一公开”联席会议办公室负责）", "省“双随机、一公开”联席会议办公室:r", "bracket-verb"),
    (
        "推进改革。[区政府各部门,各镇(街道)党委(党工委)]",
        "区政府各部门*:r 各镇(街道)党委(党工委)*:r",
        "bracket-bare",
    ),
    ("推进改革（市发改委、市财政局，2025年6月底前）", "市发改委:r 市财政局:r", "bracket-bare"),
    ("推进改革。（各有关单位）", "各有关单位*:r", "bracket-bare"),
    ("推进改革。（市教育局）（二）扩大开放。", "市教育局:r", "bracket-bare"),
    ("推进改革。\n责任单位：市发改委、市财政局", "市发改委:r 市财政局:r", "line-headed"),
    ("推进改革。\n**责任单位：**市发改委", "市发改委:r", "line-headed"),
    ("推进改革。牵头单位：市发改委；配合单位：市财政局。", "市发改委:l 市财政局:s", "line-headed"),
    ("推进。\n\n牵头单位:市发改委\n\n责任单位:各街道\n\n2.下一项。", "市发改委:l 各街道*:r", "line-headed"),
    ("推进。\n配合单位：市财政局、\n市民政局", "市财政局:s 市民政局:s", "line-headed"),
    ("推进。\n责任单位：\n市教育局\n市科技局\n", "市教育局:r 市科技局:r", "line-headed"),
    ("推进。\n【责任单位】市科委；【配合单位】市教委", "市科委:r 市教委:s", "line-headed"),
    ("推进。牵头领导：张三\n责任单位：市教育局", "市教育局:r", "line-headed"),
    ("推进。此项工作由市发展改革委牵头，会同市财政局等部门负责。", "市发展改革委:l 市财政局:r", "sentence"),
    ("推进。由市财政局负责。", "市财政局:r", "sentence"),
    ("推进。市教育局牵头，市科技局配合。", "市教育局:l 市科技局:s", "sentence"),
    # A sentence that says nothing else counts wherever it stands, with or without 由.
    ("推进。由市教育局牵头，市科技局配合。2025年底前改造三处渡口。", "市教育局:l 市科技局:s", "sentence"),
    ("推进。市教育局负责，市科技局、各县（市、区）配合。", "市教育局:r 市科技局:s 各县（市、区）*:s", "sentence"),
    ("推进。市教育局牵头；市科技局负责；市民政局配合。", "市教育局:l 市科技局:r 市民政局:s", "sentence"),
    ("推进。由市教育局负责；由市科技局配合。", "市教育局:r 市科技局:s", "sentence"),
    ("推进。由市教育局牵头，有关部门配合，持续推进。", "市教育局:l 有关部门*:s", "sentence"),
    ("推进。市教育局为牵头单位，市科技局为配合单位。", "市教育局:l 市科技局:s", "sentence"),
    ("推进。修好渡口；由市教育局负责。", "市教育局:r", "sentence"),
]


@pytest.mark.parametrize(("text", "expected", "rule"), DUTIES, ids=[text for text, _, _ in DUTIES])
def test_duty_is_found_in_every_form(text: str, expected: str, rule: str) -> None:
    duties, log = duties_of(text)
    assert [name for duty in duties for name in names(duty.units)] == expected.split()
    assert {duty.rule for duty in duties} == {rule}
    assert all(unit.rule == rule for duty in duties for unit in duty.units)
    assert not list(log)


@pytest.mark.parametrize(
    "text",
    [
        "市发展改革委（以下简称市发改委）要加强指导。",
        "《澜江省实施办法（试行）》",
        "深化镇（街道）管理体制改革(2018-2022年)。",
        "市委政研室（市政府发展研究中心）",
        "支持知识产权中心云溪分中心（云溪区知识产权中心）建设。",
        "经市有关部门（市发展改革委、市财政局）认定的项目。",
        "院校内由行政部门负责（院校内由教育行政部门负责）。",
        "推进建设（含开发区）",
        "扩大开放（国家级贫困县）。",
        "建设水库（石浦县）",
        "省负总责（省负总责、市县抓落实）",
        "此件公开发布（此件公开发布）",
        "市法制办要加强指导，各部门密切配合。",
        "有关部门积极配合。",
        "市科委、云溪区牵头建立联动机制。",
        "方案由市发展改革委牵头研究提出。",
        "市教育局负责排查校舍。",
        "集镇部分由市教育局负责，村庄部分由市科技局负责。",
        "市教育局会同市科技局制定办法。",
        "市财政局大力支持。",
        "各镇负责，各村配合。",
        "各责任单位：请认真落实",
        "主办单位：澄州市政府办公室 承办单位：市大数据中心",
        "一片云（政务云）、大数据平台（各行业大数据平台）。",
    ],
)
def test_other_brackets_and_prose_are_no_duty(text: str) -> None:
    duties, log = duties_of(text)
    assert not duties
    assert not list(log)


def test_units_of_parts_of_a_task_are_none_of_its_own() -> None:
    # The subject of a sentence in running text does that one thing (docs/annotation.md, Actors).
    text = "细化分工。市教育局负责排查校舍，市科技局、市民政局负责搭建平台；财政部门负责保障经费。"
    duties, log = duties_of(text)
    assert not duties
    assert not list(log)
    duties, log = duties_of(f"{text}（责任单位：市住建局）")
    assert [name for duty in duties for name in names(duty.units)] == ["市住建局:r"]
    assert not list(log)


def test_rest_of_a_bracket_is_left_for_the_deadline() -> None:
    text = "推进。(牵头单位:州行政审批局;责任单位:州司法局及州直相关单位,6月底完成)"
    (duty,), log = duties_of(text)
    assert names(duty.units) == ["州行政审批局:l", "州司法局:r", "州直相关单位*:r"]
    assert [text[span.start : span.end] for span in duty.rest] == ["6月底完成"]
    assert text[duty.span.start : duty.span.end] == text[3:]
    assert not list(log)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("（市财政局负责，持续推进）", ["持续推进"]),
        ("（市财政局2025年底前完成）", ["2025年底前完成"]),
        ("（责任单位：市财政局，2018年、2019年年底前）", ["2018年、2019年年底前"]),
        ("（责任单位：市财政局（逐年推进））", ["逐年推进"]),
        ("责任单位及完成时限：市财政局，6月底", ["6月底"]),
    ],
)
def test_times_among_units_are_kept_whole(text: str, rest: list[str]) -> None:
    (duty,), log = duties_of(text)
    assert [unit.surface for unit in duty.units] == ["市财政局"]
    assert [text[span.start : span.end] for span in duty.rest] == rest
    assert not list(log)


def test_people_and_headings_are_not_left_over() -> None:
    text = "（责任领导：张三 责任单位：市科委 完成时限：2025年底）"
    (duty,), _ = duties_of(text)
    assert [text[span.start : span.end] for span in duty.rest] == ["2025年底"]


def test_units_are_counted_over_all_duties() -> None:
    text = "建设平台。（责任单位：市科委）\n推广平台。（责任单位：市教委、市科委）"
    duties, _ = duties_of(text)
    assert [unit.order for duty in duties for unit in duty.units] == [1, 2, 3]


def test_first_leads_by_a_note_on_all_lists() -> None:
    duties, _ = duties_of("推进。（责任单位：市科委、市教委）（配合单位：市财政局）", note="first")
    found = [(unit.role, unit.stated) for duty in duties for unit in duty.units]
    assert found == [("lead", False), ("responsible", True), ("support", True)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推进。（市科委、市教委，市财政局、各县人民政府）", ["市科委:l", "市教委:l", "市财政局:r", "各县人民政府*:r"]),
        ("推进。（市科委，市教委；市财政局）", ["市科委:l", "市教委:r", "市财政局:r"]),
        ("推进。（责任单位：市科委、市教委）", ["市科委:r", "市教委:r"]),
        ("推进（市科委负责，市教委牵头）", ["市科委:r", "市教委:l"]),
    ],
)
def test_those_before_the_first_comma_lead_by_a_note(text: str, found: list[str]) -> None:
    duties, _ = duties_of(text, note="before_comma")
    assert [name for duty in duties for name in names(duty.units)] == found


def test_a_note_on_commas_stands_in_the_first_list_itself() -> None:
    duties, _ = duties_of("推进。（责任单位：市科委、市教委，市财政局。逗号前面的为牵头单位，下同）")
    assert [name for duty in duties for name in names(duty.units)] == ["市科委:l", "市教委:l", "市财政局:r"]


def test_printed_lead_is_kept_where_a_note_is_stated() -> None:
    duties, _ = duties_of("推进（市科委负责，市教委牵头）", note="first")
    assert [name for duty in duties for name in names(duty.units)] == ["市科委:r", "市教委:l"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "有关事项如下。责任分解中，列第一位的责任单位为牵头单位。请落实。",
            "责任分解中，列第一位的责任单位为牵头单位",
        ),
        ("推进（税务局负责，排在第一位的为牵头部门，下同）。", "税务局负责，排在第一位的为牵头部门，下同"),
        ("注：每项任务第一个单位为牵头单位", "注：每项任务第一个单位为牵头单位"),
        ("名单中排名第一的部门为牵头部门", "名单中排名第一的部门为牵头部门"),
        ("推进（市科委，市教委，逗号前为牵头部门，下同）。", "市科委，市教委，逗号前为牵头部门，下同"),
    ],
)
def test_note_that_the_first_unit_leads(text: str, quote: str) -> None:
    found = first_leads_note(a_document(text), Span(0, len(text)))
    assert found is not None
    assert text[found.start : found.end] == quote


@pytest.mark.parametrize("text", ["第一季度由市财政局牵头。", "牵头单位要加强协调。", "主要负责人为第一责任人。"])
def test_no_note(text: str) -> None:
    assert first_leads_note(a_document(text), Span(0, len(text))) is None


def test_open_bracket_is_read_to_the_end_of_its_line() -> None:
    text = "深化改革（责任单位：市科委、各镇（街道）\n下一项（略）"
    (duty,), log = duties_of(text)
    assert names(duty.units) == ["市科委:r", "各镇（街道）*:r"]
    assert [issue.code for issue in log] == ["bracket-open"]


def test_prose_behind_a_heading_is_an_issue_and_no_duty() -> None:
    duties, log = duties_of("责任单位：各镇政府是辖区内第一责任主体，要切实负起责任")
    assert not duties
    assert [issue.code for issue in log] == ["duty-unread"]


@pytest.mark.parametrize(
    "odd",
    ["（", "责任", "市局、", "（市局、", "(市局)", "牵头", " \n", "市委、", "市 局 ", "市局和", "按职责分工"],
)
def test_odd_text_costs_no_more_than_its_length(odd: str) -> None:
    text = odd * (6000 // len(odd))
    started = time.perf_counter()
    duties_of(text)
    a_list(text)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("seed", range(5))
def test_spans_hold_in_any_text(seed: int) -> None:
    pieces = [
        *"、，;；。：（）()[]〔〕【】 \n",
        "市教育局",
        "各镇(街道)",
        "责任单位：",
        "（牵头单位：",
        "牵头",
        "配合",
        "负责",
        "等",
        "和",
        "由",
    ]
    chance = random.Random(seed)
    for _ in range(200):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 14)))
        for duty in duties_of(text)[0]:
            places = [(unit.span.start, unit.span.end) for unit in duty.units]
            assert places
            assert places == sorted(places)
            assert duty.span.start <= places[0][0] < places[-1][1] <= duty.span.end
            assert all(text[unit.span.start : unit.span.end] == unit.surface for unit in duty.units)


def gold_tasks() -> list[dict[str, object]]:
    path = SHARED / "gold" / "zhenhai" / "tasks.jsonl"
    if not path.exists():
        pytest.skip("the gold documents do not stand beside this checkout")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_closing_sentence_names_the_lead_before_its_date() -> None:
    duties, _ = duties_of("修缮渡口。逐个改造。此项工作由市交通运输局牵头，各县（市、区）配合，12月底前完成。")
    assert [name for duty in duties for name in names(duty.units)] == ["市交通运输局:l", "各县（市、区）*:s"]


def test_units_of_the_gold_document() -> None:
    tasks = gold_tasks()
    text = (SHARED / "seeds" / "zhenhai.txt").read_text(encoding="utf-8")
    document = a_document(text)
    log = IssueLog("zhenhai", text)
    column = column_role("责任(牵头)单位")
    assert column is not None
    at, wrong = 0, []
    for task in tasks:
        title = str(task["title"])
        if task["kind"] == "checklist":
            start = text.index(f"\n{title}\n", at) + len(title) + 2
            start += len(text[start:]) - len(text[start:].lstrip())
            at = text.index("\n", start)
            found = read_unit_list(
                document, Span(start, at), role=column.role, first_leads=True, stated=False, issues=log
            )
        else:
            start = text.index(title, at)
            at = text.index("\n", start)
            duties = find_duties(document, Span(start, at), note=None, issues=log)
            found = tuple(unit for duty in duties for unit in duty.units)
        read = [
            {"surface": one.surface, "collective": one.collective, "role": one.role, "alias": one.alias}
            for one in found
        ]
        if read != task["units"]:
            wrong.append((task["path"], read))
    assert not wrong
    assert not list(log)
