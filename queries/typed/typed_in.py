"""Answering a query that somebody typed in: checked, run in a process of its own, killed when its time is up."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from graph.errors import PolicyGraphError, StoreError, UsageError
from graph.store.opening import open_store
from graph.store.protocol import Dialect, Scalar
from graph.store.store_address import StoreAddress
from queries.answer import Answer, Note, shaped
from queries.faults import GuardError
from queries.typed.memory_bound import MOST_BYTES, OUT_OF_MEMORY, MemoryWatch
from queries.typed.query_guard import check

TIMEOUT = 10.0
LONGEST = 86_400
"""Seconds that a query may be given: a day."""
LIMIT = 1_000
_NO_MEMORY = (b"MemoryError", b"OutOfMemory", b"out of memory", b"bad_alloc", b"memory allocation", b"Cannot allocate")


def answer(
    address: str | Path | StoreAddress,
    text: str,
    *,
    params: Mapping[str, Scalar] | None = None,
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
    dialect: Dialect | None = None,
) -> Answer:
    """Return the first `limit` rows of a read-only query; it has `timeout` seconds.

    A folder answers in Cypher unless `dialect` says otherwise; its SPARQL store is made now where it is not there
    yet, on nobody's time.

    Raises:
        GuardError: the query does what a question may not, took too long, or too much memory.
        UsageError: the store does not understand it, it or its answer is no text, or `timeout` is over a day.
        StoreError: the store cannot be read, or the process died.
    """
    if not 0 < timeout <= LONGEST:
        raise UsageError("a query has at most {limit} seconds; give a number up to that", limit=LONGEST)
    where = StoreAddress.of(address).asked_in(dialect)
    if where.dialect == "sparql":
        open_store(where).close()
    checked = text if where.dialect == "sparql" else check(text)
    # A server is told too: it would go on with a query whose asker was killed.
    request = {
        "store": where.text,
        "text": checked,
        "params": dict(params or {}),
        "limit": limit,
        "seconds": timeout,
        "bytes": MOST_BYTES,
    }
    try:
        asked = json.dumps(request, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError("the query is no text in UTF-8: it holds half of a sign, or other bytes") from None
    said = _run(asked, timeout)
    if "error" in said:
        raise _error(str(said["error"]), int(said["exit_code"]))
    rows = said["rows"]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    notes = [Note(code="more", values={"shown": len(rows), "all": said["all"]})] if said["all"] > len(rows) else []
    if said["odd"]:
        notes.append(Note(code="not_numbers", values={"count": said["odd"]}))
    # A name that the graph does not have is no error in Cypher or SPARQL: it just has no value anywhere.
    bare = [name for name in columns if all(row.get(name) is None for row in rows)]
    if bare:
        notes.append(Note(code="no_values", values={"columns": ", ".join(bare)}))
    return Answer(name="query", columns=columns, rows=shaped(columns, rows), notes=tuple(notes))


def _error(message: str, code: int) -> PolicyGraphError:
    kinds = {UsageError.exit_code: UsageError, StoreError.exit_code: StoreError}
    return kinds.get(code, PolicyGraphError)(message)


def _run(request: bytes, timeout: float) -> dict:  # type: ignore[type-arg]
    root = str(Path(__file__).parents[2])
    # The engine takes half of the machine's memory unless it is told otherwise.
    heap = f"-Xmx{MOST_BYTES * 3 // 4 >> 20}m"
    limits = {"ARCADEDB_NATIVE_ISOLATE_ARGS": os.environ.get("ARCADEDB_NATIVE_ISOLATE_ARGS", heap)}
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    process = subprocess.Popen(
        # -P: the current folder, where somebody's own graph.py may lie, is not looked into.
        [sys.executable, "-P", "-m", "queries.typed.query_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **limits, "PYTHONPATH": path},
        start_new_session=True,
    )
    with MemoryWatch(process.pid, MOST_BYTES, lambda: _end(process)) as watch:
        try:
            out, err = process.communicate(request, timeout=timeout)
        except subprocess.TimeoutExpired:
            _kill(process)
            seconds = f"{timeout:g}"
            raise GuardError(
                "query_timeout",
                f"the query was stopped after {seconds} seconds; narrow it or give more with --timeout",
                seconds=seconds,
            ) from None
        except BaseException:
            _kill(process)
            raise
    if watch.passed or (process.returncode != 0 and _lacked_memory(process.returncode, err)):
        most = MOST_BYTES >> 20
        raise GuardError(
            "query_memory", f"the query was stopped: it needs more than {most} MB of memory; narrow it", most=most
        )
    if process.returncode != 0:
        last = err.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise StoreError("the query's process ended with {code}: {said}", code=process.returncode, said=last[0])
    found: dict = json.loads(out.decode("utf-8"))  # type: ignore[type-arg]
    return found


def _lacked_memory(code: int, err: bytes) -> bool:
    """Tell whether a process ended as those do that the system refuses memory: engines have no other way to say so."""
    return code in (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL) or any(word in err for word in _NO_MEMORY)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    _end(process)
    process.communicate()
