"""Giving memory back to the system: allocators keep what is freed, and the next step may need it elsewhere."""

import ctypes
import gc
import sys
from functools import cache

import pyarrow as pa


def give_back(*, thorough: bool = False) -> None:
    """Return to the system what this process holds and no longer uses; `thorough` looks for circles first."""
    if thorough:
        gc.collect()
    pa.default_memory_pool().release_unused()
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> "ctypes._NamedFuncPointer | None":
    """Return the C library's own way to do so, None where it has none (all but glibc)."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL("libc.so.6").malloc_trim
    except (OSError, AttributeError):
        return None
