"""What policy a document is: title, number, issuers, dates, level, and where its parts stand."""

import json
import re
from datetime import date
from typing import Any

import pytest

from graph.model import Span
from graph.text import bare, fold, squeeze
from loaders.extract.header.doc_numbers import find_numbers, whole_number
from loaders.extract.header.genres import genre_of, is_instrument, is_law, period_of
from loaders.extract.header.header import Header, read_header
from loaders.extract.header.issuing_bodies import is_organ, level_by_addressees, level_of, place_in_title, place_of
from loaders.extract.header.printed_days import to_day
from loaders.read.document import Document
from loaders.read.registry import read
from loaders.structure.furniture import mark
from tests.loaders.documents import html_document, text_document
from tests.shared import SHARED

NOTICE = """澄政发〔2021〕23号

澄州市人民政府关于印发河道保洁
三年行动计划（2021-2023年）
实施方案的通知

各县（市、区）人民政府，市级机关各部门：

《澄州市河道保洁三年行动计划（2021-2023年）实施方案》已经市政府第12次常务会议同意，现印发给你们，请认真贯彻实施。

  澄州市人民政府

2021年8月27日

    （此件公开发布）

澄州市河道保洁三年行动
计划（2021-2023年）实施方案

为改善水环境，根据《澜江省人民政府关于印发河道保洁行动计划的通知》（澜政发〔2021〕6号）要求，结合我市实际，制定本方案。

一、总体要求
（一）目标。到2023年，河道保洁实现全覆盖。

抄送：市委各部门，市人大常委会、市政协办公室，
市监委，市法院，市检察院。
澄州市人民政府办公室
2021年8月28日印发
澄州市人民政府文件
"""


def header_of(text: str, suffix: str = ".txt") -> tuple[Document, Header]:
    document = text_document(text, suffix=suffix)
    return document, read_header(document, Span(0, len(document.text)), mark(document))


def test_a_notice_and_the_plan_that_it_issues_are_one_policy() -> None:
    document, header = header_of(NOTICE)
    policy = header.policy
    assert policy.role == "self"
    assert policy.held == "full"
    assert policy.title == "澄州市河道保洁三年行动计划（2021-2023年）实施方案"
    assert (
        "".join(document.raw(span) for span in policy.spans["notice_title"])
        == "澄州市人民政府关于印发河道保洁三年行动计划（2021-2023年）实施方案的通知"
    )
    assert policy.doc_number == "澄政发〔2021〕23号"
    assert policy.issuers == ("澄州市人民政府",)
    assert (policy.level, policy.place, policy.genre) == ("city", "澄州市", "实施方案")
    assert (policy.issued, policy.printed) == (date(2021, 8, 27), date(2021, 8, 28))
    assert (policy.period_start, policy.period_end) == (date(2021, 1, 1), date(2023, 12, 31))
    assert policy.addressees == ("各县（市、区）人民政府", "市级机关各部门")


def test_notice_preamble_body_and_tail_stand_where_they_are() -> None:
    document, header = header_of(NOTICE)
    assert document.text[header.body_start :].startswith("为改善水环境")
    assert document.raw(header.preamble).endswith("制定本方案。")
    assert header.notice is not None
    assert document.raw(header.notice).startswith("各县（市、区）人民政府")
    assert document.raw(header.notice).endswith("（此件公开发布）")
    assert [document.raw(span).split("\n")[0] for span in header.tail] == [
        "抄送：市委各部门，市人大常委会、市政协办公室，"
    ]
    assert [document.raw(span) for span in header.issued] == ["澄州市河道保洁三年行动计划（2021-2023年）实施方案"]


PROPERTIES = (
    "title",
    "doc_number",
    "issuers",
    "level",
    "place",
    "issued",
    "printed",
    "valid_from",
    "genre",
    "addressees",
)


def without_evidence(header: Header) -> list[str]:
    policy = header.policy
    found = [name for name in PROPERTIES if bool(getattr(policy, name)) != (name in policy.spans)]
    return found + (["period"] if bool(policy.period_start) != ("period" in policy.spans) else [])


def test_every_property_has_its_evidence() -> None:
    assert without_evidence(header_of(NOTICE)[1]) == []


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("澜政发〔2018〕16号", "澜政发"),
        ("澜政办发[2018] 16 号", "澜政办发"),
        ("（澜政办秘﹝2018﹞16号）", "澜政办秘"),
        ("澜规划资源详【2022】505号", "澜规划资源详"),
        ("\u200b办发〔2021)14号", "办发"),
        ("文号：澜房规范〔2021〕3号", "澜房规范"),
        ("国令第706号", "国令"),
        ("澜江省人民政府令第12号", "澜江省人民政府令"),
        ("澜科（农）函〔2021〕322号", "澜科(农)函"),
    ],
)
def test_a_row_that_is_a_number(printed: str, agency: str) -> None:
    folded = fold(printed)
    found = whole_number(folded, 0, len(folded))
    assert found is not None
    assert found.agency == agency


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("按照澜政发〔2018〕16号和澄政办发〔2019〕2号要求", ["澜政发〔2018〕16号", "澄政办发〔2019〕2号"]),
        ("关于加快发展的意见澄府发〔2019〕17号各区县：", ["澄府发〔2019〕17号"]),
        ("依据中华人民共和国国务院令第706号", ["中华人民共和国国务院令第706号"]),
        ("会议室2018号、第16号楼", []),
    ],
)
def test_numbers_in_a_sentence(sentence: str, numbers: list[str]) -> None:
    folded = fold(sentence)
    assert [folded[one.start : one.end] for one in find_numbers(folded)] == numbers


def test_a_cited_number_is_not_the_documents_own() -> None:
    text = "关于推进试点工作的通知\n各有关单位：\n《关于扩大试点的意见》（澜政发〔2020〕8号）印发以来成效明显。现就推进试点工作通知如下：\n一、提高认识\n"
    assert header_of(text)[1].policy.doc_number is None


JOINED = (
    "石浦县人民政府关于加快渔港建设的意见石政发〔2019〕17号各镇人民政府，县政府有关部门：近年来，渔业持续发展。为促进渔港建设，现提出如下意见。"
    + "一、总体要求（一）指导思想。坚持统筹规划，推动渔港经济高质量发展，促进渔民增收。" * 6
    + "营造良好氛围。石浦县人民政府   2019年6月28日   （此件公开发布）"
)


def test_a_page_copied_into_one_line() -> None:
    document, header = header_of(JOINED)
    policy = header.policy
    assert policy.title == "石浦县人民政府关于加快渔港建设的意见"
    assert policy.doc_number == "石政发〔2019〕17号"
    assert policy.issuers == ("石浦县人民政府",)
    assert (policy.level, policy.issued) == ("county", date(2019, 6, 28))
    assert document.raw(header.preamble) == "近年来，渔业持续发展。为促进渔港建设，现提出如下意见。"
    assert document.raw(header.tail[0]).startswith("石浦县人民政府   2019年6月28日")


def test_wide_gaps_part_a_page_copied_into_one_line() -> None:
    body = "　　一、目标要求　　坚持群众自愿，分片包干，做到巡逻到位、宣传到位、登记到位，发现问题及时上报处理。" * 6
    text = (
        "　　石办发〔2021〕14号　　清溪镇党政办公室　　关于印发《清溪镇2021年巡逻防范　　工作方案》的通知　　各村、镇直各单位："
        "　　现将《清溪镇2021年巡逻防范工作方案》印发给你们，请认真执行。　　清溪镇党政办公室　　2021年10月19日"
        f"　　清溪镇2021年巡逻防范　　工作方案　　为做好巡逻防范，制定本方案：{body}"
    )
    document, header = header_of(text)
    assert header.policy.title == "清溪镇2021年巡逻防范工作方案"
    assert header.policy.doc_number == "石办发〔2021〕14号"
    assert (header.policy.level, header.policy.issued) == ("town", date(2021, 10, 19))
    assert document.text[header.body_start :].startswith("为做好巡逻防范")


def test_a_joint_document_has_all_its_issuers() -> None:
    text = """澜江省教育厅等三部门关于加强校园安全的通知
澜教发〔2022〕9号
各市教育局、公安局、卫生健康委：
为加强校园安全，现就有关事项通知如下：
一、提高认识
各地要高度重视。
澜江省教育厅
澜江省公安厅
澜江省卫生健康委员会
二〇二二年三月五日
"""
    policy = header_of(text)[1].policy
    assert policy.title == "澜江省教育厅等三部门关于加强校园安全的通知"
    assert policy.issuers == ("澜江省教育厅", "澜江省公安厅", "澜江省卫生健康委员会")
    assert (policy.level, policy.issued) == ("province", date(2022, 3, 5))


def test_issuers_of_a_title_where_nobody_signs() -> None:
    text = "中共澄州市委 澄州市人民政府\n关于推进乡村建设的实施意见\n（2021年1月4日）\n为推进乡村建设，提出如下意见。\n一、目标\n"
    document, header = header_of(text)
    assert header.policy.issuers == ("中共澄州市委", "澄州市人民政府")
    assert header.policy.issued == date(2021, 1, 4)
    assert document.text[header.body_start :].startswith("为推进乡村建设")


def test_an_order_has_its_number_and_issuer_from_the_head() -> None:
    text = """澜江省人民政府令
第12号
《澜江省河道管理办法》已经2020年9月6日省人民政府第23次常务会议通过，现予公布，自2021年3月1日起施行。
省长  李某某
2020年11月6日
澜江省河道管理办法
第一章  总  则
第一条  为了加强河道管理，制定本办法。
"""
    document, header = header_of(text)
    policy = header.policy
    assert policy.title == "澜江省河道管理办法"
    assert policy.doc_number == "澜江省人民政府令第12号"
    assert policy.issuers == ("澜江省人民政府",)
    assert (policy.issued, policy.valid_from) == (date(2020, 11, 6), date(2021, 3, 1))
    assert document.text[header.body_start :].startswith("第一章")


def test_a_table_of_contents_is_passed_over() -> None:
    text = """澜江省河道管理条例
（2019年1月31日澜江省第十三届人民代表大会
第三次会议通过）
目  录
第一章  总则
第二章  保护
第一章  总则
第一条  为了加强河道管理，制定本条例。
"""
    document, header = header_of(text)
    assert header.policy.issued == date(2019, 1, 31)
    assert document.text[header.body_start :].startswith("第一章  总则\n第一条")


def test_data_of_the_page_fills_what_the_text_does_not_print() -> None:
    text = """---
标题: 关于印发《云溪区书屋建设方案》的通知
文号: 云府办发〔2021〕20号
发布单位: 云溪区人民政府办公室
成文日期: 2021-09-09
---
# 关于印发《云溪区书屋建设方案》的通知

各镇人民政府，区政府各委、办、局：

《云溪区书屋建设方案》已经区政府同意，现印发给你们，请认真按照执行。

云溪区书屋建设方案

为推进书屋建设，制定本方案。

一、目标
"""
    policy = header_of(text, suffix=".md")[1].policy
    assert policy.title == "云溪区书屋建设方案"
    assert policy.doc_number == "云府办发〔2021〕20号"
    assert policy.issuers == ("云溪区人民政府办公室",)
    assert policy.issued == date(2021, 9, 9)


def test_the_signature_goes_before_the_pages_data() -> None:
    text = "**发布机构**: 信息中心\n**发布日期**: 2021-12-01\n# 关于做好防汛工作的通知\n各镇人民政府：\n现将有关事项通知如下。\n一、压实责任\n要落实责任。\n石浦县水利局\n2021年5月7日\n"
    policy = header_of(text, suffix=".md")[1].policy
    assert policy.issuers == ("石浦县水利局",)
    assert policy.issued == date(2021, 5, 7)


@pytest.mark.parametrize(
    ("data", "day"),
    [
        ("成文日期: | 发布日期: | 2021-12-01 08:44 | |", None),
        ("发布日期: 2021-12-01 08:44", None),
        ("成文日期: | 2021-11-30 | 发布日期: | 2021-12-01 08:44 |", date(2021, 11, 30)),
    ],
)
def test_the_day_on_which_a_page_was_put_on_the_web_is_no_day_of_issue(data: str, day: date | None) -> None:
    text = f"{data}\n云溪区人民政府关于做好防汛工作的通知\n各镇人民政府：\n现将有关事项通知如下。\n一、压实责任\n要落实责任。\n"
    assert header_of(text)[1].policy.issued == day


def test_a_title_outside_the_main_text_of_a_web_page() -> None:
    body = (
        "<p>各镇人民政府：</p><p>现将防汛有关事项通知如下。</p><p>一、压实责任。" + "各镇要落实防汛责任。" * 40 + "</p>"
    )
    document = html_document(
        f"<title>关于做好防汛工作的通知</title><h1>关于做好防汛工作的通知</h1>"
        f"<div>文号：石政办发〔2021〕5号 发布机构：石浦县人民政府办公室</div><div id='zoom'>{body}</div>"
    )
    policy = read_header(document, Span(0, len(document.text)), mark(document)).policy
    assert policy.title == "关于做好防汛工作的通知"
    assert policy.doc_number == "石政办发〔2021〕5号"
    assert policy.issuers == ("石浦县人民政府办公室",)


def test_a_notice_with_items_of_its_own_and_no_plan_behind_it() -> None:
    text = """澄州市人民政府办公室关于印发2020年为民实事责任分解的通知
各区、县（市）人民政府：
《2020年为民实事责任分解》已经市政府同意，现印发给你们，请按下列要求抓好落实。
一、压实责任。各单位要对照分解抓好落实。
二、加强督查。市政府督查室要跟踪督查。
澄州市人民政府办公室
2020年5月20日
"""
    document, header = header_of(text)
    assert header.policy.title == "2020年为民实事责任分解"
    assert document.text[header.body_start :].startswith("一、压实责任")


def test_a_notice_that_makes_a_list_known_is_the_text_itself() -> None:
    text = "关于公布第一批湿地名录的通知\n各乡镇人民政府：\n经研究，现将我县第一批湿地名录予以公布。\n附件：名录\n石浦县人民政府\n2013年11月14日\n"
    document, header = header_of(text)
    assert header.notice is None
    assert header.policy.title == "关于公布第一批湿地名录的通知"
    assert document.text[header.body_start :].startswith("经研究")


def test_traditional_script_and_readings_behind_characters() -> None:
    text = """澄政發(fā)〔2020〕5號
各縣市人民政府：
《澄州市優(yōu)化服務工作計劃》已經(jīng)市政府同意,現(xiàn)印發(fā)給你們,請認真貫徹落實。
澄州市人民政府
二〇二〇年二月二十二日
澄州市優(yōu)化服務工作計劃
一、提升效能
"""
    policy = header_of(text)[1].policy
    assert policy.title == "澄州市優化服務工作計劃"
    assert policy.doc_number == "澄政發〔2020〕5號"
    assert policy.issued == date(2020, 2, 22)


def test_the_issuer_of_a_number_printed_by_the_office() -> None:
    text = """临政发[2012]58号
关于印发《临澜县书屋建设方案》的通知
各镇人民政府，县直各单位： 现将《临澜县书屋建设方案》印发给你们，希认真贯彻执行。
二〇一二年四月二十五日
主题词：书屋 方案 通知
———————— 临澜县人民政府办公室 2012年4月26日印发 ————————
临澜县书屋建设方案
为推进书屋建设，制定本方案。
一、目标
"""
    policy = header_of(text)[1].policy
    assert policy.issuers == ("临澜县人民政府",)
    assert (policy.issued, policy.printed) == (date(2012, 4, 25), date(2012, 4, 26))
    assert policy.addressees == ("各镇人民政府", "县直各单位")


NEWS = """三年行动让溪流净起来
溪边垃圾谁来清？日前，省政府办公厅印发《澜江省溪流保洁行动方案（2025—2027年）》（澜政办发〔2025〕4号），对治理工作作了详细部署。
主要任务：
保洁责任全覆盖
以村为单元划分责任段，2025年底前完成。
"""


def test_a_news_text_reports_on_a_policy() -> None:
    document, header = header_of(NEWS)
    policy = header.policy
    assert (policy.role, policy.held) == ("reports_on", "summary")
    assert policy.title == "澜江省溪流保洁行动方案（2025—2027年）"
    assert policy.issuers == ("澜江省人民政府办公厅",)
    assert (policy.level, policy.place) == ("province", "澜江省")
    assert policy.doc_number == "澜政办发〔2025〕4号"
    assert document.text[header.body_start :].startswith("主要任务")
    assert without_evidence(header) == []


def test_a_news_lead_above_the_printed_text_is_no_report() -> None:
    text = "日前,澄州市人民政府印发《澄州市碳达峰实施方案》的通知。\n原文如下:\n" + NOTICE.split("\n\n", 2)[2]
    assert header_of(text)[1].policy.role == "self"


def test_one_of_several_articles_takes_no_data_of_the_page() -> None:
    text = "发布时间：2020-11-05\n第一篇：书屋建设方案\n为推进书屋建设，制定本方案。\n一、目标\n第二篇：乡村书屋方案\n为推进我县书屋建设，制定本方案。\n一、目标\n"
    document = text_document(text)
    second = document.text.index("第二篇")
    first, last = (read_header(document, scope, mark(document)) for scope in (Span(0, second), Span(second, len(text))))
    assert (first.policy.title, first.policy.issued) == ("书屋建设方案", None)
    assert (last.policy.title, last.policy.level) == ("乡村书屋方案", "county")


@pytest.mark.parametrize("text", ["一", "，。；", "《", "各单位：", "2021年3月5日", "附件", "---\n---\n"])
def test_scraps_have_a_header_too(text: str) -> None:
    document, header = header_of(text)
    assert header.policy.role == "self"
    assert 0 <= header.body_start <= len(document.text)


@pytest.mark.parametrize(
    ("name", "place", "level"),
    [
        ("宁波市镇海区人民政府", "宁波市镇海区", "county"),
        ("澜江省教育厅", "澜江省", "province"),
        ("上海市闵行区吴泾镇人民政府", "上海市闵行区吴泾镇", "town"),
        ("义乌市人民政府", "义乌市", "county"),
        ("中共澄州市委", "澄州市", "city"),
        ("重庆市人民政府办公厅", "重庆市", "province"),
        ("澄州经济技术开发区管理委员会", "澄州经济技术开发区", "county"),
    ],
)
def test_place_and_level_of_a_body(name: str, place: str, level: str) -> None:
    assert place_of(name) == (place, level)


def test_a_body_of_the_centre_has_no_place() -> None:
    assert (place_of("国家税务总局"), level_of("国家税务总局"), level_of("工业和信息化部")) == (
        None,
        "central",
        "central",
    )


def test_addressees_tell_a_city_of_county_level() -> None:
    assert level_of("澄州市人民政府", ["各镇人民政府、街道办事处"]) == "county"
    assert level_of("澄州市人民政府", ["各县(市、区)人民政府"]) == "city"
    assert level_by_addressees(["各市、县人民政府"]) == "province"
    assert level_by_addressees(["各有关单位"]) is None


@pytest.mark.parametrize(
    "name", ["重点工作任务", "各镇人民政府", "市教育局负责", "关于成立委员会", "主要任务", "2021年"]
)
def test_what_is_no_body(name: str) -> None:
    assert not is_organ(name)


def test_a_place_at_the_start_of_a_title() -> None:
    assert place_in_title("澜江省政务服务条例") == (0, 3, "province")
    assert place_in_title("关于推进试点的意见") is None
    assert place_in_title("园区管理办法") is None


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("行动计划（2018—2022年）", 2018, 2022),
        ("“十四五”数字政府规划", 2021, 2025),
        ("第十五个五年规划纲要", 2026, 2030),
        ("2021年政务公开工作要点", 2021, 2021),
        ("2021年河道保洁三年行动计划", 2021, 2023),
    ],
)
def test_the_period_of_a_title(title: str, first: int, last: int) -> None:
    period = period_of(title)
    assert period is not None
    assert (period.first, period.last) == (date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize(
    "title", ["三年行动计划", "关于表彰2012年度先进单位的通报", "十五条措施", "2021年国庆放假的函"]
)
def test_titles_without_a_period(title: str) -> None:
    assert period_of(title) is None


def test_genres_and_what_is_an_instrument() -> None:
    assert genre_of("推进试点的若干措施（试行）") == "若干措施"
    assert is_instrument("危险废物名录")
    assert not is_instrument("数据资源目录")
    assert is_instrument("房屋鉴定标准")
    assert is_law("某某条例（2019修正）")
    assert not is_law("管理办法")


def test_days_as_printed() -> None:
    assert to_day("二〇一二年四月二十五日") == date(2012, 4, 25)
    assert to_day("2021年2月30日") is None


# What the index says and the document prints otherwise, or does not print at all.
NOT_PRINTED = {
    "misc-provincial/provincial-hubei-0.txt": {"title", "doc_number"},
    "xinnengyuan-qiche/provincial-guangxi.txt": {"doc_number", "issuer"},
}
# The page's own data names the office; the text is signed by the government.
SIGNED_OTHERWISE = {
    "zhejiang-county-2013/county-xianju-shidi.html": {"issuer"},
    "zhejiang-county-2013/county-xianju-tongbao.html": {"issuer"},
}
FLOOR = 0.95


def cores(title: str) -> set[str]:
    """The title and the text that it issues, without 关于, 的, brackets at the end and signs."""
    folded = re.sub(r"\([^()]*\)$", "", fold(title))
    issued = re.search(r"(?:印发|转发|公布|发布)(.{4,}?)(?:的通知)?$", folded)
    names = {folded, *([issued[1]] if issued else [])}
    return {re.sub("^关于|的", "", bare(name)) for name in names}


def agrees(entry: dict[str, Any], document: Document, header: Header, name: str) -> bool:
    policy = header.policy
    if name == "doc_number":
        return squeeze(policy.doc_number or "") == squeeze(entry[name])
    if name == "title":
        above = "".join(document.raw(span) for span in policy.spans.get("notice_title", ()))
        ours = cores(policy.title or "") | cores(above)
        return any(own.endswith(core) for core in cores(entry[name]) if len(core) > 5 for own in ours)
    names = [squeeze(issuer) for issuer in policy.issuers]
    wanted = re.sub(r"等(?:.{1,3}部门)?$", "", squeeze(entry[name])).split("、")
    return all(any(one.endswith(own) or own.endswith(one) for own in names) for one in wanted)


@pytest.mark.skipif(not (SHARED / "corpus" / "index.jsonl").exists(), reason="no ../shared/corpus beside the checkout")
@pytest.mark.parametrize("name", ["title", "doc_number", "issuer"])
def test_headers_of_the_corpus_agree_with_its_index(name: str) -> None:
    entries = [json.loads(line) for line in (SHARED / "corpus" / "index.jsonl").read_text("utf-8").splitlines()]
    right, wrong = 0, []
    for entry in entries:
        path = SHARED / "corpus" / entry["file"]
        known = NOT_PRINTED.get(entry["file"], set()) if name != "doc_number" else set()
        known = known | SIGNED_OTHERWISE.get(entry["file"], set())
        if path.suffix not in (".txt", ".md", ".html") or not entry[name] or name in known:
            continue
        document = read(path)
        header = read_header(document, Span(0, len(document.text)), mark(document))
        if agrees(entry, document, header, name):
            right += 1
        else:
            wrong.append((entry["file"], entry[name]))
    assert right / (right + len(wrong)) >= FLOOR, wrong


def test_a_plan_of_departments_that_the_government_forwards() -> None:
    text = """云溪区人民政府办公室转发区教育局等部门
关于推进书屋建设若干意见的通知
云政办发〔2021〕9号
各乡镇人民政府、街道办事处：
区教育局、区文化局《关于推进书屋建设的若干意见》已经区政府同意，现转发给你们，请认真执行。
云溪区人民政府办公室
2021年3月5日
关于推进书屋建设的若干意见
区教育局  区文化局
为推进书屋建设，现提出如下意见：
一、目标
"""
    document, header = header_of(text)
    assert header.policy.title == "关于推进书屋建设的若干意见"
    assert header.policy.issuers == ("云溪区人民政府办公室",)
    assert document.text[header.body_start :].startswith("为推进书屋建设")


def test_the_years_below_a_plans_title_belong_to_it() -> None:
    text = """石委办〔2022〕3号
中共石浦县委办公室  石浦县人民政府办公室
关于印发《石浦县数字乡村三年行动计划（2022-2024年）》的通知
各乡镇党委、人民政府：
《石浦县数字乡村三年行动计划（2022-2024年）》已经县委、县政府同意，现印发给你们。
中共石浦县委办公室
石浦县人民政府办公室
2022年1月20日
石浦县数字乡村三年行动计划
（2022-2024年）
为建设数字乡村，制定本行动计划。
一、目标
"""
    policy = header_of(text)[1].policy
    assert policy.title == "石浦县数字乡村三年行动计划（2022-2024年）"
    assert policy.issuers == ("中共石浦县委办公室", "石浦县人民政府办公室")
    assert policy.period_end == date(2024, 12, 31)


def test_an_interpretation_reports_on_its_policy() -> None:
    text = """《澄州市河道保洁三年行动计划》政策解读
2022年2月20日，市政府办公室印发了《澄州市河道保洁三年行动计划（2022-2024年）》（澄政办发〔2022〕8号）。现解读如下：
一、出台背景
为改善水环境，制定《行动计划》。
"""
    policy = header_of(text)[1].policy
    assert (policy.role, policy.title) == ("reports_on", "澄州市河道保洁三年行动计划（2022-2024年）")
    assert (policy.doc_number, policy.issuers) == ("澄政办发〔2022〕8号", ("澄州市人民政府办公室",))


def test_a_body_before_the_year_of_a_title_issues_it() -> None:
    policy = header_of("澄州市教育局2023年工作要点\n2023年，全市教育工作要推动高质量发展。\n一、加强建设\n")[1].policy
    assert (policy.issuers, policy.period_start) == (("澄州市教育局",), date(2023, 1, 1))


@pytest.mark.parametrize(
    "bracket", ["（2021年8月27日）\n", "的通知（2021 年8 月27 日）\n", "的通知（2021 年8 月\n27 日）\n"]
)
def test_a_day_in_brackets_below_the_title_is_the_day_of_the_signature_said_again(bracket: str) -> None:
    title = "澄州市人民政府关于印发河道保洁计划" + ("的通知\n" if bracket.startswith("（") else "")
    text = f"{title}{bracket}澄政发〔2021〕23号\n各县人民政府：\n现将计划印发给你们。\n澄州市人民政府\n2021年8月27日\n澄州市河道保洁计划\n一、主要任务\n（一）清河道。逐段清理。\n"
    document = text_document(text)
    header = read_header(document, Span(0, len(document.text)))
    assert header.policy.issued == date(2021, 8, 27)
    assert len(header.policy.spans["issued"]) == 2
    assert all("27" in document.raw(span) for span in header.policy.spans["issued"])


def test_another_day_below_the_title_is_no_proof_of_the_day_of_the_signature() -> None:
    text = "澄州市人民政府关于印发河道保洁计划的通知（2021年9月1日）\n澄政发〔2021〕23号\n各县人民政府：\n现将计划印发给你们。\n澄州市人民政府\n2021年8月27日\n澄州市河道保洁计划\n一、主要任务\n（一）清河道。逐段清理。\n"
    document = text_document(text)
    header = read_header(document, Span(0, len(document.text)))
    assert header.policy.issued == date(2021, 8, 27)
    assert len(header.policy.spans["issued"]) == 1


def test_the_title_of_a_notice_above_that_of_its_plan_is_its_title_and_names_who_issues() -> None:
    text = (
        "澄州市交通运输局关于印发“十四五”河道保洁规划的通知\n\n“十四五”河道保洁规划\n\n目  录\n一、发展成效\t1\n二、主要任务\t3\n"
        "为贯彻落实《澜江省河道保洁纲要》总体部署，编制本规划。\n一、发展成效\n河道日益清洁。\n二、主要任务\n（一）清河道。逐段清理。\n"
    )
    document = text_document(text)
    header = read_header(document, Span(0, len(document.text)))
    assert header.policy.title == "“十四五”河道保洁规划"
    assert header.policy.issuers == ("澄州市交通运输局",)
    assert [document.raw(span) for span in header.policy.spans["notice_title"]] == [text.split("\n")[0]]
    # The preamble stands between the last entry of the table of contents and the first heading.
    assert document.raw(header.preamble) == "为贯彻落实《澜江省河道保洁纲要》总体部署，编制本规划。"


@pytest.mark.parametrize(
    ("rows", "issuers"),
    [
        (
            "澄州市航道管理局\n国家金融监督管理总局\n 澄州监管分局\n澄州市渡口管理中心",
            ("澄州市航道管理局", "国家金融监督管理总局澄州监管分局", "澄州市渡口管理中心"),
        ),
        ("澄州市财政局\n国家税务总局\n澄州市税务局", ("澄州市财政局", "国家税务总局澄州市税务局")),
        ("国家税务总局\n澄州市财政局", ("国家税务总局", "澄州市财政局")),
        ("澄州市财政局\n中国人民银行澄州市分行", ("澄州市财政局", "中国人民银行澄州市分行")),
        ("澄州市渡口和航道管理局澄州市财政局", ("澄州市渡口和航道管理局", "澄州市财政局")),
    ],
)
def test_issuers_that_run_together_or_are_broken_over_two_rows(rows: str, issuers: tuple[str, ...]) -> None:
    text = f"关于改造渡口的通知\n各县人民政府：\n一、改造渡口。逐个改造。\n二、补齐码头。逐个补齐。\n{rows}\n2021年8月27日\n"
    document = text_document(text)
    assert read_header(document, Span(0, len(document.text))).policy.issuers == issuers


def test_a_seal_of_another_body_behind_the_one_that_signs_is_none_of_its_name() -> None:
    text = "关于改造渡口的通知\n各县人民政府：\n一、改造渡口。逐个改造。\n二、补齐码头。逐个补齐。\n澄州市渡口改造领导小组办公室(澄州市交通局代章)\n2021年8月27日\n"
    document = text_document(text)
    assert read_header(document, Span(0, len(document.text))).policy.issuers == ("澄州市渡口改造领导小组办公室",)
