"""Signs of a document that steer a terminal, a spreadsheet or a page reach none of them, in whatever format they are written."""

import csv
import io
import json
from pathlib import Path

import pytest

from cli.draw import render
from queries.answer import Answer
from tests.cli.conftest import Invoke

STEERING = ["\x1b]0;T\x07", "\x1b[2J", "\x9b31m", "\x85", "\u202e", "\u2066", "\x7f", "\x08", "\rX", "\u2028"]
PLAN = "岚溪县人民政府关于印发渡口整修方案的通知\n岚政发〔2025〕8号\n一、重点任务\n（一）整修{0}渡口。年内{0}完成。（责任单位：县{0}交通局）\n"


def answer(*texts: str) -> Answer:
    return Answer(name="test", columns=("title",), rows=tuple({"title": text} for text in texts))


def steers(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n")
    return [sign for sign in lines if not (sign.isprintable() or sign in "\n\t\ufeff\u3000")]


@pytest.mark.parametrize("kind", ["table", "md", "csv", "tsv", "json", "jsonl"])
@pytest.mark.parametrize("excel", [True, False])
def test_no_format_lets_a_steering_sign_through(kind: str, excel: bool) -> None:
    text = render.text_of(answer(*(f"甲{sign}乙" for sign in STEERING)), kind, excel=excel)
    assert steers(text) == []
    assert text.count("甲") == text.count("乙") == len(STEERING), "nothing is dropped"


def test_json_gives_back_what_stands_in_the_document() -> None:
    texts = [f"甲{sign}乙" for sign in STEERING]
    assert [row["title"] for row in json.loads(render.text_of(answer(*texts), "json"))] == texts


@pytest.mark.parametrize("sign", ["=", "＝", "+", "＋", "－", "@", "＠"])
@pytest.mark.parametrize(("kind", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_file_for_spreadsheets_holds_no_formula(sign: str, kind: str, delimiter: str) -> None:
    text = render.text_of(answer(f"{sign}HYPERLINK(1)"), kind, excel=True).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert rows[1] == [f"'{sign}HYPERLINK(1)"]


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<img src=x onerror=a()>", "[a](javascript:a())", "`a`", "&lt;b&gt;"]
)
def test_markdown_takes_a_cell_for_text_alone(words: str) -> None:
    cell = render.text_of(answer(words), "md").splitlines()[2]
    assert "<" not in cell
    assert "](" not in cell.replace("\\]", "")
    assert "`" not in cell.replace("\\`", "")
    assert "&lt;b" not in cell.replace("&amp;lt;b", "")


@pytest.mark.parametrize("command", [["read"], ["extract"], ["read", "--format", "md"], ["read", "--json"]])
def test_a_command_that_reads_a_file_shows_no_steering_sign(
    command: list[str], zhengmai: Invoke, tmp_path: Path
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.format("\x1b[2J\u202e"), encoding="utf-8")
    told = zhengmai(command[0], str(path), *command[1:])
    assert "整修" in told.stdout
    assert steers(told.stdout + told.stderr) == []


def test_an_error_line_shows_no_steering_sign(zhengmai: Invoke) -> None:
    told = zhengmai("read", "no\x1b[2J\u202esuch.txt")
    assert told.exit_code != 0
    assert "such.txt" in told.stderr
    assert steers(told.stderr) == []
