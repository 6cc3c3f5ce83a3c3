"""Commands that take the graph elsewhere: push to a server, export to files."""

import shlex
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.building import with_bar
from cli.output import Run
from cli.words.messages import say
from graph.errors import UsageError
from graph.export.formats import EXPORTERS, Exported, exporter
from graph.store.protocol import Row
from queries.answer import Answer

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot
    from graph.store.neo4j_server.push import Progress, PushReport

To = StrEnum("To", list(EXPORTERS))  # type: ignore[misc]
_MARKS = ("import.sh",)


def push(
    run: Run,
    address: Annotated[str, typer.Argument(metavar=say("meta.address"), help=say("arg.address"), show_default=False)],
    store_id: Annotated[str | None, typer.Option("--id", metavar="ID", help=say("opt.id"))] = None,
) -> None:
    """Bring the graph to a server."""
    from graph.store.home import Home
    from graph.store.opening import BOLT_SCHEMES, StoreAddress

    if StoreAddress.of(address).kind != "bolt server":
        raise UsageError(say("error.not_pushed", known=" ".join(f"{one}://" for one in BOLT_SCHEMES)))
    from graph.store.neo4j_server.push import push as bring

    silent = run.settings.quiet or not sys.stderr.isatty()

    def work(progress: "Progress") -> "PushReport":
        return bring(Home(run.settings.store), address, store_id=store_id, progress=progress)

    report = work(lambda stage, done, total: None) if silent else with_bar(work)
    row: Row = {
        "way": report.way, "added": report.added, "changed": report.changed, "removed": report.removed,
        "rows": report.rows, "seconds": round(report.seconds, 2),
    }  # fmt: skip
    run.show(Answer(name="push", columns=tuple(row), rows=(row,)))


def export(
    run: Run,
    to: Annotated[To, typer.Option("--to", help=say("opt.to_format"), show_default=False)],
) -> None:
    """Write the graph for other programs."""
    from graph.snapshot.snapshot import Snapshot
    from graph.store.home import Home
    from graph.store.neo4j_server.pushed_folder import id_of

    home, form = Home(run.settings.store), EXPORTERS[str(to)]
    target = run.settings.output or Path(f"zhengmai-{to}" if form.folder else f"zhengmai{form.suffix}")
    snapshot = Snapshot.open(home.snapshot())
    if form.folder and target.exists():
        _make_room(target)
    done = run.replace(target, lambda path: _write(str(to), snapshot, path, id_of(home)))
    run.tell("exported", files=done.files, rows=done.rows)
    if done.line:
        # What to type next is what this command has to say: it goes where data goes.
        sys.stdout.write(f"cd {shlex.quote(str(target))} && {done.line}\n")


def _write(to: str, snapshot: "Snapshot", path: Path, store_id: str) -> Exported:
    """Write an export, and leave nothing of one that fails."""
    try:
        return exporter(to)(snapshot, path, store_id=store_id)
    except BaseException:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        raise


def _make_room(target: Path) -> None:
    """Take an older export away; a folder that holds anything else stays.

    Raises:
        UsageError: it does.
    """
    if target.is_dir() and (not any(target.iterdir()) or any((target / mark).exists() for mark in _MARKS)):
        shutil.rmtree(target)
        return
    raise UsageError(say("error.in_the_way", path=target))


COMMANDS = {"push": push, "export": export}
