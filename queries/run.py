"""Asking a question of the catalogue: parameters checked, rows joined, typed and put in declared order."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from graph.store.base import Parameters, Row, Scalar, Store
from queries.answer import Answer, shaped
from queries.catalog import Column, Param, Query, find
from queries.faults import ParameterError, close

Value = Scalar | Sequence[Scalar]
LEVELS = {"central": 0, "province": 1, "city": 2, "county": 3, "town": 4}
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_DIGITS = re.compile(r"(\d{1,9})")
_SUFFIX = {"cypher": ".cypher", "sparql": ".rq"}
JOINT = "、"


class Composed(Protocol):
    """A question that is made of others."""

    def __call__(self, store: Store, query: Query, **params: Value) -> Answer:
        """Return its answer."""
        ...


def run(query: Query | str, store: Store, **params: Value) -> Answer:
    """Return the answer of a question, rows in its declared order.

    Raises:
        UnknownNameError: no question has that name.
        ParameterError: a parameter is unknown, missing or cannot be read.
        StoreError: the store cannot be read.
    """
    asked = find(query) if isinstance(query, str) else query
    given = resolved(asked, store, checked(asked, params))
    if asked.function:
        module, _, name = asked.function.partition(":")
        return cast(Composed, getattr(import_module(module), name))(store, asked, **given)
    rows = ask(asked, store, given)
    return Answer(name=asked.name, columns=asked.names, rows=shaped(asked.names, rows))


def ask(query: Query, store: Store, given: Mapping[str, Value]) -> list[Row]:
    """Return the rows of a question with its hidden columns, joined, typed and sorted."""
    text = text_of(query, store.dialect)
    parameters = dict(given)
    if "$passed_over" in text or "?passed_over" in text:
        parameters["passed_over"] = passed_over(store)
    rows = store.ask(text, cast(Parameters, parameters))
    return sort_rows(joined(typed(rows, query.columns), query), query.sort)


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def text_of(query: Query, dialect: str = "cypher") -> str:
    """Return the text of a question in a dialect, as it stands in the library."""
    return _read(Path(__file__).parent / "library" / f"{query.name}{_SUFFIX[dialect]}")


def passed_over(store: Store) -> list[str]:
    """Return the pairs `policy document` of the tellings that questions do not read."""
    return [str(row["pair"]) for row in ask(find("passed_over"), store, {})]


# -- parameters


def checked(query: Query, params: Mapping[str, Value]) -> dict[str, Value]:
    """Return the parameters of a question, read by their types, None for those that are not given.

    Raises:
        ParameterError: one is unknown, missing or cannot be read.
    """
    known = {param.name: param for param in query.params}
    for name in params:
        if name not in known:
            near = close(name, list(known)) or sorted(known)
            raise ParameterError(
                "parameter_unknown",
                f"question {query.name} has no parameter {name!r}; it has {', '.join(near) or 'none'}",
                question=query.name, name=name, known=", ".join(near) or "-",
            )  # fmt: skip
    found: dict[str, Value] = {}
    for name, param in known.items():
        value = params.get(name)
        if value is None or value == "" or (param.type == "texts" and not value):
            if param.required:
                raise ParameterError(
                    "parameter_missing", f"question {query.name} needs the parameter {name!r}",
                    question=query.name, name=name,
                )  # fmt: skip
            value = param.default
        found[name] = None if value is None else _value(query, param, value)
    return found


def _value(query: Query, param: Param, value: Value) -> Value:
    if param.type == "texts":
        return [str(one) for one in ([value] if isinstance(value, str) else cast(Sequence[Scalar], value))]
    if param.type == "text":
        return str(value)
    if param.type == "boolean" and str(value).lower() in {"true", "false", "1", "0", "yes", "no"}:
        return str(value).lower() in {"true", "1", "yes"}
    if param.type == "integer" and str(value).lstrip("-").isdigit():
        return int(str(value))
    if param.type == "date" and _is_day(str(value)):
        return str(value)
    raise ParameterError(
        "parameter_unread", f"{param.name} is {value!r}; it must be a {param.type}" + _shape(param.type),
        question=query.name, name=param.name, value=str(value), type=param.type,
    )  # fmt: skip


def _shape(type_name: str) -> str:
    return " such as 2026-12-31" if type_name == "date" else ""


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DAY.match(text))


def resolved(query: Query, store: Store, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the parameters with the names in them made keys, each by the kind of thing it names.

    Raises:
        UnknownNameError: nothing is named so.
        SeveralNamesError: several things are.
    """
    from queries.names import resolve

    found = dict(given)
    for param in query.params:
        value = found.get(param.name)
        if not param.names or value is None:
            continue
        if param.type == "texts":
            keys = [key for one in cast(Sequence[str], value) for key in resolve(store, param.names, one)]
            found[param.name] = list(dict.fromkeys(keys))
        else:
            found[param.name] = resolve(store, param.names, str(value))[0]
    return found


# -- rows


def typed(rows: Iterable[Row], columns: Sequence[Column]) -> list[Row]:
    """Return the rows with the values of declared columns made of their types, whatever the store gave."""
    makers: list[tuple[str, Callable[[Scalar], Scalar]]] = [
        (column.name, _MAKERS[column.type]) for column in columns if column.type in _MAKERS
    ]
    found = []
    for row in rows:
        fresh = dict(row)
        for name, make in makers:
            value = fresh.get(name)
            if value is not None:
                fresh[name] = make(value)
        found.append(fresh)
    return found


_MAKERS: dict[str, Callable[[Scalar], Scalar]] = {
    "integer": lambda value: int(value or 0),
    "number": lambda value: round(float(value or 0), 6),
    "boolean": lambda value: value in (True, 1, "true"),
}


def joined(rows: list[Row], query: Query) -> list[Row]:
    """Return the rows, those that differ only in the joined columns made one, in order of the printed list."""
    if not query.joined:
        return rows
    same = [name for name in query.names if name not in query.joined]
    held: dict[tuple[Scalar, ...], Row] = {}
    parts: dict[tuple[Scalar, ...], dict[str, list[str]]] = {}
    for row in sorted(rows, key=lambda one: sort_value("place_in_list", one.get("place_in_list"))):
        mark = tuple(row.get(name) for name in same)
        held.setdefault(mark, row)
        collected = parts.setdefault(mark, {name: [] for name in query.joined})
        for name in query.joined:
            value = row.get(name)
            if value is not None and str(value) not in collected[name]:
                collected[name].append(str(value))
    return [row | {name: JOINT.join(parts[mark][name]) or None for name in query.joined} for mark, row in held.items()]


def sort_rows(rows: list[Row], keys: Sequence[str]) -> list[Row]:
    """Return the rows by the keys, `-` before one that comes down; what is not known comes last either way.

    >>> sort_rows([{"end": None}, {"end": "2020-12-31"}, {"end": "2019-06-30"}], ["end"])
    [{'end': '2019-06-30'}, {'end': '2020-12-31'}, {'end': None}]
    """
    found = list(rows)
    for key in reversed(keys):
        name = key.lstrip("-")
        found.sort(key=lambda row, name=name: sort_value(name, _hidden(row, name)), reverse=key[0] == "-")  # type: ignore[misc]
        if key[0] == "-":
            found.sort(key=lambda row, name=name: _hidden(row, name) is None)  # type: ignore[misc]
    return found


def _hidden(row: Row, name: str) -> Scalar:
    if name == "document" and "document" not in row and isinstance(row.get("task"), str):
        return str(row["task"]).rpartition("/")[0]
    return row.get(name)


def sort_value(name: str, value: Scalar) -> tuple[bool, tuple[tuple[int, float, str], ...]]:
    """Return what a value sorts by: levels from the top, numbers (also inside text) by size, None last.

    >>> sort_value("task", "yunxi/2.9") < sort_value("task", "yunxi/2.10")
    True
    """
    if value is None:
        return (True, ())
    if name == "level" and value in LEVELS:
        return (False, ((0, LEVELS[str(value)], ""),))
    if isinstance(value, (bool, int, float)):
        return (False, ((0, float(value), ""),))
    parts = (part for part in _DIGITS.split(value) if part)
    return (
        False,
        tuple((0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0.0, part) for part in parts),
    )
