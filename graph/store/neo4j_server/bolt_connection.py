"""A connection to a Neo4j server over Bolt: the one module that imports the driver.

What the driver raises comes out as one of our errors (`graph.store.neo4j_server.complaints`). Credentials are read from
NEO4J_USERNAME and NEO4J_PASSWORD and stand in no message.
"""

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Session, unit_of_work
from neo4j.exceptions import (
    AuthError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)
from neo4j.graph import Path

from graph.errors import StoreError, one_line
from graph.store.address import BoltAddress
from graph.store.neo4j_server.complaints import LEAST, ServerFailure, complaint
from graph.store.protocol import Parameters

Statement = tuple[str, Mapping[str, Any]]
"""A query text and its parameters."""
_AGENT = re.compile(r"^Neo4j/(\d+)\.(\d+)")
# Others speak Bolt too and say so behind a blank; what they plan, and whether they only read, is not to be relied on.
_OTHERS = re.compile(r"^(?!Neo4j/)|\s")
# Seconds: for a connection to come about, and for a transaction to be tried again where a cluster changes its leader.
_CONNECT, _RETRY = 10.0, 10.0
# What servers notify of (a label that nothing has yet, say) is no message of ours, nor are the driver's own logs.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


class BoltConnection:
    """An open driver and the database that it asks; it reads, writes and says what the server is."""

    def __init__(self, driver: Driver, address: BoltAddress, agent: str) -> None:
        """Take over an open driver, which `close` closes; `agent` is what the server calls itself."""
        self.address = address
        self.agent = agent
        self._driver = driver

    @classmethod
    def connect(cls, address: str) -> Self:
        """Return the connection to a server that answers and is new enough, whatever it holds.

        Raises:
            UsageError: the address names no server, or holds a user or password.
            StoreError: no server answers, it is older than `LEAST`, or it refuses the credentials.
        """
        parts = BoltAddress.read(address)
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD")
        with _our_errors(parts):
            driver = GraphDatabase.driver(
                parts.uri,
                auth=(user, password) if password else None,
                connection_timeout=_CONNECT,
                max_transaction_retry_time=_RETRY,
                connection_acquisition_timeout=3 * _CONNECT,
            )
        try:
            with _our_errors(parts):
                agent = driver.get_server_info().agent
            if (found := _AGENT.match(agent)) and (int(found[1]), int(found[2])) < LEAST:
                least = ".".join(str(one) for one in LEAST)
                raise StoreError(
                    "{shown}: the server is {agent}; it must be Neo4j {least} or later",
                    shown=parts.shown,
                    agent=agent,
                    least=least,
                )
        except BaseException:
            driver.close()
            raise
        return cls(driver, parts, agent)

    @property
    def foreign(self) -> bool:
        """Whether this is no Neo4j but an engine that speaks its protocol: it answers, and is not pushed to."""
        return bool(_OTHERS.search(self.agent))

    def __enter__(self) -> Self:
        """Return the connection itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the driver with all its sockets."""
        self._driver.close()

    # -- what somebody asks

    def read(self, text: str, parameters: Parameters | None, *, seconds: float | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query in a session that only reads; the server ends it after `seconds`.

        Values are plain Python: nodes, links and maps as dicts, paths as lists of both in turn, dates and times as
        ISO text.
        """
        with _our_errors(self.address), self._session("READ") as session:
            result = session.run(Query(text, timeout=seconds), dict(parameters or {}))
            names = result.keys()
            return [dict(zip(names, map(_plain, record.values()), strict=True)) for record in result]

    def plan(self, text: str, parameters: Parameters | None) -> tuple[str | None, Mapping[str, Any] | None]:
        """Return the kind of a query (`r` where it only reads) and the server's plan for it; the query is not run."""
        with _our_errors(self.address), self._session("READ") as session:
            summary = session.run(Query("EXPLAIN " + text), dict(parameters or {})).consume()
        return summary.query_type, summary.plan

    # -- what our own code asks; values come as the driver gives them

    def rows(self, text: str, **parameters: Any) -> Sequence[tuple[Any, ...]]:  # noqa: ANN401
        """Return the rows of a query of ours; it may also change the schema."""
        with _our_errors(self.address), self._session("WRITE") as session:
            return [tuple(record.values()) for record in session.run(text, parameters)]

    def stream(self, text: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        """Yield the rows of a query of ours while the server still finds more."""
        with _our_errors(self.address), self._session("READ") as session:
            for record in session.run(text, parameters):
                yield tuple(record.values())

    def write(self, statements: Sequence[Statement]) -> list[int]:
        """Run statements in one transaction, tried again where the server asks for it; return the count each returns.

        Each returns one row with one number. A connection lost at the wrong moment can make a transaction that was
        done be done again, so statements must bear that or be checked afterwards.
        """

        @unit_of_work(timeout=None)
        def work(transaction: ManagedTransaction) -> list[int]:
            found = []
            for text, parameters in statements:
                record = transaction.run(text, dict(parameters)).single()
                found.append(int(record[0]) if record is not None else 0)
            return found

        with _our_errors(self.address), self._session("WRITE") as session:
            return session.execute_write(work)

    def _session(self, mode: str) -> Session:
        return self._driver.session(database=self.address.database, default_access_mode=mode, fetch_size=5_000)


@contextmanager
def _our_errors(address: BoltAddress) -> Iterator[None]:
    """Make what the driver raises within one of our errors: StoreError of the server, UsageError of the query."""
    try:
        yield
    except (DriverError, Neo4jError, OSError, ValueError) as error:
        # What a server says of a query stands in `message`; of the driver's own complaints that holds a code only.
        said = one_line(error.message if isinstance(error, Neo4jError) and error.message else error)
        code = str(getattr(error, "code", None) or "")
        raise complaint(_failure(error), code, said or type(error).__name__, address.shown) from error


def _failure(error: Exception) -> ServerFailure:
    if isinstance(error, AuthError):
        return "login"
    if isinstance(error, UnsupportedServerProduct):
        return "product"
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return "unreachable"
    return "answer"


_SCALARS = frozenset({str, int, float, bool, type(None)})


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value of the driver's as plain Python, without what only a server knows."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, Path):
        return [
            _plain(one) for pair in zip(value.nodes, (*value.relationships, None), strict=True) for one in pair if one
        ]
    if isinstance(value, Mapping):  # nodes and links are such, too
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value.iso_format()) if hasattr(value, "iso_format") else value
