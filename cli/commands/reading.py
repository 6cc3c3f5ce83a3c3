"""Commands that read files without a graph: read, extract, evaluate."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import Run
from cli.words.messages import say, value
from graph.store.protocol import AnswerRow
from queries.answer import Answer, Note, shaped
from views.words.visible import escaped

File = Annotated[Path, typer.Argument(metavar=say("meta.file"), help=say("arg.file"), show_default=False)]


def read(
    run: Run,
    file: File,
    tables: Annotated[bool, typer.Option("--tables", help=say("opt.tables"))] = False,
    census: Annotated[bool, typer.Option("--census", help=say("opt.census"))] = False,
) -> None:
    """Show how a file is read: outline, tables, furniture, issues."""
    from loaders.reading.file_parts import marks_of_file, parts_of_file
    from loaders.reading.text_account import ACCOUNTS

    if tables:
        _show_tables(run, file)
        return
    if census:
        heads = ("mark", "marks", "read", "left_out", "unread", "unclaimed", "rules")
        run.show(Answer(name="census", columns=heads, rows=shaped(heads, marks_of_file(file))))
        return
    parts = parts_of_file(file)
    columns = (
        "part",
        "path",
        "text",
        "units",
        "deadline",
        "start",
        "end",
        "page",
        "box",
        "sheet",
        "cell",
        "confidence",
    )
    rows = (row | {"text": _text(row)} for row in parts.rows)
    shares = {account: f"{parts.account.share(account):.1%}" for account in ACCOUNTS}
    share = Note(code="share", values=shares | {"tasks": parts.tasks})
    run.show(Answer(name="read", columns=columns, rows=shaped(columns, rows), notes=(share,)))


def _show_tables(run: Run, file: Path) -> None:
    from loaders.reading.file_tables import tables_of_file

    found = tables_of_file(file)
    cells = [str(at) for at in range(1, found.width + 1)]
    columns = ("table", "part", "path", *cells, "start", "end")
    rows = found.rows
    if run.format() == "table":
        rows = tuple(_in_words(row, cells) for row in rows)
    run.show(Answer(name="read", columns=columns, rows=shaped(columns, rows)))


def _in_words(row: AnswerRow, cells: list[str]) -> AnswerRow:
    part = {"no_list": "left_out"}.get(str(row["part"]), str(row["part"]))
    if part not in ("taken_for", "left_out"):
        return row
    return row | {name: value(part, row[name]) for name in cells if name in row}


def _text(row: AnswerRow) -> str:
    if row["part"] == "table":
        return say("read.table", rows=row["rows"], columns=row["columns"])
    if row["part"] == "issue":
        return f"{value('message', row['message'])}: {row['text']}".rstrip()
    return str(row["text"])


def extract(run: Run, file: File) -> None:
    """Write one document's reading as JSON in the shape of the annotations."""
    from loaders.gold.gold_form import gold_form
    from loaders.reading.document_reading import read_file

    form = gold_form(read_file(file))
    kind = run.format("json")
    if kind == "jsonl":
        lines = [{"record": name[:-1] if name == "tasks" else "policy"} | row for name in form for row in form[name]]
        run.write(escaped("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)))
    elif kind == "json":
        run.write(escaped(json.dumps(form, ensure_ascii=False, indent=2) + "\n"))
    else:
        columns = ("path", "kind", "number", "title", "theme_heading", "units", "actors", "deadline", "targets")
        run.show(Answer(name="extract", columns=columns, rows=shaped(columns, map(_flat, form["tasks"]))))


def _flat(row: dict[str, Any]) -> AnswerRow:
    deadline = row["deadline"] or {}
    units, actors = (
        "、".join(f"{unit['surface']}({unit['role']})" for unit in row[name]) or None for name in ("units", "actors")
    )
    targets = "; ".join(target["text"] for target in row["targets"]) or None
    return row | {"units": units, "actors": actors, "deadline": deadline.get("raw"), "targets": targets}


def evaluate(
    run: Run,
    gold: Annotated[Path, typer.Argument(metavar=say("meta.gold"), help=say("arg.gold"), show_default=False)],
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar=say("meta.dir"), help=say("opt.documents"))
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=say("opt.verbose"))] = False,
    total: Annotated[bool, typer.Option("--total", help=say("opt.total"))] = False,
) -> None:
    """Compare readings and links with gold annotations."""
    from loaders.gold.gold_report import report_on, score_rows

    report = report_on(gold, documents)
    columns = ["document", "field", "gold", "found", "right", "precision", "recall", "f1", "relations"]
    if verbose:
        columns += ["missed", "invented"]
    notes = [Note(code="absent", values={"name": name}) for name in report.absent]
    notes += [Note(code="different", values={"name": name}) for name in report.different]
    rows = shaped(columns, score_rows(report, total=total))
    run.show(Answer(name="evaluate", columns=tuple(columns), rows=rows, notes=tuple(notes)))


COMMANDS = {"read": read, "extract": extract, "evaluate": evaluate}
