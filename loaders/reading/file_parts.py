"""What a file is read as, part by part with its place: headings, tasks, tables, annexes, furniture, issues."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.assemble.file_places import FilePlaces
from graph.model import Reading, Span
from graph.store.protocol import AnswerRow
from loaders.read.registry import read
from loaders.reading.articles import DocumentParts, take_apart
from loaders.reading.document_reading import reading_with_account
from loaders.reading.mark_census import census, counts_by_kind
from loaders.reading.text_account import TextAccount
from loaders.structure.joined_text import Compact
from loaders.structure.section_kinds import without_tasks

_HEAD = ("title", "doc_number", "issuers", "issued", "level", "place")
# An annex is told by its first words.
_ANNEX_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FileParts:
    """The parts of a file: the head first, then the text in printed order, what is left out, and issues.

    A row has `part`, `path`, `text`, `units`, `deadline` and its place `start`, `end` in the file's text, in a file with
    pages or sheets also `page` and `box`, `sheet` and `cell`, `confidence` where a picture was read; a table has
    `rows` and `columns` in place of text, an issue has its `message` beside the words that it is about, a part that a rule
    leaves out has the rule's name as its path. `account` says where every character went.
    """

    rows: tuple[AnswerRow, ...]
    account: TextAccount
    tasks: int


def parts_of_file(path: Path) -> FileParts:
    """Return the parts of the file at `path`.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    document = read(path)
    parts = take_apart(document)
    reading, account = reading_with_account(parts)
    places = FilePlaces(document.places)
    found = [row | _place(places, row) for row in (*_rows(parts, reading), *_left_out(parts, account))]
    rows = sorted(found, key=lambda row: (_rank(row), int(row["start"] or 0)))
    return FileParts(rows=tuple(rows), account=account, tasks=len(reading.tasks))


def _place(places: FilePlaces, row: AnswerRow) -> AnswerRow:
    if row["start"] is None or row["end"] is None:
        return {}
    return places.of(Span(int(row["start"]), int(row["end"])))


def marks_of_file(path: Path) -> tuple[AnswerRow, ...]:
    """Return how many marks of each kind (duty words, list signs, dates …) the file at `path` prints, and where they went.

    Raises:
        InputError: the file is no document that a reader understands.
    """
    parts = take_apart(read(path))
    return counts_by_kind(census(parts, *reading_with_account(parts)))


def _left_out(parts: DocumentParts, account: TextAccount) -> Iterator[AnswerRow]:
    """Yield what a rule leaves out; furniture has rows of its own."""
    furniture = {reason for _, reason in parts.furniture}
    for part in account.parts:
        words = part.span.of(account.text)
        if part.account == "left_out" and part.rule not in furniture and words.strip():
            yield _row(parts.compact, "left_out", part.span, part.rule)


def _rank(row: AnswerRow) -> int:
    return {"head": 0, "furniture": 2, "issue": 3}.get(str(row["part"]), 1)


def _row(compact: Compact, part: str, span: Span | None, path: str | None = None, text: str | None = None) -> AnswerRow:
    """Return the row of a place in the file; words that the file breaks over lines stand unbroken."""
    if text is None:
        text = compact.inner(span).of(compact.document.text) if span else ""
    place: AnswerRow = {"start": span.start if span else None, "end": span.end if span else None}
    return {"part": part, "path": path, "text": " ".join(text.split())} | place


def _rows(parts: DocumentParts, reading: Reading) -> Iterator[AnswerRow]:
    compact = parts.compact
    yield from _policies(compact, reading)
    yield from _outline(parts, reading)
    for table in parts.document.tables:
        size: AnswerRow = {"text": None, "rows": table.rows, "columns": table.columns}
        yield _row(compact, "table", compact.outer(table.span)) | size
    for task in reading.tasks:
        units = "、".join(unit.surface for unit in task.units) or None
        deadline = task.deadline.raw if task.deadline else None
        yield _row(compact, task.kind, task.span, task.path, task.title) | {"units": units, "deadline": deadline}
    for span, reason in parts.furniture:
        yield _row(compact, "furniture", compact.outer(span), reason)
    for issue in reading.issues:
        yield _row(compact, "issue", issue.span, issue.code, issue.quote) | {"message": issue.message}


def _policies(compact: Compact, reading: Reading) -> Iterator[AnswerRow]:
    for mention in reading.policies:
        if mention.role in ("self", "reports_on"):
            for name in _HEAD:
                yield from (_row(compact, "head", span, name) for span in mention.spans.get(name, ()))
        else:
            span = next((span for spans in mention.spans.values() for span in spans), None)
            yield _row(compact, "citation", span, mention.role, mention.title or mention.doc_number)


def _outline(parts: DocumentParts, reading: Reading) -> Iterator[AnswerRow]:
    """Yield the headings that are no tasks, with what they open, and the annexes that list tasks."""
    document, compact = parts.document, parts.compact
    tasks = {task.span.start for task in reading.tasks}
    for article in parts.articles:
        aside = {node.span.start: kind for node, kind in without_tasks(document, article.outline.nodes)}
        for node in article.outline.walk():
            if compact.outward(node.span.start) not in tasks:
                part = aside.get(node.span.start, "heading")
                yield _row(compact, part, compact.outer(node.title), article.prefix + node.path)
        for listed in article.lists:
            words = listed.annex.span.of(document.text)[:_ANNEX_LENGTH]
            yield _row(compact, "annex", compact.outer(listed.annex.span), None, words)
