"""The ledger as a workbook to fill: a row a task, lists to choose from, hidden ids by which it is read back."""

from pathlib import Path
from typing import Any

from graph.ledger.progress import LONGEST_WORDS
from graph.store.protocol import AnswerRow
from queries.answer import Answer
from views.office.a4_sheet import A4Sheet, SheetColumn, new_book
from views.office.ledger_words import WORDS, statuses

HIDDEN = ("task", "task_mark", "entry")
"""The columns that tell of what task, of what words, and after which entry a row was made."""
_WIDTHS = {
    "document": 14,
    "path": 8,
    "title": 34,
    "units": 26,
    "deadline": 15,
    "end": 11,
    "progress": 10,
    "share": 9,
    "words": 32,
    "by": 10,
}
_KINDS = {"end": "date", "share": "share"}
_FILLED = frozenset({"progress", "share", "words", "by"})
_COLOURS = {"done": "#DDEFD9", "delayed": "#F8D7DA", "cancelled": "#E5E5E5"}


def write_ledger(path: Path, answer: Answer, language: str) -> None:
    """Write the answer of the question `ledger` into a new workbook at `path`.

    Raises:
        UsageError: a text is longer than a cell holds.
    """
    words, names = WORDS[language], statuses(language)
    book = new_book(path)
    try:
        columns = [
            SheetColumn(name=name, head=words[name], width=width, kind=_KINDS.get(name, "text"), filled=name in _FILLED)
            for name, width in _WIDTHS.items()
        ]
        columns += [SheetColumn(name=name, head=name) for name in HIDDEN]
        sheet = A4Sheet(book, words["ledger"], columns, keys=True)
        for row in answer.rows:
            sheet.add(_filled(row, names))
        _choices(book, sheet, language)
        sheet.filtered()
        _legend(book, language)
    finally:
        book.close()


def _filled(row: AnswerRow, names: dict[str, str]) -> AnswerRow:
    carriers = row["units"] or row["in_text"]
    return row | {"units": carriers, "progress": names.get(str(row["progress"])) if row["progress"] else None}


def _choices(book: Any, sheet: A4Sheet, language: str) -> None:  # noqa: ANN401
    """Let the cells to fill take what can be read back, and colour what is done, delayed or cancelled."""
    words, names = WORDS[language], statuses(language)
    first, last = sheet.head + 1, max(sheet.next_row - 1, sheet.head + 1)
    at = {column.name: place for place, column in enumerate(sheet.columns)}
    listed = list(names.values())
    told = words["status.fill"].format(statuses="、".join(listed))
    sheet.sheet.data_validation(
        first, at["progress"], last, at["progress"], {"validate": "list", "source": listed, "error_message": told}
    )
    sheet.sheet.data_validation(
        first,
        at["share"],
        last,
        at["share"],
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 1,
            "error_message": words["share.fill"],
        },
    )
    sheet.sheet.data_validation(
        first, at["words"], last, at["words"], {"validate": "length", "criteria": "<=", "value": LONGEST_WORDS}
    )
    for status, colour in _COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{names[status]}"'}
        look = {"format": book.add_format({"bg_color": colour})}
        sheet.sheet.conditional_format(first, at["progress"], last, at["progress"], rule | look)


def _legend(book: Any, language: str) -> None:  # noqa: ANN401
    words = WORDS[language]
    sheet = book.add_worksheet(words["legend"])
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "font_size": 11})
    sheet.set_column(0, 0, 110)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.write_string(0, 0, words["legend.head"], book.add_format({"bold": True, "font_size": 14}))
    listed = "、".join(statuses(language).values())
    for line in range(1, 7):
        sheet.write_string(line, 0, words[f"legend.{line}"].format(statuses=listed), wrapped)
