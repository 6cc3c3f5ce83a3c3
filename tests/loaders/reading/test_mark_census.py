"""The marks of what is in scope, and where each of them went."""

from loaders.read.document import Document
from loaders.reading.articles import take_apart
from loaders.reading.document_reading import reading_with_account
from loaders.reading.mark_census import Mark, census, counts_by_kind, shape
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


def test_a_mark_inside_a_task_that_no_fact_stands_at_is_unclaimed() -> None:
    told = [(kind, words) for kind, words, went in marks(text_document(TEXT)) if went == "unclaimed"]
    assert ("date", "3日内") in told
    assert ("title", "《灯具样式》") in told
    assert ("title", "《灯具登记表》") not in told
    assert ("duty", "负责") in told


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
    date = next(mark for mark in all_marks if mark.kind == "date" and mark.went == "unclaimed")
    assert shape(document.text, date) == "0日内 · task"
