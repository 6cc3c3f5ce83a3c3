import ast
import re
import string

import pytest

from cli.options import COMMON
from cli.words.messages import choose, column, value, words
from loaders.patterns.pattern_files import load_patterns
from queries.catalog import catalogue
from tests.sources import modules

CALLS = {"say", "tell"}


def fields(text: str) -> set[str]:
    return {name.partition("!")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def codes() -> set[str]:
    """Every code that the source asks for by name, and those that notes and faults carry."""
    found: set[str] = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in CALLS:
                    found.add(f"{node.args[0].value!s}")
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "Note":
                found |= {
                    f"note.{one.value.value!s}"
                    for one in node.keywords
                    if one.arg == "code" and isinstance(one.value, ast.Constant)
                }
            if node.func.id in ("DecisionError", "GuardError", "ParameterError") and isinstance(
                node.args[0], ast.Constant
            ):
                found.add(f"error.{node.args[0].value!s}")
    return found


def test_both_languages_have_the_same_codes() -> None:
    assert set(words("zh")) == set(words("en"))


@pytest.mark.parametrize("code", sorted(words("en")))
def test_both_languages_fill_in_the_same_values(code: str) -> None:
    assert fields(words("zh")[code]) == fields(words("en")[code])
    assert words("zh")[code].strip()
    assert words("en")[code].strip()


def test_every_code_that_is_asked_for_is_there() -> None:
    assert len(codes()) > 100
    assert codes() - set(words("en")) == set()


def test_chinese_speaks_chinese() -> None:
    same = {"F1", ""}
    for code, text in words("zh").items():
        plain = "".join(part for part, *_ in string.Formatter().parse(text)).strip()
        if code.startswith(("help.", "opt.", "arg.", "error.", "note.", "column.")) and plain not in same:
            assert any("\u4e00" <= char <= "\u9fff" for char in text), code


def test_every_column_and_option_has_its_words() -> None:
    names = {name for query in catalogue().values() for name in query.names}
    for language in ("zh", "en"):
        assert {f"column.{name}" for name in names} <= set(words(language))
    assert len(COMMON) == 8


def test_values_of_closed_lists_are_said_in_words() -> None:
    choose("zh")
    assert value("answer", "not_found") == "未见承接"
    assert value("level", "county") == "县"
    assert value("role", "lead") == "牵头"
    assert value("kind", "measure") == "举措"
    assert value("date_change", "tightened") == "提前"
    assert value("forward", True) == "是"
    assert value("title", "measure") == "measure"
    assert column("lead") == "牵头单位"
    assert column("my_own") == "my_own"


def test_every_rule_that_leaves_something_out_has_words() -> None:
    without = [one for one in load_patterns("sections") if one.data.get("kind") in ("general", "bodies")]
    rules = {one.name for one in (*without, *load_patterns("tables"))}
    rules |= {str(one.data["reason"]) for one in load_patterns("furniture") if "reason" in one.data}
    for path in modules():
        if path.name in ("text_account.py", "body_tasks.py", "furniture.py"):
            told = re.findall(r'"left_out", "([a-z-]+)"|return "([a-z-]+)"', path.read_text(encoding="utf-8"))
            rules |= {name for names in told for name in names if name}
    # The names of an account and of a kind of task stand in the same form.
    rules -= {"unread", "measure"}
    assert {"goals", "preamble", "defines", "addressees"} <= rules
    assert {rule for rule in rules if f"value.path.{rule}" not in words("en")} == set()
