"""The rows of a question as it declares them: values typed, rows of one list joined, in declared order."""

import re
from collections.abc import Callable, Sequence

from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Scalar
from queries.answer import values_of
from queries.catalog import Column, Query

SortKey = tuple[int, float, str]
_DIGITS = re.compile(r"[0-9]{1,9}")
JOINT = "、"


def typed(rows: list[AnswerRow], columns: Sequence[Column]) -> list[AnswerRow]:
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


def joined(rows: list[AnswerRow], query: Query) -> list[AnswerRow]:
    """Return the rows, those that differ only in the joined columns made one, in order of the printed list."""
    if not query.joined:
        return rows
    mark_of = values_of([name for name in query.names if name not in query.joined])
    groups: dict[tuple[Scalar, ...], list[tuple[SortKey, int, AnswerRow]]] = {}
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


def _place(found: tuple[SortKey, int, AnswerRow]) -> tuple[SortKey, int]:
    return found[:2]


def _first_place(group: list[tuple[SortKey, int, AnswerRow]]) -> tuple[SortKey, int]:
    return group[0][:2]


def _one_row(rows: list[AnswerRow], names: Sequence[str]) -> AnswerRow:
    found = dict(rows[0])
    for name in names:
        values = [str(value) for row in rows if (value := row.get(name)) is not None]
        found[name] = (values[0] if len(values) == 1 else JOINT.join(dict.fromkeys(values))) if values else None
        found[name] = found[name] or None
    return found


def sort_rows(rows: list[AnswerRow], keys: Sequence[str]) -> list[AnswerRow]:
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


def _one_by_one(rows: list[AnswerRow], keys: Sequence[str]) -> list[AnswerRow]:
    """Return the rows sorted by the last key first: texts that come down have no one mark to sort by."""
    ordered = list(rows)
    for key in reversed(keys):
        name = key.lstrip("-")
        ordered.sort(key=lambda row, name=name: sort_value(name, _hidden(row, name)), reverse=key[0] == "-")  # type: ignore[misc]
        if key[0] == "-":
            ordered.sort(key=lambda row, name=name: _hidden(row, name) is None)  # type: ignore[misc]
    return ordered


def _marks(rows: list[AnswerRow], name: str) -> list[SortKey]:
    known: dict[Scalar, SortKey] = {}
    marks = []
    for row in rows:
        value = row[name] if name in row else _hidden(row, name)
        mark = known.get(value)
        if mark is None:
            mark = known[value] = sort_value(name, value)
        marks.append(mark)
    return marks


def _hidden(row: AnswerRow, name: str) -> Scalar:
    if name == "document" and "document" not in row and isinstance(row.get("task"), str):
        return str(row["task"]).rpartition("/")[0]
    return row.get(name)


# Columns whose values have the order of a closed list.
_IN_ORDER = {"level": "level", "scope": "unit_scope"}


def sort_value(name: str, value: Scalar) -> SortKey:
    """Return the sort key of a value: levels from the top, the whole before its parts, numbers by size, None last.

    Numbers inside text count by their size too.

    >>> sort_value("task", "yunxi/2.9") < sort_value("task", "yunxi/2.10")
    True
    """
    if value is None:
        return _LAST
    if isinstance(value, str):
        listed = _IN_ORDER.get(name)
        if listed and (at := order_of(listed).get(value)) is not None:
            return (0, at, "")
        return (_TEXT, 0.0, _DIGITS.sub(_by_size, value))
    return (0, float(value), "")


_TEXT = 1
_LAST: SortKey = (2, 0.0, "")


def _by_size(found: "re.Match[str]") -> str:
    # Numbers stand before all other characters, and behind the end of a text.
    return "\0" + found[0].zfill(9)
