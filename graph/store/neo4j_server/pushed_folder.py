"""The record of pushes in a graph's folder: the id of the graph, and the snapshot that was last pushed to each server."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError
from graph.snapshot.snapshot import MANIFEST, Snapshot
from graph.store.address import BoltAddress
from graph.store.home import Home
from graph.store.neo4j_server.marker import WHOLE, GraphMarker
from graph.store.snapshot_digest import digest


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


class PushedFolder:
    """`pushed/<address>` in a graph's folder: `before` is what the server was last brought to, `next` what it gets now.

    Both are links to the files of a snapshot, which take no space until the next build.
    """

    def __init__(self, home: Home, address: BoltAddress) -> None:
        """Name the folder of a server; it is made by `held`."""
        self._graph = home
        self._kept = Home(home.root / "pushed" / hashlib.sha256(address.shown.encode()).hexdigest()[:16])
        self._before, self._next = self._kept.root / "before", self._kept.root / "next"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for one push.

        Raises:
            StoreError: the disk is full, or the folder cannot be written; also where that happens within.
        """
        with self._kept.lock(), _written(self._kept.root):
            yield

    def take(self) -> Snapshot:
        """Return the graph that answers now, by links to its files: a build that ends meanwhile takes only the old names."""
        for _ in range(10):
            source = self._graph.snapshot()
            shutil.rmtree(self._next, ignore_errors=True)
            try:
                shutil.copytree(source, self._next, copy_function=_link)
            except OSError:
                if self._graph.snapshot() == source:
                    raise
            # While it still answers nothing of it was taken away.
            if self._graph.snapshot() == source:
                return Snapshot.open(self._next)
        raise StoreError("{root}: builds follow each other too fast; push again", root=self._graph.root)

    def before(self, marker: GraphMarker | None) -> Snapshot | None:
        """Return the snapshot that was pushed last, where the server says that it holds just that."""
        if marker is None or marker.state != WHOLE or not (self._before / MANIFEST).exists():
            return None
        try:
            found = Snapshot.open(self._before)
        except StoreError:
            return None
        return found if digest(found) == marker.snapshot else None

    def pushed(self) -> None:
        """Keep what `take` gave as what the server holds."""
        shutil.rmtree(self._before, ignore_errors=True)
        os.replace(self._next, self._before)


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Raise a StoreError that says what to do about a full disk or a folder that cannot be written."""
    try:
        yield
    except OSError as error:
        # Copies of folders tell their errors in a list.
        listed = error.args[0] if isinstance(error, shutil.Error) and error.args else None
        why = str(listed[0][2]) if listed else error.strerror or str(error)
        raise StoreError(
            "{path}: cannot be written ({why}); push again when it can", path=error.filename or folder, why=why
        ) from error


def _link(source: Path | str, target: Path | str) -> None:
    """Give a file a second name, or copy it where the disk knows no links."""
    try:
        os.link(source, target)
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError:
        shutil.copyfile(source, target)
