import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from cli.draw import render
from cli.settings import Settings, language_of, store_of
from graph.errors import UsageError
from queries.answer import Answer
from tests.cli.conftest import Invoke
from views.office.a4_sheet import LONGEST_CELL
from views.office.answer_workbook import write_workbook

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "https://example.org", "正常")


def answer(*texts: str) -> Answer:
    rows = tuple({"title": text, "score": -1.5, "end": None} for text in texts)
    return Answer(name="test", columns=("title", "score", "end"), rows=rows)


def test_csv_for_excel_has_a_mark_crlf_and_no_formula() -> None:
    text = render.text_of(answer(*HOSTILE), "csv", excel=True)
    assert text.startswith("\ufefftitle,score,end\r\n")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert [row[0][0] for row in rows[1:]] == ["'"] * 6 + ["h", "正"]
    assert {row[1] for row in rows[1:]} == {"-1.5"}, "a number is no formula"


def test_csv_for_machines_is_as_it_is() -> None:
    text = render.text_of(answer("=1+1", "a\nb"), "csv")
    assert text == 'title,score,end\n=1+1,-1.5,\n"a\nb",-1.5,\n'
    assert render.text_of(answer("a"), "tsv") == "title\tscore\tend\na\t-1.5\t\n"


def test_markdown_keeps_its_cells_apart() -> None:
    lines = render.text_of(answer("a|b\nc"), "md").splitlines()
    assert lines[1] == "| --- | --- | --- |"
    assert lines[2] == "| a\\|b<br>c | -1.5 |  |"


def test_a_table_leaves_out_columns_that_hold_nothing() -> None:
    assert render.shown_columns(answer("a")) == ("title", "score")
    long = "字" * 400
    assert long in render.text_of(answer(long), "table"), "what nobody looks at is not folded"


def test_a_workbook_holds_text_and_numbers_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_workbook(path, [answer(*HOSTILE)], "en")
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C9"
    cells = [sheet.cell(row=number, column=1) for number in range(2, 10)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [str(cell.value).strip() for cell in cells] == [text.replace("\r", "_x000D_").strip() for text in HOSTILE]
    assert sheet["B2"].value == -1.5


def test_a_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path / "full.xlsx", [answer("字" * LONGEST_CELL)], "en")
    with pytest.raises(UsageError, match="more than a cell holds"):
        write_workbook(tmp_path / "over.xlsx", [answer("字" * (LONGEST_CELL + 1))], "en")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".json", ".jsonl", ".md", ".xlsx", ".txt"])
def test_a_file_is_written_by_its_suffix(suffix: str, zhengmai: Invoke, tmp_path: Path) -> None:
    path = tmp_path / f"任务{suffix}"
    result = zhengmai("tasks", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert [one.name for one in tmp_path.iterdir()] == [path.name], "nothing half-written is left"
    data = path.read_bytes()
    if suffix == ".csv":
        assert data.startswith(b"\xef\xbb\xbftask,")
        assert b"\r\n" in data
        assert b"\r\r\n" not in data
    elif suffix == ".json":
        assert len(json.loads(data)) == 9
    elif suffix == ".jsonl":
        assert len(data.splitlines()) == 9
    else:
        assert data


def test_the_format_asked_for_wins_over_the_suffix(zhengmai: Invoke, tmp_path: Path) -> None:
    zhengmai("docs", "-f", "json", "-o", str(tmp_path / "docs.txt"))
    assert json.loads((tmp_path / "docs.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_TW"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN", "ZHENGMAI_LANG": "en"}, "en"),
        (["docs", "--lang", "zh"], {"ZHENGMAI_LANG": "en"}, "zh"),
        (["docs", "--lang=zh"], {}, "zh"),
        (["search", "--", "--lang", "zh"], {}, "en"),
        (["docs", "--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert language_of(arguments, environment) == language


def test_the_store() -> None:
    assert store_of(None, {}) == ".zhengmai"
    assert store_of(None, {"ZHENGMAI_STORE": "x"}) == "x"
    assert store_of("y", {"ZHENGMAI_STORE": "x"}) == "y"
    assert store_of("neo4j://localhost:7687/plans", {}) == "neo4j://localhost:7687/plans", "both slashes stay"


def test_what_changes_the_graph_needs_its_folder() -> None:
    with pytest.raises(UsageError):
        _ = Settings(address="neo4j://localhost", language="en").store


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".xlsx"])
def test_a_comparison_and_a_coverage_are_written_as_reports(suffix: str, zhengmai: Invoke, tmp_path: Path) -> None:
    for words in (("compare", "lanjiang", "chengzhou"), ("compare", "lanjiang"), ("coverage", "lanjiang")):
        path = tmp_path / f"{'-'.join(words)}{suffix}"
        result = zhengmai(*words, "-o", str(path))
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr
        data = path.read_bytes()
        assert data.startswith(b"PK") if suffix in (".docx", ".xlsx") else "澄州市" in data.decode()


def test_a_whole_family_stands_in_one_table(zhengmai: Invoke) -> None:
    rows = json.loads(zhengmai("compare", "lanjiang", "--json").stdout)
    assert {row["document"] for row in rows} >= {"chengzhou", "yunxi"}
    alone = zhengmai("compare", "yunxi")
    assert alone.exit_code == 2
    assert "nothing that is held carries out yunxi" in alone.stderr


def test_csv_speaks_the_language_of_the_run_or_keeps_the_keys(zhengmai: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    zhengmai("compare", "lanjiang", "chengzhou", "-o", str(path), "--lang", "zh")
    [head, *rows] = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    assert head[:2] == ["上级任务", "上级任务标题"]
    assert {row[head.index("承接情况")] for row in rows} >= {"改编承接", "未见承接"}
    zhengmai("compare", "lanjiang", "chengzhou", "-o", str(path), "--machine")
    text = path.read_bytes().decode()
    assert text.startswith("parent,parent_title,")
    assert "adapted" in text
    assert "\r" not in text


def test_a_report_of_no_known_kind_is_refused(zhengmai: Invoke, tmp_path: Path) -> None:
    assert zhengmai("compare", "lanjiang", "-o", str(tmp_path / "a.pdf")).exit_code == 2
    assert zhengmai("tasks", "-o", str(tmp_path / "a.docx")).exit_code == 2
    assert not list(tmp_path.iterdir())
