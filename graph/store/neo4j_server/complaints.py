"""Our errors for the errors of a Neo4j server, told by the server's codes, so that this needs no driver."""

from typing import Literal

from graph.errors import PolicyGraphError, StoreError, UsageError

LEAST = (5, 26)
"""The oldest server that is tested."""
ServerFailure = Literal["login", "product", "unreachable", "answer"]
"""The step that failed: the login, the handshake (no Neo4j, or too old), the connection, or the query."""


def complaint(failure: ServerFailure, code: str, said: str, where: str) -> PolicyGraphError:
    """Return the error for what a server at `where` said, with its status code: StoreError, or UsageError of a query.

    >>> complaint("answer", "Neo.ClientError.Statement.AccessMode", "no", "bolt://localhost:7687")
    UsageError('the query writes, and questions only read')
    """
    if failure == "login" or ".Security." in code:
        return StoreError(
            "{where}: the server refuses these credentials; set NEO4J_USERNAME and NEO4J_PASSWORD", where=where
        )
    if failure == "product":
        least = ".".join(str(one) for one in LEAST)
        return StoreError(
            "{where}: the server is too old, or no Neo4j; it must be Neo4j {least} or later", where=where, least=least
        )
    if failure == "unreachable":
        return StoreError("{where}: no server answers there ({said})", where=where, said=said)
    if "TransactionTimedOut" in code:
        return UsageError("the query was stopped: its time is up")
    if code == "Neo.ClientError.Statement.AccessMode":
        return UsageError("the query writes, and questions only read")
    if code.startswith(("Neo.ClientError.Statement.", "Neo.ClientError.Procedure.")):
        return UsageError("the query is not understood: {said}", said=said)
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreError("{where}: the server has no such database; make it, or name another", where=where)
    return StoreError("{where}: the server failed: {said}", where=where, said=said)
