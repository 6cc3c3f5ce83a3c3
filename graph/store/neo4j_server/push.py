"""Bringing a graph to a Neo4j server: all of it the first time, then what changed; what was broken off is mended.

Beside the graph, `pushed/<address>/before` keeps the snapshot that the server was last brought to (links to files, no
copies). Where the server says the same, the difference of the two snapshots is all that is sent. Else, or where its
counts are not what they should be, what it holds is read and compared. Few changes go in one transaction, so that no
reader sees half of them; many go in bounded ones, with a mark that the graph is not whole until the last is done.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, TypeVar

from graph.errors import StoreError
from graph.snapshot.snapshot import MANIFEST, Snapshot
from graph.snapshot.tables import LINK, names_of
from graph.store.changes import Changes, changes_between
from graph.store.home import Home
from graph.store.neo4j_server import constraints
from graph.store.neo4j_server.batches import Statement, came_short, check_links, counted, fill, steps
from graph.store.neo4j_server.cypher_store import CypherStore, Marker
from graph.store.neo4j_server.held_rows import changes_of_server
from graph.store.neo4j_server.marker import MARKER, PUSHING, WHOLE, digest, expected
from graph.store.neo4j_server.node_owners import check_keys, check_nodes

T = TypeVar("T")
Way = Literal["new", "changes", "mended", "same"]
Progress = Callable[[str, int, int], None]

AT_ONCE = 10_000
"""So many changed rows go in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReport:
    """What a push did: rows of nodes, links, evidence and issues that were added, changed and removed."""

    way: Way
    added: int = 0
    changed: int = 0
    removed: int = 0
    rows: int = 0
    seconds: float = 0.0


def push(home: Home, address: str, *, store_id: str | None = None, progress: Progress | None = None) -> PushReport:
    """Bring the graph in a folder to the server at `address`.

    Raises:
        StoreError: there is no graph; the server cannot be reached, is too old, or holds what is not ours; or the
            folder cannot be written.
    """
    started = perf_counter()
    home.generation()
    with CypherStore.connect(address) as store:
        kept = Home(home.root / "pushed" / _name(store))
        with kept.lock(), _written(kept.root):
            if store.foreign:
                raise StoreError(
                    "{shown}: a graph is pushed to Neo4j; this is {agent}", shown=store.address.shown, agent=store.agent
                )
            marker = store.marker()
            after = _kept(home, kept.root / "next")
            before = _before(kept.root / "before", marker)
            owner = store_id or id_of(home)
            report = bring(store, after, owner, marker=marker, before=before, progress=progress)
            _replace(kept.root / "next", kept.root / "before")
    return replace(report, seconds=perf_counter() - started)


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Say of a disk that is full, or a folder that cannot be written, what a user can mend."""
    try:
        yield
    except OSError as error:
        # Copies of folders tell their errors in a list.
        listed = error.args[0] if isinstance(error, shutil.Error) and error.args else None
        why = str(listed[0][2]) if listed else error.strerror or str(error)
        raise StoreError(
            "{path}: cannot be written ({why}); push again when it can", path=error.filename or folder, why=why
        ) from error


def id_of(home: Home) -> str:
    """Return the id of the graph in a folder, made at its first use: by it a server tells whose nodes are whose."""
    path = home.root / "store-id"
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        fresh = path.with_name(f"store-id.{os.getpid()}.part")
        try:
            fresh.write_text(uuid.uuid4().hex + "\n", encoding="utf-8")
            _link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
        return path.read_text(encoding="utf-8").strip()


# -- what the folder keeps


def _name(store: CypherStore) -> str:
    return hashlib.sha256(store.address.shown.encode()).hexdigest()[:16]


def _kept(home: Home, folder: Path) -> Snapshot:
    """Return the graph that answers now, by links to its files: a build that ends meanwhile takes only the old names."""
    for _ in range(10):
        source = home.snapshot()
        shutil.rmtree(folder, ignore_errors=True)
        try:
            shutil.copytree(source, folder, copy_function=_link)
        except OSError:
            if home.snapshot() == source:
                raise
        # While it still answers nothing of it was taken away.
        if home.snapshot() == source:
            return Snapshot.open(folder)
    raise StoreError("{root}: builds follow each other too fast; push again", root=home.root)


def _link(source: Path | str, target: Path | str) -> None:
    """Give a file a second name, or copy it where the disk knows no links."""
    try:
        os.link(source, target)
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError:
        shutil.copyfile(source, target)


def _before(folder: Path, marker: Marker | None) -> Snapshot | None:
    """Return the snapshot that was pushed last, where the server says that it is just there."""
    if marker is None or marker.state != WHOLE or not (folder / MANIFEST).exists():
        return None
    try:
        found = Snapshot.open(folder)
    except StoreError:
        return None
    return found if digest(found) == marker.snapshot else None


def _replace(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    os.replace(source, target)


# -- bringing it there


def bring(
    store: CypherStore,
    after: Snapshot,
    owner: str,
    *,
    marker: Marker | None = None,
    before: Snapshot | None = None,
    progress: Progress | None = None,
) -> PushReport:
    """Make a database hold just `after`; where `before` is what it holds, only the difference is sent.

    Raises:
        StoreError: it holds another graph, or what is not ours; or it does not come out right.
    """
    work = _Push(store, after, owner, progress or (lambda stage, done, total: None))
    return work.run(marker if marker is not None else store.marker(), before)


class _Push:
    """One push, from the look at what is there to the mark that it is whole."""

    def __init__(self, store: CypherStore, after: Snapshot, owner: str, progress: Progress) -> None:
        self.store, self.after, self.owner, self.progress = store, after, owner, progress
        self.digest = digest(after)
        self.expected = expected(after)
        self.short = False

    def run(self, marker: Marker | None, before: Snapshot | None) -> PushReport:
        """Do it the shortest way that is sure."""
        where = self.store.address.shown
        if marker is not None and marker.store != self.owner:
            raise StoreError(
                "{where}: the database holds another graph ({store}); push into another database, or go on with"
                " that one by --id {store}",
                where=where, store=marker.store,
            )
        now, left = counted(self.store), dict(marker.counts) if marker else {}
        constraints.check(self.store)
        sound = marker is not None and marker.state == WHOLE and now == left
        if marker is None:
            report = self._mend() if any(now.values()) else self._new()
        elif sound and marker.snapshot == self.digest:
            constraints.make(self.store, full_text=True)
            return PushReport(way="same", rows=sum(self.expected.values()))
        elif sound and before is not None:
            changes = changes_between(before, self.after)[0]
            check_keys(self.store, self.owner, changes)
            report = self._changes(changes, "changes")
        else:
            report = self._mend()
        if not self._right():
            # Somebody else wrote meanwhile, or a transaction was done twice over a lost connection.
            self._mark(PUSHING)
            report = self._mend()
            if not self._right():
                raise StoreError(
                    "{where}: the graph did not come out right; push again when nobody else writes", where=where
                )
        constraints.make(self.store, full_text=True)
        self._mark(WHOLE)
        return report

    def _right(self) -> bool:
        return not self.short and counted(self.store) == self.expected

    def _new(self) -> PushReport:
        constraints.make(self.store, full_text=False)
        self._mark(PUSHING)
        total, done = sum(self.expected.values()), 0
        for rows, statement in _ahead(fill(self.after, self.owner)):
            (made,) = self.store.write([statement])
            check_links(rows, made, statement)
            done += rows
            self.progress("push", done, total)
        return PushReport(way="new", added=done, rows=total)

    def _mend(self) -> PushReport:
        self.short = False
        check_nodes(self.store, self.owner)
        constraints.make(self.store, full_text=False)
        self._mark(PUSHING)
        return self._changes(changes_of_server(self.store, self.after, self.owner), "mended")

    def _changes(self, changes: Changes, way: Way) -> PushReport:
        total = sum(len(rows) for part in (changes.gone, changes.new, changes.other) for rows in part.values())
        if total <= AT_ONCE:
            listed = [one for _, group in steps(changes, self.after, self.owner) for one in group]
            listed.append(self._marking(WHOLE))
            self.short |= came_short(listed, self.store.write(listed))
        else:
            self._mark(PUSHING)
            done = 0
            for rows, statements in _ahead(steps(changes, self.after, self.owner)):
                self.short |= came_short(statements, self.store.write(statements))
                done += rows
                self.progress("push", min(done, total), total)
        return PushReport(
            way=way, added=_size(changes.new) - _both(changes), changed=_size(changes.other) + _both(changes),
            removed=_size(changes.gone) - _both(changes), rows=sum(self.expected.values()),
        )  # fmt: skip

    def _mark(self, state: str) -> None:
        self.store.write([self._marking(state)])

    def _marking(self, state: str) -> Statement:
        text = (
            f"MERGE (m:{MARKER} {{store: $owner}}) SET m._store = $owner, m.state = $state, m.snapshot = $snapshot,"
            " m.counts = $counts RETURN count(*)"
        )
        values: Mapping[str, Any] = {
            "owner": self.owner, "state": state, "snapshot": self.digest,
            "counts": json.dumps(self.expected, sort_keys=True),
        }  # fmt: skip
        return text, values


def _ahead(found: Iterator[T]) -> Iterator[T]:
    """Yield what an iterator gives; the next is made ready while the server works on the one before."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, found, None)
        while (one := coming.result()) is not None:
            coming = beside.submit(next, found, None)
            yield one


def _size(rows: Mapping[str, Iterable[Any]]) -> int:
    return sum(len(list(listed)) for name, listed in rows.items() if name != "Evidence")


def _both(changes: Changes) -> int:
    """Return the number of links that go and come: they changed."""
    return sum(
        len({row["key"] for row in changes.gone.get(kind, ())} & {row["key"] for row in changes.new.get(kind, ())})
        for kind in names_of(LINK)
    )
