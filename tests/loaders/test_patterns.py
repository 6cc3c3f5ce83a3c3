"""Every pattern of every file of patterns, wherever the file stands, finds and skips its examples."""

import re
import tomllib

import pytest

from graph.text import fold
from loaders.extract.units.unit_patterns import unit_patterns
from loaders.patterns.pattern_files import load_patterns
from tests.sources import files


def stems() -> list[str]:
    """The names of the files that hold patterns."""
    tables = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in files("loaders") if path.suffix == ".toml"}
    return sorted(path.stem for path, table in tables.items() if isinstance(table.get("pattern"), list))


def patterns(stem: str) -> list[tuple[str, re.Pattern[str], tuple[str, ...], tuple[str, ...]]]:
    """The patterns of a file with their examples; those of bodies are compiled in their own way."""
    if stem == "units":
        return [(name, one.pattern, one.finds, one.skips) for name, one in unit_patterns().items()]
    return [(one.name, one.regex, one.finds, one.skips) for one in load_patterns(stem)]


PATTERNS = [pytest.param(*one, id=f"{stem}:{one[0]}") for stem in stems() for one in patterns(stem)]


def test_the_patterns_are_found() -> None:
    assert {"citations", "deadlines", "furniture", "header", "sections", "tables", "targets", "units"} <= set(stems())
    assert len(PATTERNS) > 150


@pytest.mark.parametrize("stem", stems())
def test_a_name_is_given_once_in_a_file(stem: str) -> None:
    names = [name for name, *_ in patterns(stem)]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(("name", "regex", "finds", "skips"), PATTERNS)
def test_a_pattern_finds_and_skips_its_examples(
    name: str, regex: re.Pattern[str], finds: tuple[str, ...], skips: tuple[str, ...]
) -> None:
    assert finds, f"{name}: every pattern proves itself"
    assert [text for text in finds if not regex.search(fold(text))] == []
    assert [text for text in skips if regex.search(fold(text))] == []
