"""Commands beside the graph: view, doctor."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import Run
from cli.words.messages import language, of_error, say
from graph.errors import StoreError
from graph.store.protocol import AnswerRow
from queries.answer import Answer, shaped

if TYPE_CHECKING:
    from queries.things.health import HealthCheck

Picture = StrEnum("Picture", ["cascade"])


def view(
    run: Run,
    picture: Annotated[Picture, typer.Argument(metavar="cascade", help=say("arg.picture"), show_default=False)],
    of: Annotated[str, typer.Argument(metavar=say("meta.name"), help=say("arg.name"), show_default=False)],
    theme: Annotated[str | None, typer.Option("--theme", metavar=say("meta.theme"), help=say("opt.theme"))] = None,
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help=say("opt.most"))] = 150,
) -> None:
    """Draw a picture as one HTML file."""
    from views.picture_file import write_cascade

    target = run.settings.output or Path(f"{picture}.html")
    with run.store() as store:
        done = write_cascade(store, of, target, theme=theme, language=language(), most=most)
    run.tell("written", path=target)
    run.tell("drawn", tasks=done.tasks, links=done.links, pictures=done.pictures)


def doctor(run: Run) -> None:
    """Say what is installed, and whether the graph answers."""
    from queries.things.health import graph_at, installed

    screen: AnswerRow = {"check": "encoding", "state": "ok", "detail": f"{sys.stdout.encoding} {language()}"}
    checks = [*installed(), graph_at(run.settings.address)]
    rows: list[AnswerRow] = [{"check": one.name, "state": one.state, "detail": _detail(one)} for one in checks]
    columns = ("check", "state", "detail")
    run.show(Answer(name="doctor", columns=columns, rows=shaped(columns, [*rows[:3], screen, *rows[3:]])))
    if any(row["state"] == "bad" for row in rows):
        raise typer.Exit(StoreError.exit_code)


def _detail(check: "HealthCheck") -> str | None:
    if check.name != "graph":
        return check.detail
    if check.error:
        return of_error(check.error)
    if check.state == "absent":
        return say("doctor.no_graph", store=check.detail)
    return say("doctor.graph", store=check.detail, count=check.documents)


COMMANDS = {"view": view, "doctor": doctor}
