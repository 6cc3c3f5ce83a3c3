"""Writing a file or folder so that it is whole or not there."""

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from errno import EISDIR
from pathlib import Path
from typing import TypeVar

from graph.errors import StoreError, UsageError

T = TypeVar("T")


def replace_whole(target: Path, make: Callable[[Path], T]) -> T:
    """Let `make` write beside `target`, then rename what it wrote; return what `make` returns.

    A device or a pipe is written into, never replaced; of a link that is replaced which it leads to.

    Raises:
        UsageError: the folder is not there.
        StoreError: the system does not let it be written, or has no room.
    """
    try:
        if _is_special(target):
            return _write_into(target, make)
        # Also `.` and `..` have a name then.
        return _replace(Path(os.path.realpath(target)), target, make)
    except OSError as error:
        raise StoreError("{path} cannot be written ({reason})", path=target, reason=error.strerror or error) from error


def _is_special(target: Path) -> bool:
    """Tell whether a path is that of a device, pipe or socket.

    Raises:
        OSError: it may not be looked at.
    """
    try:
        mode = os.stat(target).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_into(target: Path, make: Callable[[Path], T]) -> T:
    with tempfile.TemporaryDirectory(prefix="zhengmai-") as folder:
        fresh = Path(folder) / target.name
        result = make(fresh)
        with fresh.open("rb") as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink)
    return result


def _replace(place: Path, target: Path, make: Callable[[Path], T]) -> T:
    # Both are said before anything is result: a library that writes may have an error of its own for them.
    if place.is_dir() and any(place.iterdir()):
        raise OSError(EISDIR, os.strerror(EISDIR))
    if not place.parent.is_dir():
        raise UsageError(
            "{path} cannot be written: there is no folder {folder}; make it first", path=target, folder=target.parent
        )
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        result = make(fresh)
        os.replace(fresh, place)
    finally:
        if fresh.is_dir():
            shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return result
