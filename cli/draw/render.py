"""Answers as text of a format: a table for people, Markdown, and what other programs read."""

from collections.abc import Callable

from cli.draw.grid import ruled
from cli.words.messages import language, value
from graph.store.protocol import AnswerRow, Scalar
from queries.answer import Answer
from views.office.data_text import as_json, as_jsonl, excel_csv, excel_tsv, separated
from views.words.named_words import heading
from views.words.visible import escaped, visible

# What a table shows of a question that has more columns than a terminal has room for; the other formats have all.
SHOWN: dict[str, tuple[str, ...]] = {
    "documents": ("document", "title", "doc_number", "level", "place", "held", "status", "issued", "valid_to", "tasks"),
    "policies": ("policy", "title", "level", "place", "issued", "valid_to", "status", "held", "documents", "tasks"),
    "tasks": ("task", "title", "kind", "place", "lead", "units", "in_text", "deadline", "end"),
    "due_between": ("end", "task", "title", "place", "lead", "units", "in_text", "deadline"),
    "due": (
        "days",
        "state",
        "end",
        "task",
        "title",
        "level",
        "place",
        "policy",
        "lead",
        "units",
        "in_text",
        "deadline",
        "progress",
        "share",
    ),
    "ledger": ("task", "title", "units", "deadline", "end", "progress", "share", "words", "by", "when", "kept_task"),
    "progress_history": ("when", "by", "task", "title", "progress", "share", "words", "proof", "found", "kept_task"),
    "reminders": ("unit_name", "role", "days", "state", "end", "task", "title", "deadline", "progress", "share"),
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
    """Return an answer as text of a format; `excel` makes CSV and TSV as Excel and WPS open them, in words.

    What would steer a terminal stands as a sign that one sees; JSON escapes it.
    """
    makers: dict[str, Callable[[Answer], str]] = {
        "table": table,
        "json": as_json,
        "jsonl": as_jsonl,
        "csv": (lambda one: excel_csv(one, language())) if excel else lambda one: separated(one, ","),
        "tsv": (lambda one: excel_tsv(one, language())) if excel else lambda one: separated(one, "\t"),
        "md": markdown,
    }
    return (escaped if kind in ("json", "jsonl") else visible)(makers[kind](answer))


def markdown(answer: Answer) -> str:
    """Return the rows as a Markdown table with headings and values in words."""
    lines = ["| " + " | ".join(_cell(heading(answer, name, language())) for name in answer.columns) + " |"]
    lines.append("|" + " --- |" * len(answer.columns))
    for row in answer.rows:
        cells = (value(name, row[name]) for name in answer.columns)
        lines.append("| " + " | ".join(_cell("" if one is None else one) for one in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(one: Scalar) -> str:
    return "".join(_MARKUP.get(char, char) for char in str(one).replace("\r", ""))


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
    return ruled([heading(answer, name, language()) for name in names], cells)


def _words(name: str, row: AnswerRow) -> str:
    one = value(name, row[name])
    if isinstance(one, float):
        return f"{one:g}"
    return "" if one is None else visible(" ".join(str(one).split()))
