"""A report written as a file of a kind: a document, a web page, Markdown, or a workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from views.office.reports.report_html import report_html
from views.office.reports.report_markdown import report_markdown
from views.office.reports.report_parts import PrintedReport

ReportKind = Literal["docx", "html", "md", "xlsx"]
KINDS: dict[str, ReportKind] = {".docx": "docx", ".html": "html", ".htm": "html", ".md": "md", ".xlsx": "xlsx"}
"""The kinds of reports by the suffix of a file."""


def write_report(path: Path, kind: ReportKind, report: PrintedReport, book: Callable[[Path], None]) -> None:
    """Write a report into a new file at `path`; `book` writes its workbook.

    Raises:
        UsageError: a text is longer than a cell of a workbook holds.
    """
    if kind == "xlsx":
        book(path)
    elif kind == "docx":
        # It takes longer to start than most commands run.
        from views.office.reports.report_docx import write_docx

        write_docx(path, report)
    else:
        text = report_html(report) if kind == "html" else report_markdown(report)
        path.write_text(text, encoding="utf-8", newline="\n")
