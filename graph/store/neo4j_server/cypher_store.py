"""The store on a Neo4j server: it answers Cypher questions and writes nothing (`graph.store.neo4j_server.push` does).

Every node of ours carries `_store`, the id of the graph it is of, and a node `ZhengmaiStore` says what the graph is and
whether it is whole.
"""

from typing import Self

from graph.errors import UsageError
from graph.store.cypher_text.cypher_plan import refused_plan, refused_text, writes_by_its_words
from graph.store.neo4j_server.bolt_connection import BoltConnection
from graph.store.neo4j_server.marker import OWNER, whole_marker
from graph.store.plain_values import SCALARS, as_scalar
from graph.store.protocol import AnswerRow, Dialect, Parameters, Store

_HIDDEN = frozenset({OWNER})


class CypherStore(Store):
    """A graph in one database of a server, asked read-only."""

    dialect: Dialect = "cypher"

    def __init__(self, connection: BoltConnection, *, seconds: float | None = None) -> None:
        """Ask over a connection, which `close` closes; its server ends a query after `seconds`."""
        self.connection = connection
        self._seconds = seconds
        self._checked: set[str] = set()

    @classmethod
    def open(cls, address: str, *, seconds: float | None = None) -> Self:
        """Return the store at an address, ready for questions; its server ends a query after `seconds`.

        Raises:
            StoreError: it cannot be reached, holds no graph of ours, or one that is not whole.
        """
        connection = BoltConnection.connect(address)
        try:
            if not connection.foreign:
                whole_marker(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection, seconds=seconds)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        """Return the rows of a read-only Cypher query; lists and maps come as JSON text, dates as ISO text.

        Raises:
            UsageError: the query is not understood, lacks a parameter, writes, or calls what is not allowed.
            StoreError: the server cannot be reached any more.
        """
        if text not in self._checked:
            self._check(text, parameters)
            self._checked.add(text)
        found = self.connection.read(text, parameters, seconds=self._seconds)
        return [
            row
            if SCALARS.issuperset(map(type, row.values()))
            else {name: as_scalar(value, _HIDDEN) for name, value in row.items()}
            for row in found
        ]

    def _check(self, text: str, parameters: Parameters | None) -> None:
        """Refuse a query by what the server plans to do: a session that only reads would still let it load a file."""
        foreign = self.connection.foreign
        if why := refused_text(text) or (writes_by_its_words(text) if foreign else None):
            raise UsageError(why)
        if not foreign and (why := refused_plan(*self.connection.plan(text, parameters))):
            raise UsageError(why)
