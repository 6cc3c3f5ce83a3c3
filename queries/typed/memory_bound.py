"""A bound for the memory of the process that a typed-in query runs in: a limit of its own, and a watch from outside.

A few words of a query double a text or a list until the machine has no memory left, long before the query's time is up.
"""

import ctypes
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

MOST_BYTES = 1 << 30
"""Memory that a query may take, all that its process has included."""
OUT_OF_MEMORY = 71
"""How that process ends where Python has no memory left to answer."""
_ROOM = 1.25  # the system's own limit lies so much above, so that it is the watch that ends most queries, and says why
_EVERY = 0.02  # seconds between two looks where one costs nothing


def bound_own_memory(most: int) -> None:
    """Let the system refuse this process more than about so many bytes of data, where it has such a limit (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    # The engine reserves far more addresses than it uses, so that it is data, not addresses, that is bounded.
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = int(most * _ROOM)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


class MemoryWatch:
    """A look at the memory of another process, again and again, that ends it where it takes more than it may."""

    def __init__(self, pid: int, most: int, end: Callable[[], None]) -> None:
        """Say which process, how many bytes, and what ends it."""
        self.pid, self.most, self.end = pid, most, end
        self.passed = False
        """Whether the process took more and was ended."""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        every = _EVERY if sys.platform in ("linux", "win32") else 10 * _EVERY
        while not self._done.wait(every):
            if bytes_of(self.pid) > self.most:
                self.passed = True
                self.end()
                return


def bytes_of(pid: int) -> int:
    """Return how many bytes of memory a process has now, 0 where that cannot be told."""
    with suppress(OSError, ValueError, IndexError, subprocess.SubprocessError):
        if sys.platform == "linux":
            # Pages of files, which the system takes back when it needs them, are none of its own.
            resident, of_files = map(int, Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1:3])
            return (resident - of_files) * _PAGE
        if sys.platform == "win32":
            return _on_windows(pid)
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=5, check=True)
        return int(said.stdout) << 10
    return 0


if sys.platform == "win32":

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the system."""

        _fields_ = (
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *((f"count{at}", ctypes.c_size_t) for at in range(8)),
        )

    def _on_windows(pid: int) -> int:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(0x1000, False, pid))  # to be asked of a few things
        found = _Counters(size=ctypes.sizeof(_Counters))
        try:
            known = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(found), found.size)
            return int(found.count1) if known else 0  # what it has in memory now
        finally:
            kernel.CloseHandle(handle)

else:
    import resource

    _PAGE = resource.getpagesize()
