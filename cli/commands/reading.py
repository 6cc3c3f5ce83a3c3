"""Commands that read files without a graph: read, extract, evaluate."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import Run
from cli.words.messages import say, value
from graph.errors import InputError
from graph.store.protocol import Row
from queries.answer import Answer, Note, shaped

if TYPE_CHECKING:
    from graph.model import Reading, Span
    from loaders.gold.evaluate import Report
    from loaders.gold.scores import Score
    from loaders.reading.articles import Parts

File = Annotated[Path, typer.Argument(metavar=say("meta.file"), help=say("arg.file"), show_default=False)]
_HEAD = ("title", "doc_number", "issuers", "issued", "level", "place")


def read(run: Run, file: File) -> None:
    """Show how a file is read: outline, tables, furniture, issues."""
    from loaders.read.registry import read as open_file
    from loaders.reading.articles import take_apart
    from loaders.reading.document_reading import reading_of

    parts = take_apart(open_file(file))
    found = reading_of(parts)
    columns = ("part", "path", "text", "units", "deadline", "start", "end")
    rows = sorted(_parts(parts, found), key=lambda row: (_rank(row), int(row["start"] or 0)))
    share = Note(code="share", values={"share": f"{found.outline_share:.1%}", "tasks": len(found.tasks)})
    run.show(Answer(name="read", columns=columns, rows=shaped(columns, rows), notes=(share,)))


def _rank(row: Row) -> int:
    return {"head": 0, "furniture": 2, "issue": 3}.get(str(row["part"]), 1)


def _parts(parts: "Parts", found: "Reading") -> Iterator[Row]:
    from loaders.structure.section_kinds import without_tasks

    document, compact = parts.document, parts.compact

    def row(part: str, span: "Span | None", path: str | None = None, text: str | None = None) -> Row:
        """Return the row of a place in the file; words that the file breaks over lines are shown unbroken."""
        words = text if text is not None else compact.inner(span).of(document.text) if span else ""
        place: Row = {"start": span.start if span else None, "end": span.end if span else None}
        return {"part": part, "path": path, "text": " ".join(words.split())} | place

    for mention in found.policies:
        spans = mention.spans
        if mention.role in ("self", "reports_on"):
            yield from (row("head", span, name) for name in _HEAD for span in spans.get(name, ()))
        else:
            span = next((one for listed in spans.values() for one in listed), None)
            yield row("citation", span, mention.role, mention.title or mention.doc_number)
    tasks = {task.span.start for task in found.tasks}
    for article in parts.articles:
        aside = {node.span.start: kind for node, kind in without_tasks(document, article.outline.nodes)}
        for node in article.outline.walk():
            if compact.outward(node.span.start) not in tasks:
                yield row(aside.get(node.span.start, "heading"), compact.outer(node.title), article.prefix + node.path)
        for annex in article.lists:
            yield row("annex", compact.outer(annex.annex.span), None, annex.annex.span.of(document.text)[:40])
    for table in document.tables:
        yield row("table", compact.outer(table.span), None, say("read.table", rows=table.rows, columns=table.columns))
    for task in found.tasks:
        units = "、".join(unit.surface for unit in task.units) or None
        yield row(task.kind, task.span, task.path, task.title) | {
            "units": units,
            "deadline": task.deadline.raw if task.deadline else None,
        }
    yield from (row("furniture", compact.outer(span), reason) for span, reason in parts.furniture)
    yield from (row("issue", one.span, one.code, f"{value('message', one.message)}: {one.quote}") for one in found.issues)


def extract(run: Run, file: File) -> None:
    """Write one document's reading as JSON in the shape of the annotations."""
    from loaders.gold.gold_form import gold_form
    from loaders.reading.document_reading import read_file

    form = gold_form(read_file(file))
    kind = run.format("json")
    if kind == "jsonl":
        lines = [{"record": name[:-1] if name == "tasks" else "policy"} | row for name in form for row in form[name]]
        run.write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    elif kind == "json":
        run.write(json.dumps(form, ensure_ascii=False, indent=2) + "\n")
    else:
        columns = ("path", "kind", "number", "title", "theme_heading", "units", "deadline", "targets")
        run.show(Answer(name="extract", columns=columns, rows=shaped(columns, map(_flat, form["tasks"]))))


def _flat(row: dict[str, Any]) -> Row:
    deadline = row["deadline"] or {}
    units = "、".join(f"{unit['surface']}({unit['role']})" for unit in row["units"]) or None
    targets = "; ".join(target["text"] for target in row["targets"]) or None
    return row | {"units": units, "deadline": deadline.get("raw"), "targets": targets}


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
    from loaders.gold.evaluate import evaluate as compare
    from loaders.reading.document_reading import read_file

    folders = [documents] if documents else _beside(gold)

    def reading(name: str) -> "Reading | None":
        path = next((found for folder in folders if (found := _document(folder, name))), None)
        return read_file(path, name) if path else None

    if documents is not None and not documents.is_dir():
        raise InputError(say("error.no_folder", path=documents))
    run.show(_scores(compare(gold, reading, _links), verbose, total))


def _beside(gold: Path) -> list[Path]:
    """Return the folders that stand beside the gold, and the one that holds them."""
    above = gold.resolve().parent
    return [one for one in sorted(above.iterdir()) if one.is_dir() and one != gold.resolve()] + [above]


def _document(folder: Path, name: str) -> Path | None:
    from loaders.read.registry import known_suffixes

    for suffix in sorted(known_suffixes()):
        path = folder / f"{name}{suffix}"
        if path.is_file():
            return path
    return None


def _links(child: "Reading", parent: "Reading") -> list[dict[str, Any]]:
    from graph.link.tasks.align_tasks import align
    from graph.link.tasks.task_view import from_reading

    found = align(from_reading(child), from_reading(parent))
    return [{"child": one.child, "parent": one.parent, "relation": one.relation, "score": one.score} for one in found]


def _scores(report: "Report", verbose: bool, total: bool) -> Answer:
    columns = ["document", "field", "gold", "found", "right", "precision", "recall", "f1", "relations"]
    parts = () if total else (*report.documents, *report.pairs)
    rows = [_score(one, report) for one in (*parts, *report.overall())]
    if verbose:
        columns += ["missed", "invented"]
    notes = [Note(code="absent", values={"name": name}) for name in report.absent]
    notes += [Note(code="different", values={"name": name}) for name in report.different]
    return Answer(name="evaluate", columns=tuple(columns), rows=shaped(columns, rows), notes=tuple(notes))


def _score(one: "Score", report: "Report") -> Row:
    def share(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    right, found = report.relations.get(one.document, (0, 0))
    return {
        "document": one.document,
        "field": one.field,
        "gold": one.gold,
        "found": one.found,
        "right": one.right,
        "precision": share(one.precision),
        "recall": share(one.recall),
        "f1": share(one.f1),
        "relations": round(right / found, 4) if found else None,
        "missed": "\n".join(one.missed) or None,
        "invented": "\n".join(one.invented) or None,
    }


COMMANDS = {"read": read, "extract": extract, "evaluate": evaluate}
