"""Which breaks of a torn text end a paragraph."""

import pytest

from loaders.read.text.text_reader import TextReader
from loaders.structure.joined_text import compact
from loaders.structure.torn_lines import torn_breaks

TITLE = "禾州市渡口改造方案"


def joined(text: str) -> list[str]:
    """Return the lines of a text after its torn lines are joined."""
    document = TextReader().read(text.encode(), name="document", where="document", suffix=".txt")
    return compact(document, torn_breaks(document)).document.text.split("\n")


def test_a_text_with_whole_lines_is_left_alone() -> None:
    text = "一、主要任务\n（一）改造渡口。修建石阶，加装栏杆。\n（二）开通航线。增加班次，方便出行。"
    assert joined(text) == text.split("\n")


def test_fragments_of_a_printed_line_are_one_paragraph() -> None:
    text = (
        f"{TITLE}\n为贯彻\n《澜江省渡口管理办法》\n，\n制定本方案。\n一、主要任务\n（一）\n改造渡口。修建石阶，\n加装栏杆，\n"
        "给候船亭\n（含\n旧亭）刷漆，\n2025 年9\n月底前完成。\n（二）开通航线。增加班次，\n方便出行。"
    )
    assert joined(text) == [
        TITLE,
        "为贯彻《澜江省渡口管理办法》，制定本方案。",
        "一、主要任务",
        "（一）改造渡口。修建石阶，加装栏杆，给候船亭（含旧亭）刷漆，2025 年9月底前完成。",
        "（二）开通航线。增加班次，方便出行。",
    ]


def test_a_line_that_is_not_full_ends_a_paragraph_and_a_full_one_does_not() -> None:
    full = "石阶要用青石，栏杆要用杉木。灯要朝着水面。"
    text = f"一、改造渡口\n{full}\n船要每年上漆，\n缆绳每月一换。\n{full}\n{full}\n各镇，\n各村，\n各站，\n都参加。\n{full}\n二、开通航线"
    assert joined(text) == [
        "一、改造渡口",
        f"{full}船要每年上漆，缆绳每月一换。",
        f"{full}{full}各镇，各村，各站，都参加。",
        full,
        "二、开通航线",
    ]


@pytest.mark.parametrize("alone", ["禾政发〔2025〕3 号", "2025 年5 月23 日", "（此件公开发布）"])
def test_numbers_days_and_words_on_publication_stand_alone(alone: str) -> None:
    text = f"{TITLE}的通知\n{alone}\n各县，\n各镇：\n现将方案印发给你们，\n请认真执行，\n按月报送，\n不得有误。"
    assert alone in joined(text)


def test_cells_are_not_joined() -> None:
    rows = "\n".join(f"{number}\n修建石阶\n县交通局，\n各镇\n年底前完成" for number in range(1, 6))
    assert "年底前完成" in joined(f"序号\n任务\n单位\n时间\n{rows}")


def test_a_heading_ends_where_no_word_is_cut() -> None:
    text = (
        "一、改造渡口\n镇里每年清点渡船，\n查看缆绳和候船亭，\n更换救生衣，\n登记渡船主。\n（一）清点渡\n船。每镇一次，\n每村一次。\n"
        "（二）更换缆绳\n由渡船主更换，\n不得拖延。"
    )
    assert joined(text)[-3:] == ["（一）清点渡船。每镇一次，每村一次。", "（二）更换缆绳", "由渡船主更换，不得拖延。"]


def test_lines_torn_in_the_middle_of_words_only() -> None:
    sentence = "渡口的石阶每年春天清洗一次栏杆每年秋天上漆。"
    text = f"{sentence}\n{sentence}\n{sentence}\n渡口的石\n阶要平，渡口的栏\n杆要牢，石阶每年清\n洗，栏杆每\n年上\n漆\n，不漏一处。"
    assert joined(text)[-1].endswith("渡口的石阶要平，渡口的栏杆要牢，石阶每年清洗，栏杆每年上漆，不漏一处。")


def test_bodies_that_sign_are_no_paragraph() -> None:
    text = (
        f"{TITLE}\n各县人民政府，\n州直各委、\n办：\n一、修建石阶，\n加装栏杆。\n二、给候船亭刷漆，\n给渡船编号，\n按月报送。\n"
        "禾州市交通局\n禾州市水务局\n2025 年5 月23 日"
    )
    assert joined(text)[-3:] == ["禾州市交通局", "禾州市水务局", "2025 年5 月23 日"]
    assert joined(text)[:2] == [TITLE, "各县人民政府，州直各委、办："]


def test_a_title_over_two_lines_ends_where_the_text_begins() -> None:
    text = (
        "禾州市渡口改造提升三年\n行动方案\n为贯彻《澜江省渡口管理办法》\n，\n制定本方案。\n一、修建石阶，\n加装栏杆。\n"
        "二、刷漆，\n编号，\n报送。渡口改造提升三年行动，每年一次。"
    )
    assert joined(text)[:2] == ["禾州市渡口改造提升三年行动方案", "为贯彻《澜江省渡口管理办法》，制定本方案。"]
