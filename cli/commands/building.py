"""Commands that change the graph: build, remove."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.output import Run, complain
from cli.words.messages import language, say
from graph.store.protocol import AnswerRow
from queries.answer import Answer, Note
from views.words.lines import in_words

if TYPE_CHECKING:
    from loaders.ingest.graph_build import BuildProgress, BuildReport

T = TypeVar("T")
EngineOption = StrEnum("EngineOption", ["local", "spark"])
SOME_FAILED = 4
FINDINGS = 5
_PROPOSED = 5
_COUNTS = ("added", "replaced", "unchanged", "removed")


def build(
    run: Run,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar=say("meta.paths"), help=say("arg.paths"), show_default=False)
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help=say("opt.jobs"))] = None,
    strict: Annotated[bool, typer.Option("--strict", help=say("opt.strict"))] = False,
    engine: Annotated[EngineOption, typer.Option("--engine", help=say("opt.engine"))] = EngineOption.local,
    snapshot_only: Annotated[bool, typer.Option("--snapshot-only", help=say("opt.snapshot_only"))] = False,
    about: Annotated[Path | None, typer.Option("--about", metavar=say("meta.table"), help=say("opt.about"))] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar=say("meta.column"), help=say("opt.column"))
    ] = None,
) -> None:
    """Read documents into the graph."""
    from loaders.ingest.build_outcome import refuse_empty, refuse_nothing
    from loaders.ingest.collection.about_table import Columns
    from loaders.ingest.graph_build import build as ingest

    given, store = paths or [], run.settings.store
    columns = Columns.parsed(column or ())
    refuse_nothing(given, store)

    def work(progress: "BuildProgress") -> "BuildReport":
        return ingest(
            given,
            store,
            jobs=jobs,
            progress=progress,
            snapshot_only=snapshot_only,
            engine="spark" if engine is EngineOption.spark else "local",
            about=about,
            columns=columns.given,
        )

    report = report_of(run, work)
    run.show(summary(report), draw=draw)
    run.tell_notes(probable(report))
    refuse_empty(report, given, store)
    if report.failures:
        raise typer.Exit(SOME_FAILED)
    if strict and report.issues:
        raise typer.Exit(FINDINGS)


def remove(
    run: Run,
    names: Annotated[list[str], typer.Argument(metavar=say("meta.names"), help=say("arg.names"), show_default=False)],
) -> None:
    """Take documents out of the graph."""
    from loaders.ingest.graph_build import remove as take_out

    report = report_of(run, lambda progress: take_out(names, run.settings.store, progress=progress))
    run.show(summary(report), draw=draw)


def report_of(run: Run, work: "Callable[[BuildProgress], BuildReport]") -> "BuildReport":
    """Do a build with a bar on stderr; say each file that was not read."""
    silent = run.settings.quiet or not sys.stderr.isatty()
    report = work(lambda stage, done, total: None) if silent else with_bar(work)
    if run.settings.debug and any(failure.trace for failure in report.failures):
        complain("".join(failure.trace for failure in report.failures))
    # Files of one name share one line.
    for message in dict.fromkeys(failure.message for failure in report.failures):
        complain(say("not_read", message=in_words(message, language())))
    for path in report.mended:
        complain(say("mended", path=path))
    for passed in report.passed:
        run.tell("passed_over", message=in_words(passed.message, language()))
    if report.skipped:
        run.tell("skipped", listed=" ".join(f"{suffix} {count}" for suffix, count in report.skipped.items()))
    return report


def probable(report: "BuildReport") -> tuple[Note, ...]:
    """Return notes on the relations that are probable, a few of them, with the commands that confirm them."""
    from queries.cascades.proposals import proposal

    notes = [proposal(*one) for one in report.probable[:_PROPOSED]]
    if rest := len(report.probable) - len(notes):
        notes.append(Note(code="probable_rest", values={"count": rest}))
    return tuple(notes)


def with_bar(work: "Callable[[BuildProgress], T]") -> "T":
    """Do some work with a bar on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*shown, console=Console(stderr=True, emoji=False), transient=True) as bar:
        stages: dict[str, object] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(_stage(stage), total=total or None)
            bar.update(stages[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        return work(tell)


def _stage(stage: str) -> str:
    return say(f"stage.{stage}") if stage in ("read", "link", "write", "push") else in_words(stage, language())


def draw(answer: Answer) -> str:
    """Return the report of a build as two lines."""
    return say("built", **answer.rows[0]) + "\n"


def summary(report: "BuildReport") -> Answer:
    """Return the report of a build as one row."""
    row: AnswerRow = {name: len(getattr(report, name)) for name in _COUNTS}
    row |= {"failed": len(report.failures), "skipped": sum(report.skipped.values())}
    row |= {"documents": report.documents, "tasks": report.tasks, "links": report.links, "issues": report.issues}
    row["seconds"] = round(report.seconds, 2)
    return Answer(name="build", columns=tuple(row), rows=(row,))


COMMANDS = {"build": build, "remove": remove}
