"""The catalogue of questions: what each is called, asks, needs and gives back (`catalogue.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from queries.faults import UnknownNameError

ParamType = Literal["text", "texts", "integer", "date", "boolean"]
ColumnType = Literal["text", "integer", "number", "boolean", "date"]

GROUPS = {
    0: {"zh": "库中有什么", "en": "What is held"},
    1: {"zh": "往下：任务如何逐级落实", "en": "Downward: how a task cascades"},
    2: {"zh": "往上：任务从哪里来", "en": "Upward: where a task comes from"},
    3: {"zh": "对照：逐条对照表", "en": "Side by side: the correlation table"},
    4: {"zh": "覆盖：主题与地方", "en": "Coverage: themes by places"},
    5: {"zh": "谁来做：单位", "en": "Who: units"},
    6: {"zh": "何时完成：时限", "en": "When: deadlines"},
    7: {"zh": "做多少：目标值", "en": "How much: targets"},
    8: {"zh": "关联与缺失", "en": "Connections and what is missing"},
}
"""What an analyst asks, in groups; 0 holds the plain lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A parameter of a question; `names` tells what kind of thing it names, in whatever words it is named.

    `values` is the closed list of the vocabulary that it takes a value of, or that value's word in any language.
    """

    name: str
    type: ParamType = "text"
    required: bool = False
    default: str | bool | int | None = None
    names: str | None = None
    values: str | None = None

    @property
    def takes(self) -> str:
        """The values that it takes, in one word: a type, or the name of a closed list."""
        return self.values or self.type


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of an answer and the type of its values; every value may also be None."""

    name: str
    type: ColumnType = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question of the catalogue.

    Its text stands in `library/<name>.cypher`, or `function` (`module:function`) composes it. `sort` names
    columns, `-` before those that come down; a hidden column may stand there too. Rows that differ in nothing
    but the `joined` columns become one, their values joined in order. `see` is another question, with parameters,
    whose rows are counted in a note.
    """

    name: str
    group: int
    zh: str
    en: str
    params: tuple[Param, ...] = ()
    columns: tuple[Column, ...] = ()
    sort: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    function: str | None = None
    inner: bool = False
    see: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def question(self, language: str) -> str:
        """Return the question as a sentence in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


def params(text: str) -> tuple[Param, ...]:
    """Return the parameters that a short line declares: `name[:type][=default][!][@kind]`, `!` for required.

    A type may be a closed list of the vocabulary.

    >>> params("task!@task start:date")[0]
    Param(name='task', type='text', required=True, default=None, names='task', values=None)
    """
    return tuple(_param(word) for word in text.split())


def _param(word: str) -> Param:
    word, _, kind = word.partition("@")
    required = word.endswith("!")
    word, _, default = word.rstrip("!").partition("=")
    name, _, type_name = word.partition(":")
    value: str | bool | int | None = default or None
    if type_name == "boolean":
        value = default == "true"
    elif type_name == "integer" and default:
        value = int(default)
    listed = type_name if type_name and type_name not in get_args(ParamType) else None
    base = "text" if listed or not type_name else type_name
    return Param(name=name, type=base, required=required, default=value, names=kind or None, values=listed)  # type: ignore[arg-type]


def columns(text: str) -> tuple[Column, ...]:
    """Return the columns that a short line declares: `name[:type]`.

    >>> columns("task hops:integer")
    (Column(name='task', type='text'), Column(name='hops', type='integer'))
    """
    found = (word.partition(":") for word in text.split())
    return tuple(Column(name=name, type=type_name or "text") for name, _, type_name in found)  # type: ignore[arg-type]


@cache
def catalogue() -> dict[str, Query]:
    """Return every question by name, in the order of the listing."""
    entries = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    return {name: _query(name, entry) for name, entry in entries.items()}


def _query(name: str, entry: dict[str, Any]) -> Query:
    return Query(
        name=name,
        group=entry["group"],
        zh=entry["zh"],
        en=entry["en"],
        params=params(entry.get("params", "")),
        columns=columns(entry["columns"]),
        sort=tuple(entry.get("sort", "").split()),
        joined=tuple(entry.get("joined", "").split()),
        function=entry.get("function"),
        inner=entry.get("inner", False),
        see=entry.get("see"),
    )


def find(name: str) -> Query:
    """Return the question of that name.

    Raises:
        UnknownNameError: there is none; the message names what is near.
    """
    known = catalogue()
    wanted = name.strip().replace("-", "_")
    if wanted not in known:
        raise UnknownNameError("question", name, [one.name for one in known.values() if not one.inner])
    return known[wanted]
