"""The work of a build that can be shared among processes: reading files, aligning pairs of documents.

Every function that a process is given stands at the top of this module and takes plain records, so that it can be
called in a process that was started anew (Windows, macOS).
"""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Self, TypeVar

from graph.assemble.assembly import Tables
from graph.assemble.document_rows import fragment
from graph.assemble.join import DocumentPair
from graph.assemble.link_rows import DocumentTasks, add_links, document_tasks
from graph.errors import InputError, PolicyGraphError
from graph.link.decisions import Decisions
from graph.model import Reading
from graph.snapshot.arrow_columns import table_of
from graph.snapshot.tables import SnapshotRows
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.sources import FileFailure
from loaders.reading.document_reading import read_file

T = TypeVar("T")
# Below this much a second process costs more than it saves.
_WORTH_BYTES, _WORTH_PAIRS = 400_000, 40
_PARCEL_BYTES, _CHUNK_PAIRS = 300_000, 16


@dataclass(frozen=True, slots=True)
class Read:
    """The result of reading some files: the rows of their documents, and the files that failed."""

    tables: Tables
    failures: tuple[FileFailure, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AlignTask:
    """A pair of documents with all that a process needs to find their readings and to align them."""

    pair: DocumentPair
    child: Source
    parent: Source


def read_some(sources: Sequence[Source], cache: Cache) -> Read:
    """Return the rows of some files, from cached readings where there are any."""
    rows: SnapshotRows = {}
    failures = []
    for source in sources:
        try:
            reading = _reading(source, cache)
        except PolicyGraphError as error:
            failures.append(FileFailure.of(source.path, error, source.name))
            continue
        for name, listed in fragment(reading, source.suffix).items():
            rows.setdefault(name, []).extend(listed)
    return Read({name: table_of(name, listed) for name, listed in rows.items()}, tuple(failures), len(sources))


def _reading(source: Source, cache: Cache) -> Reading:
    reading = cache.get(source)
    if reading is None:
        reading = read_file(Path(source.path), source.name)
        if reading.sha256 != source.sha256:
            raise InputError("{path}: the file changed while it was read; build again", path=source.path)
        cache.put(source, reading)
    cache.keep(source)
    return reading


def align_some(tasks: Sequence[AlignTask], cache: Cache, decisions: Decisions) -> Tables:
    """Return the correspondences of some pairs of documents, and their proofs."""
    rows: SnapshotRows = {"DERIVES_FROM": [], "Evidence": []}
    for task in tasks:
        child, parent = (_tasks_of(source, cache) for source in (task.child, task.parent))
        add_links(rows, task.pair, child, parent, decisions)
    return {name: table_of(name, listed) for name, listed in rows.items()}


@lru_cache(maxsize=32)
def _tasks_of(source: Source, cache: Cache) -> DocumentTasks:
    """Return the tasks of a document that is in the graph, from its cached reading, else its kept file."""
    reading = cache.get(source)
    if reading is None:
        reading = read_file(cache.kept(source.sha256, source.suffix), source.name)
        cache.put(source, reading)
    return document_tasks(reading)


# -- sharing


class Workers:
    """Processes that share the work of one build, started when there is enough of it and kept to the end."""

    def __init__(self, jobs: int | None) -> None:
        """Say how many processes there may be; as many as the machine has cores where it is None."""
        self.jobs = jobs if jobs is not None else (os.cpu_count() or 1)
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Return the workers; none is started yet."""
        return self

    def __exit__(self, *error: object) -> None:
        """Let the processes go; what waits is not begun where there was an error."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=error[0] is not None)
            self._executor = None

    def read(self, sources: Sequence[Source], cache: Cache, done: Callable[[int], None]) -> Iterator[Read]:
        """Yield the results of reading all files, in any order; `done` is called with the number of files just read."""
        executor = self._shared(sum(one.size for one in sources) >= _WORTH_BYTES)
        if executor is None:
            for source in sources:
                yield read_some([source], cache)
                done(1)
            return
        with _nobodys_script():
            waiting = as_completed([executor.submit(read_some, one, cache) for one in _parcels(sources)])
        for found in _given_out(waiting):
            count = found.count
            yield found
            del found
            done(count)

    def align(
        self, tasks: Sequence[AlignTask], cache: Cache, decisions: Decisions, done: Callable[[int], None]
    ) -> Iterator[Tables]:
        """Yield the correspondences of all pairs, in any order; `done` is told how many more are done."""
        # Pairs with one parent stand together: its reading is unpacked once.
        ordered = sorted(tasks, key=lambda one: (one.pair.parent, one.pair.child))
        chunks = [ordered[at : at + _CHUNK_PAIRS] for at in range(0, len(ordered), _CHUNK_PAIRS)]
        executor = self._shared(len(ordered) >= _WORTH_PAIRS)
        if executor is None:
            for chunk in chunks:
                yield align_some(chunk, cache, decisions)
                done(len(chunk))
            return
        with _nobodys_script():
            waiting = as_completed([executor.submit(_counted, chunk, cache, decisions) for chunk in chunks])
        for count, aligned in _given_out(waiting):
            yield aligned
            del aligned
            done(count)

    def _shared(self, worth: bool) -> ProcessPoolExecutor | None:
        if self.jobs <= 1 or not (worth or self._executor):
            return None
        if self._executor is None:
            # A forked process begins at once; but the engine's threads do not come along into it.
            forkable = sys.platform == "linux" and "arcadedb" not in sys.modules
            context = multiprocessing.get_context("fork" if forkable else "spawn")
            self._executor = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_end_with_parent)
        return self._executor


def _counted(tasks: Sequence[AlignTask], cache: Cache, decisions: Decisions) -> tuple[int, Tables]:
    return len(tasks), align_some(tasks, cache, decisions)


def _given_out(waiting: Iterator[Future[T]]) -> Iterator[T]:
    """Yield results as they come and hold none that was given out: together they are all rows of the graph.

    `waiting` must be all that names the futures, each of which holds its result.
    """
    for future in waiting:
        result = future.result()
        del future
        yield result
        del result


def _end_with_parent() -> None:
    """End this process when the build's is killed; it would wait for work for ever, and hold the folder's lock."""

    def watch() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _nobodys_script() -> Iterator[None]:
    """Keep processes that begin anew from running the caller's script or notebook again: all they need is here."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _parcels(sources: Sequence[Source]) -> Iterator[list[Source]]:
    """Yield the files in parcels of about equal size, the largest files first, so that no process waits long."""
    parcel: list[Source] = []
    weight = 0
    for source in sorted(sources, key=lambda one: (-one.size, one.name)):
        parcel.append(source)
        weight += source.size + 2_000
        if weight >= _PARCEL_BYTES:
            yield parcel
            parcel, weight = [], 0
    if parcel:
        yield parcel
