"""The address of a Neo4j server in parts: where it is and which database, nothing secret."""

import os
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from graph.errors import UsageError


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address in parts; `shown` is how messages name it."""

    uri: str
    database: str | None

    @property
    def shown(self) -> str:
        """The address with its database, without anything secret."""
        return f"{self.uri}/{self.database}" if self.database else self.uri

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the address that `scheme://host:port/database` names; the database may also stand in NEO4J_DATABASE.

        >>> Address.read("neo4j://localhost:7687/plans")
        Address(uri='neo4j://localhost:7687', database='plans')

        Raises:
            UsageError: a user or password stands in it, or no host.
        """
        parts = urlsplit(text)
        if "@" in parts.netloc:
            raise UsageError(
                "{scheme}://…: an address holds no user and no password; set NEO4J_USERNAME and NEO4J_PASSWORD",
                scheme=parts.scheme,
            )
        if not parts.hostname:
            raise UsageError(
                "{text!r} names no server; an address reads neo4j://HOST:7687 or neo4j://HOST:7687/DATABASE", text=text
            )
        query = f"?{parts.query}" if parts.query else ""
        database = unquote(parts.path.strip("/")) or os.environ.get("NEO4J_DATABASE") or None
        return cls(f"{parts.scheme}://{parts.netloc}{query}", database)
