"""Bringing a graph to a Neo4j server: all of it the first time, then what changed; an interrupted push is repaired.

Beside the graph, its folder keeps the snapshot that the server was last brought to (`graph.store.neo4j_server.pushed_folder`). Where
the server says the same, the difference of the two snapshots is all that is sent. Else, or where its counts are not what
they should be, what it holds is read and compared. Few changes are sent in one transaction, so that no reader sees half
of them; many are sent in bounded ones, with a mark that the graph is not whole until the last is done.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Literal, TypeVar

from graph.errors import StoreError, UsageError
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, names_of
from graph.store.changes import Changes, changes_between
from graph.store.home import Home
from graph.store.neo4j_server.batches import came_short, check_links, fill, steps
from graph.store.neo4j_server.bolt_connection import BoltConnection, Statement
from graph.store.neo4j_server.constraints import check_rules, make_rules
from graph.store.neo4j_server.held_rows import changes_of_server, counted
from graph.store.neo4j_server.marker import PUSHING, WHOLE, GraphMarker, marker_of, marking
from graph.store.neo4j_server.node_owners import check_keys, check_nodes
from graph.store.neo4j_server.pushed_folder import PushedFolder, id_of
from graph.store.snapshot_digest import digest, expected
from graph.store.store_address import BOLT_SCHEMES, StoreAddress

T = TypeVar("T")
Way = Literal["new", "changes", "mended", "same"]
"""How a push went: everything was written, what changed was, the server was compared and repaired, nothing was to do."""
PushProgress = Callable[[str, int, int], None]

AT_ONCE = 10_000
"""So many changed rows go in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReport:
    """The result of a push: numbers of rows of nodes, links, evidence and issues that were added, changed and removed."""

    way: Way
    added: int = 0
    changed: int = 0
    removed: int = 0
    rows: int = 0
    seconds: float = 0.0


def push(home: Home, address: str, *, store_id: str | None = None, progress: PushProgress | None = None) -> PushReport:
    """Bring the graph in a folder to the server at `address`.

    Raises:
        UsageError: the address is of no server that a graph is pushed to.
        StoreError: there is no graph; the server cannot be reached, is too old, or holds what is not ours; or the
            folder cannot be written.
    """
    if StoreAddress.of(address).kind != "bolt server":
        raise UsageError(
            "a graph is pushed to a server; its address begins with one of {known}",
            known=" ".join(f"{scheme}://" for scheme in BOLT_SCHEMES),
        )
    started = perf_counter()
    home.generation()
    with BoltConnection.connect(address) as connection:
        folder = PushedFolder(home, connection.address)
        with folder.held():
            if connection.foreign:
                raise StoreError(
                    "{shown}: a graph is pushed to Neo4j; this is {agent}",
                    shown=connection.address.shown,
                    agent=connection.agent,
                )
            marker = marker_of(connection)
            after = folder.take()
            before = folder.before(marker)
            owner = store_id or id_of(home)
            report = bring(connection, after, owner, marker=marker, before=before, progress=progress)
            folder.pushed()
    return replace(report, seconds=perf_counter() - started)


def bring(
    connection: BoltConnection,
    after: Snapshot,
    owner: str,
    *,
    marker: GraphMarker | None = None,
    before: Snapshot | None = None,
    progress: PushProgress | None = None,
) -> PushReport:
    """Make a database hold just `after`; where `before` is what it holds, only the difference is sent.

    Raises:
        StoreError: it holds another graph, or what is not ours; or it does not come out right.
    """
    work = _Push(connection, after, owner, progress or (lambda stage, done, total: None))
    return work.run(marker if marker is not None else marker_of(connection), before)


class _Push:
    """One push, from looking at what the database holds to marking the graph in it as whole."""

    def __init__(self, connection: BoltConnection, after: Snapshot, owner: str, progress: PushProgress) -> None:
        self.connection, self.after, self.owner, self.progress = connection, after, owner, progress
        self.digest = digest(after)
        self.expected = expected(after)
        self.short = False

    def run(self, marker: GraphMarker | None, before: Snapshot | None) -> PushReport:
        """Bring the database to the snapshot the shortest way that is sure."""
        where = self.connection.address.shown
        if marker is not None and marker.store != self.owner:
            raise StoreError(
                "{where}: the database holds another graph ({store}); push into another database, or go on with"
                " that one by --id {store}",
                where=where,
                store=marker.store,
            )
        now, left = counted(self.connection), dict(marker.counts) if marker else {}
        check_rules(self.connection)
        sound = marker is not None and marker.state == WHOLE and now == left
        if marker is None:
            report = self._repair() if any(now.values()) else self._new()
        elif sound and marker.snapshot == self.digest:
            make_rules(self.connection, full_text=True)
            return PushReport(way="same", rows=sum(self.expected.values()))
        elif sound and before is not None:
            changes = changes_between(before, self.after)[0]
            check_keys(self.connection, self.owner, changes)
            report = self._changes(changes, "changes")
        else:
            report = self._repair()
        if not self._right():
            # Somebody else wrote meanwhile, or a transaction was done twice over a lost connection.
            self._mark(PUSHING)
            report = self._repair()
            if not self._right():
                raise StoreError(
                    "{where}: the graph did not come out right; push again when nobody else writes", where=where
                )
        make_rules(self.connection, full_text=True)
        self._mark(WHOLE)
        return report

    def _right(self) -> bool:
        return not self.short and counted(self.connection) == self.expected

    def _new(self) -> PushReport:
        make_rules(self.connection, full_text=False)
        self._mark(PUSHING)
        total, done = sum(self.expected.values()), 0
        for rows, statement in _ahead(fill(self.after, self.owner)):
            (made,) = self.connection.write([statement])
            check_links(rows, made, statement)
            done += rows
            self.progress("push", done, total)
        return PushReport(way="new", added=done, rows=total)

    def _repair(self) -> PushReport:
        self.short = False
        check_nodes(self.connection, self.owner)
        make_rules(self.connection, full_text=False)
        self._mark(PUSHING)
        return self._changes(changes_of_server(self.connection, self.after, self.owner), "mended")

    def _changes(self, changes: Changes, way: Way) -> PushReport:
        total = sum(len(rows) for part in (changes.gone, changes.new, changes.other) for rows in part.values())
        if total <= AT_ONCE:
            listed = [one for _, group in steps(changes, self.after, self.owner) for one in group]
            listed.append(self._marking(WHOLE))
            self.short |= came_short(listed, self.connection.write(listed))
        else:
            self._mark(PUSHING)
            done = 0
            for rows, statements in _ahead(steps(changes, self.after, self.owner)):
                self.short |= came_short(statements, self.connection.write(statements))
                done += rows
                self.progress("push", min(done, total), total)
        return PushReport(
            way=way,
            added=_size(changes.new) - _both(changes),
            changed=_size(changes.other) + _both(changes),
            removed=_size(changes.gone) - _both(changes),
            rows=sum(self.expected.values()),
        )

    def _mark(self, state: str) -> None:
        self.connection.write([self._marking(state)])

    def _marking(self, state: str) -> Statement:
        return marking(GraphMarker(store=self.owner, state=state, snapshot=self.digest, counts=self.expected))


def _ahead(found: Iterator[T]) -> Iterator[T]:
    """Yield the items of an iterator; the next is prepared in a thread while the server works on the one before."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, found, None)
        while (one := coming.result()) is not None:
            coming = beside.submit(next, found, None)
            yield one


def _size(rows: Mapping[str, Iterable[Any]]) -> int:
    return sum(len(list(listed)) for name, listed in rows.items() if name != "Evidence")


def _both(changes: Changes) -> int:
    """Return the number of links that are deleted and created again, which is how a link changes."""
    return sum(
        len({row["key"] for row in changes.gone.get(kind, ())} & {row["key"] for row in changes.new.get(kind, ())})
        for kind in names_of(LINK)
    )
