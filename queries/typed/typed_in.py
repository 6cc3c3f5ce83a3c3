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
from queries.typed.query_guard import check

TIMEOUT = 10.0
LIMIT = 1_000


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
        GuardError: the query does what a question may not, or took too long.
        UsageError: the store does not understand it.
        StoreError: the store cannot be read, or the process died.
    """
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
    }
    said = _run(json.dumps(request, ensure_ascii=False).encode("utf-8"), timeout)
    if "error" in said:
        raise _error(str(said["error"]), int(said["exit_code"]))
    rows = said["rows"]
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    notes = [Note(code="more", values={"shown": len(rows), "all": said["all"]})] if said["all"] > len(rows) else []
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
    limits = {"ARCADEDB_NATIVE_ISOLATE_ARGS": os.environ.get("ARCADEDB_NATIVE_ISOLATE_ARGS", "-Xmx2g")}
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
    if process.returncode != 0:
        last = err.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
        raise StoreError("the query's process ended with {code}: {said}", code=process.returncode, said=last[0])
    found: dict = json.loads(out.decode("utf-8"))  # type: ignore[type-arg]
    return found


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
