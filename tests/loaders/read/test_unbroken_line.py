"""A whole document on one line, nothing standing for its breaks."""

import pytest

from loaders.read.text.unbroken_line import cuts_without_breaks
from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

WORDS = "对列入名单的渡口逐个勘察、逐个修缮，增设护栏、照明和候船座椅，方便群众乘船出行，保障渡运安全有序"
LINES = (
    "澜江省渡口改造实施方案",
    "为改造老旧渡口，制定本方案。",
    "一、工作目标和范围",
    f"用两年时间，{WORDS}。",
    "二、主要任务",
    "（一）改善渡口条件",
    f"各县（市、区）要{WORDS}。",
    "（二）修建候船设施",
    f"候船设施按标准建设，{WORDS}。",
    "（三）加强渡船平台建设",
    f"推动渡船更新，{WORDS}。（责任单位：省交通运输厅）",
    "（四）完善巡查制度",
    f"充分发挥渡口管理员作用，{WORDS}。",
    "三、组织实施",
    f"省交通运输厅负责统筹，{WORDS}。",
    "附件：渡口改造项目指标表",
    "澜江省交通运输厅",
    "2026年1月5日",
    "附件",
    "渡口改造项目指标表",
    f"一、渡口数量{WORDS}。",
)


def tasks(text: str) -> list[tuple[str, str, str]]:
    return [(task.path, task.kind, task.title) for task in read_document(text_document(text)).tasks]


def test_a_document_without_breaks_reads_like_the_one_with_them() -> None:
    assert tasks("".join(LINES)) == tasks("\n".join(LINES))
    assert tasks("".join(LINES)) == [
        ("2.1", "measure", "改善渡口条件"),
        ("2.2", "measure", "修建候船设施"),
        ("2.3", "measure", "加强渡船平台建设"),
        ("2.4", "measure", "完善巡查制度"),
        ("3", "safeguard", "组织实施"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"一、修渡口。{WORDS}。二、补码头。{WORDS}。",
        f"{WORDS}。" * 20,
        "".join(f"（{sign}）修渡口。{WORDS}。" for sign in "一二三四五六七八九十"),
    ],
)
def test_short_lines_prose_and_headings_that_a_stop_ends_are_not_cut(text: str) -> None:
    assert cuts_without_breaks(text, 0, len(text)) == []


def test_articles_of_a_page_begin_where_their_number_stands() -> None:
    body = f"一、修渡口。{WORDS}。二、补码头。{WORDS}。三、添座椅。{WORDS}。"
    text = f"方案（合集2篇）第一篇：渡口方案{body}第二篇：码头方案{body}{body}"
    cuts = cuts_without_breaks(text, 0, len(text))
    assert [text[at : at + 3] for at in cuts if text[at] == "第"] == ["第一篇", "第二篇"]
