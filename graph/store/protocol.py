"""The protocol of stores: a store is a projection of a snapshot that answers questions and can be rebuilt."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol, Self

Scalar = str | int | float | bool | None
AnswerRow = dict[str, Scalar]
"""One row of an answer, by columns."""
Parameters = Mapping[str, Scalar | Sequence[Scalar]]
Dialect = Literal["cypher", "sparql"]


class Store(Protocol):
    """A projection that answers questions in its dialect, and is not written through this: who asks changes nothing.

    A store that names this as its base has what opens and closes it from here.
    """

    dialect: Dialect
    memo: dict[str, Any] | None = None
    """Answers by name that stay the same while the store is open; None where others may write into it meanwhile."""
    graph_folder: Path | None = None
    """The folder of the graph that this is made of, where what people recorded stands beside it; None of a server."""

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        """Return the rows of a read-only query, columns by name, in the query's order.

        Raises:
            UsageError: the query is not understood, or writes.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; the store answers no more."""
        ...

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the store."""
        self.close()
