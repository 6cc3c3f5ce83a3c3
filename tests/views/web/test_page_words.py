"""The words of pages: both languages have them all, and every one that a template or a note asks for."""

import ast
import re
import string
from pathlib import Path

from tests.shared import ROOT
from tests.sources import files, modules
from views.web.explorer import PAGES
from views.web.page_words import page_messages

_ASKED = re.compile(r"words\(\s*\"([a-z_.]+)\"\s*[,)]")
# Codes that are put together of a beginning and a name.
_BEGINNINGS = re.compile(r"words\(\s*\"([a-z_.]+\.)\"\s*[+~]")
# The notes of questions that pages ask.
_QUESTIONS = ("queries.cascades", "queries.things.found", "queries.things.searching", "queries.links.doubtful_links")


# These speak the words of pictures.
OF_PICTURES: tuple[str, ...] = ()


def sources() -> list[Path]:
    inside = ROOT / "views" / "web"
    return [one for one in files("views") if one.is_relative_to(inside) and one.suffix in (".html", ".py")]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_words_with_the_same_values() -> None:
    zh, en = page_messages("zh"), page_messages("en")
    assert set(zh) == set(en)
    assert {
        code for code in zh if fields(zh[code]) != fields(en[code]) or not zh[code].strip() or not en[code].strip()
    } == set()


def test_every_word_that_is_asked_for_is_there() -> None:
    text = "\n".join(one.read_text(encoding="utf-8") for one in sources() if one.name not in OF_PICTURES)
    asked = set(_ASKED.findall(text))
    assert len(asked) > 80
    assert asked - set(page_messages("zh")) == set()
    begun = set(_BEGINNINGS.findall(text))
    assert {one for one in begun if not any(code.startswith(one) for code in page_messages("zh"))} == set()


def test_no_word_is_of_no_use() -> None:
    text = "\n".join(one.read_text(encoding="utf-8") for one in sources() if not one.name.startswith("page_words_"))
    begun = (*_BEGINNINGS.findall(text), "table.", "heading.", "note.", "facet.", "keys.")
    assert {code for code in page_messages("zh") if f'"{code}"' not in text and not code.startswith(begun)} == set()


def test_every_note_of_a_question_has_words() -> None:
    codes = set()
    for path in modules("queries"):
        dotted = ".".join(path.with_suffix("").parts)
        if any(one in dotted for one in _QUESTIONS):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                    codes.add(f"note.{node.value.value!s}")
    assert "note.more" in codes
    # What only the comparison of documents says.
    assert codes - {"note.upper", "note.aligned_now"} - set(page_messages("zh")) == set()


def test_every_page_has_its_template() -> None:
    held = {one.stem for one in sources() if one.suffix == ".html"}
    assert set(PAGES) <= held
