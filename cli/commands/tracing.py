"""Commands about the cascade: cascade, lineage, coverage."""

from typing import Annotated

import typer

from cli.output import Run
from cli.words.messages import say

Name = Annotated[str, typer.Argument(metavar=say("meta.name"), help=say("arg.name"), show_default=False)]


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


COMMANDS = {"cascade": cascade, "lineage": lineage, "coverage": coverage}
