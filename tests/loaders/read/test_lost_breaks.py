import pytest

from loaders.read.text.lost_breaks import unfolded
from loaders.reading.document_reading import read_document
from tests.loaders.documents import text_document

WORDS = "对列入名单的渡口逐个勘察，逐个修缮，增设护栏、照明和候船座椅，方便群众乘船出行，保障渡运安全有序。" * 2
PARTS = (
    "澜江省交通运输厅关于印发渡口改造方案的通知",
    "澜交发〔2026〕3号",
    "各市交通运输局：",
    f"现印发给你们。{WORDS}",
    "澜江省交通运输厅",
    "2026年1月5日",
    "渡口改造方案",
    f"为改造老旧渡口，制定本方案。{WORDS}",
    "一、主要任务",
    f"（一）修渡口。{WORDS}",
    f"（二）补码头。{WORDS}",
    "二、保障措施",
    f"（一）落实资金。{WORDS}",
)


def parts(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in unfolded(text, 0, len(text))]


@pytest.mark.parametrize("joint", [" ", "\u3000", "  ", "\u3000\u3000"])
def test_a_copy_without_breaks_is_parted_where_blanks_stand_for_them(joint: str) -> None:
    assert parts(joint.join(PARTS)) == list(PARTS)


@pytest.mark.parametrize(
    "text",
    [
        "一、主要任务 （一）修渡口。 年内修完。",
        "修 渡 口 要 逐 个 勘 察 " * 40,
        "船型 Aa 1 型与 Bb 2 型的 尺寸 见下，" * 30,
    ],
)
def test_other_lines_stay_whole(text: str) -> None:
    assert parts(text) == [text.strip()]


def test_chapters_begin_where_an_article_follows_their_heading() -> None:
    text = f"渡口管理办法第一章总则第一条为管好渡口，制定本办法。{WORDS}第二章管理第二条县交通部门按照第一章第一条每年检查。{WORDS}{WORDS}"
    assert [one[:6] for one in parts(text)] == [
        "渡口管理办法",
        "第一章总则",
        "第一条为管好",
        "第二章管理",
        "第二条县交通",
    ]


@pytest.mark.parametrize("joint", ["\n", " ", "\u3000\u3000", ""])
def test_the_tasks_are_the_same_on_one_line(joint: str) -> None:
    found = [(task.path, task.kind, task.title) for task in read_document(text_document(joint.join(PARTS))).tasks]
    assert found == [
        ("1.1", "measure", "修渡口"),
        ("1.2", "measure", "补码头"),
        ("2.1", "safeguard", "落实资金"),
    ]


def test_items_are_told_where_a_heading_runs_into_them() -> None:
    text = f"一、主要任务坚持为民便民，{WORDS}（一）渡口行动为方便群众，{WORDS}1.修渡口。{WORDS}2.补码头。{WORDS}（二）道路行动1.修路。{WORDS}2.架桥。{WORDS}"
    assert [task.path for task in read_document(text_document(text)).tasks] == [
        "1.1.1",
        "1.1.2",
        "1.2.1",
        "1.2.2",
    ]
