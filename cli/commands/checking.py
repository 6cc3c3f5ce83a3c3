"""The command that checks a whole graph: check."""

from typing import Annotated

import typer

from cli.output import Run
from cli.words.messages import say

FINDINGS = 5


def check(
    run: Run,
    shacl: Annotated[bool, typer.Option("--shacl", help=say("opt.shacl"))] = False,
) -> None:
    """Check the whole graph against its vocabulary."""
    from graph.snapshot.snapshot import Snapshot
    from graph.store.home import Home
    from queries.things.graph_faults import faults

    home = Home(run.settings.store)
    answer = faults(Snapshot.open(home.snapshot()), shacl=shacl, folder=home.root)
    if not answer.rows:
        run.tell("sound")
        if run.format() == "table":
            return
    run.show(answer)
    if answer.rows:
        raise typer.Exit(FINDINGS)


COMMANDS = {"check": check}
