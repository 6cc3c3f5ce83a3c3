"""Text as scanners, converters of files and careless pages leave it reads like the text that it was."""

import pytest

from graph.model import Reading
from graph.text import squeeze
from loaders.reading.document_reading import read_document
from tests.loaders.documents import html_document, text_document

HEAD = "岚溪县人民政府关于印发《岚溪县渡口整修方案》的通知\n岚政发〔2025〕8号\n\n岚溪县渡口整修方案\n\n一、总体要求\n坚持先急后缓。\n二、重点任务\n"


def read(body: str, suffix: str = ".txt") -> Reading:
    return read_document(text_document(HEAD + body, suffix=suffix))


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(task.path, squeeze(task.title)) for task in reading.tasks]


def test_every_span_slices_to_what_is_printed() -> None:
    reading = read(
        "（ 一 ） 整 修 渡 口 。 2 0 2 6 年 底 前 整 修 渡 口 1 2 处 。 （ 责 任 单 位 ： 县 交 通 局 ）\n（二）清淤。\n"
    )
    (first, _) = reading.tasks
    assert reading.text[first.title_span.start : first.title_span.end] == "整 修 渡 口"
    assert [unit.surface for unit in first.units] == ["县交通局"]
    assert [(target.value, str(target.end)) for target in first.targets] == [(12, "2026-12-31")]


@pytest.mark.parametrize("one", ["一", "—", "－", "⼀"])
def test_a_sign_that_a_scanner_misread_is_that_sign(one: str) -> None:
    assert told(read(f"（{one}）整修渡口。\n（二）清淤河道。\n")) == [("2.1", "整修渡口"), ("2.2", "清淤河道")]


def test_a_dash_in_a_bracket_inside_a_sentence_is_none() -> None:
    assert told(read("（一）整修（-）号渡口。\n（二）清淤河道。\n"))[0] == ("2.1", "整修(-)号渡口")


def test_radicals_are_their_characters() -> None:
    (task, _) = read("（一）整修渡⼝。（责任单位：县⽔务局、县⺠政局；完成时限：2025年6⽉底前）\n（二）清淤。\n").tasks
    assert [squeeze(unit.surface) for unit in task.units] == ["县水务局", "县民政局"]
    assert task.deadline is not None
    assert str(task.deadline.end) == "2025-06-30"


def test_a_title_below_a_page_number_is_the_head_of_a_page() -> None:
    body = "（一）整修渡口。（责任单位：县交通局、县水\n\n- 3 -\n岚溪县渡口整修方案\n\n务局）\n（二）清淤河道。\n"
    (task, _) = read(body).tasks
    assert [unit.surface for unit in task.units] == ["县交通局", "县水务局"]


def test_items_of_markdown_that_all_say_one_are_counted() -> None:
    body = "（一）渡口\n\n1. **整修。**整修渡口。\n1. **清淤。**清淤河道。\n1. **值守。**安排值守。\n\n（二）桥梁\n\n1. **整修。**整修桥梁。\n1. **养护。**养护桥梁。\n"
    assert [path for path, _ in told(read(body, ".md"))] == ["2.1.1", "2.1.2", "2.1.3", "2.2.1", "2.2.2"]


def test_an_inserted_article_has_a_place_of_its_own() -> None:
    text = "岚溪县渡口管理办法\n第一章 总则\n第一条 为规范渡口管理，制定本办法。\n第二章 管理\n第二条 渡工应当登记。\n第二条之一 县交通局应当每年检查渡船。\n第三条 渡船应当检验。\n"
    reading = read_document(text_document(text))
    assert [(task.path, task.number) for task in reading.tasks] == [("2.2", "2"), ("2.2-1", "2-1"), ("2.3", "3")]
    assert not [issue for issue in reading.issues if issue.code == "path-twice"]


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("健全机制　完善政策。出台渡口扶持办法。", "健全机制完善政策"),
        ("健全机制 由县交通局牵头逐个渡口摸清底数，落实责任。年内完成。", "健全机制"),
    ],
)
def test_a_heading_of_two_halves_is_one(printed: str, title: str) -> None:
    assert told(read(f"（一）{printed}\n（二）清淤河道。\n"))[0] == ("2.1", title)


def test_a_second_copy_outside_the_main_text_hides_nothing() -> None:
    items = "".join(
        f"<p>（{sign}）整修{sign}号渡口。整修{sign}号渡口并清淤河道，健全值守制度。</p>" for sign in "一二三四五六七"
    )
    copy = f"<p>岚溪县渡口整修方案</p><p>一、重点任务</p>{items}"
    markup = f'<html><body><div class="wap">{copy}</div><div id="zoom">{copy}</div></body></html>'
    reading = read_document(html_document(markup))
    assert [task.path for task in reading.tasks] == [f"1.{number}" for number in range(1, 8)]


@pytest.mark.parametrize(
    ("clause", "value", "unit"),
    [
        ("培训渡工二十一人次", 21, "人次"),
        ("事故率控制在千分之三以内", 3, "‰"),
        ("事故率比上年下降2个百分点以上", 2, "个百分点"),
        ("办事成本下降两成", 20, "%"),
    ],
)
def test_a_number_in_another_form_is_read(clause: str, value: float, unit: str) -> None:
    (task, _) = read(f"（一）整修渡口。{clause}。\n（二）清淤河道。\n").tasks
    assert [(target.value, target.unit) for target in task.targets] == [(value, unit)]


@pytest.mark.parametrize("clause", ["近三年整修渡口120处", "每村打造两三个样板"])
def test_what_is_done_or_not_counted_is_no_target(clause: str) -> None:
    (task, _) = read(f"（一）整修渡口。{clause}。\n（二）清淤河道。\n").tasks
    assert task.targets == ()


@pytest.mark.parametrize(
    "words", ["第　第一条指", "（一）　一）后", "第一章　第一条为了规范渡口管理，制定本办法。", "①　①"]
)
def test_a_sign_that_is_all_of_its_piece_is_text(words: str) -> None:
    reading = read(f"{words}\n（一）整修渡口。\n（二）清淤河道。\n")
    read_words = "".join(reading.text[task.span.start : task.span.end] for task in reading.tasks)
    assert read_words
    assert all(reading.text[task.span.start : task.span.end].strip() for task in reading.tasks)
