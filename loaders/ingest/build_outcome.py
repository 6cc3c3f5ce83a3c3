"""Builds that make nothing: said as errors of what was given."""

from collections.abc import Sequence
from pathlib import Path

from graph.errors import InputError, UsageError
from graph.store.home import Home
from loaders.ingest.build_plan import BuildReport
from loaders.read.registry import known_suffixes


def refuse_nothing(paths: Sequence[Path], store: Path) -> None:
    """Refuse a build that is given neither files nor a graph to build anew.

    Raises:
        UsageError: it is.
    """
    if not paths and not Home(store).holds_graph():
        raise UsageError("there is nothing to build; give files or folders, such as zhengmai build docs/")


def refuse_empty(report: BuildReport, paths: Sequence[Path], store: Path) -> None:
    """Refuse what a build came to where nothing was there to be read, or nothing could be.

    Raises:
        InputError: the paths hold no document; or none of them could be read, and the graph holds no other.
    """
    if paths and not (report.failures or report.added or report.replaced or report.unchanged):
        raise InputError(
            "there is no document in {paths}: no file ends in {known}",
            paths=" ".join(map(str, paths)),
            known=" ".join(sorted(known_suffixes())),
        )
    if report.failures and not report.documents:
        raise InputError("no document could be read: there is no graph in {store} yet", store=store)
