"""Keeping a person's decision beside a graph, and the build by which it holds."""

from pathlib import Path

from graph.link.decision_merge import MergedDecisions, merge_decisions
from graph.link.decisions import Decision, decide
from graph.store.home import Home
from loaders.ingest.build_plan import BuildReport
from loaders.ingest.graph_build import BuildProgress, build


def decide_and_build(store: Path, decision: Decision, *, progress: BuildProgress | None = None) -> BuildReport:
    """Write a decision into the folder of a graph and build anew; return what the build did.

    Raises:
        UsageError: the two tasks are of one document, or the two policies are one.
        StoreError: the folder cannot be written, or another build holds it too long.
    """
    decide(Home(store).decisions, decision)
    return build([], store, progress=progress)


def merge_and_build(
    store: Path, other: Path, *, progress: BuildProgress | None = None
) -> tuple[MergedDecisions, BuildReport]:
    """Bring another person's file of decisions into the folder of a graph and build anew; return what came of both.

    Raises:
        InputError: there is no such file, or a line of it is not a decision.
        StoreError: the folder cannot be written, or another build holds it too long.
    """
    return merge_decisions(Home(store).decisions, other), build([], store, progress=progress)
