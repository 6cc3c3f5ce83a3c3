"""What a Neo4j server and its driver complain of, in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)

from graph.errors import PolicyGraphError, StoreError, UsageError
from graph.store.address import Address

LEAST = (5, 26)
"""The oldest server that is tested."""


@contextmanager
def said(address: Address) -> Iterator[None]:
    """Make what the driver raises within one of our errors: StoreError of the server, UsageError of the query."""
    try:
        yield
    except (DriverError, Neo4jError, OSError, ValueError) as error:
        raise _of(error, address.shown) from error


def _of(error: Exception, where: str) -> PolicyGraphError:
    # What a server says of a query stands in `message`; of the driver's own complaints that holds a code only.
    said = " ".join(str(error.message if isinstance(error, Neo4jError) and error.message else error).split())[:300]
    code = str(getattr(error, "code", None) or "")
    if isinstance(error, AuthError) or ".Security." in code:
        return StoreError(
            "{where}: the server refuses these credentials; set NEO4J_USERNAME and NEO4J_PASSWORD", where=where
        )
    if isinstance(error, UnsupportedServerProduct):
        least = ".".join(str(one) for one in LEAST)
        return StoreError(
            "{where}: the server is too old, or no Neo4j; it must be Neo4j {least} or later", where=where, least=least
        )
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return StoreError("{where}: no server answers there ({said})", where=where, said=said)
    if "TransactionTimedOut" in code:
        return UsageError("the query was stopped: its time is up")
    if code == "Neo.ClientError.Statement.AccessMode":
        return UsageError("the query writes, and questions only read")
    if code.startswith(("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")):
        return UsageError("the query is not understood: {said}", said=said)
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreError("{where}: the server has no such database; make it, or name another", where=where)
    return StoreError("{where}: the server failed: {said}", where=where, said=said or type(error).__name__)
