"""The commands of the ledger: recording, listing, filling and reading back, calendars and reminder lists."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import Result

from cli.words.messages import choose
from tests.made import make_store

Invoke = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store")


def test_progress_is_recorded_listed_and_told_on_the_page(zhengmai: Invoke, store: Path, tmp_path: Path) -> None:
    (tmp_path / "验收单.txt").write_text("合格", encoding="utf-8")
    words = ("--status", "进行中", "--share", "60%", "--words", "已招录", "--by", "李敏")
    proof = ("--file", str(tmp_path / "验收单.txt"), "--url", "https://a.invalid/1")
    done = zhengmai("progress", "yunxi/2.3", *words, *proof, store=store)
    assert (done.exit_code, done.stderr) == (0, "yunxi/2.3: going on (before: nothing recorded)\n")
    assert zhengmai("progress", "设立用水管家", "--status", "done", store=store).stderr.endswith(
        "done (before: going on)\n"
    )
    assert "recorded already" in zhengmai("progress", "yunxi/2.3", "--status", "done", store=store).stderr
    first, second = json.loads(zhengmai("progress", "yunxi/2.3", "--json", store=store).stdout)
    digest = hashlib.sha256("合格".encode()).hexdigest()[:16]
    assert first["proof"] == f"验收单.txt (sha256 {digest})、https://a.invalid/1"
    assert (first["progress"], first["share"], first["by"]) == ("going_on", 60, "李敏")
    assert (second["progress"], second["share"], second["by"]) == ("done", None, None)
    assert [row["task"] for row in json.loads(zhengmai("progress", "--json", store=store).stdout)] == ["yunxi/2.3"]
    assert "progress: done [recorded by a person]" in zhengmai("show", "yunxi/2.3", store=store).stdout
    choose("zh")
    assert "progress: 已完成 [由人登记]" in zhengmai("show", "yunxi/2.3", store=store).stdout
    assert "已完成" in zhengmai("progress", "-f", "md", store=store).stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("yunxi/9.9", "--status", "done"), 3, "no task is named"),
        (("yunxi/2.3", "--share", "20"), 2, "--status"),
        (("yunxi/2.3", "--status", "done", "--share", "120"), 2, "percentage from 0 to 100"),
        (("yunxi/2.3", "--status", "done", "--share", "half"), 2, "percentage from 0 to 100"),
        (("yunxi/2.3", "--status", "done", "--file", "nowhere.txt"), 4, "cannot be read"),
        (("yunxi/2.3", "--status", "done", "--url", "file:///x"), 2, "begins with https://"),
        (("yunxi/2.3", "--status", "done", "--words", "字" * 5001), 2, "too many"),
        (("--status", "done"), 2, "of which task"),
        (("yunxi/2.3", "--read", "x.xlsx"), 2, "takes a filled ledger over"),
        (("--read", "nowhere.xlsx"), 4, "is no workbook"),
    ],
)
def test_what_cannot_be_recorded_is_one_line(
    zhengmai: Invoke, store: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    for language in ("en", "zh"):
        choose(language)
        result = zhengmai("progress", *words, store=store)
        assert (result.exit_code, len(result.stderr.splitlines())) == (code, 1), result.stderr
        assert said in result.stderr or language == "zh"
        assert language == "en" or any("一" <= sign <= "鿿" for sign in result.stderr)
    assert not (store / "progress.jsonl").exists()


def test_a_server_keeps_no_progress(zhengmai: Invoke) -> None:
    result = zhengmai("progress", "yunxi/2.3", "--status", "done", store=Path("x"))
    assert result.exit_code == 6


def test_a_ledger_goes_out_and_comes_back(zhengmai: Invoke, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    assert zhengmai("ledger", "yunxi", "-o", str(path), store=store).exit_code == 0
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = {cell.value: cell.column for cell in page[1]}
    page.cell(3, head["progress"]).value = "done"
    page.cell(4, head["share"]).value = 7
    book.save(path)
    result = zhengmai("progress", "--read", str(path), "--by", "王磊", store=store)
    assert result.exit_code == 4
    assert result.stderr == "3 rows read: 1 recorded, 0 conflicts, 1 broken cells\n"
    assert "not from 0% to 100%" in result.stdout
    assert "recorded" in result.stdout
    again = json.loads(zhengmai("ledger", "yunxi", "--status", "done", "--json", store=store).stdout)
    assert [(row["task"], row["by"]) for row in again] == [("yunxi/1.1", "王磊")]
    # What it holds is words; the other formats have the rows.
    assert "done" in zhengmai("ledger", "yunxi", "-f", "csv", store=store).stdout


def test_due_writes_a_calendar_and_a_list_for_each_unit(zhengmai: Invoke, store: Path, tmp_path: Path) -> None:
    calendar, listed = tmp_path / "due.ics", tmp_path / "reminders.xlsx"
    assert zhengmai("due", "--today", "2022-09-15", "--ical", str(calendar), store=store).exit_code == 0
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 3
    assert zhengmai("due", "--by-unit", "--today", "2022-09-15", "-o", str(listed), store=store).exit_code == 0
    assert openpyxl.load_workbook(listed).worksheets[0]["A2"].value == "省水利厅"
    assert "市水利局" in zhengmai("due", "--by-unit", "--today", "2022-09-15", store=store).stdout
    assert zhengmai("due", "--by-unit", "--targets", store=store).exit_code == 2
