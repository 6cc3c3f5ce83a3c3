"""What a newcomer types: options before the command, words without quotes, questions with a slip."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import Result

from cli.main import main
from cli.words.messages import choose

Invoke = Callable[..., Result]


@pytest.mark.parametrize(
    "before", [["--lang", "zh"], ["--lang=zh"], ["-q", "--lang", "zh"], ["-f", "table", "--lang", "zh"]]
)
def test_options_may_stand_before_the_command(
    address: Path, before: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["zhengmai", *before, "--store", str(address), "docs"])
    with suppress(SystemExit):
        main()
    assert "标题" in capsys.readouterr().out


def test_an_unknown_command_is_named_whatever_stands_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["zhengmai", "--lang", "en", "dcos"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 2
    assert "docs" in capsys.readouterr().err


def test_words_of_a_search_need_no_quotes(zhengmai: Invoke) -> None:
    def found(*words: str) -> object:
        return json.loads(zhengmai("search", *words, "--json").stdout)

    assert found("数据", "共享") == found("数据 共享")
    assert zhengmai("search").exit_code == 2


def test_a_question_with_a_slip_is_told_how_it_reads(zhengmai: Invoke) -> None:
    missing = zhengmai("ask", "due")
    assert missing.exit_code == 2
    assert "needs the parameter 'today'" in missing.stderr
    for said in (
        missing,
        zhengmai("ask", "due", "foo=1"),
        zhengmai("ask", "due", "2026"),
        zhengmai("ask", "due", "today=soon"),
    ):
        assert "zhengmai ask due today=date" in said.stderr
        assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "near"), [("coverag", "coverage"), ("lineag", "lineage"), ("xyz", "zhengmai questions")]
)
def test_an_unknown_question_names_what_is_near_and_where_all_are(zhengmai: Invoke, name: str, near: str) -> None:
    result = zhengmai("ask", name)
    assert result.exit_code == 3
    assert near in result.stderr
    assert "zhengmai questions" in result.stderr


def test_a_query_for_what_is_not_there_shows_its_columns_and_says_so(zhengmai: Invoke) -> None:
    result = zhengmai("query", "MATCH (t:Task) RETURN t.key AS task, t.colour AS colour LIMIT 2")
    assert result.exit_code == 0
    assert "colour" in result.stdout.splitlines()[0]
    assert "no row has a value of colour" in result.stderr
    alone = zhengmai("query", "MATCH (t:Task) RETURN t.colour AS colour LIMIT 2", "--json")
    assert json.loads(alone.stdout) == [{"colour": None}, {"colour": None}]
    fine = zhengmai("query", "MATCH (t:Task) RETURN t.key AS task LIMIT 2")
    assert fine.stderr == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show", "缺少参数"),
        ("docs --nope", "没有选项 --nope"),
        ("docs -f yaml", "不在"),
        ("due --level 市政府", "“市政府”不在 central (中央), province (省)"),
        ("docs x", "多出了参数：x"),
        ("cascade a --theme", "后面须有一个值"),
        ("search a --limit x", "应为整数"),
        ("search a --limit 0", "不能小于 1"),
        ("decide a b", "请给出两个名称"),
        ("links --between a", "后面须有 2 个值"),
        ("dcos", "没有命令“dcos”"),
        ("zzz", "没有命令“zzz”"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_language_of_the_run(
    line: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["zhengmai", "--lang", "zh", *line.split()])
    choose("zh")
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert not {"Error", "Usage", "Try", "Missing", "Invalid"} & set(printed.replace(":", " ").split())
