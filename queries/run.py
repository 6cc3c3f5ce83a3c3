"""Asking a question of the catalogue: parameters checked, rows joined, typed and put in declared order."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from graph.store.base import Parameters, Row, Scalar, Store
from queries.answer import Answer, shaped, values_of
from queries.catalog import Column, Param, Query, find
from queries.faults import ParameterError, close

Value = Scalar | Sequence[Scalar]
SortKey = tuple[int, float, str]
LEVELS = {"central": 0, "province": 1, "city": 2, "county": 3, "town": 4}
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_DIGITS = re.compile(r"[0-9]{1,9}")
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
    rows = shaped(asked.names, ask(asked, store, given))
    if asked.see is None:
        return Answer(name=asked.name, columns=asked.names, rows=rows)
    from queries.further import further

    return Answer(name=asked.name, columns=asked.names, rows=rows, notes=further(asked.see, store, given))


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
    kept: dict[str, list[str]] | None = getattr(store, "kept", None)
    if kept is None:
        return _passed_over(store)
    if "passed_over" not in kept:
        kept["passed_over"] = _passed_over(store)
    return kept["passed_over"]


def _passed_over(store: Store) -> list[str]:
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


def typed(rows: list[Row], columns: Sequence[Column]) -> list[Row]:
    """Return the rows, changed in place: the values of declared columns made of their types, whatever the store gave."""
    for column in columns:
        if column.type in _MAKERS:
            kind, make = _MAKERS[column.type]
            name = column.name
            for row in rows:
                value = row.get(name)
                if value is not None and type(value) is not kind:
                    row[name] = make(value)
    return rows


# What values of a type are, where they need no making, and what makes them.
_MAKERS: dict[str, tuple[type | None, Callable[[Scalar], Scalar]]] = {
    "integer": (int, lambda value: int(value or 0)),
    "number": (None, lambda value: round(float(value or 0), 6)),
    "boolean": (bool, lambda value: value in (True, 1, "true")),
}


def joined(rows: list[Row], query: Query) -> list[Row]:
    """Return the rows, those that differ only in the joined columns made one, in order of the printed list."""
    if not query.joined:
        return rows
    mark_of = values_of([name for name in query.names if name not in query.joined])
    groups: dict[tuple[Scalar, ...], list[tuple[SortKey, int, Row]]] = {}
    known: dict[Scalar, SortKey] = {}
    for number, row in enumerate(rows):
        place = row.get("place_in_list")
        order = known.get(place) or known.setdefault(place, sort_value("place_in_list", place))
        groups.setdefault(mark_of(row), []).append((order, number, row))
    listed = list(groups.values())
    for group in listed:
        group.sort(key=_place)
    listed.sort(key=_first_place)
    return [_one_row([row for _, _, row in group], query.joined) for group in listed]


def _place(found: tuple[SortKey, int, Row]) -> tuple[SortKey, int]:
    return found[:2]


def _first_place(group: list[tuple[SortKey, int, Row]]) -> tuple[SortKey, int]:
    return group[0][:2]


def _one_row(rows: list[Row], names: Sequence[str]) -> Row:
    found = dict(rows[0])
    for name in names:
        values = [str(value) for row in rows if (value := row.get(name)) is not None]
        found[name] = (values[0] if len(values) == 1 else JOINT.join(dict.fromkeys(values))) if values else None
        found[name] = found[name] or None
    return found


def sort_rows(rows: list[Row], keys: Sequence[str]) -> list[Row]:
    """Return the rows by the keys, `-` before one that comes down; what is not known comes last either way.

    >>> sort_rows([{"end": None}, {"end": "2020-12-31"}, {"end": "2019-06-30"}], ["end"])
    [{'end': '2019-06-30'}, {'end': '2020-12-31'}, {'end': None}]
    """
    columns = []
    for key in keys:
        marks = _marks(rows, key.lstrip("-"))
        if key[0] == "-":
            if any(kind == _TEXT for kind, _, _ in marks):
                return _one_by_one(rows, keys)
            marks = [(kind, -size, text) for kind, size, text in marks]
        columns.append(marks)
    # All keys at once: what comes from a store is mostly in order already, and stays so.
    together = list(zip(*columns, strict=True))
    return [rows[place] for place in sorted(range(len(together)), key=together.__getitem__)] if keys else list(rows)


def _one_by_one(rows: list[Row], keys: Sequence[str]) -> list[Row]:
    """Return the rows sorted by the last key first: texts that come down have no one mark to sort by."""
    found = list(rows)
    for key in reversed(keys):
        name = key.lstrip("-")
        found.sort(key=lambda row, name=name: sort_value(name, _hidden(row, name)), reverse=key[0] == "-")  # type: ignore[misc]
        if key[0] == "-":
            found.sort(key=lambda row, name=name: _hidden(row, name) is None)  # type: ignore[misc]
    return found


def _marks(rows: list[Row], name: str) -> list[SortKey]:
    known: dict[Scalar, SortKey] = {}
    found = []
    for row in rows:
        value = row[name] if name in row else _hidden(row, name)
        mark = known.get(value)
        if mark is None:
            mark = known[value] = sort_value(name, value)
        found.append(mark)
    return found


def _hidden(row: Row, name: str) -> Scalar:
    if name == "document" and "document" not in row and isinstance(row.get("task"), str):
        return str(row["task"]).rpartition("/")[0]
    return row.get(name)


def sort_value(name: str, value: Scalar) -> SortKey:
    """Return what a value sorts by: levels from the top, numbers (also inside text) by size, None last.

    >>> sort_value("task", "yunxi/2.9") < sort_value("task", "yunxi/2.10")
    True
    """
    if value is None:
        return _LAST
    if isinstance(value, str):
        if name == "level" and value in LEVELS:
            return (0, LEVELS[value], "")
        return (_TEXT, 0.0, _DIGITS.sub(_by_size, value))
    return (0, float(value), "")


_TEXT = 1
_LAST: SortKey = (2, 0.0, "")


def _by_size(found: "re.Match[str]") -> str:
    # Numbers stand before all other characters, and behind the end of a text.
    return "\0" + found[0].zfill(9)
