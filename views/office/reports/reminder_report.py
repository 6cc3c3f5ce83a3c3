"""What each unit is still to do, as a report: a page for each unit, to be torn off and sent."""

from itertools import groupby
from pathlib import Path

from graph.store.protocol import AnswerRow
from queries.answer import Answer
from views.office.ledger_words import WORDS, word_of
from views.office.reminder_book import write_reminders
from views.office.reports.report_file import ReportKind, write_report
from views.office.reports.report_parts import (
    MarkedStretch,
    PrintedReport,
    ReportCell,
    ReportHeading,
    ReportPart,
    ReportTable,
    cell,
    joined,
)

_SHARES = {"number": 5, "title": 36, "document": 15, "role": 7, "deadline": 16, "days": 9, "state": 9, "progress": 12}
_FILLS = {"overdue": "#FBDEDC", "soon": "#FFF7CC"}


def write_reminder_report(path: Path, kind: ReportKind, answer: Answer, language: str) -> None:
    """Write the answer of the question `reminders` as a report of a kind.

    Raises:
        UsageError: a text is longer than a cell of a workbook holds.
    """
    report = reminder_report(answer, language)
    write_report(path, kind, report, lambda file: write_reminders(file, answer, language))


def reminder_report(answer: Answer, language: str) -> PrintedReport:
    """Return the report of the answer of the question `reminders`: the units in its order, each on a page of its own."""
    words = WORDS[language]
    parts: list[ReportPart] = []
    for unit, group in groupby(answer.rows, key=lambda row: row["unit"]):
        rows = list(group)
        name = words["no_unit"] if unit is None else str(rows[0]["unit_name"] or unit)
        parts.append(ReportHeading(name, new_page=bool(parts)))
        head = tuple(words[column] for column in _SHARES)
        body = tuple(_row(number, row, language) for number, row in enumerate(rows, 1))
        parts.append(ReportTable(shares=tuple(_SHARES.values()), head=head, rows=body))
    return PrintedReport(title=words["reminders"], language=language, parts=tuple(parts))


def _row(number: int, row: AnswerRow, language: str) -> tuple[ReportCell, ...]:
    document, _, path = str(row["task"]).rpartition("/")
    share = "" if row["share"] is None else f"{row['share']}%"
    progress = "" if row["progress"] is None else word_of("progress_status", row["progress"], language)
    return (
        cell(str(number), centred=True),
        cell(str(row["title"] or "")),
        cell(f"{document} {path}"),
        cell(word_of("unit_role", row["role"], language) if row["role"] else ""),
        cell(*joined([[str(row["deadline"] or "")], [MarkedStretch(str(row["end"] or ""), "soft")]])),
        cell(str(row["days"]), centred=True),
        cell(word_of("due_state", row["state"], language), fill=_FILLS.get(str(row["state"]))),
        cell(*joined([[progress], [share]])),
    )
