"""What each unit is still to do, as a workbook to print: a new page for each unit."""

from pathlib import Path

from graph.store.protocol import AnswerRow
from queries.answer import Answer
from views.office.a4_sheet import A4Sheet, SheetColumn, new_book
from views.office.ledger_words import WORDS, word_of

_WIDTHS = {
    "unit_name": 22,
    "role": 8,
    "title": 40,
    "document": 16,
    "path": 9,
    "deadline": 18,
    "end": 11,
    "days": 9,
    "state": 9,
    "progress": 10,
    "share": 9,
}
_KINDS = {"end": "date", "days": "number", "share": "share"}
_LISTS = {"role": "unit_role", "state": "due_state", "progress": "progress_status"}


def write_reminders(path: Path, answer: Answer, language: str) -> None:
    """Write the answer of the question `reminders` into a new workbook at `path`.

    Raises:
        UsageError: a text is longer than a cell holds.
    """
    words = WORDS[language]
    book = new_book(path)
    try:
        columns = [
            SheetColumn(name=name, head=words[name], width=width, kind=_KINDS.get(name, "text"))
            for name, width in _WIDTHS.items()
        ]
        sheet = A4Sheet(book, words["reminders"], columns)
        breaks: list[int] = []
        unit = answer.rows[0]["unit"] if answer.rows else None
        for row in answer.rows:
            if row["unit"] != unit:
                unit = row["unit"]
                breaks.append(sheet.next_row)
            sheet.add(_in_words(row, language))
        # A sheet holds no more breaks by hand than this.
        sheet.sheet.set_h_pagebreaks(breaks[:1023])
        sheet.filtered()
    finally:
        book.close()


def _in_words(row: AnswerRow, language: str) -> AnswerRow:
    document, _, path = str(row["task"]).rpartition("/")
    told: AnswerRow = {
        name: word_of(listed, row[name], language) for name, listed in _LISTS.items() if row[name] is not None
    }
    unit = row["unit_name"] or WORDS[language]["no_unit"]
    return row | told | {"document": document, "path": path, "unit_name": unit}
