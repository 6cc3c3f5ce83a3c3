"""Patterns as data: each with examples of what it finds and what it skips."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_NAMED = re.compile(r"\{((?:[a-z_]+\.)?[A-Z][A-Z_]*(?::apart)?)\}")
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One pattern of a file: its name, the compiled expression, and what else the file says of it in `data`.

    `finds` are examples in which it is found, `skips` examples in which it is not; both are tests. `data["by"]` says
    where an example is looked at otherwise than anywhere: `match` at its beginning, `fullmatch` as a whole.
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
def load_words(stem: str) -> Mapping[str, tuple[str, ...]]:
    """Return the word lists of the file `stem`.toml (its table `words`), each in the order printed there.

    An entry {NAME} of a list stands for all words of the earlier list of that name.
    """
    known: dict[str, tuple[str, ...]] = {}
    for name, entries in load_table(stem).get("words", {}).items():
        listed = (known[entry[1:-1]] if entry.startswith("{") else (entry,) for entry in entries)
        known[name] = tuple(word for words in listed for word in words)
    return known


@cache
def load_patterns(stem: str) -> tuple[Pattern, ...]:
    """Return the patterns of the file `stem`.toml in the order printed there.

    A name in braces of a pattern stands for any word of the list of that name in the file's table `words`, the longest
    first, or for the part of that name in its table `parts`. Where the file says `words_of = ["genres"]`,
    {genres.NAME} stands for any word of that list of genres.toml; where it says `parts_of = ["deadlines"]`, the parts of
    deadlines.toml are its own too. {NAME:apart} finds the words with blanks between
    their letters too. In a file that says `verbose = true` blanks in a pattern mean nothing.
    """
    table = load_table(stem)
    flags = re.VERBOSE if table.get("verbose") else re.NOFLAG
    return tuple(_pattern(entry, _known(stem), flags) for entry in table.get("pattern", ()))


@cache
def by_name(stem: str) -> Mapping[str, re.Pattern[str]]:
    """Return the expressions of the file `stem`.toml by their names."""
    return {pattern.name: pattern.regex for pattern in load_patterns(stem)}


def any_of(patterns: Iterable[Pattern]) -> re.Pattern[str]:
    """Return one expression that stands wherever one of some stands, where it is enough to know that: its groups bear no names."""
    found = [pattern.regex for pattern in patterns]
    joined = "|".join(f"(?:{_NAMED_GROUP.sub('(?:', one.pattern)})" for one in found)
    return re.compile(joined, found[0].flags)


def expand(pattern: str, known: Mapping[str, str]) -> str:
    """Return `pattern` with what is known for every {NAME} or {file.NAME} put in; raises KeyError for another name.

    >>> expand("{YEAR}年", {"YEAR": "[0-9]{4}"})
    '[0-9]{4}年'
    """
    return _NAMED.sub(lambda match: known[match[1]], pattern)


@cache
def _known(stem: str) -> Mapping[str, str]:
    """Return what the names in braces of a file's patterns stand for."""
    table = load_table(stem)
    known = _known_words(stem)
    for other in table.get("words_of", ()):
        known |= {f"{other}.{name}": words for name, words in _known_words(other).items()}
    for other in table.get("parts_of", ()):
        known |= {name: part for name, part in _known(other).items() if name in load_table(other).get("parts", {})}
    for name, part in table.get("parts", {}).items():
        known[name] = expand(part, known)
    return known


def _known_words(stem: str) -> dict[str, str]:
    known = {}
    for name, words in load_words(stem).items():
        known[name] = _any_of(words, "")
        known[f"{name}:apart"] = _any_of(words, r"\s*")
    return known


def _any_of(words: Sequence[str], between: str) -> str:
    """Return an expression for any of the words, the longest of those that begin alike first.

    Words with one first character share it, so that the search looks at each first character once.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append("".join(between + re.escape(letter) for letter in word[1:]))
    branches = (
        re.escape(first) + (found[0] if len(found) == 1 else f"(?:{'|'.join(found)})") for first, found in rests.items()
    )
    return f"(?:{'|'.join(branches)})"


def _pattern(entry: Mapping[str, Any], known: Mapping[str, str], flags: re.RegexFlag) -> Pattern:
    data = {key: value for key, value in entry.items() if key not in ("name", "pattern", "finds", "skips")}
    return Pattern(
        name=entry["name"],
        regex=re.compile(expand(entry["pattern"], known), flags),
        finds=tuple(entry.get("finds", ())),
        skips=tuple(entry.get("skips", ())),
        data=data,
    )
