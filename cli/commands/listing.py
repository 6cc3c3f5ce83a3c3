"""Commands that list and show: docs, tasks, units, due, issues, search, show."""

from pathlib import Path
from typing import Annotated

import typer

from cli.commands.report_files import wanted
from cli.options import listed
from cli.output import Run
from cli.words.messages import language, say
from graph.errors import UsageError
from queries.answer import Answer, shaped

LevelOption = Annotated[str | None, listed("--level", "level")]
PlaceOption = Annotated[str | None, typer.Option("--place", metavar=say("meta.place"), help=say("opt.place"))]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar=say("meta.unit"), help=say("opt.unit"))]
RoleOption = Annotated[str | None, listed("--role", "unit_role")]
AfterOption = Annotated[str | None, typer.Option("--from", metavar=say("meta.date"), help=say("opt.from"))]
BeforeOption = Annotated[str | None, typer.Option("--to", metavar=say("meta.date"), help=say("opt.to"))]


def docs(run: Run) -> None:
    """List the documents that are loaded."""
    run.show(run.ask("documents"))


def tasks(
    run: Run,
    name: Annotated[str | None, typer.Argument(metavar=say("meta.name"), help=say("arg.tasks"))] = None,
    kind: Annotated[str | None, listed("--kind", "task_kind")] = None,
    level: LevelOption = None,
    place: PlaceOption = None,
    theme: Annotated[str | None, typer.Option("--theme", metavar=say("meta.theme"), help=say("opt.theme"))] = None,
    unit: UnitOption = None,
    role: RoleOption = None,
    due_from: AfterOption = None,
    due_to: BeforeOption = None,
    text: Annotated[str | None, typer.Option("--text", metavar=say("meta.text"), help=say("opt.text"))] = None,
) -> None:
    """List tasks, all or those that fit."""
    from queries.things.named_tasks import tasks as named

    with run.store() as store:
        answer = named(
            store,
            name,
            kind=kind,
            level=level,
            place=place,
            theme=theme,
            unit=unit,
            role=role,
            due_from=due_from,
            due_to=due_to,
            text=text,
        )
    run.show(answer)


def units(
    run: Run,
    name: Annotated[str | None, typer.Argument(metavar=say("meta.unit"), help=say("arg.unit"))] = None,
    level: LevelOption = None,
    place: PlaceOption = None,
    role: RoleOption = None,
    text: Annotated[str | None, typer.Option("--text", metavar=say("meta.text"), help=say("opt.text"))] = None,
) -> None:
    """List units, or show what one carries, with its counterparts."""
    if name:
        run.show(run.ask("unit_with_counterparts", unit=name, role=role))
    else:
        run.show(run.ask("units", level=level, place=place, text=text))


def due(
    run: Run,
    today: Annotated[str | None, typer.Option("--today", metavar=say("meta.date"), help=say("opt.today"))] = None,
    start: AfterOption = None,
    end: BeforeOption = None,
    state: Annotated[str | None, listed("--state", "due_state")] = None,
    level: LevelOption = None,
    unit: UnitOption = None,
    targets: Annotated[bool, typer.Option("--targets", help=say("opt.targets"))] = False,
    by_unit: Annotated[bool, typer.Option("--by-unit", help=say("opt.by_unit"))] = False,
    ical: Annotated[Path | None, typer.Option("--ical", metavar=say("meta.file"), help=say("opt.ical"))] = None,
) -> None:
    """List what is due, with the days left."""
    from datetime import date

    if targets + by_unit + (ical is not None) > 1:
        raise UsageError(say("error.one_of_due"))
    day = today or date.today().isoformat()
    question = "targets_due" if targets else "reminders" if by_unit else "due"
    answer = run.ask(question, today=day, start=start, end=end, state=state, level=level, unit=unit)
    if ical is not None:
        from views.office.calendar_file import calendar_of

        run.replace(ical, lambda path: path.write_bytes(calendar_of(answer, language())))
        run.tell_notes(answer.notes)
    elif by_unit and (kind := wanted(run)) and run.settings.output is not None:
        from views.office.reports.reminder_report import write_reminder_report

        run.replace(run.settings.output, lambda path: write_reminder_report(path, kind, answer, language()))
        run.tell_notes(answer.notes)
    else:
        run.show(answer)


def show(
    run: Run,
    key: Annotated[str, typer.Argument(metavar=say("meta.key"), help=say("arg.key"), show_default=False)],
    page: Annotated[int | None, typer.Option("--page", min=1, metavar="N", help=say("opt.page"))] = None,
) -> None:
    """Show all that is known of a thing, with the words that prove it."""
    from cli.draw.pages import draw
    from graph.store import folder_of
    from graph.store.home import Home

    if page is not None:
        run.show(_lines_on(run, key, page))
        return
    known = run.ask("about", key=key)
    folder = folder_of(run.settings.address)
    if folder is not None and Home(folder).decisions.exists():
        # Reading decisions brings all of linking along.
        from graph.link.decisions import Decisions
        from queries.links.decided import with_words

        known = with_words(known, Decisions.read(Home(folder).decisions))
    run.show(known, draw=draw)


def _lines_on(run: Run, key: str, number: int) -> Answer:
    """Return the lines on a page of a document, named by itself or by a task in it."""
    from graph.errors import NotFoundError
    from loaders.reading.page_lines import lines_of_page

    kept = run.kept()
    try:
        reading = kept.reading(key)
    except NotFoundError:
        if not (document := key.rpartition("/")[0]):
            raise
        reading = kept.reading(document)
    columns = ("page", "text", "box", "confidence", "start", "end")
    return Answer(name="page", columns=columns, rows=shaped(columns, lines_of_page(reading, number)))


def search(
    run: Run,
    words: Annotated[list[str], typer.Argument(metavar=say("meta.text"), help=say("arg.text"), show_default=False)],
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help=say("opt.limit"))] = 50,
) -> None:
    """Find policies, tasks, units and themes by their words."""
    run.show(run.ask("search", text=" ".join(words), limit=limit))


def issues(
    run: Run,
    document: Annotated[str | None, typer.Argument(metavar=say("meta.name"), help=say("arg.document"))] = None,
    code: Annotated[str | None, typer.Option("--code", metavar=say("meta.code"), help=say("opt.code"))] = None,
) -> None:
    """List what was in scope and not understood."""
    run.show(run.ask("issues", document=document, code=code))


COMMANDS = {"docs": docs, "tasks": tasks, "units": units, "due": due, "show": show, "search": search, "issues": issues}
