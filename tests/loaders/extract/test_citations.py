"""The policies that a document names, and which of them it carries out."""

import json

import pytest

from graph.model import PolicyMention, Span
from loaders.extract.citations.citations import read_citations
from loaders.extract.header.header import read_header
from loaders.read.document import Document
from loaders.read.registry import read
from loaders.structure.furniture import mark
from tests.loaders.documents import text_document
from tests.shared import SHARED

PREAMBLE = "云溪区河道保洁实施方案\n{}\n一、工作安排\n坚持统筹推进。\n{}\n"


def cited(purpose: str, body: str = "") -> list[PolicyMention]:
    return citations_of(text_document(PREAMBLE.format(purpose, body)))


def citations_of(document: Document) -> list[PolicyMention]:
    scope = Span(0, len(document.text))
    furniture = mark(document)
    return read_citations(document, scope, read_header(document, scope, furniture), furniture)


def named(found: list[PolicyMention]) -> list[tuple[str | None, str | None, str]]:
    return [(one.title, one.doc_number, one.role) for one in found]


def test_plans_that_are_carried_out_with_their_numbers() -> None:
    purpose = (
        "为改善水环境，根据《澜江省人民政府关于印发河道保洁行动计划的通知》（澜政发〔2018〕16号）和"
        "《澄州市人民政府关于印发河道保洁实施方案的通知》(澄政发[2018] 56号)要求，制定本方案。"
    )
    assert named(cited(purpose)) == [
        ("澜江省人民政府关于印发河道保洁行动计划的通知", "澜政发〔2018〕16号", "implements"),
        ("澄州市人民政府关于印发河道保洁实施方案的通知", "澄政发[2018]56号", "implements"),
    ]


def test_a_law_named_beside_the_plan_that_is_demanded_is_the_ground() -> None:
    found = cited("根据《中华人民共和国水法》和省政府《关于推进河道保洁的意见》要求，制定本方案。")
    assert [role for _, _, role in named(found)] == ["cites", "implements"]


def test_issuer_level_and_place_of_a_cited_policy() -> None:
    first, second = cited(
        "为贯彻落实《澜江省人民政府关于推进河道保洁的意见》，制定本方案。",
        "落实《澄州市云溪区绩效考核办法》规定。",
    )
    assert (first.issuers, first.level, first.place) == (("澜江省人民政府",), "province", "澜江省")
    assert (second.issuers, second.level, second.place) == ((), "county", "澄州市云溪区")


@pytest.mark.parametrize(
    ("purpose", "role"),
    [
        ("为贯彻实施《澜江省河道管理条例》，制定本方案。", "implements"),
        ("按照《澜江省河道保洁规划》部署，制定本方案。", "implements"),
        ("为做好《澜江省河道保洁规划》的贯彻实施，制定本方案。", "implements"),
        ("为确保《澜江省河道保洁规划》落地见效，制定本方案。", "implements"),
        ("全面落实上级规划和《政府工作报告》确定的各项任务，制定本方案。", "implements"),
        ("根据《澜江省河道管理条例》等法律法规，制定本方案。", "cites"),
        ("根据《澜江省河道管理条例》要求，制定本方案。", "implements"),
        ("近年来，各镇认真贯彻落实《澜江省河道保洁规划》，成效明显。", "cites"),
        ("《澜江省河道保洁规划》提出了新的目标，为实现目标，制定本方案。", "cites"),
    ],
)
def test_the_role_is_read_off_the_sentence_of_purpose(purpose: str, role: str) -> None:
    assert [one.role for one in cited(purpose)] == [role]


def test_below_the_preamble_a_policy_is_cited() -> None:
    found = cited("为改善水环境，制定本方案。", "加强保洁。\n二、主要任务\n认真贯彻落实《澜江省河长制规定》。")
    assert named(found) == [("澜江省河长制规定", None, "cites")]


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("二、指导思想\n以改善水质为目标，认真贯彻落实《澜江省河长制规定》。", "implements"),
        ("加强保洁。\n二、主要任务\n根据《澜江省河长制规定》要求，现将有关事项通知如下。", "implements"),
        ("加强保洁。\n二、主要任务\n按照《澜江省河长制规定》要求，制定本地区方案。", "cites"),
    ],
)
def test_the_first_section_and_a_sentence_that_makes_the_text_speak_for_it(body: str, role: str) -> None:
    assert [one.role for one in cited("为改善水环境，制定本方案。", body)] == [role]


def test_the_article_of_purpose_counts_as_preamble() -> None:
    text = "云溪区河道管理办法\n第一章 总则\n第一条 为加强管理，依据《澄州市河道管理办法》，制定本办法。\n第二条 适用《澄州市水利工程规定》。\n"
    assert [one.role for one in citations_of(text_document(text))] == ["implements", "cites"]


def test_abbreviations_resolve_to_their_policy() -> None:
    purpose = "为贯彻落实《澜江省河道保洁行动计划》（澜政发〔2018〕16号，以下简称《计划》），制定本方案。"
    found = cited(purpose, "按照《计划》分工推进。对照《计划》开展评估。落实《中华人民共和国水法》，依照《水法》查处。")
    assert named(found) == [
        ("澜江省河道保洁行动计划", "澜政发〔2018〕16号", "implements"),
        ("中华人民共和国水法", None, "cites"),
    ]
    assert [len(one.spans["mention"]) for one in found] == [4, 2]


def test_a_notice_and_its_plan_are_cited_once() -> None:
    body = "落实《澜江省人民政府关于印发河道保洁规划的通知》（澜政发〔2018〕16号）。《河道保洁规划》要求建档。"
    assert len(cited("为改善水环境，制定本方案。", body)) == 1


def test_plans_of_one_name_by_two_governments_are_two() -> None:
    purpose = "根据《澜江省人民政府办公厅关于印发书屋建设方案的通知》和《澄州市人民政府办公室关于印发书屋建设方案的通知》，制定本方案。"
    assert len(cited(purpose)) == 2


NOTICE = """石浦县人民政府办公室关于印发书屋建设方案的通知
各镇人民政府：
《书屋建设方案》已经县政府同意，现印发给你们，请认真执行。
石浦县人民政府办公室
2021年4月10日
书屋建设方案
为推进书屋建设，根据《澄州市人民政府办公室关于印发书屋建设方案的通知》（澄政办发〔2021〕4号）要求，制定本方案。
一、目标
按照《书屋建设方案》抓好落实。任务见《任务分解方案》（见附件）。
附件：1.书屋选点方案
按《书屋选点方案》执行。
"""


def test_the_document_itself_and_its_annexes_are_not_listed() -> None:
    assert named(citations_of(text_document(NOTICE))) == [
        ("澄州市人民政府办公室关于印发书屋建设方案的通知", "澄政办发〔2021〕4号", "implements")
    ]


def test_an_older_text_of_the_same_name_is_cited() -> None:
    text = (
        NOTICE.replace("各镇人民政府：", "石政办发〔2021〕9号\n各镇人民政府：")
        + "《书屋建设方案》（石政办发〔2016〕3号）同时废止。\n"
    )
    assert named(citations_of(text_document(text)))[-1] == ("书屋建设方案", "石政办发〔2016〕3号", "cites")


@pytest.mark.parametrize(
    "words",
    [
        "《人民日报》",
        "《办事指南手册》",
        "《政务数据资源目录》",
        "《房屋租赁合同》",
        "《重点任务清单》",
        "《申请表》",
        "《条例》",
        "《营业执照证书》",
    ],
)
def test_what_is_no_instrument_is_not_listed(words: str) -> None:
    assert cited("为改善水环境，制定本方案。", f"各镇要用好{words}。") == []


def test_a_number_alone_is_a_citation() -> None:
    found = cited("按照澜政发〔2018〕16号文件要求，制定本方案。", "继续执行澜政发〔2018〕16号。")
    assert named(found) == [(None, "澜政发〔2018〕16号", "implements")]
    assert len(found[0].spans["mention"]) == 2


def test_a_nested_title_is_one() -> None:
    body = "落实《关于印发〈澜江省河道保洁规划〉的通知》（澜政发〔2018〕16号）。"
    assert named(cited("为改善水环境，制定本方案。", body)) == [
        ("关于印发〈澜江省河道保洁规划〉的通知", "澜政发〔2018〕16号", "cites")
    ]


def test_laws_and_party_rules_are_of_the_centre() -> None:
    body = "执行《中国共产党党组工作条例（试行）》。依照《行政处罚法》查处。参照《考核评价暂行规定》。"
    assert [one.level for one in cited("为改善水环境，制定本方案。", body)] == ["central", "central", None]


def test_a_body_with_a_short_name_before_a_title() -> None:
    purpose = "根据国务院《关于加强水利建设的意见》和市委、市政府《关于推进河道保洁的意见》，制定本方案。"
    first, second = cited(purpose)
    assert (first.issuers, first.level) == (("国务院",), "central")
    assert (second.issuers, second.level) == ((), "city")


def test_every_property_has_its_evidence() -> None:
    document = text_document(NOTICE)
    for one in citations_of(document):
        for name in ("title", "doc_number", "issuers", "level", "place", "genre"):
            assert bool(getattr(one, name)) == (name in one.spans), (one.title, name)
        for span in one.spans["mention"]:
            assert document.raw(span).startswith("《") or one.title is None


GOLD = [name for name in ("zhenhai", "zjol") if (SHARED / "gold" / name / "policies.jsonl").exists()]


@pytest.mark.skipif(not GOLD, reason="no ../shared/gold beside the checkout")
@pytest.mark.parametrize("name", GOLD)
def test_policies_of_the_gold_documents(name: str) -> None:
    document = read(SHARED / "seeds" / f"{name}.txt")
    scope = Span(0, len(document.text))
    header = read_header(document, scope, mark(document))
    lines = (SHARED / "gold" / name / "policies.jsonl").read_text("utf-8").splitlines()
    found = [
        {
            "title": one.title,
            "doc_number": one.doc_number,
            "issuer": one.issuers[0] if one.issuers else None,
            "level": one.level,
            "issued": one.issued.isoformat() if one.issued else None,
            "role": one.role,
        }
        for one in (header.policy, *read_citations(document, scope, header))
    ]
    assert found == [json.loads(line) for line in lines]
