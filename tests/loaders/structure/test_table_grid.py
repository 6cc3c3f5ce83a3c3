import pytest

from graph.model import Span
from loaders.structure.paragraphs import pieces
from loaders.structure.table_grid import RowSign, cell_lines, drawn_grid, first_row, flat_bounds, row_sign
from tests.loaders.documents import html_document, text_document


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("12", RowSign("number", 12)),
        ("3.", RowSign("number", 3)),
        ("十二", RowSign("cn", 12)),
        ("(三)", RowSign("cn_bracket", 3)),
        ("--", RowSign("dash", None)),
        ("—", RowSign("dash", None)),
        ("三处", None),
        ("2026年", None),
        ("", None),
    ],
)
def test_a_row_number_is_told_by_its_form(text: str, sign: RowSign | None) -> None:
    assert row_sign(text) == sign


def test_a_merged_cell_is_found_from_every_place_that_it_covers() -> None:
    document = html_document(
        "<p>石浦县</p><table><tr><td rowspan=2>桥面</td><td colspan=2>清淤</td></tr><tr><td>县交通局</td><td></td></tr></table>"
    )
    grid = drawn_grid(document.tables[0])
    assert (grid.rows, grid.columns) == (2, 3)
    assert grid.at(0, 0) is grid.at(1, 0)
    assert grid.at(0, 1) is grid.at(0, 2)
    assert grid.at(5, 5) is None
    blank = grid.at(1, 2)
    assert blank is not None
    assert blank.spans == ()


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["序号", "任务", "单位", "1", "清淤"], 3),
        (["序号", "任务", "单位", "—", "桥面", "(一)", "清淤"], 3),
        (["序号", "任务", "单位", "一、桥面", "1", "清淤"], 4),
        (["序号", "1"], None),
        (["序号", "任务", "每天巡查桥面。", "1"], None),
        (["序号", "任务", "单位", "—", "桥面", "清淤"], None),
        (["序号", "任务", "单位", "2", "清淤"], None),
    ],
)
def test_rows_begin_at_the_first_number_below_the_heads(lines: list[str], row: int | None) -> None:
    assert first_row(lines, 0) == row


def test_a_cell_is_a_line_whatever_reads_like_a_paragraph() -> None:
    text = "序号\n任务\n巡查桥面。坑槽当天报修,由巡查员拍照留存并填写记录表格\n县交通局\n"
    document = text_document(text)
    lines = cell_lines(document, pieces(document, Span(0, len(text))))
    assert [document.raw(line) for line in lines] == text.split()


def test_the_bounds_of_a_flat_table_end_with_its_last_row() -> None:
    rows = "".join(f"{number}\n清理第{number}座桥\n县交通局\n" for number in range(1, 4))
    text = f"任务如下\n序号\n任务\n责任单位\n{rows}请各乡镇抓好落实。\n附则\n"
    document = text_document(text)
    (bounds,) = flat_bounds(document, [line.span for line in document.lines])
    assert document.raw(bounds).startswith("序号")
    assert "清理第3座桥\n县交通局" in document.raw(bounds)
    assert "附则" not in document.raw(bounds)
