"""Commands about the cascade: cascade, lineage, coverage."""

from typing import Annotated

import typer

from cli.commands.report_files import notes_in_words, wanted
from cli.output import Run
from cli.words.messages import language, say

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
    """Show themes by places, or write them as a report."""
    from cli.draw.matrix import draw

    kind = wanted(run)
    answer = run.ask("coverage", of=of)
    if kind is None or run.settings.output is None or not answer.rows:
        run.show(answer, draw=draw)
        return
    from views.office.reports.coverage_sheet import write_coverage_report

    notes = notes_in_words(answer.notes, language())
    run.replace(run.settings.output, lambda path: write_coverage_report(path, kind, of, answer, notes, language()))
    run.tell_notes(answer.notes)


COMMANDS = {"cascade": cascade, "lineage": lineage, "coverage": coverage}
