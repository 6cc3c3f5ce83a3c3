"""Patterns as data: each with examples of what it finds and what it skips."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One pattern of a file: its name, the compiled expression, and what else the file says of it in `data`.

    `finds` are examples in which it is found, `skips` examples in which it is not; both are tests.
    """

    name: str
    regex: re.Pattern[str]
    finds: tuple[str, ...]
    skips: tuple[str, ...]
    data: Mapping[str, Any]


@cache
def load_table(stem: str) -> Mapping[str, Any]:
    """Return the whole of the patterns file `stem`.toml as nested tables."""
    table: Mapping[str, Any] = tomllib.loads(
        files("loaders.patterns").joinpath(f"{stem}.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def load_patterns(stem: str) -> tuple[Pattern, ...]:
    """Return the patterns of the file `stem`.toml in the order printed there.

    A name in braces of a pattern ({DATE}) stands for the part of that name in the file's table `parts`.
    """
    table = load_table(stem)
    return tuple(_pattern(entry, table.get("parts", {})) for entry in table["pattern"])


@cache
def by_name(stem: str) -> Mapping[str, re.Pattern[str]]:
    """Return the expressions of the file `stem`.toml by their names."""
    return {pattern.name: pattern.regex for pattern in load_patterns(stem)}


def expand(pattern: str, parts: Mapping[str, str]) -> str:
    """Return `pattern` with every {NAME} of `parts` put in; parts may hold earlier parts.

    >>> expand("{YEAR}年", {"YEAR": "[0-9]{4}"})
    '[0-9]{4}年'
    """
    known: dict[str, str] = {}
    for name, text in parts.items():
        known[name] = _put_in(text, known)
    return _put_in(pattern, known)


def _put_in(text: str, known: Mapping[str, str]) -> str:
    for name, part in known.items():
        text = text.replace("{" + name + "}", part)
    return text


def _pattern(entry: Mapping[str, Any], parts: Mapping[str, str]) -> Pattern:
    data = {key: value for key, value in entry.items() if key not in ("name", "pattern", "finds", "skips")}
    return Pattern(
        name=entry["name"],
        regex=re.compile(expand(entry["pattern"], parts)),
        finds=tuple(entry.get("finds", ())),
        skips=tuple(entry.get("skips", ())),
        data=data,
    )
