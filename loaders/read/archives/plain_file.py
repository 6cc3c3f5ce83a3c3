"""The bytes of a plain file: pipes, devices, sockets and files that the kernel makes up are refused, never waited for."""

import os
import stat
from functools import lru_cache
from io import BufferedReader
from pathlib import Path

from graph.errors import InputError
from loaders.read.archives.archive_members import ArchiveFolder, archive_above
from loaders.read.limits import MAX_BYTES

# A pipe that takes its place between the look and the opening must not be waited for. Windows has neither sign.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_plain(path: Path) -> BufferedReader:
    """Return the file at `path` opened for reading; it is plain, holds something, and no more than a reader takes.

    Raises:
        InputError: it is not there, may not be read, is no plain file, is empty or too large.
    """
    try:
        _refuse(path, os.stat(path))
        file = os.fdopen(os.open(path, _FLAGS), "rb")
        try:
            _refuse(path, os.fstat(file.fileno()))
        except BaseException:
            file.close()
            raise
    except OSError as error:
        raise unreadable(path, error) from error
    return file


def read_plain(path: Path) -> bytes:
    """Return the bytes of the plain file at `path`, which may lead into an archive (`papers.zip/plan.docx`).

    Raises:
        InputError: as `open_plain`; or the disk fails, or the archive cannot be read.
    """
    if not path.exists() and (archive := archive_above(path)):
        data = opened_archive(archive).read(path)
        if not data:
            raise InputError("{where}: the file is empty; nothing to read", where=path)
        return data
    with open_plain(path) as file:
        try:
            data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise unreadable(path, error) from error
    if len(data) > MAX_BYTES:
        raise _too_large(path, len(data))
    return data


def opened_archive(path: Path) -> ArchiveFolder:
    """Return the archive at `path`; the last one stays open, for what is read next is mostly in it.

    Raises:
        InputError: it cannot be read.
    """
    try:
        found = os.stat(path)
    except OSError as error:
        raise unreadable(path, error) from error
    return _archive(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _archive(path: Path, changed: int, size: int) -> ArchiveFolder:
    return ArchiveFolder(path, read_plain(path))


def unreadable(path: Path, error: OSError) -> InputError:
    """Return the error of a file that the system does not let us read."""
    return InputError(
        "{path}: cannot be read ({reason}); check the name and the rights",
        path=path,
        reason=error.strerror or type(error).__name__,
    )


def _refuse(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise InputError("{path}: is no plain file (a folder, pipe, device or socket); it was not read", path=path)
    # What the kernel makes up when it is read, below /proc, has this size too, and may have no end.
    if found.st_size == 0:
        raise InputError("{where}: the file is empty; nothing to read", where=path)
    if found.st_size > MAX_BYTES:
        raise _too_large(path, found.st_size)


def _too_large(path: Path, count: int) -> InputError:
    return InputError(
        "{path}: {count:,} bytes is over the limit of {limit:,}; split the file",
        path=path,
        count=count,
        limit=MAX_BYTES,
    )
