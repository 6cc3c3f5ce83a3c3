"""Asking a question of the catalogue by its name: parameters checked, names in them looked up, rows in declared order."""

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from graph.schema.vocabulary import listed_value, listed_words
from graph.store.protocol import Scalar, Store
from queries.answer import Answer, shaped
from queries.catalog import Param, Query, find
from queries.faults import ParameterError, close
from queries.names import resolve
from queries.question_rows import ParameterValue, ask

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class Composed(Protocol):
    """A question that is made of others."""

    def __call__(self, store: Store, query: Query, **params: ParameterValue) -> Answer:
        """Return its answer."""
        ...


def run(query: Query | str, store: Store, **params: ParameterValue) -> Answer:
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
    from queries.counted_note import further

    return Answer(name=asked.name, columns=asked.names, rows=rows, notes=further(asked.see, store, given, run))


def checked(query: Query, params: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
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
                question=query.name,
                name=name,
                known=", ".join(near) or "-",
            )
    values: dict[str, ParameterValue] = {}
    for name, param in known.items():
        value = params.get(name)
        if value is None or value == "" or (param.type == "texts" and not value):
            if param.required:
                raise ParameterError(
                    "parameter_missing",
                    f"question {query.name} needs the parameter {name!r}",
                    question=query.name,
                    name=name,
                )
            value = param.default
        values[name] = None if value is None else _value(query, param, value)
    return values


def _value(query: Query, param: Param, value: ParameterValue) -> ParameterValue:
    if param.type == "texts":
        return [str(one) for one in ([value] if isinstance(value, str) else cast(Sequence[Scalar], value))]
    if param.values is not None:
        return _listed(query, param, str(value))
    if param.type == "text":
        return str(value)
    if param.type == "boolean" and str(value).lower() in {"true", "false", "1", "0", "yes", "no"}:
        return str(value).lower() in {"true", "1", "yes"}
    if param.type == "integer" and str(value).lstrip("-").isdigit():
        return int(str(value))
    if param.type == "date" and _is_day(str(value)):
        return str(value)
    raise ParameterError(
        "parameter_unread",
        f"{param.name} is {value!r}; it must be a {param.type}" + _shape(param.type),
        question=query.name,
        name=param.name,
        value=str(value),
        type=param.type,
    )


def _listed(query: Query, param: Param, value: str) -> str:
    """Return the value of the closed list that is meant, by itself or by its word in any language (市, 市级, city)."""
    listed = str(param.values)
    if found := listed_value(listed, value):
        return found
    known = listed_words(listed)
    raise ParameterError(
        "parameter_not_listed",
        f"{param.name} is {value!r}; it must be one of {known}",
        question=query.name,
        name=param.name,
        value=value,
        known=known,
    )


def _shape(type_name: str) -> str:
    return " such as 2026-12-31" if type_name == "date" else ""


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DAY.match(text))


def resolved(query: Query, store: Store, given: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
    """Return the parameters with the names in them made keys, each by the kind of thing it names.

    Raises:
        UnknownNameError: nothing is named so.
        SeveralNamesError: several things are.
    """
    values = dict(given)
    for param in query.params:
        value = values.get(param.name)
        if not param.names or value is None:
            continue
        if param.type == "texts":
            keys = [key for one in cast(Sequence[str], value) for key in resolve(store, param.names, one)]
            values[param.name] = list(dict.fromkeys(keys))
        else:
            values[param.name] = resolve(store, param.names, str(value))[0]
    return values
