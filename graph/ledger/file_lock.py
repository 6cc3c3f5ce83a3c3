"""A lock on an open file, which ends with the process that holds it: one writer at a time, on every system."""

import sys
from typing import IO, Any

if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: IO[Any]) -> bool:
        """Take the lock where nobody has it; tell whether it was taken."""
        try:
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock(handle: IO[Any]) -> None:
        """Let go of a lock that was taken."""
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(handle: IO[Any]) -> bool:
        """Take the lock where nobody has it; tell whether it was taken."""
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def unlock(handle: IO[Any]) -> None:
        """Let go of a lock that was taken."""
        fcntl.flock(handle.fileno(), fcntl.LOCK_UN)
