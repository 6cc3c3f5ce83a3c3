"""A Neo4j server through its own driver: asked read-only, written only by a push.

Every node of ours carries `_store`, the id of the graph it is of, and a node `ZhengmaiStore` says what the graph is and
whether it is whole. Credentials come from NEO4J_USERNAME and NEO4J_PASSWORD and stand in no message.
"""

import json
import logging
import os
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from neo4j import Driver, GraphDatabase, ManagedTransaction, Query, Session, unit_of_work
from neo4j.graph import Entity, Path

from graph.errors import StoreError, UsageError
from graph.store.address import Address
from graph.store.cypher_text.cypher_plan import refused_plan, refused_text, writes_by_its_words
from graph.store.neo4j_server.complaints import LEAST, said
from graph.store.neo4j_server.marker import MARKER, OWNER, WHOLE
from graph.store.protocol import Dialect, Parameters, Row, Scalar

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

_AGENT = re.compile(r"^Neo4j/(\d+)\.(\d+)")
# Others speak Bolt too and say so behind a blank; what they plan, and whether they only read, is not to be relied on.
_OTHERS = re.compile(r"^(?!Neo4j/)|\s")
# Seconds: for a connection to come about, and for a transaction to be tried again where a cluster changes its leader.
_CONNECT, _RETRY = 10.0, 10.0
# What servers notify of (a label that nothing has yet, say) is no message of ours, nor are the driver's own logs.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j.notifications").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What a database says of the graph in it: whose, whether whole, which snapshot, how many rows of each kind."""

    store: str
    state: str
    snapshot: str
    counts: Mapping[str, int]


class CypherStore:
    """A graph in one database of a server. `ask` reads only; `write` is for a push."""

    dialect: Dialect = "cypher"

    def __init__(self, driver: Driver, address: Address, *, seconds: float | None = None) -> None:
        """Take over an open driver; `close` closes it."""
        self.address = address
        self.agent = "Neo4j/"
        self._driver = driver
        self._seconds = seconds
        self._checked: set[str] = set()

    @classmethod
    def connect(cls, address: str, *, seconds: float | None = None) -> Self:
        """Return the store of a server that answers and is new enough, whatever it holds.

        Raises:
            StoreError: no server answers, it is older than `LEAST`, or it refuses the credentials.
        """
        parts = Address.read(address)
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD")
        with said(parts):
            driver = GraphDatabase.driver(
                parts.uri, auth=(user, password) if password else None, connection_timeout=_CONNECT,
                max_transaction_retry_time=_RETRY, connection_acquisition_timeout=3 * _CONNECT,
            )  # fmt: skip
        store = cls(driver, parts, seconds=seconds)
        try:
            with said(parts):
                agent = driver.get_server_info().agent
            store.agent = agent
            if (found := _AGENT.match(agent)) and (int(found[1]), int(found[2])) < LEAST:
                least = ".".join(str(one) for one in LEAST)
                raise StoreError(
                    "{shown}: the server is {agent}; it must be Neo4j {least} or later",
                    shown=parts.shown, agent=agent, least=least,
                )
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, address: str, *, seconds: float | None = None) -> Self:
        """Return the store at an address, ready for questions; its server ends a query after `seconds`.

        Raises:
            StoreError: it cannot be reached, holds no graph of ours, or one that is not whole.
        """
        store = cls.connect(address, seconds=seconds)
        try:
            if not store.foreign:
                store.whole()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def foreign(self) -> bool:
        """Whether this is no Neo4j but an engine that speaks its protocol: it answers, and is not pushed to."""
        return bool(_OTHERS.search(self.agent))

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    # -- reading

    def ask(self, text: str, parameters: Parameters | None = None) -> list[Row]:
        """Return the rows of a read-only Cypher query; lists and maps come as JSON text, dates as ISO text.

        Raises:
            UsageError: the query is not understood, lacks a parameter, writes, or calls what is not allowed.
            StoreError: the server cannot be reached any more.
        """
        with said(self.address), self._session("READ") as session:
            if text not in self._checked:
                self._check(session, text, parameters)
                self._checked.add(text)
            result = session.run(Query(text, timeout=self._seconds), dict(parameters or {}))
            names = result.keys()
            return [dict(zip(names, map(_plain, record.values()), strict=True)) for record in result]

    def _check(self, session: Session, text: str, parameters: Parameters | None) -> None:
        """Refuse a query by what the server plans to do: a session that only reads would still let it load a file."""
        if why := refused_text(text) or (writes_by_its_words(text) if self.foreign else None):
            raise UsageError(why)
        if self.foreign:
            return
        summary = session.run(Query("EXPLAIN " + text), dict(parameters or {})).consume()
        if why := refused_plan(summary.query_type, summary.plan):
            raise UsageError(why)

    def marker(self) -> Marker | None:
        """Return what the database says of the graph in it, None where it holds none.

        Raises:
            StoreError: it holds several.
        """
        found = self.rows(f"MATCH (m:{MARKER}) RETURN m.store, m.state, m.snapshot, m.counts ORDER BY m.store")
        if len(found) > 1:
            raise StoreError(
                "{shown}: the database says that it holds {count} graphs; give each its own",
                shown=self.address.shown, count=len(found),
            )
        if not found:
            return None
        store, state, snapshot, counts = found[0]
        return Marker(store=store, state=state, snapshot=snapshot or "", counts=json.loads(counts or "{}"))

    def whole(self) -> Marker:
        """Return the marker of a graph that is whole.

        Raises:
            StoreError: there is none, or a push of it is under way or was broken off.
        """
        found = self.marker()
        shown = self.address.shown
        if found is None:
            raise StoreError("{shown}: there is no graph here; write one with zhengmai push {shown}", shown=shown)
        if found.state != WHOLE:
            raise StoreError(
                "{shown}: a push is under way or was broken off; wait for it, or push again, which mends it",
                shown=shown,
            )
        return found

    # -- for a push

    def load(self, snapshot: "Snapshot") -> None:
        """Make the database hold just what `snapshot` holds, told by what is there now.

        Raises:
            StoreError: the server cannot be reached, or the database holds what is not ours.
        """
        from graph.store.neo4j_server.push import bring

        marker = self.marker()
        bring(self, snapshot, marker.store if marker else uuid.uuid4().hex)

    def rows(self, text: str, **parameters: Any) -> Sequence[tuple[Any, ...]]:  # noqa: ANN401
        """Return the rows of a query of ours as they come; it may also change the schema."""
        with said(self.address), self._session("WRITE") as session:
            return [tuple(record.values()) for record in session.run(text, parameters)]

    def stream(self, text: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
        """Yield the rows of a query of ours while the server still finds more."""
        with said(self.address), self._session("READ") as session:
            for record in session.run(text, parameters):
                yield tuple(record.values())

    def write(self, statements: Sequence[tuple[str, Mapping[str, Any]]]) -> list[int]:
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

        with said(self.address), self._session("WRITE") as session:
            return session.execute_write(work)

    def _session(self, mode: str) -> Session:
        return self._driver.session(database=self.address.database, default_access_mode=mode, fetch_size=5_000)


def _plain(value: Any) -> Scalar:  # noqa: ANN401
    if type(value) in _SCALARS:
        return cast(Scalar, value)
    if hasattr(value, "iso_format"):
        return str(value.iso_format())
    return json.dumps(_bare(value), ensure_ascii=False, sort_keys=True, default=str)


_SCALARS = frozenset({str, int, float, bool, type(None)})


def _bare(value: Any) -> Any:  # noqa: ANN401
    """Return a list, map, node, link or path as plain data, without what only a server knows."""
    if isinstance(value, Path):
        return [
            _bare(one) for pair in zip(value.nodes, (*value.relationships, None), strict=True) for one in pair if one
        ]
    if isinstance(value, Mapping | Entity):
        return {name: _bare(one) for name, one in value.items() if name != OWNER}
    if isinstance(value, list | tuple):
        return [_bare(one) for one in value]
    return value.iso_format() if hasattr(value, "iso_format") else value
