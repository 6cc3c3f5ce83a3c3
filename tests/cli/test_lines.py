"""Every line that the library says has its words in every language, with the same values."""

import ast
import inspect
import pickle
import re
import string
import sys
from collections.abc import Callable, Iterator
from errno import ENOENT
from os import strerror
from pathlib import Path

import pytest
from typer.testing import Result

import graph.errors
from cli.words.messages import choose, of_error, value
from graph.errors import InputError, PolicyGraphError, StoreError
from graph.store.arcade.arcade_store import _OURS
from graph.store.cypher_text.cypher_plan import refused_plan, refused_text, writes_by_its_words
from graph.store.home import Home
from tests.shared import ROOT
from tests.sources import modules
from views.words import lines_zh
from views.words.lines import in_words, of_template

KINDS = {name for name, one in vars(graph.errors).items() if isinstance(one, type) and issubclass(one, Exception)}
# What these raise is taken from a table or from a function; the tests below walk those.
ELSEWHERE = {"_OURS[kind]", "why"}


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for path in modules(least=200):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield path, node, named


def raised() -> list[tuple[str, str, frozenset[str]]]:
    """Where each error is made, its template, the names of its values."""
    found = []
    for path, node, named in calls():
        if named not in KINDS or not node.args:
            continue
        where, first = f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]
        if isinstance(first, ast.Constant):
            found.append((where, str(first.value), frozenset(str(one.arg) for one in node.keywords)))
        elif not (isinstance(first, ast.Call) and ast.unparse(first.func) == "say"):
            # A line that is put together in place has no template: it could never be said in another language.
            assert ast.unparse(first) in ELSEWHERE, f"{where}: {ast.unparse(first)}"
    return found


RAISED = raised()


def fields(template: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(template) if name}


def shape(text: str) -> str:
    return "".join(part + ("{}" if name is not None else "") for part, name, *_ in string.Formatter().parse(text))


def test_errors_are_found() -> None:
    assert len(RAISED) > 100
    assert {"InputError", "StoreError", "UsageError", "NotFoundError", "RecordError"} <= KINDS


@pytest.mark.parametrize(("where", "template", "values"), RAISED, ids=[one[0] for one in RAISED])
def test_every_error_has_chinese_words(where: str, template: str, values: frozenset[str]) -> None:
    assert template in lines_zh.ERRORS, where
    assert fields(template) == values, where


@pytest.mark.parametrize("kind", ["ERRORS", "ISSUES", "RULES", "USAGE", "REASONS"])
def test_both_languages_have_the_same_values(kind: str) -> None:
    for english, chinese in getattr(lines_zh, kind).items():
        assert fields(english) == fields(chinese), english
        assert re.search("[\u4e00-\u9fff]", "".join(text for text, *_ in string.Formatter().parse(chinese))), english


def test_no_words_are_left_over() -> None:
    said = {template for _, template, _ in RAISED} | set(_OURS.values())
    source = "\n".join(inspect.getsource(sys.modules[one.__module__]) for one in (refused_plan, Home))
    for english in lines_zh.ERRORS:
        longest = max((part for part, *_ in string.Formatter().parse(english)), key=len)
        assert english in said or longest in source, english


def test_complaints_about_queries_have_chinese_words() -> None:
    assert set(_OURS.values()) <= set(lines_zh.ERRORS)
    refused = [
        refused_text("LOAD CSV FROM 'x' AS line RETURN line"),
        refused_text("EXPLAIN MATCH (n) RETURN n"),
        refused_text("CALL dbms.shutdown()"),
        writes_by_its_words("MATCH (n) SET n.a = 1"),
        refused_plan("w", None),
        refused_plan("r", {"operatorType": "LoadCSV", "args": {}, "children": []}),
    ]
    for line in refused:
        assert line
        assert re.search("[\u4e00-\u9fff]", in_words(line, "zh")), line


def issue_messages() -> Iterator[tuple[str, str]]:
    for path, node, named in calls():
        if named in ("add", "Remark") and len(node.args) == 3 and path.is_relative_to(ROOT / "loaders"):
            code, message = node.args[0], node.args[2]
            if isinstance(code, ast.Constant) and isinstance(message, ast.Constant | ast.JoinedStr):
                if isinstance(message, ast.Constant):
                    yield str(code.value), str(message.value)
                else:
                    parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in message.values)
                    yield str(code.value), "".join(str(part) for part in parts)


def test_every_issue_has_chinese_words() -> None:
    found = {message for _, message in issue_messages()}
    assert len(found) >= 30
    # What a part that is filled in says may itself be words (which signs, which damage).
    shapes = {message: re.compile(".+".join(map(re.escape, message.split("{}")))) for message in found}
    known = [shape(english) for english in lines_zh.ISSUES]
    assert {message for message, like in shapes.items() if not any(map(like.fullmatch, known))} == set()


def test_an_error_says_itself_in_english_and_goes_from_process_to_process() -> None:
    error = InputError(
        "{where}: {count:,} bytes is over the limit of {limit:,}; split the file",
        where=Path("plan {a}.txt"),
        count=30_000_000,
        limit=20_000_000,
    )
    assert str(error) == "plan {a}.txt: 30,000,000 bytes is over the limit of 20,000,000; split the file"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.template, again.values) == (
        InputError,
        str(error),
        error.template,
        error.values,
    )
    assert str(StoreError("a line {as it is}")) == "a line {as it is}"


def test_an_error_is_said_in_the_language_of_the_run() -> None:
    error = InputError(
        "{where}: {count:,} bytes is over the limit of {limit:,}; split the file",
        where="a.txt",
        count=30_000_000,
        limit=20_000_000,
    )
    assert of_error(error) == str(error)
    choose("zh")
    assert of_error(error) == in_words(str(error), "zh") == "a.txt：30,000,000 字节，超过上限 20,000,000，请拆分文件"
    nested = InputError("{message}; remove {name}, or give its file again", message=str(error), name="a")
    assert of_error(nested).startswith("a.txt：30,000,000 字节")
    unread = InputError(
        "{path}: cannot be read ({reason}); check the name and the rights", path="a", reason=strerror(ENOENT)
    )
    assert of_error(unread) == "a：无法读取（没有这个文件或文件夹），请检查名称和权限" == in_words(str(unread), "zh")
    assert of_error(PolicyGraphError("what nobody translated")) == "what nobody translated"
    assert value("message", "the path 2.1 is printed 3 times") == "路径 2.1 出现了 3 次"
    assert value("rule", "is the key of nothing:") == "没有这个键："
    assert value("rule", "duty-bracket") == "duty-bracket"


@pytest.mark.parametrize("kind", ["ERRORS", "ISSUES", "RULES", "USAGE", "REASONS"])
def test_a_line_without_its_values_is_told_by_its_words(kind: str) -> None:
    for english, chinese in getattr(lines_zh, kind).items():
        values = {name: f"<{name}>" for name in fields(english)}
        plain = re.sub(r":,|:g", "", english)
        said = in_words(plain.format(**values), "zh", kind)
        assert shape(said) == said
        if kind == "ERRORS":
            assert of_template(plain, values, "zh") in (None, chinese.format(**values))
        # Templates that differ in the names of their values alone say the same.
        assert re.sub("<[a-z]+>", "", said) == re.sub("<[a-z]+>", "", chinese.format(**values)), english


Invoke = Callable[..., Result]


def test_chinese_runs_say_nothing_in_english(zhengmai: Invoke, tmp_path: Path) -> None:
    empty, binary = tmp_path / "空.txt", tmp_path / "乱.txt"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    twice = tmp_path / "重"
    twice.mkdir()
    for suffix in ("txt", "html"):
        (twice / f"计划.{suffix}").write_text("一份计划。", encoding="utf-8")
    choose("zh")
    result = zhengmai("build", str(tmp_path), "无此文件.txt", "--lang", "zh", store=tmp_path / "图谱")
    assert result.exit_code == 4
    said = result.stderr.replace(str(tmp_path), "").replace("html", "")
    assert not re.search("[a-z]{4,}", said), result.stderr
    # One plan in two formats is read once, and the other told in a line.
    assert len(said.splitlines()) == 4
