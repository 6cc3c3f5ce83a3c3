"""Reading does no more work than its text is longer: calls are counted, and only what expressions take is timed."""

import re
import sys
from importlib.resources import files
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.growth import CASES, Made, steep_patterns
from loaders.patterns.pattern_files import Pattern
from loaders.read.registry import reader_for
from loaders.reading.document_reading import read_document

# Four times the text: what a longer text needs once more (a longer list of lines to sort) is a little.
FEW, MANY, MOST = 120, 480, 5.0
STEMS = sorted(
    path.name.removesuffix(".toml") for path in files("loaders.patterns").iterdir() if path.name.endswith(".toml")
)


def calls(made: Made) -> int:
    """Return how many calls, of Python and of what is built in, the reading of a text makes."""
    suffix, text = made
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    reader = reader_for(Path(f"x{suffix}"))
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_document(reader.read(text.encode(), name="x", where="x", suffix=suffix))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", [name for name in CASES if name != "cells that span a page"])
def test_work_grows_with_the_text(name: str) -> None:
    _, make = CASES[name]
    calls(make(FEW))  # what is read once, such as patterns and places, is not counted
    few, many = calls(make(FEW)), calls(make(MANY))
    assert many <= MOST * few


def test_cells_that_span_a_page_cost_what_they_cover_and_no_more() -> None:
    _, make = CASES["cells that span a page"]
    few, many = calls(make(20)), calls(make(80))
    assert many <= 16 * MOST * few


@pytest.mark.parametrize("stem", STEMS)
def test_an_expression_takes_no_longer_than_its_text(stem: str) -> None:
    assert list(steep_patterns(stem)) == []


def test_an_expression_that_goes_back_over_its_text_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    steep = Pattern(name="steep", regex=re.compile(r"[一二]*三"), finds=("一二三",), skips=("一二",), data={})
    monkeypatch.setattr("benchmarks.growth.load_patterns", lambda stem: (steep,))
    assert [name for name, _ in steep_patterns("any")] == ["steep"]
