from pathlib import Path

import pytest

from graph.errors import InputError, UnknownFormatError
from loaders.read.document import OUTSIDE, Document
from loaders.read.registry import read
from tests.loaders.documents import html_document, text_document

PAGE = """<html><head><title>云溪区通知_门户</title><style>p{}</style></head><body>
<div class="nav">首页 &gt; 公开</div>
<table><tr><td>发文字号：</td><td>云政发〔2025〕3号</td></tr><tr><td>成文日期：</td><td>2025年3月1日</td></tr></table>
<div id="zoom"><p style="text-align:center">关于印发方案的通知</p><p>第一段。<br>第二段。</p>
<table><tr><th>序号</th><th>任务</th></tr><tr><td rowspan="2">1</td><td>修桥</td></tr><tr><td>补路<p>及排水</p></td></tr></table>
<script>var a = 1;</script><p style="display:none">看不见</p></div>
<div class="foot">版权所有</div></body></html>"""


def lines(document: Document) -> list[str]:
    return [document.raw(line.span) for line in document.lines]


def test_text_is_kept_as_it_is_and_lines_are_spans() -> None:
    document = text_document("　　一、总体要求\r\n\r\n第二行 \n")
    assert document.text == "　　一、总体要求\r\n\r\n第二行 \n"
    assert lines(document) == ["一、总体要求", "第二行"]
    assert document.lines[0].indent == 2


def test_a_copy_that_lost_its_breaks_is_cut_at_its_indents() -> None:
    text = "".join(f"　　{sign}、开展第{sign}项工作。" + "按照部署推进相关事项" * 8 for sign in "一二三四五")
    assert [line[:2] for line in lines(text_document(text))] == ["一、", "二、", "三、", "四、", "五、"]


def test_markdown_markup_stays_in_the_text_and_out_of_the_lines() -> None:
    document = text_document("# 实施方案\n\n- 第一条\n> 引用\n**二、任务**\n", suffix=".md")
    assert lines(document) == ["实施方案", "第一条", "引用", "二、任务"]
    assert [line.heading for line in document.lines] == [1, None, None, None]
    assert document.lines[3].strong


def test_a_pipe_table_is_a_table_and_no_line() -> None:
    document = text_document("前\n\n| 序号 | 任务 |\n| --- | --- |\n| 1 | 修桥 |\n| 2 |  |\n\n后\n", suffix=".md")
    (table,) = document.tables
    assert lines(document) == ["前", "后"]
    assert [[document.raw(cell.span) for cell in table.cells if cell.row == row] for row in range(3)] == [
        ["序号", "任务"],
        ["1", "修桥"],
        ["2", ""],
    ]


def test_a_page_gives_text_tables_data_and_what_lies_outside() -> None:
    document = html_document(PAGE)
    assert "看不见" not in document.text
    assert "var a" not in document.text
    assert document.title_hint == "云溪区通知_门户"
    assert {meta.label: document.raw(meta.span) for meta in document.meta} == {
        "发文字号": "云政发〔2025〕3号",
        "成文日期": "2025年3月1日",
    }
    assert [(document.raw(span).strip().startswith(("首页", "版权")), why) for span, why in document.furniture] == [
        (True, OUTSIDE),
        (True, OUTSIDE),
    ]
    assert document.lines[1].strong


def test_a_merged_cell_is_found_from_every_row_it_covers() -> None:
    document = html_document(PAGE)
    table = document.tables[-1]
    assert (table.rows, table.columns) == (3, 2)
    cell = table.at(2, 0)
    assert cell is not None
    assert document.raw(cell.span) == "1"
    last = table.at(2, 1)
    assert last is not None
    assert "补路" in document.raw(last.span)
    assert "及排水" in document.raw(last.span)


def test_every_line_and_cell_of_a_page_slices_to_visible_words() -> None:
    document = html_document(PAGE)
    for line in document.lines:
        assert document.raw(line.span).strip() == document.raw(line.span) != ""
    assert len(document.folded) == len(document.text)


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="shows no text"):
        html_document("<html><body><script>draw()</script></body></html>")


def test_unknown_suffix_names_the_readers(tmp_path: Path) -> None:
    path = tmp_path / "plan.xyz"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(UnknownFormatError, match=r"\.txt"):
        read(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read"):
        read(tmp_path / "none.txt")


@pytest.mark.parametrize("row", ["{}\t{}\t{}", "{} | {} | {} |", "| {} | {} | {} |"])
def test_rows_of_plain_text_parted_by_one_sign_are_a_table(row: str) -> None:
    rows = [
        row.format("序号", "任务", "单位"),
        row.format("1", "修桥", "县交通局"),
        "",
        row.format("2", "补路", "县水利局"),
    ]
    document = text_document("前\n" + "\n".join(rows) + "\n后\n")
    (table,) = document.tables
    assert lines(document) == ["前", "后"]
    assert (table.rows, table.columns) == (3, 3)
    assert [document.raw(cell.span) for cell in table.cells if cell.row == 2] == ["2", "补路", "县水利局"]
