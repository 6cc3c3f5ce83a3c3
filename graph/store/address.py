"""The addresses of servers: where one is and which database or endpoint, nothing secret."""

import os
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from graph.errors import UsageError

# White space and control characters stand in no address; letters beyond ASCII are written %XX for whoever typed them.
_NEVER = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class BoltAddress:
    """The address of a Neo4j server and a database on it; `shown` is how messages name it."""

    uri: str
    database: str | None

    @property
    def shown(self) -> str:
        """The address with its database, without anything secret."""
        return f"{self.uri}/{self.database}" if self.database else self.uri

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the address that `scheme://host:port/database` names; the database may also stand in NEO4J_DATABASE.

        >>> BoltAddress.read("neo4j://localhost:7687/plans")
        BoltAddress(uri='neo4j://localhost:7687', database='plans')

        Raises:
            UsageError: a user or password stands in it, or no host.
        """
        # Wherever it stands: a slash in a password ends what a reader of addresses takes for the server.
        if "@" in text:
            raise UsageError(
                "{scheme}://…: an address holds no user and no password; set NEO4J_USERNAME and NEO4J_PASSWORD",
                scheme=text.partition("://")[0],
            )
        if (parts := _parts(text)) is None:
            raise UsageError(
                "{text!r} names no server; an address reads neo4j://HOST:7687 or neo4j://HOST:7687/DATABASE", text=text
            )
        query = f"?{parts.query}" if parts.query else ""
        database = unquote(parts.path.strip("/")) or os.environ.get("NEO4J_DATABASE") or None
        return cls(f"{parts.scheme}://{parts.netloc}{query}", database)


def sparql_endpoint(text: str) -> str:
    """Return the query endpoint that `sparql+http://HOST:PORT/PATH` names, as HTTP writes it.

    >>> sparql_endpoint("sparql+http://localhost:3030/图谱/query")
    'http://localhost:3030/%E5%9B%BE%E8%B0%B1/query'

    Raises:
        UsageError: a user or password stands in it, or it names no server.
    """
    scheme, _, rest = text.partition("://")
    if "@" in rest:
        raise UsageError(
            "{scheme}://…: an address holds no user and no password; set ZHENGMAI_SPARQL_USER and"
            " ZHENGMAI_SPARQL_PASSWORD (an @ that belongs to it is written %40)",
            scheme=scheme,
        )
    parts = _parts(f"{scheme.lower().removeprefix('sparql+')}://{rest}")
    if parts is None or _NEVER.search(text):
        raise UsageError(
            "{text!r} names no SPARQL server; an address reads sparql+http://HOST:PORT/PATH, the server's query endpoint",
            text=text,
        )
    path, query = (quote(part, safe="/:;=&?!$'()*+,~%") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _parts(text: str) -> SplitResult | None:
    """Return an address in its parts, None where it names no server."""
    try:
        parts = urlsplit(text)
        # A port that is no number, and a name that no host can have, are told only where they are asked for.
        named = parts.hostname and parts.hostname.encode("idna") and (parts.port is None or parts.port >= 0)
    except ValueError:
        return None
    return parts if named else None
