"""Commands about the cascade: cascade, lineage, coverage, compare, links, explain, decide."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.output import Run
from cli.words.messages import say

Decision = StrEnum("Decision", ["yes", "no", "undo"])
Name = Annotated[str, typer.Argument(metavar=say("meta.name"), help=say("arg.name"), show_default=False)]
Child = Annotated[str, typer.Argument(metavar=say("meta.child"), help=say("arg.child"), show_default=False)]
Lower = Annotated[str, typer.Argument(metavar=say("meta.lower"), help=say("arg.lower"), show_default=False)]
Upper = Annotated[str, typer.Argument(metavar=say("meta.parent"), help=say("arg.upper"), show_default=False)]
Parent = Annotated[str, typer.Argument(metavar=say("meta.parent"), help=say("arg.parent"), show_default=False)]


def cascade(
    run: Run,
    of: Name,
    theme: Annotated[str | None, typer.Option("--theme", metavar=say("meta.theme"), help=say("opt.theme"))] = None,
) -> None:
    """Show how a policy or task cascades."""
    from cli.draw.tree import draw

    run.show(run.ask("cascade", of=of, theme=theme), draw=draw)


def lineage(run: Run, of: Name) -> None:
    """Show where a task comes from."""
    from cli.draw.tree import draw

    run.show(run.ask("lineage", of=of), draw=draw)


def coverage(run: Run, of: Name) -> None:
    """Show themes by places."""
    from cli.draw.matrix import draw

    run.show(run.ask("coverage", of=of), draw=draw)


def compare(
    run: Run,
    parent: Annotated[str, typer.Argument(metavar=say("meta.parent"), help=say("arg.compare"), show_default=False)],
    children: Annotated[list[str], typer.Argument(metavar=say("meta.children"), help=say("arg.children"))],
) -> None:
    """Show the correlation table of two or three documents."""
    from cli.commands.comparing import correlation
    from cli.draw.beside import draw

    run.show(correlation(run, parent, children), draw=draw)


def links(
    run: Run,
    document: Annotated[str | None, typer.Option("--document", metavar=say("meta.name"), help=say("opt.of"))] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar=say("meta.between"), help=say("opt.between")),
    ] = None,
) -> None:
    """Write every link of the cascade, or the links between two documents."""
    from cli.commands.comparing import between_answer, links_answer

    answer = between_answer(run, *between) if between else links_answer(run, document)
    run.show(answer, default="jsonl")


def explain(run: Run, child: Child, parent: Parent) -> None:
    """Show what speaks for and against a link."""
    from cli.commands.comparing import explanation

    run.show(explanation(run, child, parent))


def decide(
    run: Run,
    child: Lower,
    parent: Upper,
    decision: Annotated[Decision, typer.Argument(metavar="yes|no|undo", help=say("arg.decision"), show_default=False)],
    by: Annotated[str | None, typer.Option("--by", metavar=say("meta.name"), help=say("opt.by"))] = None,
    why: Annotated[str | None, typer.Option("--why", metavar=say("meta.text"), help=say("opt.why"))] = None,
) -> None:
    """Keep a person's word on a link, on which policy carries out which, or on two units, and build anew."""
    from cli.commands.deciding import keep

    keep(run, child, parent, str(decision), by, why)


COMMANDS = {
    "cascade": cascade,
    "lineage": lineage,
    "coverage": coverage,
    "compare": compare,
    "links": links,
    "explain": explain,
    "decide": decide,
}
