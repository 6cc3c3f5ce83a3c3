from hypothesis import given
from hypothesis import strategies as st

from graph.model import Span
from loaders.reading.document_reading import read_document
from loaders.structure.joined_text import compact
from loaders.structure.paragraphs import soft_breaks
from tests.loaders.documents import text_document

ITEM = "（一）修渡口。对列入名单的渡口逐个勘察，２０２６年６月底前将平均候船时间压减到２．５小时以内，并增设护栏、照明和候船座椅。（县交通运输局牵头）"


def wrapped(text: str, width: int, mark: str = "\r\n") -> str:
    return mark.join(text[at : at + width] for at in range(0, len(text), width))


@given(st.text(alphabet="修渡口补码头。，\n", min_size=1, max_size=60), st.data())
def test_a_place_goes_in_and_out_again(text: str, data: st.DataObject) -> None:
    document = text_document("甲" + text)
    length = len(document.text)
    cuts = sorted(data.draw(st.sets(st.integers(1, length - 1), max_size=6)))
    breaks = [Span(at, at + 1) for at in cuts]
    made = compact(document, breaks)
    kept = [at for at in range(length) if at not in cuts]
    assert made.document.text == "".join(document.text[at] for at in kept)
    for inner, outer in enumerate(kept):
        assert made.outward(inner) == outer
        assert made.inward(outer) == inner
        assert made.outer(made.inner(Span(outer, outer + 1))) == Span(outer, outer + 1)


def test_a_hard_wrapped_copy_reads_like_the_text_it_was_made_from() -> None:
    whole = "一、主要任务\n" + ITEM + "\n" + ITEM.replace("（一）修渡口", "（二）补码头") + "\n"
    copy = (
        "一、主要任务\r\n"
        + wrapped(ITEM, 24)
        + "\r\n"
        + wrapped(ITEM.replace("（一）修渡口", "（二）补码头"), 24)
        + "\r\n"
    )
    plain, broken = read_document(text_document(whole)), read_document(text_document(copy))
    for one, other in zip(plain.tasks, broken.tasks, strict=True):
        assert (one.path, one.title) == (other.path, other.title)
        assert [unit.surface for unit in one.units] == [unit.surface for unit in other.units]
        assert [(t.value, t.end, t.text) for t in one.targets] == [(t.value, t.end, t.text) for t in other.targets]
        assert one.targets


def test_the_title_of_an_article_runs_on_over_a_line_that_lacks_its_indent() -> None:
    words = [
        "渡口改造以小型渡口为主,原则上每处渡口投资规模不超过五十万元,由县级财政统筹安排。",
        "渡口管理单位应当按照统一规划要求设置候船设施和救生设施,并定期组织检查和维护更新。",
        "渡船更新改造资金由船主自筹和财政补助共同承担,补助标准由交通运输部门另行制定公布。",
        "各镇应当明确渡口安全管理责任人员,落实值守巡查制度,遇大风大雾天气及时停止渡运。",
        "渡工应当经过培训考试合格后持证上岗,每两年参加一次继续教育,不合格的调离渡运岗位。",
    ]
    signs = "一二三四五"
    rows = [f"第{sign}条{text}" for sign, text in zip(signs, words, strict=True)]
    # Print indents the first line by two, and the copy keeps none of it.
    copy = "\n".join(
        f"{row[:26]}\n" + "\n".join(row[at : at + 28] for at in range(26, len(row), 28)) for row in rows * 2
    )
    copy = copy.replace("\n第一条", "\n\n第一条")
    reading = read_document(text_document(copy + "\n"))
    assert [task.title for task in reading.tasks][:5] == [text.split("。")[0] for text in words]


def test_every_span_is_of_the_text_as_loaded() -> None:
    reading = read_document(text_document("一、主要任务\r\n" + wrapped(ITEM, 24) + "\r\n（二）补码头。年内补完。\r\n"))
    task = reading.tasks[0]
    for unit in task.units:
        assert unit.span.of(reading.text).replace("\r\n", "") == unit.surface
    for target in task.targets:
        assert target.span.of(reading.text).replace("\r\n", "") == target.text


def test_headings_and_items_are_never_run_together() -> None:
    text = "一、水上交通便民服务提升工程建设重点任务清单事项\n（一）修渡口。年内修完。\n二、陆上交通便民服务\n"
    document = text_document(text)
    assert soft_breaks(document, Span(0, len(text))) == ()


def test_lines_of_exactly_one_length_are_one_paragraph_also_behind_a_sentence() -> None:
    first = (
        "修渡口要逐个勘察并且要逐个修缮到位为止。候船座椅与护栏要同时增设齐全。照明补齐到每一处码头，不得漏掉一处两处。"
    )
    text = "\n".join((wrapped(first, 24, "\n"), "12", wrapped(first, 24, "\n")))
    document = text_document(text)
    broken = [one.start for one in soft_breaks(document, Span(0, len(text)))]
    assert len(broken) == 4
    assert not any(text[one - 2 : one] == "12" or text[one + 1 : one + 3] == "12" for one in broken)
