"""What a question gives back: columns, rows in declared order, and notes about what the rows cannot say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.store.base import Row, Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to know beside the rows: a code that the command line has words for, and what fills them."""

    code: str
    values: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: every row holds every column, None where nothing is known."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows in order."""
        return iter(self.rows)

    def column(self, name: str) -> list[Scalar]:
        """Return one column, from the first row to the last."""
        return [row[name] for row in self.rows]


def shaped(columns: Iterable[str], rows: Iterable[Mapping[str, Scalar]]) -> tuple[Row, ...]:
    """Return the rows with just these columns, in this order; a column that a row lacks is None.

    >>> shaped(("task", "end"), [{"end": None, "task": "yunxi/2.1", "order": 3}, {"task": "yunxi/2.2"}])
    ({'task': 'yunxi/2.1', 'end': None}, {'task': 'yunxi/2.2', 'end': None})
    """
    named = tuple(columns)
    return tuple({name: row.get(name) for name in named} for row in rows)
