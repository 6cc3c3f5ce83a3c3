"""Rows as text: a table for people, JSON, JSON Lines, CSV, TSV, Markdown."""

import csv
import io
import json
from collections.abc import Callable

from cli.draw.grid import ruled
from cli.words.messages import column, value
from cli.words.visible import escaped, visible
from graph.store.protocol import AnswerRow, Scalar
from queries.answer import Answer

# What a table shows of a question that has more columns than a terminal has room for; the other formats have all.
SHOWN: dict[str, tuple[str, ...]] = {
    "documents": ("document", "title", "doc_number", "level", "place", "held", "status", "issued", "valid_to", "tasks"),
    "policies": ("policy", "title", "level", "place", "issued", "valid_to", "status", "held", "documents", "tasks"),
    "tasks": ("task", "title", "kind", "place", "lead", "units", "in_text", "deadline", "end"),
    "due_between": ("end", "task", "title", "place", "lead", "units", "in_text", "deadline"),
    "units": ("unit", "name", "kind", "level", "place", "tasks", "lead_tasks", "part_tasks"),
    "coverage": ("theme_name", "level", "place", "answer", "tasks", "parts", "carried", "doubtful", "not_found"),
    "search": ("kind", "key", "name", "place", "snippet"),
    "correlation": (
        "parent",
        "parent_title",
        "document",
        "task",
        "title",
        "answer",
        "reason",
        "date_change",
        "number_change",
    ),
    "issues": ("document", "code", "message", "start", "end", "quote"),
}
# Spreadsheets take the full-width signs for formulas too.
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# What Markdown, or the HTML in it, would take for more than text.
_MARKUP = {
    "\\": "\\\\",
    "|": "\\|",
    "[": "\\[",
    "]": "\\]",
    "`": "\\`",
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\n": "<br>",
}


def text_of(answer: Answer, kind: str, *, excel: bool = False) -> str:
    """Return an answer as text of a format; `excel` makes CSV and TSV as Excel and WPS open them.

    What would steer a terminal stands as a sign that one sees; JSON escapes it.
    """
    makers: dict[str, Callable[[Answer], str]] = {
        "table": table,
        "json": as_json,
        "jsonl": as_jsonl,
        "csv": excel_csv if excel else lambda one: separated(one, ","),
        "tsv": excel_tsv if excel else lambda one: separated(one, "\t"),
        "md": markdown,
    }
    return (escaped if kind in ("json", "jsonl") else visible)(makers[kind](answer))


def as_json(answer: Answer) -> str:
    """Return the rows as one JSON array, `[]` where there are none."""
    return json.dumps(list(answer.rows), ensure_ascii=False, indent=2) + "\n"


def as_jsonl(answer: Answer) -> str:
    """Return the rows as JSON objects, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in answer.rows)


def separated(answer: Answer, delimiter: str) -> str:
    """Return the rows as plain CSV or TSV for machines: no byte order mark, no guard, lines end in a line feed."""
    return _csv(answer, delimiter, "\n", lambda one: one)


def excel_csv(answer: Answer) -> str:
    """Return the rows as CSV for Excel: byte order mark, CRLF, and nothing that Excel would calculate."""
    return "\ufeff" + _csv(answer, ",", "\r\n", guard)


def excel_tsv(answer: Answer) -> str:
    """Return the rows as TSV of which Excel calculates nothing."""
    return _csv(answer, "\t", "\n", guard)


def guard(cell: Scalar) -> Scalar:
    """Return a cell that no spreadsheet takes for a formula.

    >>> guard("=HYPERLINK(1)"), guard(-3)
    ("'=HYPERLINK(1)", -3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_GUARDED) else cell


def _csv(answer: Answer, delimiter: str, end: str, guarded: Callable[[Scalar], Scalar]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(["" if (one := guarded(_flat(row[name]))) is None else one for name in answer.columns])
    return buffer.getvalue()


def _flat(one: Scalar) -> Scalar:
    return str(one).lower() if isinstance(one, bool) else one


def markdown(answer: Answer) -> str:
    """Return the rows as a Markdown table with headings and values in words."""
    lines = ["| " + " | ".join(_cell(heading(answer, name)) for name in answer.columns) + " |"]
    lines.append("|" + " --- |" * len(answer.columns))
    for row in answer.rows:
        cells = (value(name, row[name]) for name in answer.columns)
        lines.append("| " + " | ".join(_cell("" if one is None else one) for one in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(one: Scalar) -> str:
    return "".join(_MARKUP.get(char, char) for char in str(one).replace("\r", ""))


def heading(answer: Answer, name: str) -> str:
    """Return the heading of a column; `end` is a day, or a place in a text where its values are numbers."""
    place = name == "end" and any(isinstance(row[name], int) for row in answer.rows)
    return column("stop" if place else name)


def shown_columns(answer: Answer) -> tuple[str, ...]:
    """Return the columns that a table shows: those chosen for the question, less those that are empty throughout.

    A query that somebody typed in shows all that it asks for.
    """
    if answer.name == "query":
        return answer.columns
    chosen = SHOWN.get(answer.name, answer.columns)
    return tuple(name for name in chosen if any(row.get(name) is not None for row in answer.rows))


def table(answer: Answer) -> str:
    """Return the rows as a table for people, as wide as the terminal, or as its rows where there is none."""
    names = shown_columns(answer)
    cells = [[_words(name, row) for name in names] for row in answer.rows]
    return ruled([heading(answer, name) for name in names], cells)


def _words(name: str, row: AnswerRow) -> str:
    one = value(name, row[name])
    if isinstance(one, float):
        return f"{one:g}"
    return "" if one is None else visible(" ".join(str(one).split()))
