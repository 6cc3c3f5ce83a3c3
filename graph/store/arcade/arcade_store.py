"""The embedded store: ArcadeDB's native build in a folder, loaded in bulk, asked in Cypher, opened read-only.

Every node is a vertex of its label with its `key`; every link an edge of its kind with its `key`.
`Evidence` (found by `subject`: the key of a node or link) and `Issue` are vertices without links. Properties that are not
known are not there. The full-text indexes `task_text` and `policy_title` answer
`CALL db.index.fulltext.queryNodes`.

A wart of the engine that query texts must go round: a map in a pattern that uses a link's property
(`MATCH (e:Evidence {subject: r.key})`) finds nothing; `WITH r.key AS k MATCH (e:Evidence {subject: k})` does.
"""

import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StoreError, UsageError, one_line
from graph.store.arcade.engine_words import apart, reason_of
from graph.store.plain_values import SCALARS, as_scalar
from graph.store.protocol import AnswerRow, Dialect, Parameters, Store

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

# Bytes of the engine's heap that a bulk load needs, measured at 10,000 and 100,000 tasks.
_LEAST_HEAP, _HEAP_OF_ROW = 400 << 20, 110
# What stands in quotes or behind a comment sign is no keyword.
_INERT = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_READS_FILES = re.compile(r"\bLOAD\s+CSV\b|\bIMPORT\s+DATABASE\b", re.IGNORECASE)
_OURS = {
    "CommandParsingException": "the query is not understood: {said}",
    "CommandSQLParsingException": "the query is not understood: {said}",
    "CommandParameterMissingException": "the query needs a parameter: {said}",
    "QueryNotIdempotentException": "the query writes, and questions only read: {said}",
    "DatabaseIsReadOnlyException": "the query writes, and questions only read: {said}",
}


def _engine(log: Path, rows: int | None = None) -> Any:  # noqa: ANN401 - the engine's wheel carries no types
    """Return the engine's module, quiet and with its log in `log`; all must be said before its first use.

    Where `rows` are to be written, the engine's heap is held to what they need; by itself it grows to half the
    machine's memory before it tidies up.
    """
    if "arcadedb" not in sys.modules:
        os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
        os.environ.setdefault("ARCADEDB_LOG_DIR", str(_log_folder(log)))
        if rows is not None:
            heap = max(_LEAST_HEAP, _LEAST_HEAP // 2 + rows * _HEAP_OF_ROW)
            os.environ.setdefault("ARCADEDB_NATIVE_ISOLATE_ARGS", f"-Xmx{heap >> 20}m")
    try:
        import arcadedb
    except ImportError as error:
        raise StoreError(
            "the embedded engine is not installed: pip install 'arcadedb>=26.11.1.dev2,<27';"
            " where it has no wheel, use a server store"
        ) from error
    return arcadedb


def _log_folder(log: Path) -> Path:
    """Return the folder for the engine's log, or one of this process where that cannot be written."""
    with suppress(OSError):
        log.mkdir(parents=True, exist_ok=True)
        if os.access(log, os.W_OK):
            return log
    return Path(tempfile.gettempdir()) / f"zhengmai-{os.getpid()}"


class _Shared:
    """The databases that this process reads: the engine opens each only once, so that they are lent out."""

    def __init__(self) -> None:
        self._lent: dict[Path, tuple[Any, int]] = {}
        self._lock = threading.Lock()

    def take(self, folder: Path, opened: Callable[[], Any]) -> Any:  # noqa: ANN401
        with self._lock:
            database, count = self._lent.get(folder.resolve()) or (opened(), 0)
            self._lent[folder.resolve()] = (database, count + 1)
            return database

    def give_back(self, folder: Path) -> None:
        with self._lock:
            database, count = self._lent.pop(folder.resolve())
            if count > 1:
                self._lent[folder.resolve()] = (database, count - 1)
            else:
                database.close()


_SHARED = _Shared()


class ArcadeStore(Store):
    """A store in a folder of its own. `load` writes it anew; `ask` opens it read-only and changes nothing."""

    dialect: Dialect = "cypher"

    def __init__(self, folder: Path, log: Path | None = None) -> None:
        """Name the folder and that of the engine's log (beside it by default); nothing is opened yet."""
        self.folder = folder
        self.log = log or folder.parent / "engine-log"
        self._database: Any = None
        self._writable = False
        # Nothing else writes into what is opened here.
        self.memo: dict[str, Any] = {}

    def close(self) -> None:
        """Let go of the engine's files."""
        self.memo.clear()
        if self._database is not None:
            database, self._database = self._database, None
            if self._writable:
                database.close()
            else:
                _SHARED.give_back(self.folder)

    # -- writing

    def load(self, snapshot: "Snapshot") -> None:
        """Make the store hold just what `snapshot` holds, whatever it held before."""
        self.close()
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # Who only asks waits for no Arrow.
        from graph.store.arcade.arcade_write import fill, rows_in

        engine = _engine(self.log, rows_in(snapshot))
        with apart(self.log):
            try:
                self._database = engine.DatabaseFactory(str(self.folder)).create()
                self._writable = True
                fill(self._database, snapshot)
            except engine.ArcadeDBError as error:
                raise StoreError(
                    "{folder}: the graph cannot be written ({reason})", folder=self.folder, reason=reason_of(error)
                ) from error
            finally:
                self.close()

    def update(self, older: "ArcadeStore", before: "Snapshot", after: "Snapshot") -> bool:
        """Make the store hold `after` out of a copy of `older`, which holds `before`.

        Return False, with nothing to be relied on in the folder, where that is not worth it or came out wrong; `load`
        does it then.
        """
        from graph.store.arcade.arcade_write import apply, rows_in
        from graph.store.changes import difference

        self.close()
        if (changes := difference(before, after)) is None:
            return False
        engine = _engine(self.log, rows_in(after))
        with apart(self.log):
            try:
                if self.folder.exists():
                    shutil.rmtree(self.folder)
                shutil.copytree(older.folder, self.folder)
                self._database = engine.DatabaseFactory(str(self.folder)).open()
                self._writable = True
                return apply(self._database, changes, after)
            except (engine.ArcadeDBError, OSError):
                # The copy can be damaged in ways only the engine knows; the snapshot is the truth, and loads.
                return False
            finally:
                self.close()

    # -- reading

    def ask(self, text: str, parameters: Parameters | None = None) -> list[AnswerRow]:
        """Return the rows of a read-only Cypher query; lists and maps come as JSON text, dates as ISO text.

        Raises:
            UsageError: the query is not understood, lacks a parameter, writes, or reads files.
            StoreError: the store is not there or cannot be read.
        """
        if _READS_FILES.search(_INERT.sub(" ", text)):
            raise UsageError("the query reads files, and questions only read the graph")
        engine = _engine(self.log)
        database = self.open()
        try:
            found = database.query("cypher", text, dict(parameters or {})).to_list()
        except engine.ArcadeDBError as error:
            raise _refused(error) from error
        return [_flat(row) for row in found]

    def open(self) -> Any:  # noqa: ANN401
        """Open the graph read-only, where it is not yet, and return the engine's handle.

        Raises:
            StoreError: there is no graph, or it cannot be opened.
        """
        if self._database is not None and not self._writable:
            return self._database
        self.close()
        engine = _engine(self.log)
        factory = engine.DatabaseFactory(str(self.folder))
        if not (self.folder / "schema.json").exists():
            raise StoreError("{folder}: there is no graph here; make one with zhengmai build", folder=self.folder)
        self._database = _SHARED.take(self.folder, lambda: self._opened(engine, factory))
        self._writable = False
        return self._database

    def count(self, name: str) -> int:
        """Return how many records of a kind there are; 0 where the engine knows no such kind.

        Raises:
            StoreError: the store is not there or cannot be read.
        """
        engine, database = _engine(self.log), self.open()
        try:
            return int(database.count_type(name))
        except engine.ArcadeDBError:
            return 0

    def _opened(self, engine: Any, factory: Any) -> Any:  # noqa: ANN401
        try:
            return factory.open(read_only=True)
        except engine.ArcadeDBError:
            # Left open by a process that died: one opening to write puts it in order.
            try:
                factory.open().close()
                return factory.open(read_only=True)
            except engine.ArcadeDBError as error:
                raise StoreError(
                    "{folder}: the graph cannot be opened ({reason}); rebuild with zhengmai build",
                    folder=self.folder,
                    reason=one_line(error),
                ) from error


def _refused(error: Exception) -> UsageError | StoreError:
    """Return the engine's complaint as one of ours."""
    native = getattr(error, "native", None) or {}
    kind = str(native.get("cls", "")).rpartition(".")[2]
    said = one_line(native.get("error") or error)
    if kind in _OURS:
        return UsageError(_OURS[kind], said=said)
    if "Exception" in kind and kind.startswith(("Command", "IllegalArgument", "Query")):
        return UsageError("the query cannot be answered: {said}", said=said)
    return StoreError("the engine failed: {said}", said=said or one_line(error))


# What only the engine knows of a record.
_HIDDEN = frozenset({"@rid", "@type", "@cat", "@in", "@out"})


def _flat(row: AnswerRow) -> AnswerRow:
    # Rows of plain values, which all of ours are, are taken as they come.
    if SCALARS.issuperset(map(type, row.values())) and "@rid" not in row:
        return row
    return {name: as_scalar(value, _HIDDEN) for name, value in row.items() if name[:1] != "@"}
