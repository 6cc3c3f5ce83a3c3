import pytest

from graph.model import Span
from loaders.structure.annexes import announced_annexes, lay_out, missing_annexes
from tests.loaders.documents import text_document

BODY = "一、巡查桥面。每日巡查一次。\n"
TABLE = "附件1\n桥梁管护任务表\n序号\n任务\n责任单位\n1\n清理桥面\n县交通局\n"


def missing(text: str, others: int = 0) -> list[str]:
    document = text_document(text)
    return [
        document.raw(one.title) for one in missing_annexes(document, lay_out(document, Span(0, len(text)), ()), others)
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (BODY + "附件：桥梁管护任务表\n", [(1, "桥梁管护任务表")]),
        (BODY + "附件：1.桥梁管护任务表\n2.桥梁改造任务表\n", [(1, "桥梁管护任务表"), (2, "桥梁改造任务表")]),
        (BODY + "附件：1：桥梁管护任务表\n", [(1, "桥梁管护任务表")]),
        (BODY + "附件2\n桥梁管护任务表\n", [(2, "桥梁管护任务表")]),
        (BODY + "附件：桥梁管护任务表.docx\n", [(1, "桥梁管护任务表")]),
        (BODY, []),
    ],
)
def test_the_annexes_that_the_text_names(text: str, titles: list[tuple[int, str]]) -> None:
    document = text_document(text)
    layout = lay_out(document, Span(0, len(text)), ())
    assert [(one.number, document.raw(one.title)) for one in announced_annexes(document, layout)] == titles


def test_an_annex_that_is_there_is_not_missing() -> None:
    assert missing(BODY + "附件：桥梁管护任务表\n" + TABLE) == []


def test_of_two_annexes_the_one_that_is_not_there_is_missing() -> None:
    assert missing(BODY + "附件：1.桥梁管护任务表\n2.桥梁改造任务表\n" + TABLE) == ["桥梁改造任务表"]


def test_a_list_in_the_body_may_be_the_annex_that_is_named() -> None:
    named = BODY + "附件：桥梁管护任务表\n"
    assert missing(named) == ["桥梁管护任务表"]
    assert missing(named, 1) == []


def test_an_annex_named_twice_is_told_once() -> None:
    assert missing(BODY + "附件：桥梁管护任务表\n附件：桥梁管护任务表\n") == ["桥梁管护任务表"]
