"""Commands that set two documents or two tasks side by side: compare, links, explain."""

from dataclasses import replace
from typing import Annotated

import typer

from cli.commands.report_files import notes_in_words, wanted
from cli.output import Run
from cli.words.messages import language, say
from queries.run import run as run_question
from views.words.named_words import signal_word

Child = Annotated[str, typer.Argument(metavar=say("meta.child"), help=say("arg.child"), show_default=False)]
Parent = Annotated[str, typer.Argument(metavar=say("meta.parent"), help=say("arg.parent"), show_default=False)]


def compare(
    run: Run,
    parent: Annotated[str, typer.Argument(metavar=say("meta.parent"), help=say("arg.compare"), show_default=False)],
    children: Annotated[
        list[str] | None, typer.Argument(metavar=say("meta.children"), help=say("arg.children"))
    ] = None,
) -> None:
    """Show the correlation table of a document and those below it, or write it as a report."""
    from cli.draw.beside import draw
    from queries.cascades.side_by_side import side_by_side

    kind = wanted(run)
    with run.store() as store:
        compared = side_by_side(store, parent, children or [], lambda below, above: run.kept().links(below, above))
        told = run_question("coverage", store, of=compared.upper["document"]) if kind == "xlsx" else None
    if kind is None or run.settings.output is None:
        run.show(compared.table, draw=draw)
        return
    from views.office.reports.correlation_report import write_comparison

    notes = notes_in_words(compared.table.notes, language())
    run.replace(run.settings.output, lambda path: write_comparison(path, kind, compared, told, notes, language()))
    run.tell_notes(compared.table.notes)


def links(
    run: Run,
    document: Annotated[str | None, typer.Option("--document", metavar=say("meta.name"), help=say("opt.of"))] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar=say("meta.between"), help=say("opt.between")),
    ] = None,
) -> None:
    """Write every link of the cascade, or the links between two documents."""
    from queries.links.stored_links import aligned_links, stored_links

    if between:
        answer = aligned_links(run.kept().links_between(*between, lambda name: _key(run, name)))
    else:
        with run.store() as store:
            answer = stored_links(store, document)
    run.show(answer, default="jsonl")


def _key(run: Run, name: str) -> str:
    from queries.names import resolve

    with run.store() as store:
        return resolve(store, "document", name)[0]


def explain(run: Run, child: Child, parent: Parent) -> None:
    """Show what speaks for and against a link."""
    from queries.links.link_signals import explain as signals

    kept = run.kept()
    with run.store() as store:
        answer = signals(store, child, parent, reading=kept.reading, decisions=kept.decisions())
    rows = tuple(row | {"meaning": signal_word(str(row["meaning"] or ""), language()) or None} for row in answer.rows)
    run.show(replace(answer, rows=rows))


COMMANDS = {"compare": compare, "links": links, "explain": explain}
