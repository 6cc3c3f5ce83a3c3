"""Checks that this installation is whole and that the graph answers."""

import platform
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from graph.errors import PolicyGraphError
from graph.store.home import Home
from graph.store.opening import open_store
from graph.store.store_address import StoreAddress
from queries.run import run

_ROOT = Path(__file__).parents[2]
# The packages that Zhengmai runs with; what a notebook adds may be absent.
_NEEDED = (
    "arcadedb",
    "pyarrow",
    "typer",
    "rich",
    "pyvis",
    "jinja2",
    "networkx",
    "rdflib",
    "pyoxigraph",
    "neo4j",
    "opencc",
    "rapidfuzz",
    "lxml",
    "readability-lxml",
    "charset-normalizer",
    "ahocorasick-rs",
    "xlsxwriter",
    "olefile",
    "python-calamine",
    "starlette",
    "uvicorn",
    "openpyxl",
    "pypdfium2",
    "python-docx",
    "resvg-py",
    "rjieba",
)
_OPTIONAL = ("pandas",)


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCheck:
    """One thing that was looked at: `detail` is a version or where it is.

    Of the graph `documents` counts what it holds, and `error` says why it does not answer.
    """

    name: str
    state: Literal["ok", "absent", "bad"]
    detail: str | None = None
    documents: int | None = None
    error: PolicyGraphError | None = None


def installed() -> list[HealthCheck]:
    """Return this software, its Python, the system, and every package that it runs with."""
    checks = [
        HealthCheck(name="zhengmai", state="ok", detail=version()),
        HealthCheck(name="python", state="ok", detail=f"{platform.python_version()} {sys.executable}"),
        HealthCheck(name="system", state="ok", detail=platform.platform()),
    ]
    for name in (*_NEEDED, *_OPTIONAL):
        try:
            checks.append(HealthCheck(name=name, state="ok", detail=metadata.version(name)))
        except metadata.PackageNotFoundError:
            checks.append(HealthCheck(name=name, state="absent" if name in _OPTIONAL else "bad"))
    return checks


def graph_at(address: str) -> HealthCheck:
    """Return whether the graph at an address answers; that none was built yet is no fault."""
    store_address = StoreAddress.of(address)
    folder = store_address.folder
    if folder is not None and Home(folder).current() is None:
        return HealthCheck(name="graph", state="absent", detail=str(folder))
    try:
        with open_store(store_address) as store:
            documents = {row["document"] for row in run("documents", store).rows}
    except PolicyGraphError as error:
        return HealthCheck(name="graph", state="bad", detail=store_address.shown, error=error)
    return HealthCheck(name="graph", state="ok", detail=store_address.shown, documents=len(documents))


def version() -> str:
    """Return the version of this software; of a checkout that was not installed, the one that it will have."""
    try:
        return metadata.version("zhengmai")
    except metadata.PackageNotFoundError:
        settings = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        return str(settings["project"]["version"])
