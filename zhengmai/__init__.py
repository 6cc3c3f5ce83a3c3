"""Zhengmai (政脉) for notebooks: `import zhengmai`, then `zhengmai.open(".zhengmai").cascade("province")`.

The packages behind it have plain names (`graph`, `loaders`, `queries`, `cli`). So that a `graph.py` of somebody's own
hides none of them, they are loaded here by their own place, before anything is taken from them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhengmai.loading import load

if TYPE_CHECKING:
    from zhengmai.notebook import Graph, build, doctor, evaluate, extract, open, questions, read, remove, schema

__all__ = [
    "Graph",
    "build",
    "doctor",
    "evaluate",
    "extract",
    "load",
    "open",
    "questions",
    "read",
    "remove",
    "schema",
]

load()


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Return what a notebook uses, imported on first use: the command line starts here too, and needs none of it."""
    if name in __all__:
        return getattr(import_module("zhengmai.notebook"), name)
    raise AttributeError(f"module 'zhengmai' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names that a notebook uses."""
    return __all__
