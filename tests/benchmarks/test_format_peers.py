"""What a reader keeps of a printed document: numbers of items, cells in their places, and the sizes of packages."""

from pathlib import Path

import pytest

from benchmarks.format_peers import kept_cells, kept_numbers, piped_tables, print_html, wanted_of
from benchmarks.format_speed import bare_csv, bare_docx, bare_html
from benchmarks.format_worker import installed
from benchmarks.printing import print_docx
from loaders.read.registry import read
from tests.loaders.documents import text_document

TEXT = (
    "云溪区渡口改造方案\n一、修缆绳\n（一）更换缆绳。逐个更换。\n1.登记旧绳。\n（二）加固系桩。\n二、添渡船\n结尾。\n"
)
WHOLE = [{(0, 0): "项", (0, 1): "时限", (1, 0): "栈桥", (1, 1): "6月"}]


def test_what_is_printed_is_known() -> None:
    wanted = wanted_of(text_document(TEXT))
    assert wanted.numbered == ["一、修缆绳", "(一)更换缆绳。逐个更换。", "1.登记旧绳。", "(二)加固系桩。", "二、添渡船"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一、修缆绳\n（一）更换缆绳。逐个更换。", 2),
        ("修缆绳 更换缆绳", 0),
        ("1. 修缆绳 2. 更换缆绳。逐个", 0),
        ("## 一、 修缆绳", 1),
    ],
)
def test_a_number_is_kept_right_before_the_words(text: str, kept: int) -> None:
    assert kept_numbers(["一、修缆绳", "(一)更换缆绳。逐个更换。"], text) == kept


@pytest.mark.parametrize(
    ("tables", "kept"),
    [
        ([[["项", "时限"], ["栈桥", "6月"]]], 4),
        ([[["项"], ["时限"], ["栈桥"], ["6月"]]], 1),
        ([[["别"], ["的"]], [["项", "时限"], ["栈桥", "7月"]]], 3),
        ([], 0),
    ],
)
def test_a_cell_is_kept_in_its_row_and_column(tables: list[list[list[str]]], kept: int) -> None:
    assert kept_cells(WHOLE, tables) == kept


def test_a_table_of_markdown_that_had_no_head_has_no_empty_one() -> None:
    assert piped_tables("|  |  |\n| --- | --- |\n| 项 | 时限 |\n\n字\n| 另 |\n") == [[["项", "时限"]], [["另"]]]


def test_ours_keeps_all_of_a_page_and_a_docx(tmp_path: Path) -> None:
    source = text_document(TEXT)
    wanted = wanted_of(source).numbered
    print_html(source, tmp_path / "a.html")
    print_docx(source, tmp_path / "a.docx")
    for name in ("a.html", "a.docx"):
        assert kept_numbers(wanted, read(tmp_path / name, "x").text) == len(wanted)
    # python-docx gives the words, and no automatic number.
    assert bare_docx((tmp_path / "a.docx").read_bytes()) < bare_html((tmp_path / "a.html").read_bytes())
    assert bare_csv("项,时限\n栈桥,6月\n".encode()) == 7


def test_the_size_of_a_package_holds_what_it_needs() -> None:
    assert installed("jinja2") > installed("markupsafe") > 0
    assert installed("no-such-package-at-all") == 0
