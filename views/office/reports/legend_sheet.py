"""The last sheet of a report's workbook: how it is read, what its colours mean, and its notes."""

from collections.abc import Sequence
from typing import Any

from views.office.cell_lines import LINE_HEIGHT, lines_in
from views.office.reports.answer_colours import FILLS
from views.office.reports.report_words import WORDS, answer_word

_WIDTH = 108


def add_legend(book: Any, notes: Sequence[str], language: str) -> None:  # noqa: ANN401 - xlsxwriter carries no types
    """Add the sheet; `notes` are what the table cannot say, in words."""
    words = WORDS[language]
    sheet = book.add_worksheet(words["legend"])
    plain = {"text_wrap": True, "valign": "top", "font_size": 10}
    wrapped, bold = book.add_format(plain), book.add_format(plain | {"bold": True})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _WIDTH)

    def write(line: int, text: str) -> None:
        """Write a line of words; not every program makes a row as tall as its text when it opens a file."""
        sheet.write_string(line, 1, text, wrapped)
        sheet.set_row(line, LINE_HEIGHT * lines_in(text, _WIDTH) + 3)

    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, 1, "", book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(0, 0, words["legend.head"], book.add_format({"bold": True, "font_size": 14}))
    line = 1
    for number in range(1, 7):
        sheet.write_number(line, 0, number, wrapped)
        write(line, words[f"legend.{number}"])
        line += 1
    sheet.write_string(line + 1, 0, words["legend.answers"], bold)
    line += 2
    for answer in FILLS:
        if f"meaning.{answer}" in words:
            colour = book.add_format(plain | {"bg_color": FILLS[answer], "border": 1, "border_color": "#BFBFBF"})
            sheet.write_string(line, 0, answer_word(answer, language), colour)
            write(line, words[f"meaning.{answer}"])
            line += 1
    for note in notes:
        line += 1
        write(line, note)
