"""The vocabulary as data: nodes, links and closed lists; labels, columns, documentation and checks derive from it.

The files beside this one are read once; `tests/graph/test_schema.py` checks them against each other.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.errors import RecordError

BASE_TYPES = ("text", "integer", "number", "boolean", "date", "json", "texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyKind:
    """One kind of node or link: its properties by name with their types, and its words for people.

    `source` and `target` are the labels at its ends; both are empty for a node. `key` (and `name`, of a node) are not
    listed: they stand on everything.
    """

    name: str
    properties: Mapping[str, str]
    required: tuple[str, ...]
    label: Mapping[str, str]
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """All kinds, in the order of the files, and the closed lists with their words: `values[list][value][zh|en]`."""

    nodes: Mapping[str, VocabularyKind]
    edges: Mapping[str, VocabularyKind]
    values: Mapping[str, Mapping[str, Mapping[str, str]]]

    def word(self, kind: str, value: str, language: str = "zh") -> str:
        """Return the word for people of a value of a closed list, or the value itself where it is not of the list."""
        return self.values[kind].get(value, {}).get(language, value)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("graph.schema").joinpath(name).read_text(encoding="utf-8"))


def _kind(name: str, entry: Mapping[str, Any]) -> VocabularyKind:
    return VocabularyKind(
        name=name,
        properties=dict(entry["properties"]),
        required=tuple(entry["required"]),
        label=dict(entry["label"]),
        source=tuple(entry.get("source", ())),
        target=tuple(entry.get("target", ())),
    )


@cache
def closed_lists() -> dict[str, dict[str, dict[str, str]]]:
    """Return the closed lists alone, `[list][value][zh|en]`: reading the whole vocabulary makes a cold command wait."""
    return _read("values.toml")


@cache
def order_of(listed: str) -> Mapping[str, int]:
    """Return the values of a closed list, each with its place in it: levels from the top, relations from the closest.

    >>> sorted(["town", "central", "city"], key=order_of("level").__getitem__)
    ['central', 'city', 'town']
    """
    return {value: at for at, value in enumerate(closed_lists()[listed])}


def listed_value(listed: str, word: str) -> str | None:
    """Return the value of a closed list that a word means, by itself or in any language; None where it means none.

    >>> listed_value("level", "city"), listed_value("level", "市级"), listed_value("level", "town hall")
    ('city', 'city', None)
    """
    wanted = word.strip().lower().removesuffix("级")
    return next((one for one, words in closed_lists()[listed].items() if wanted in {one, *words.values()}), None)


def listed_words(listed: str) -> str:
    """Return the values of a closed list as people may give them.

    >>> listed_words("due_state")
    'overdue (逾期), soon (临期), later (未到期), done (已完成), cancelled (已取消), closed (规划期已满)'
    """
    return ", ".join(f"{value} ({words['zh']})" for value, words in closed_lists()[listed].items())


@cache
def schema() -> Schema:
    """Return the vocabulary, read once and checked.

    Raises:
        RecordError: a property has an unknown type, a required one is not listed, or a link ends at an unknown kind.
    """
    values = closed_lists()
    nodes = {name: _kind(name, entry) for name, entry in _read("nodes.toml").items()}
    edges = {name: _kind(name, entry) for name, entry in _read("edges.toml").items()}
    for kind in (*nodes.values(), *edges.values()):
        for name, type_name in kind.properties.items():
            if type_name not in BASE_TYPES and type_name not in values:
                raise RecordError(
                    "{kind}.{name} has the unknown type {type!r}", kind=kind.name, name=name, type=type_name
                )
        if missing := set(kind.required) - set(kind.properties):
            raise RecordError(
                "{name} requires {missing}, which it does not list", name=kind.name, missing=sorted(missing)
            )
        if unknown := {*kind.source, *kind.target} - set(nodes):
            raise RecordError(
                "{name} ends at {unknown}, which is no kind of node", name=kind.name, unknown=sorted(unknown)
            )
    return Schema(nodes=nodes, edges=edges, values=values)
