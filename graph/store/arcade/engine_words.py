"""What the embedded engine says by itself: kept from a person's terminal, and its reasons in few words."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import one_line

_SYSTEM = re.compile(r"java\.io\.IOException: ([^()\n]{1,100})")


@contextmanager
def apart(log: Path) -> Iterator[None]:
    """Let what is written to this process's stderr meanwhile go into a file in the engine's log folder.

    Where the engine cannot write, it prints pages of where it was besides the error that it raises.
    """
    try:
        file = (log / "stderr.log").open("ab")
    except OSError:
        file = open(os.devnull, "ab")  # noqa: SIM115 - closed below, as the other is
    with file:
        _flush()
        held = os.dup(2)
        try:
            os.dup2(file.fileno(), 2)
            yield
        finally:
            _flush()
            os.dup2(held, 2)
            os.close(held)


def _flush() -> None:
    # A program without a terminal may have none.
    if sys.stderr is not None:
        sys.stderr.flush()


def reason_of(error: Exception) -> str:
    """Return why the engine failed, as the system says it where it was the system.

    >>> reason_of(ValueError("Failed: a.b.TransactionException: on commit (caused by java.io.IOException: No space left)"))
    'No space left'
    """
    said = one_line(error)
    found = _SYSTEM.search(str(error))
    return found[1].strip() if found else said
