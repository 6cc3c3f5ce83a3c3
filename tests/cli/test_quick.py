"""The short way must read a command line as typer does, or leave it to typer."""

import shlex
from importlib import import_module
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli import options
from cli.main import COMMANDS, application, asked
from cli.quick import plain

LINES = [
    "cascade province",
    "cascade province --theme 托育 --store x -q",
    "cascade 澜政发[2021]8号 -f json -o out.json --lang zh",
    "cascade --store=x province",
    "cascade province --format=csv --debug",
    "docs",
    "docs --json",
    "docs -o 任务.xlsx",
    "tasks yunxi --role lead --level county --from 2022-01-01",
    "units 区水利局 --lang=en",
    "due --state overdue --targets",
    "due --state 临期 --level 市级",
    "show yunxi/1.1 -f md",
    "search 水源 保护",
    "search 水源",
    "compare a b c",
    "ask due today=2026-01-01 state=overdue",
    "lineage yunxi/2.3",
    "coverage lanjiang",
    "explain yunxi/1.1 lanjiang/1.1",
    "decide yunxi/1.1 lanjiang/1.1 no",
    "issues",
    "questions --all",
    "ask cascade",
    "view cascade lanjiang -o c.html",
    "extract file.txt --json",
    "evaluate gold --verbose",
    "links --document yunxi",
]
LEFT = [
    "cascade",
    "cascade --help",
    "cascade a b",
    "cascade a --nonsense",
    "cascade a --format yaml",
    "due --level 市政府",
    "cascade a --theme",
    "cascade -- a",
    "query -",
    "cascade a --store",
    "search 水 --limit 5",
    "build samples",
    "cascade ''",
    "links --between a b",
    "cascade a -fjson",
    "cascade a --lang fr",
    "cascade a --lang zh --lang en",
    "query x --timeout 3",
]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a command's function would have been called with, by either way."""
    caught: dict[str, Any] = {}

    def entry(function: Any) -> Any:  # noqa: ANN401
        _, parameters = real(function)
        return (lambda **values: caught.update(values)), parameters

    real = options.entry
    monkeypatch.setattr(options, "entry", entry)
    monkeypatch.setattr("cli.quick.entry", entry)
    return caught


@pytest.mark.parametrize("line", LINES)
def test_both_ways_read_the_same(line: str, seen: dict[str, Any]) -> None:
    name, *words = shlex.split(line)
    ready = plain(import_module(f"cli.commands.{COMMANDS[name]}").COMMANDS[name], words)
    result = CliRunner().invoke(application(name), [name, *words])
    by_typer = dict(seen)
    if ready is None:
        assert name in ("search", "ask"), "only what typer must read is left to it"
        return
    assert result.exit_code == 0, result.stderr
    seen.clear()
    ready()
    assert seen == by_typer
    assert {key: type(one) for key, one in seen.items()} == {key: type(one) for key, one in by_typer.items()}


@pytest.mark.parametrize("line", LEFT)
def test_what_is_not_plain_is_left_to_typer(line: str) -> None:
    name, *words = shlex.split(line)
    assert plain(import_module(f"cli.commands.{COMMANDS[name]}").COMMANDS[name], words) is None


def test_the_command_is_known_by_the_first_word() -> None:
    assert asked(["cascade", "x"]) == "cascade"
    assert asked(["--version"]) is None
    assert asked([]) is None
    assert asked(["cascade"], completing=True) is None
    assert isinstance(application("cascade"), typer.Typer)
