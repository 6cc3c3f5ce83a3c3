"""Writing a file or folder so that it is whole or not there."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from graph.errors import UsageError

T = TypeVar("T")


def replace_whole(target: Path, make: Callable[[Path], T]) -> T:
    """Let `make` write beside `target`, then rename what it wrote; return what `make` returns.

    Raises:
        UsageError: the folder is not there or cannot be written.
    """
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    # Said before anything is made: a library that writes may have an error of its own for it.
    if not target.parent.is_dir():
        raise UsageError(
            "{path} cannot be written: there is no folder {folder}; make it first", path=target, folder=target.parent
        )
    try:
        result = make(fresh)
        os.replace(fresh, target)
    except OSError as error:
        raise UsageError("{path} cannot be written ({reason})", path=target, reason=error.strerror or error) from error
    finally:
        if fresh.is_dir():
            shutil.rmtree(fresh, ignore_errors=True)
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return result
