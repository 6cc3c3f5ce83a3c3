"""Folding: one character for one, in one script and width."""

import os
import subprocess
from pathlib import Path

import opencc
import pytest

from graph.text import _is_simplified, fold, to_simplified


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("乾安縣人民政府", "乾安县人民政府"),
        ("乾县", "乾县"),
        ("乾政辦發", "乾政办发"),
        ("乾隆年間", "乾隆年间"),
        ("治理乾旱地塊", "治理干旱地块"),
        ("餅乾廠", "饼干厂"),
        ("乾淨", "干净"),
        ("干部", "干部"),
    ],
)
def test_a_character_of_names_is_dry_only_where_it_means_dry(printed: str, folded: str) -> None:
    assert fold(printed) == to_simplified(printed) == folded
    assert len(folded) == len(printed)


def characters_of_gb2312() -> list[str]:
    pairs = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return [char for pair in pairs for char in pair.decode("gb2312", "ignore")]


def phrases_of_the_converter(folder: Path) -> list[tuple[str, str]]:
    """Return the words that the converter knows as wholes, each with what it makes of them, by the program of its package."""
    package = Path(opencc.__file__).parent
    program, data = package / "clib" / "bin" / "opencc_dict", package / "clib" / "share" / "opencc" / "TSPhrases.ocd2"
    if not program.exists() or not os.access(program, os.X_OK):
        pytest.skip("the package opencc of this system brings no program that prints its tables")
    subprocess.run([program, "-i", data, "-o", folder / "phrases.txt", "-f", "ocd2", "-t", "text"], check=True)
    lines = (folder / "phrases.txt").read_text(encoding="utf-8").splitlines()
    return [(word, made.split()[0]) for word, made in (line.split("\t") for line in lines)]


def test_what_passes_for_simplified_is_what_the_converter_leaves_alone(tmp_path: Path) -> None:
    converter = opencc.OpenCC("t2s")
    characters = characters_of_gb2312()
    assert len(characters) > 7_000
    passed = [char for char in characters if _is_simplified(char)]
    assert len(passed) > 0.99 * len(characters)
    assert [char for char in passed if converter.convert(char) != char] == []
    phrases = phrases_of_the_converter(tmp_path)
    assert len(phrases) > 300
    assert [word for word, made in phrases if word != made and _is_simplified(word)] == []
