"""What every store does: a store is a projection of a snapshot that answers questions and can be rebuilt."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol, Self

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

Scalar = str | int | float | bool | None
Row = dict[str, Scalar]
Parameters = Mapping[str, Scalar | Sequence[Scalar]]
Dialect = Literal["cypher", "sparql"]


class Store(Protocol):
    """A projection that answers questions in its dialect."""

    dialect: Dialect

    def load(self, snapshot: "Snapshot") -> None:
        """Make the store hold just what `snapshot` holds."""
        ...

    def ask(self, text: str, parameters: Parameters | None = None) -> list[Row]:
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
        ...

    def __exit__(self, *error: object) -> None:
        """Close the store."""
        ...
