"""Where a report goes: by the suffix of the file, a document, a web page, Markdown, or the rows as any answer."""

from collections.abc import Callable, Iterable
from pathlib import Path

from cli.output import Run
from cli.words.messages import say, value
from queries.answer import Answer, Note
from views.office.reports.report_parts import PrintedReport

_WEB, _WORD = (".html", ".htm"), ".docx"
Book = Callable[[Path], None]


def wanted(run: Run) -> str | None:
    """Return the kind of report that the run asks for (`docx`, `html`, `md`, `xlsx`); None where it asks for rows."""
    output = run.settings.output
    if output is None:
        return None
    suffix = output.suffix.lower()
    if run.settings.format is None and suffix in (*_WEB, _WORD):
        return "docx" if suffix == _WORD else "html"
    kind = run.format()
    return kind if kind in ("md", "xlsx") else None


def write_report(run: Run, kind: str, report: PrintedReport, book: Book, answer: Answer) -> None:
    """Write a report as a file of that kind; `book` writes the workbook. Then say the notes of the answer."""
    output = run.settings.output
    assert output is not None
    if kind == "xlsx":
        run.replace(output, book)
    elif kind == "docx":
        from views.office.reports.report_docx import write_docx

        run.replace(output, lambda path: write_docx(path, report))
    else:
        from views.office.reports.report_html import report_html
        from views.office.reports.report_markdown import report_markdown

        run.write(report_html(report) if kind == "html" else report_markdown(report))
    run.tell_notes(answer.notes)


def notes_in_words(notes: Iterable[Note]) -> list[str]:
    """Return notes as a report prints them."""
    return [say(f"note.{note.code}", **{name: value(name, one) for name, one in note.values.items()}) for note in notes]
