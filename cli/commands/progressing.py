"""Commands of the ledger: progress of tasks recorded, listed, read back; the ledger to fill."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.listing import LevelOption, PlaceOption, UnitOption
from cli.options import listed
from cli.output import Run
from cli.words.messages import language, say, value
from graph.errors import InputError, UsageError

if TYPE_CHECKING:
    from queries.things.recording import RecordedProgress

TaskArgument = Annotated[str | None, typer.Argument(metavar=say("meta.task"), help=say("arg.progress"))]


def progress(
    run: Run,
    task: TaskArgument = None,
    status: Annotated[str | None, listed("--status", "progress_status")] = None,
    share: Annotated[str | None, typer.Option("--share", metavar="0-100", help=say("opt.share"))] = None,
    words: Annotated[str | None, typer.Option("--words", metavar=say("meta.text"), help=say("opt.words"))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar=say("meta.name"), help=say("opt.recorded_by"))] = None,
    file: Annotated[list[Path] | None, typer.Option("--file", metavar=say("meta.file"), help=say("opt.proof"))] = None,
    url: Annotated[list[str] | None, typer.Option("--url", metavar=say("meta.url"), help=say("opt.url"))] = None,
    read: Annotated[Path | None, typer.Option("--read", metavar=say("meta.file"), help=say("opt.read_ledger"))] = None,
) -> None:
    """Record how far a task is, list what was recorded, or read a filled ledger back."""
    said = any(one is not None for one in (status, share, words)) or bool(file or url)
    if read is not None:
        if task or said:
            raise UsageError(say("error.read_alone"))
        _read_back(run, read, by)
    elif task and said:
        from queries.things.recording import SaidProgress, proofs, record_progress, share_of

        told = SaidProgress(
            status=status,  # type: ignore[arg-type]
            share=share_of(share) if share is not None else None,
            words=words,
            by=by,
            files=proofs(file or []),
            addresses=tuple(url or ()),
        )
        with run.store() as store:
            _tell(run, record_progress(store, task, told))
    elif said or by:
        raise UsageError(say("error.progress_of_what"))
    elif task:
        run.show(run.ask("progress_history", task=task))
    else:
        run.show(run.ask("ledger", recorded=True))


def _tell(run: Run, recorded: "RecordedProgress") -> None:
    if recorded.made is None:
        run.tell("progress.same", task=recorded.task)
        return
    before = recorded.before
    was = value("progress", before.status) if before else say("progress.nothing")
    run.tell("progress.recorded", task=recorded.task, now=value("progress", recorded.made.status), was=was)


def _read_back(run: Run, path: Path, by: str | None) -> None:
    """Read a filled ledger back and show what became of it.

    Raises:
        typer.Exit: a cell cannot be read or contradicts the store; the rest is done.
    """
    from queries.things.filled_ledger import take_filled
    from views.office.filled_book import read_filled

    rows = read_filled(path)
    with run.store() as store:
        answer = take_filled(store, rows, by)
    if answer.rows:
        run.show(answer)
    else:
        run.tell_notes(answer.notes)
    if any(row["outcome"] != "recorded" for row in answer.rows):
        raise typer.Exit(InputError.exit_code)


def ledger(
    run: Run,
    name: Annotated[str | None, typer.Argument(metavar=say("meta.name"), help=say("arg.tasks"))] = None,
    level: LevelOption = None,
    place: PlaceOption = None,
    unit: UnitOption = None,
    status: Annotated[str | None, listed("--status", "progress_status")] = None,
) -> None:
    """List tasks with their progress; as XLSX, to be filled and read back."""
    from queries.things.named_tasks import of_named

    with run.store() as store:
        answer = of_named(store, "ledger", name, level=level, place=place, unit=unit, progress=status)
    if run.format() == "xlsx" and run.settings.output is not None:
        from views.office.ledger_book import write_ledger

        run.replace(run.settings.output, lambda path: write_ledger(path, answer, language()))
        run.tell_notes(answer.notes)
    else:
        run.show(answer)


COMMANDS = {"progress": progress, "ledger": ledger}
