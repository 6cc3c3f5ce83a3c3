"""The command that keeps a person's word: decide."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.commands.building import report_of
from cli.output import Run
from cli.words.messages import say

Lower = Annotated[str, typer.Argument(metavar=say("meta.lower"), help=say("arg.lower"), show_default=False)]
Upper = Annotated[str, typer.Argument(metavar=say("meta.parent"), help=say("arg.upper"), show_default=False)]


class DecisionWord(StrEnum):
    """A person's word on a pair."""

    yes = "yes"
    no = "no"
    undo = "undo"


# The messages on what was decided, by what it is of.
_SAID = {"tasks": "decided", "policies": "decided.policy", "units": "decided.unit"}


def decide(
    run: Run,
    child: Lower,
    parent: Upper,
    decision: Annotated[
        DecisionWord, typer.Argument(metavar="yes|no|undo", help=say("arg.decision"), show_default=False)
    ],
    by: Annotated[str | None, typer.Option("--by", metavar=say("meta.name"), help=say("opt.by"))] = None,
    why: Annotated[str | None, typer.Option("--why", metavar=say("meta.text"), help=say("opt.why"))] = None,
) -> None:
    """Keep a person's word on a link, on which policy carries out which, or on two units, and build anew."""
    from graph.link.decisions import Word
    from loaders.ingest.decided_build import decide_and_build
    from queries.links.named_decision import decision_on, not_shown

    folder, kept, word = run.settings.store, run.kept(), Word.now(by, why)
    with run.store() as store:
        named = decision_on(
            store, (child, parent), decision.value, word, decisions=kept.decisions(), names_of=kept.names_of_unit
        )
    decided = named.decision
    if named.takes_back_nothing:
        run.tell("decided.unit.nothing", child=decided.child, parent=decided.parent)
        return
    report_of(run, lambda progress: decide_and_build(folder, decided, progress=progress))
    run.tell(f"{_SAID[decided.kind]}.{decision}", child=decided.child, parent=decided.parent)
    with run.store() as store:
        notes = not_shown(store, named, kept.decisions())
    run.tell_notes(notes)


COMMANDS = {"decide": decide}
