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

Picture = StrEnum("Picture", ["cascade", "matrix", "timeline", "compare", "sankey", "heatmap", "unit", "neighbours"])
GroupedBy = StrEnum("GroupedBy", ["document", "theme"])


def view(
    run: Run,
    picture: Annotated[Picture, typer.Argument(metavar="|".join(Picture), help=say("arg.picture"), show_default=False)],
    of: Annotated[list[str], typer.Argument(metavar=say("meta.name"), help=say("arg.of"), show_default=False)],
    theme: Annotated[str | None, typer.Option("--theme", metavar=say("meta.theme"), help=say("opt.theme"))] = None,
    most: Annotated[int | None, typer.Option("--most", min=1, metavar="N", help=say("opt.most"))] = None,
    by: Annotated[GroupedBy, typer.Option("--by", help=say("opt.grouped_by"))] = GroupedBy.document,
    today: Annotated[str | None, typer.Option("--today", metavar=say("meta.date"), help=say("opt.today"))] = None,
) -> None:
    """Draw a picture as one HTML, SVG or PNG file."""
    from views.drawings.picture_making import PictureWish, day_of, draw

    target = run.settings.output or Path(f"{picture}.html")
    wish = PictureWish(kind=picture, of=of, theme=theme, most=most, by=by, today=day_of(today), language=language())
    with run.store() as store:
        said = draw(store, wish, target, lambda below, above: run.kept().links(below, above))
    run.tell("written", path=target)
    run.tell("drawn", counts=said)


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
