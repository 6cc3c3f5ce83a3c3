"""Files of what people said, kept beside a graph: a line of JSON each, appended, whole or absent."""

import json
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from errno import EINVAL, ENOSPC
from pathlib import Path

from graph.errors import StoreError, UsageError
from graph.ledger.file_lock import try_lock, unlock

KeptLine = Mapping[str, object]
PROGRESS_FILE = "progress.jsonl"
"""The file in a graph's folder that holds what was recorded of progress."""
_WAIT = 60.0


def this_moment() -> str:
    """Return the present second as ISO 8601, in universal time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def kept_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that hold anything, each with its number; none where there is no file.

    What a writer that was killed left of its line, without an end, is passed over: it was never said to be kept.

    Raises:
        StoreError: the file cannot be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(EINVAL, "it is no plain file")
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError("{root}: cannot be read ({reason})", root=path, reason=error.strerror) from error
    # At line feeds alone: what a person writes may hold what else ends a line somewhere.
    lines = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if line.strip() and (number < len(lines) or _is_whole(line)):
            yield number, line


def _is_whole(line: bytes) -> bool:
    """Tell whether a line without an end is JSON all the same, as where a person edited the file."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def append_whole_lines(path: Path, lines: bytes) -> None:
    """Write lines behind the others, all or none.

    Raises:
        OSError: the file cannot be written.
        StoreError: another writer holds the file too long.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _held(path):
        _write(path, lines)


def append_made_lines(path: Path, made: Callable[[], Sequence[KeptLine]]) -> None:
    """Write the lines that `made` gives behind the others, all or none; while it looks and writes nobody else writes.

    What a writer that was killed left of a line is taken away before: it was never said to be kept.

    Raises:
        UsageError: the words are no text in UTF-8.
        OSError: the file cannot be written.
        StoreError: another writer holds the file too long.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _held(path):
        data = b"".join(encoded(one) for one in made())
        if data:
            _write(path, data)


def encoded(said: KeptLine) -> bytes:
    """Return one line of JSON with its end.

    Raises:
        UsageError: the words are no text in UTF-8.
    """
    try:
        return (json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n").encode()
    except UnicodeEncodeError as error:
        raise UsageError("{text!r} is no text in UTF-8", text=str(said)) from error


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold a file for writing by a lock beside it, so that whoever reads it is never kept waiting."""
    with path.with_name(f"{path.name}.lock").open("ab") as handle:
        until = time.monotonic() + _WAIT
        while not try_lock(handle):
            if time.monotonic() >= until:
                raise StoreError("{path}: another process is writing it; try again when it is done", path=path)
            time.sleep(0.005)
        try:
            yield
        finally:
            unlock(handle)


def _write(path: Path, data: bytes) -> None:
    # On the disk before anything is built upon it.
    with path.open("ab", buffering=0) as file:
        size, whole = _after_cut(path, file.seek(0, os.SEEK_END), data)
        try:
            if file.write(whole) < len(whole):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                os.truncate(path, size)
            raise


def _after_cut(path: Path, size: int, data: bytes) -> tuple[int, bytes]:
    """Return where to write on, and what: behind a last line that lacks its end only, or in place of a rest of one."""
    before = path.read_bytes() if size else b""
    if not before or before.endswith(b"\n"):
        return size, data
    last = before.rfind(b"\n") + 1
    if _is_whole(before[last:]):
        return size, b"\n" + data
    os.truncate(path, last)
    return last, data
