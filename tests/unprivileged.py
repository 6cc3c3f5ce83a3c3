"""Doing something as a user whom rights of files hold for: the tests may run as one who may read everything."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be nobody meanwhile, where the tests run as the system's master; skip where a system has no such rights."""
    if os.name == "nt":
        pytest.skip("rights of this kind are not Windows's")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
