"""A pause of Python's collector of cycles, for work that keeps all that it makes until it is done."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Look for no cycles while the work goes on (also usable as a decorator); one that was off before stays off.

    What nothing refers to any more is freed all the same; cycles that the work leaves behind are found after it. Several
    threads may pause it at once: the first to be done sets it going again.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
