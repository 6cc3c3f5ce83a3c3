"""Answers as plain values: what engines give of lists, maps and dates, as the rows of an answer hold it."""

import json
from collections.abc import Mapping, Set
from datetime import date
from math import isfinite
from typing import Any

from graph.store.protocol import Scalar

SCALARS = frozenset({str, int, float, bool, type(None)})
"""The types that stand in rows as they are."""


def as_scalar(value: Any, hidden: Set[str] = frozenset()) -> Scalar:  # noqa: ANN401 - whatever an engine gives
    """Return a value as one that stands in a row: a list or map as JSON text, a date as ISO text.

    Maps lose the names in `hidden`: those that only an engine or a server knows.

    JSON has no word for a number that is none: within a list or map it is null.

    >>> as_scalar({"b": [1, {"@rid": "#1:0"}], "a": "字"}, {"@rid"}), as_scalar([float("nan"), 0.5])
    ('{"a": "字", "b": [1, {}]}', '[null, 0.5]')
    """
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(_without(value, hidden), ensure_ascii=False, sort_keys=True, default=str)


def _without(value: Any, hidden: Set[str]) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {name: _without(one, hidden) for name, one in value.items() if name not in hidden}
    if isinstance(value, (list, tuple, set)):
        return [_without(one, hidden) for one in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value
