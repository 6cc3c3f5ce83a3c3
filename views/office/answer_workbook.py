"""Answers as a workbook: text stays text, headings stay in sight, rows can be filtered."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from queries.answer import Answer
from queries.faults import CodedUsageError
from views.office.a4_sheet import LONGEST_CELL, new_book
from views.words.named_words import heading, value_word

_WIDEST = 60
_LONGEST_NAME = 31


def write_workbook(target: Path | IO[bytes], answers: Sequence[Answer], language: str) -> None:
    """Write answers into a new workbook, a sheet each, named as they are.

    Raises:
        CodedUsageError: a text is longer than a cell holds.
    """
    book = new_book(target)
    try:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for answer in answers:
            sheet = book.add_worksheet(answer.name[:_LONGEST_NAME])
            for at, name in enumerate(answer.columns):
                sheet.write_string(0, at, heading(answer, name, language), bold)
                sheet.set_column(at, at, _width(answer, name, language))
            _fill(sheet, answer, wrapped, language)
            _set_page(sheet, answer)
    finally:
        book.close()


def _fill(sheet: Any, answer: Answer, wrapped: Any, language: str) -> None:  # noqa: ANN401 - xlsxwriter carries no types
    for line, row in enumerate(answer.rows, 1):
        for at, name in enumerate(answer.columns):
            cell = value_word(name, row[name], language)
            if isinstance(cell, (int, float)):
                sheet.write_number(line, at, cell, wrapped)
            elif cell is not None:
                if len(cell) > LONGEST_CELL:
                    raise CodedUsageError(
                        "cell",
                        f"row {line}, {name}: {len(cell)} characters are more than a cell holds ({LONGEST_CELL});"
                        " use csv or json",
                        column=name,
                        row=line,
                        count=len(cell),
                        most=LONGEST_CELL,
                    )
                sheet.write_string(line, at, cell, wrapped)


def _set_page(sheet: Any, answer: Answer) -> None:  # noqa: ANN401 - as above
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(answer.rows), 1), max(len(answer.columns) - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(answer: Answer, name: str, language: str) -> float:
    """Return a column's width: its longest text, Chinese characters counted twice, within reason."""
    texts = [heading(answer, name, language), *(str(row[name]) for row in answer.rows[:200] if row[name] is not None)]
    longest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text) for text in texts)
    return min(max(8, longest + 2), _WIDEST)
