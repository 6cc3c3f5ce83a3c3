"""Page furniture is marked by its form, never by a document's own words."""

from loaders.structure.furniture import mark
from tests.loaders.documents import html_document, text_document

PAGE = """您当前所在的位置：
首页
>政务公开>重点工作
索  引  号：
发布机构：
澄州市人民政府关于推进河道保洁的实施意见
发布时间：2021-02-18 16:42 来源：市水利局 浏览次数：12
【字号：
大
中
小
】
为加强河道保洁，制定本意见。
一、目标
到2022年，河道保洁实现全覆盖。
二、大
— 3 —
PAGE
扫一扫在手机打开当前页
打印
关闭
公开指南
留言
"""


def test_the_furniture_of_a_page_is_marked_with_a_reason() -> None:
    document = text_document(PAGE)
    found = {document.raw(span): reason for span, reason in mark(document)}
    assert found["您当前所在的位置："] == found["首页"] == found[">政务公开>重点工作"] == "navigation"
    assert found["索  引  号："] == "metadata"
    assert found["大"] == found["】"] == found["关闭"] == "page-tools"
    assert found["— 3 —"] == found["PAGE"] == "page-number"
    assert found["公开指南"] == found["留言"] == "after-text"
    kept = [document.raw(line.span) for line in document.lines if document.raw(line.span) not in found]
    assert kept == [
        "澄州市人民政府关于推进河道保洁的实施意见",
        "为加强河道保洁，制定本意见。",
        "一、目标",
        "到2022年，河道保洁实现全覆盖。",
        "二、大",
    ]


def test_front_matter_and_rules_of_markdown_are_marked() -> None:
    text = "---\n标题: 关于试点的通知\n文号: 澜政发〔2021〕3号\n---\n\n# 关于试点的通知\n\n各县（市、区）人民政府：\n\n---\n**更新时间**: 2026-01-26 11:25:39\n"
    document = text_document(text, suffix=".md")
    assert [reason for _, reason in mark(document)] == ["front-matter"] * 4 + ["rule", "page-data"]


def test_a_one_letter_cell_is_no_page_tool() -> None:
    document = text_document("等级\n大\n12家\n中\n30家\n")
    assert mark(document) == ()


def test_what_a_page_shows_outside_its_text_keeps_the_readers_reason() -> None:
    body = "<p>一、加强保洁。各镇要建立日常保洁队伍，明确河段责任人，定期组织检查。</p>" * 12
    document = html_document(f"<body><div>网站导航</div><div id='zoom'>{body}</div><div>版权信息</div></body>")
    assert {reason for _, reason in mark(document)} == {"outside-main-text"}


def test_lines_of_a_script_are_marked_with_what_stands_between_them() -> None:
    lines = ["一、加强保洁。", "$(document).ready(function () {", "let result = 1;", "});", "二、强化督查。"]
    document = text_document("\n".join(lines))
    assert [document.raw(span) for span, _ in mark(document)] == lines[1:4]


def test_spans_are_whole_lines_in_order() -> None:
    document = text_document(PAGE)
    spans = [span for span, _ in mark(document)]
    assert spans == sorted(spans)
    assert set(spans) <= {line.span for line in document.lines}


def test_a_second_copy_of_the_text_is_furniture() -> None:
    text = "".join(
        f"（{sign}）修渡口之{sign}。对列入名单的渡口逐个勘察，按照先急后缓的次序安排改造，汛期之前完成主体工程，并增设护栏、照明和候船座椅。\n"
        for sign in "一二三四五六"
    )
    document = text_document("一、主要任务\n" + text + "打印本页\n一、主要任务\n" + text)
    marked = [document.raw(span) for span, reason in mark(document) if reason == "printed-twice"]
    assert marked == text.strip().split("\n")
    assert "printed-twice" not in [reason for _, reason in mark(text_document("一、主要任务\n" + text))]
