"""Answers as pandas DataFrames: every column of the type that the catalogue declares, rows in the order of the answer."""

from collections.abc import Sequence
from typing import Any

from graph.errors import UsageError
from graph.store.protocol import Scalar
from queries.answer import Answer
from queries.catalog import Column, ColumnType, catalogue

_DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean"}


def frame(answer: Answer, in_order: Sequence[str] = ()) -> Any:  # noqa: ANN401 - pandas is optional
    """Return an answer as a DataFrame with all its columns; its notes are in `.attrs["notes"]`.

    Whole numbers are `Int64`, numbers `float64`, booleans `boolean`, dates `datetime64[ns]`; text is `object`. A date
    column with a day that `datetime64[ns]` cannot hold (after 2262) stays ISO text, and the note `dates_as_text`
    names it. The columns `in_order` are ordered categories, so that a pivot keeps the order of the rows.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise UsageError("pandas is not installed: pip install 'zhengmai[notebook]', or use answer()") from error
    types = {column.name: column.type for column in _declared(answer)}
    notes: list[dict[str, Scalar]] = [{"code": note.code, **note.values} for note in answer.notes]
    columns, as_text = {}, []
    for name in answer.columns:
        values = answer.column(name)
        kind = types.get(name) or _kind(values)
        if name in in_order:
            known = list(dict.fromkeys(value for value in values if value is not None))
            columns[name] = pandas.Series(pandas.Categorical(values, categories=known, ordered=True))
        elif kind == "date" and (days := _days(pandas, values)) is not None:
            columns[name] = days
        else:
            as_text += [name] if kind == "date" else []
            columns[name] = pandas.Series(values, dtype=_DTYPES.get(kind, "object"))
    if as_text:
        notes.append({"code": "dates_as_text", "columns": ", ".join(as_text)})
    made = pandas.DataFrame(columns, columns=list(answer.columns))
    made.attrs["notes"] = notes
    return made


def _declared(answer: Answer) -> Sequence[Column]:
    if answer.typed:
        return answer.typed
    query = catalogue().get(answer.name)
    return query.columns if query else ()


def _kind(values: Sequence[Scalar]) -> ColumnType:
    """Return the type of a column that nothing declares (of a typed-in query): the one that all its values have."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    return "number" if kinds and kinds <= {int, float} else "text"


def _days(pandas: Any, values: Sequence[Scalar]) -> Any:  # noqa: ANN401 - pandas carries no types
    """Return ISO days as a column of `datetime64[ns]`; None where that cannot hold one of them."""
    try:
        days = pandas.to_datetime(pandas.Series(values, dtype="object"), format="%Y-%m-%d")
        return days.astype("datetime64[ns]")
    except ValueError:
        return None
