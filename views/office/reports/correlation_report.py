"""The correlation table as a report: in all, task by task, what has no upper task, notes."""

from collections.abc import Sequence
from pathlib import Path

from graph.store.protocol import AnswerRow
from queries.answer import Answer
from queries.cascades.side_by_side import SideBySide
from queries.cascades.task_answers import WORDS as ANSWERS
from views.office.reports.answer_colours import BAND, FILLS
from views.office.reports.correlation_blocks import (
    RowWords,
    UpperTask,
    document_name,
    full_text,
    own_tasks,
    short_name,
    upper_tasks,
)
from views.office.reports.correlation_book import write_correlation
from views.office.reports.report_file import ReportKind, write_report
from views.office.reports.report_parts import (
    MarkedStretch,
    PrintedReport,
    ReportCell,
    ReportHeading,
    ReportParagraph,
    ReportPart,
    ReportTable,
    cell,
    joined,
)
from views.office.reports.report_words import WORDS, answer_word

_OWN = ("added", "doubtful", "cannot_say", None)


def write_comparison(
    path: Path,
    kind: ReportKind,
    compared: SideBySide,
    coverage: Answer | None,
    notes: Sequence[str],
    language: str,
) -> None:
    """Write a correlation table as a report of a kind; a workbook has the coverage beside it where it is given.

    Raises:
        UsageError: a text is longer than a cell of a workbook holds.
    """
    report = correlation_report(compared, notes, language)
    write_report(path, kind, report, lambda file: write_correlation(file, compared, coverage, notes, language))


def correlation_report(compared: SideBySide, notes: Sequence[str], language: str) -> PrintedReport:
    """Return the report of a correlation table; `notes` are its notes in words."""
    words = WORDS[language]
    rows = compared.table.rows
    blocks = upper_tasks(rows)
    own = own_tasks(rows)
    counted = [one for one in blocks if one.key.rpartition("/")[0] == compared.upper["document"]]
    rest: list[ReportPart] = [_own_table(compared, own, language)] if own else [ReportParagraph(words["nothing_left"])]
    told: list[ReportPart] = [ReportHeading(words["notes"]), *(ReportParagraph(one) for one in notes)] if notes else []
    return PrintedReport(
        title=words["correlation.title"].format(upper=document_name({**compared.upper, "doc_number": None}, language)),
        language=language,
        parts=(
            ReportParagraph(words["upper"].format(document=document_name(compared.upper, language))),
            ReportHeading(words["summary"]),
            ReportParagraph(words["counted"].format(tasks=len(counted), documents=len(compared.lower))),
            _summary(compared, counted, own, language),
            ReportHeading(words["pairs"]),
            ReportParagraph(words["marks"]),
            _pairs(compared, blocks, language),
            ReportHeading(words["rest"]),
            *rest,
            *told,
        ),
    )


def _summary(compared: SideBySide, blocks: Sequence[UpperTask], own: Sequence[AnswerRow], language: str) -> ReportTable:
    """Return how many of the upper tasks each lower document takes up, answer by answer."""
    words = WORDS[language]
    made = []
    for row in compared.lower:
        name = str(row["document"])
        said = [str(one.below[name][0]["answer"]) for one in blocks if name in one.below]
        counts = [cell(str(said.count(word)), fill=FILLS[word], centred=True) for word in ANSWERS]
        mine = sum(one["document"] == name for one in own)
        named = cell(document_name(row, language))
        made.append((cell(short_name(row, compared.lower, language)), named, *counts, cell(str(mine), centred=True)))
    head = (words["place"], words["document"], *(answer_word(word, language) for word in ANSWERS), words["own"])
    return ReportTable(shares=(10, 30, *(6 for _ in ANSWERS), 6), head=head, rows=tuple(made))


def _pairs(compared: SideBySide, blocks: Sequence[UpperTask], language: str) -> ReportTable:
    """Return the table of upper tasks: each a row across, below it a row for each lower task or gap."""
    words, said = WORDS[language], RowWords(language)
    names = {str(row["document"]): short_name(row, compared.lower, language) for row in compared.lower}
    head = tuple(words[name] for name in ("place", "lower_task", "answer", "units", "deadline", "changes"))
    rows: list[tuple[ReportCell, ...]] = []
    for number, block in enumerate(blocks, 1):
        rows.append((_upper_cell(number, block, said, len(head)),))
        for document, below in block.below.items():
            rows += [_lower_row(names.get(document, document), row, said) for row in below]
    return ReportTable(shares=(11, 33, 9, 14, 9, 24), head=head, rows=tuple(rows))


def _upper_cell(number: int, block: UpperTask, said: RowWords, span: int) -> ReportCell:
    row = block.first
    facts = (
        said.said("lead", row["parent_lead"]),
        said.said("all_units", row["parent_units"]),
        said.said("deadline_named", row["parent_deadline"]),
        said.said("proof", said.proof(row, "parent_")),
    )
    text = joined(
        [
            [MarkedStretch(f"{number}　", "strong"), MarkedStretch(said.upper_text(row))],
            [MarkedStretch(said.words["semicolon"].join(one for one in facts if one), "soft")],
        ]
    )
    return cell(*text, fill=BAND, span=span)


def _lower_row(name: str, row: AnswerRow, said: RowWords) -> tuple[ReportCell, ...]:
    return (
        cell(*joined([[name], [MarkedStretch(said.proof(row), "soft")]])),
        cell(*said.lower_text(row)),
        cell(*said.answer(row), fill=FILLS.get(str(row["answer"]))),
        cell(*said.units(row)),
        cell(*said.deadline(row)),
        # What was added is marked in the text beside it.
        cell(*joined([[said.said("units_added", row["units_added"])], *said.lost(row)])),
    )


def _own_table(compared: SideBySide, own: Sequence[AnswerRow], language: str) -> ReportTable:
    """Return the tasks of lower documents that no upper task leads to."""
    words, said = WORDS[language], RowWords(language)
    names = {str(row["document"]): short_name(row, compared.lower, language) for row in compared.lower}
    head = tuple(words[name] for name in ("number", "place", "lower_task", "answer", "units", "deadline", "proof"))
    rows = tuple(
        (
            cell(str(number), centred=True),
            cell(names.get(str(row["document"]), str(row["document"]))),
            cell(full_text(row["title"], row["text"])),
            cell(*joined([said.answer(row), *said.reason(row)]), fill=FILLS.get(str(row["answer"]))),
            cell(*said.units(row)),
            cell(*said.deadline(row)),
            cell(said.proof(row)),
        )
        for number, row in enumerate(own, 1)
    )
    return ReportTable(shares=(5, 9, 40, 14, 13, 9, 10), head=head, rows=rows)
