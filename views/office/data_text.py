"""Answers as text for other programs: JSON, JSON Lines, CSV and TSV, for machines and for spreadsheets."""

import csv
import io
import json
from collections.abc import Callable

from graph.store.protocol import Scalar
from queries.answer import Answer
from views.words.named_words import heading, value_word

# Spreadsheets take the full-width signs for formulas too.
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_json(answer: Answer) -> str:
    """Return the rows as one JSON array, `[]` where there are none."""
    return json.dumps(list(answer.rows), ensure_ascii=False, indent=2) + "\n"


def as_jsonl(answer: Answer) -> str:
    """Return the rows as JSON objects, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in answer.rows)


def separated(answer: Answer, delimiter: str) -> str:
    """Return the rows as plain CSV or TSV for machines: no byte order mark, no guard, lines end in a line feed."""
    return _csv(answer, delimiter, "\n", lambda one: one)


def excel_csv(answer: Answer, language: str | None = None) -> str:
    """Return the rows as CSV for Excel: byte order mark, CRLF, and nothing that Excel would calculate.

    With a language its headings and values are words of it, else the names of columns and plain values.
    """
    return "\ufeff" + _csv(answer, ",", "\r\n", guard, language)


def excel_tsv(answer: Answer, language: str | None = None) -> str:
    """Return the rows as TSV of which Excel calculates nothing, in words where a language is given."""
    return _csv(answer, "\t", "\n", guard, language)


def guard(cell: Scalar) -> Scalar:
    """Return a cell that no spreadsheet takes for a formula.

    >>> guard("=HYPERLINK(1)"), guard(-3)
    ("'=HYPERLINK(1)", -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_GUARDED) else cell


def _csv(
    answer: Answer, delimiter: str, end: str, guarded: Callable[[Scalar], Scalar], language: str | None = None
) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerow([heading(answer, name, language) for name in answer.columns] if language else answer.columns)
    for row in answer.rows:
        values = (value_word(name, row[name], language) if language else row[name] for name in answer.columns)
        writer.writerow(["" if (one := guarded(_flat(value))) is None else one for value in values])
    return buffer.getvalue()


def _flat(one: Scalar) -> Scalar:
    return str(one).lower() if isinstance(one, bool) else one
