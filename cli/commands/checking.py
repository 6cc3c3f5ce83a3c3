"""The command that checks a whole graph: check."""

from typing import Annotated

import typer

from cli.output import Run
from cli.words.messages import say
from graph.store.protocol import Row
from queries.answer import Answer, shaped

FINDINGS = 5


def check(
    run: Run,
    shacl: Annotated[bool, typer.Option("--shacl", help=say("opt.shacl"))] = False,
) -> None:
    """Check the whole graph against its vocabulary."""
    from graph.snapshot.snapshot import Snapshot
    from graph.snapshot.validate import validate
    from graph.store.home import Home

    snapshot = Snapshot.open(Home(run.settings.store).snapshot())
    faults = validate(snapshot)
    if shacl:
        from graph.rdf.shacl_check import check as check_shapes

        faults += check_shapes(snapshot)
    columns = ("where", "rule", "count", "cases")
    rows: list[Row] = [
        {"where": one.where, "rule": one.rule, "count": one.count, "cases": "; ".join(one.cases)} for one in faults
    ]
    if not rows:
        run.tell("sound")
        if run.format() == "table":
            return
    run.show(Answer(name="check", columns=columns, rows=shaped(columns, rows)))
    if rows:
        raise typer.Exit(FINDINGS)


COMMANDS = {"check": check}
