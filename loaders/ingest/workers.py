"""The work of a build that can be shared among processes: reading files, aligning pairs of documents.

Every function that a process is given stands at the top of this module and takes plain records, so that it can be
called in a process that was started anew (Windows, macOS).
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Self, TypeVar

from graph.assemble.assembly import Tables
from graph.assemble.document_rows import fragment
from graph.assemble.join import DocumentPair
from graph.assemble.link_rows import DocumentTasks, add_links, document_tasks
from graph.errors import InputError, StoreError
from graph.link.decisions import Decisions
from graph.model import Reading
from graph.snapshot.arrow_columns import table_of
from graph.snapshot.tables import SnapshotRows
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.sources import FileFailure
from loaders.read.document import SHEETS
from loaders.reading.document_reading import read_file
from loaders.reading.stated_facts import About, with_about

T = TypeVar("T")
# Of prctl(2): the signal that comes when the thread ends that started this process, here that which runs the build.
_PDEATHSIG = 1
# Below this much a second process costs more than it saves.
_WORTH_BYTES, _WORTH_PAIRS = 400_000, 40
_PARCEL_BYTES, _CHUNK_PAIRS = 300_000, 16


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading some files, by the names of all: the rows of their documents and the files that are none."""

    tables: Tables
    failures: tuple[FileFailure, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlignTask:
    """A pair of documents with all that a process needs to find their readings and to align them."""

    pair: DocumentPair
    child: Source
    parent: Source


def read_some(sources: Sequence[Source], cache: Cache) -> Read:
    """Return the rows of some files, from cached readings where there are any; one that fails, in any way, is told.

    Raises:
        OSError: the folder of the graph cannot be written.
    """
    taken: list[tuple[Source, SnapshotRows]] = []
    failures: list[FileFailure] = []
    for source in sources:
        cached = cache.get(source)
        try:
            reading = cached or _read_anew(source)
            rows = fragment(with_about(reading, About.of(source.about)), source.suffix, source.about)
        except InputError as error:
            failures.append(FileFailure.of(_shown(source, cache), error, source.name))
        except Exception as error:  # noqa: BLE001 - whatever a rule makes of one file, the others are read
            failures.append(FileFailure.of_fault(_shown(source, cache), error, source.name))
        else:
            if cached is None:
                cache.put(source, reading)
            try:
                cache.keep(source)
            except InputError as error:
                failures.append(FileFailure.of(source.path, error, source.name))
                continue
            taken.append((source, rows))
    tables, faults = _in_tables(taken, cache)
    return Read(tables, (*failures, *faults), tuple(one.name for one in sources))


def _read_anew(source: Source) -> Reading:
    reading = read_file(Path(source.path), source.name)
    if reading.sha256 != source.sha256:
        raise InputError("{path}: the file changed while it was read; build again", path=source.path)
    # A workbook may hold anything; a text that holds no task is a document all the same.
    if reading.media_type in SHEETS and not reading.tasks:
        raise InputError(
            "{path}: its sheets hold no list of tasks (no column is headed 任务, 事项 or the like); it was not taken in",
            path=source.path,
        )
    return reading


def _shown(source: Source, cache: Cache) -> str:
    """Return what people know a file by: its path, the document's name where it is the one that the graph keeps."""
    kept = str(cache.kept(source.sha256, source.suffix))
    return source.name if source.path == kept else source.path


def _in_tables(taken: Sequence[tuple[Source, SnapshotRows]], cache: Cache) -> tuple[Tables, list[FileFailure]]:
    """Return the rows of some documents as tables, without those of documents whose rows go into none."""
    try:
        return _tables([rows for _, rows in taken]), []
    except Exception:  # noqa: BLE001 - one of them holds what no table takes; the others are found one by one
        sound, faults = [], []
        for source, rows in taken:
            try:
                _tables([rows])
            except Exception as error:  # noqa: BLE001 - as above
                faults.append(FileFailure.of_fault(_shown(source, cache), error, source.name))
            else:
                sound.append(rows)
        return _tables(sound), faults


def _tables(listed: Sequence[SnapshotRows]) -> Tables:
    joined: SnapshotRows = {}
    for rows in listed:
        for name, found in rows.items():
            joined.setdefault(name, []).extend(found)
    return {name: table_of(name, found) for name, found in joined.items()}


@dataclass(frozen=True, slots=True)
class Aligned:
    """What came of aligning some pairs: DERIVES_FROM, RESEMBLES, Evidence, in Pair those that were aligned, and what failed."""

    tables: Tables
    failures: tuple[FileFailure, ...]
    count: int


def align_some(tasks: Sequence[AlignTask], cache: Cache, decisions: Decisions) -> Aligned:
    """Return the correspondences of some pairs of documents, and their proofs; a pair that fails is told."""
    rows: SnapshotRows = {"DERIVES_FROM": [], "RESEMBLES": [], "Evidence": [], "Pair": []}
    failures: list[FileFailure] = []
    for task in tasks:
        found: SnapshotRows = {"DERIVES_FROM": [], "RESEMBLES": [], "Evidence": [], "Pair": [task.pair.row]}
        pair = task.pair
        try:
            child, parent = (_tasks_of(source, cache) for source in (task.child, task.parent))
            add_links(found, task.pair, child, parent, decisions)
            _tables([found])
        except InputError as error:
            failures.append(FileFailure.of(pair.owner, error, pair.child))
        except Exception as error:  # noqa: BLE001 - whatever a rule makes of two documents, the others are aligned
            failures.append(FileFailure.of_fault_between(pair.child, pair.parent, error))
        else:
            for name, listed in found.items():
                rows[name] += listed
    return Aligned(_tables([rows]), tuple(failures), len(tasks))


@lru_cache(maxsize=32)
def _tasks_of(source: Source, cache: Cache) -> DocumentTasks:
    """Return the tasks of a document that is in the graph, from its cached reading, else its kept file."""
    reading = cache.get(source)
    if reading is None:
        reading = read_file(cache.kept(source.sha256, source.suffix), source.name)
        cache.put(source, reading)
    return document_tasks(with_about(reading, About.of(source.about)))


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
        left = {one.name: one for one in sources}
        with _nobodys_script():
            waiting = as_completed([executor.submit(read_some, one, cache) for one in _parcels(sources)])
        try:
            for found in _given_out(waiting):
                names = found.names
                yield found
                del found
                done(len(names))
                for name in names:
                    del left[name]
        except BrokenProcessPool:
            self._end()
            for source in left.values():
                yield self._read_apart(source, cache)
                done(1)

    def _read_apart(self, source: Source, cache: Cache) -> Read:
        """Return what comes of reading one file in a process that has nothing else to do; it may end that process."""
        if self._executor is None:
            self._executor = self._started(1)
        try:
            with _nobodys_script():
                reading = self._executor.submit(read_some, [source], cache)
            return reading.result()
        except BrokenProcessPool:
            self._end()
            why = InputError(
                "{path}: could not be read: the system ended the process that read it, perhaps for want of memory;"
                " leave the file out, or split it",
                path=_shown(source, cache),
            )
            return Read({}, (FileFailure.of(source.path, why, source.name),), (source.name,))

    def align(
        self, tasks: Sequence[AlignTask], cache: Cache, decisions: Decisions, done: Callable[[int], None]
    ) -> Iterator[Aligned]:
        """Yield what comes of aligning all pairs, in any order; `done` is told how many more are done."""
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
            waiting = as_completed([executor.submit(align_some, chunk, cache, decisions) for chunk in chunks])
        try:
            for aligned in _given_out(waiting):
                count = aligned.count
                yield aligned
                del aligned
                done(count)
        except BrokenProcessPool as error:
            self._end()
            raise StoreError(
                "the system ended a process of this build, perhaps for want of memory; build again with --jobs 1; the"
                " graph before still answers"
            ) from error

    def _shared(self, worth: bool) -> ProcessPoolExecutor | None:
        if self.jobs <= 1 or not (worth or self._executor):
            return None
        if self._executor is None:
            self._executor = self._started(self.jobs)
        return self._executor

    def _started(self, jobs: int) -> ProcessPoolExecutor:
        # A forked process begins at once; but the engine's threads do not come along into it.
        forkable = sys.platform == "linux" and "arcadedb" not in sys.modules
        context = multiprocessing.get_context("fork" if forkable else "spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent)

    def _end(self) -> None:
        """Let processes go of which one is gone."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


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
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    _ask_to_be_ended()
    if sys.platform != "win32" and os.getppid() != parent.pid:
        os._exit(1)  # it was killed before anybody could be asked

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _ask_to_be_ended() -> None:
    """Have Linux end this process with its parent: a thread waits for its turn while a rule is at a long text."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)


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
