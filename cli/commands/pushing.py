"""Commands that take the graph elsewhere: push to a server, export to files."""

import shlex
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.building import with_bar
from cli.output import Run, give
from cli.words.messages import say
from graph.export.formats import EXPORTERS
from graph.store.protocol import AnswerRow
from queries.answer import Answer

if TYPE_CHECKING:
    from graph.store.neo4j_server.push import PushProgress, PushReport

To = StrEnum("To", list(EXPORTERS))  # type: ignore[misc]


def push(
    run: Run,
    address: Annotated[str, typer.Argument(metavar=say("meta.address"), help=say("arg.address"), show_default=False)],
    store_id: Annotated[str | None, typer.Option("--id", metavar="ID", help=say("opt.id"))] = None,
) -> None:
    """Bring the graph to a server."""
    from graph.store.home import Home
    from graph.store.neo4j_server.push import push as bring

    silent = run.settings.quiet or not sys.stderr.isatty()

    def work(progress: "PushProgress") -> "PushReport":
        return bring(Home(run.settings.store), address, store_id=store_id, progress=progress)

    report = work(lambda stage, done, total: None) if silent else with_bar(work)
    row: AnswerRow = {
        "way": report.way,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "rows": report.rows,
        "seconds": round(report.seconds, 2),
    }
    run.show(Answer(name="push", columns=tuple(row), rows=(row,)))


def export(
    run: Run,
    to: Annotated[To, typer.Option("--to", help=say("opt.to_format"), show_default=False)],
) -> None:
    """Write the graph for other programs."""
    from graph.export.write import default_target
    from graph.export.write import export as write

    target = run.settings.output or default_target(to.value)
    done = write(run.settings.store, to.value, target)
    run.tell("written", path=target)
    run.tell("exported", files=done.files, rows=done.rows)
    if done.line:
        # What to type next is what this command has to say: it goes where data goes.
        give(f"cd {shlex.quote(str(target))} && {done.line}\n")


COMMANDS = {"push": push, "export": export}
