"""The command that keeps a person's word: decide."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.building import report_of
from cli.output import Run
from cli.words.messages import say
from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.link.decision_merge import MergedDecisions
    from loaders.ingest.graph_build import BuildProgress, BuildReport

Lower = Annotated[str | None, typer.Argument(metavar=say("meta.lower"), help=say("arg.lower"), show_default=False)]
Upper = Annotated[str | None, typer.Argument(metavar=say("meta.parent"), help=say("arg.upper"), show_default=False)]


class DecisionWord(StrEnum):
    """A person's word on a pair."""

    yes = "yes"
    no = "no"
    undo = "undo"


# The messages on what was decided, by what it is of.
_SAID = {"tasks": "decided", "policies": "decided.policy", "units": "decided.unit"}


def decide(
    run: Run,
    child: Lower = None,
    parent: Upper = None,
    decision: Annotated[
        DecisionWord | None, typer.Argument(metavar="yes|no|undo", help=say("arg.decision"), show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar=say("meta.name"), help=say("opt.by"))] = None,
    why: Annotated[str | None, typer.Option("--why", metavar=say("meta.text"), help=say("opt.why"))] = None,
    merge: Annotated[Path | None, typer.Option("--merge", metavar=say("meta.file"), help=say("opt.merge"))] = None,
) -> None:
    """Keep a person's word on a link, on which policy carries out which, or on two units, and build anew."""
    if merge is not None and child is None:
        _merge(run, merge)
    elif merge is None and child is not None and parent is not None and decision is not None:
        _decide(run, (child, parent), decision, by, why)
    else:
        raise UsageError("name two things and yes, no or undo; or give --merge FILE alone")


def _decide(run: Run, names: tuple[str, str], decision: DecisionWord, by: str | None, why: str | None) -> None:
    from graph.link.decisions import Word
    from loaders.ingest.decided_build import decide_and_build
    from queries.links.named_decision import decision_on, not_shown

    folder, kept, word = run.settings.store, run.kept(), Word.now(by, why)
    with run.store() as store:
        named = decision_on(store, names, decision.value, word, decisions=kept.decisions(), names_of=kept.names_of_unit)
    decided = named.decision
    if named.takes_back_nothing:
        run.tell("decided.unit.nothing", child=decided.child, parent=decided.parent)
        return
    report_of(run, lambda progress: decide_and_build(folder, decided, progress=progress))
    run.tell(f"{_SAID[decided.kind]}.{decision}", child=decided.child, parent=decided.parent)
    with run.store() as store:
        notes = not_shown(store, named, kept.decisions())
    run.tell_notes(notes)


def _merge(run: Run, other: Path) -> None:
    """Bring another person's decisions into the graph's, and tell where the two differ."""
    from loaders.ingest.decided_build import merge_and_build
    from queries.links.decided import conflict

    merged: list[MergedDecisions] = []

    def work(progress: "BuildProgress") -> "BuildReport":
        found, report = merge_and_build(run.settings.store, other, progress=progress)
        merged.append(found)
        return report

    report_of(run, work)
    run.tell("merged", added=merged[0].added, known=merged[0].known, conflicts=len(merged[0].conflicts))
    run.tell_notes([conflict(one) for one in merged[0].conflicts])


COMMANDS = {"decide": decide}
