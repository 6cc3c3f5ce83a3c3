"""A disk of a few megabytes that can be filled: a file system in memory, where the tests may mount one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.java import Missing

_FILLER = "filler"


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a small disk at `folder` and take it away at the end.

    Raises:
        Missing: the system does not let the tests mount one.
    """
    folder.mkdir(parents=True)
    if not sys.platform.startswith("linux"):
        raise Missing("needs a file system in memory, which only Linux mounts so")
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "zhengmai-test", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Missing(f"needs to mount a small disk: {error}") from error
    if done.returncode:
        raise Missing(f"needs to mount a small disk: {done.stderr.strip()[:200]}")
    try:
        yield folder
    finally:
        # Lazily: a process that a test left behind may still have a file open.
        subprocess.run(["umount", "-l", str(folder)], check=True)


def free(disk: Path) -> int:
    """Return the bytes that are free."""
    said = os.statvfs(disk)
    return said.f_bavail * said.f_frsize


def fill(disk: Path, room: int = 0) -> None:
    """Fill the disk but for so many bytes."""
    more = max(0, free(disk) - room)
    with (disk / _FILLER).open("ab") as file:
        file.write(bytes(more))


def empty(disk: Path) -> None:
    """Take away what fills it."""
    (disk / _FILLER).unlink(missing_ok=True)
