"""The answer to a question: columns, rows in declared order, and notes about what the rows cannot say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from graph.store.protocol import AnswerRow, Scalar

if TYPE_CHECKING:
    from queries.catalog import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to know beside the rows: a code that the command line has words for, and what fills them."""

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: every row holds every column, None where nothing is known.

    `typed` declares the columns of an answer whose `name` is no question of the catalogue, which declares its own.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    notes: tuple[Note, ...] = ()
    typed: "tuple[Column, ...]" = ()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[AnswerRow]:
        """Yield the rows in order."""
        return iter(self.rows)

    def column(self, name: str) -> list[Scalar]:
        """Return one column, from the first row to the last."""
        return [row[name] for row in self.rows]


def shaped(columns: Iterable[str], rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    """Return the rows with just these columns, in this order; a column that a row lacks is None.

    >>> shaped(("task", "end"), [{"end": None, "task": "yunxi/2.1", "order": 3}, {"task": "yunxi/2.2"}])
    ({'task': 'yunxi/2.1', 'end': None}, {'task': 'yunxi/2.2', 'end': None})
    """
    named = tuple(columns)
    values = values_of(named)
    return tuple(row if tuple(row) == named else dict(zip(named, values(row), strict=True)) for row in rows)


def values_of(names: Sequence[str]) -> Callable[[Mapping[str, Scalar]], tuple[Scalar, ...]]:
    """Return a function from a row to its values in these columns; a missing one is None.

    >>> values_of(["task", "end"])({"task": "yunxi/2.1"})
    ('yunxi/2.1', None)
    """
    if len(names) < 2:
        return lambda row: tuple(row.get(name) for name in names)
    quick = itemgetter(*names)

    def found(row: Mapping[str, Scalar]) -> tuple[Scalar, ...]:
        try:
            return cast(tuple[Scalar, ...], quick(row))
        except KeyError:
            return tuple(row.get(name) for name in names)

    return found
