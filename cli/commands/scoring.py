"""The command that scores places and units: scores."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.output import Run
from cli.words.messages import say
from graph.errors import UsageError

ScoredPolicy = Annotated[str | None, typer.Argument(metavar=say("meta.name"), help=say("arg.name"), show_default=False)]


class ScoredBy(StrEnum):
    """Who is scored."""

    place = "place"
    unit = "unit"


def scores(
    run: Run,
    of: ScoredPolicy = None,
    by: Annotated[ScoredBy, typer.Option("--by", help=say("opt.by_whom"))] = ScoredBy.place,
    today: Annotated[str | None, typer.Option("--today", metavar=say("meta.date"), help=say("opt.today"))] = None,
    definition: Annotated[
        Path | None, typer.Option("--definition", metavar=say("meta.file"), help=say("opt.definition"))
    ] = None,
    cases: Annotated[bool, typer.Option("--cases", help=say("opt.cases"))] = False,
    show_definition: Annotated[bool, typer.Option("--show-definition", help=say("opt.show_definition"))] = False,
) -> None:
    """Score places or units by a definition, list the cases behind the scores, or write the definition."""
    from queries.catalog import find
    from queries.run import checked, resolved
    from queries.scores.definition import default_text
    from queries.scores.ranked_scores import cases_of, scores_of

    if show_definition:
        run.write(default_text())
        return
    if of is None:
        raise UsageError(say("error.scores_of_what"))
    query = find("scores")
    given = checked(query, {"of": of, "by": by.value, "today": today or date.today().isoformat()})
    with run.store() as store:
        named = resolved(query, store, given)
        make = cases_of if cases else scores_of
        answer = make(store, str(named["of"]), str(named["today"]), by=by.value, path=definition)
    run.show(answer)


COMMANDS = {"scores": scores}
