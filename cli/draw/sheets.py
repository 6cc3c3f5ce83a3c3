"""Answers as a workbook: text stays text, headings stay in sight, rows can be filtered."""

from pathlib import Path

from cli.draw.render import heading
from cli.words.messages import say, value
from graph.errors import UsageError
from queries.answer import Answer

LONGEST_CELL = 32_767
"""Excel holds no longer text in a cell; the writer would leave such a cell empty without a word."""
_WIDEST = 60


def write(path: Path, answer: Answer) -> None:
    """Write the answer into a new workbook at `path`.

    Raises:
        UsageError: a text is longer than a cell holds.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    try:
        sheet = book.add_worksheet(answer.name[:31])
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for at, name in enumerate(answer.columns):
            sheet.write_string(0, at, heading(answer, name), bold)
            sheet.set_column(at, at, _width(answer, name))
        for line, row in enumerate(answer.rows, 1):
            for at, name in enumerate(answer.columns):
                cell = value(name, row[name])
                if isinstance(cell, (int, float)):
                    sheet.write_number(line, at, cell, wrapped)
                elif cell is not None:
                    if len(cell) > LONGEST_CELL:
                        raise UsageError(say("error.cell", column=name, row=line, count=len(cell), most=LONGEST_CELL))
                    sheet.write_string(line, at, cell, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(answer.rows), 1), max(len(answer.columns) - 1, 0))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    finally:
        book.close()


def _width(answer: Answer, name: str) -> float:
    """Return a column's width: its longest text, Chinese characters counted twice, within reason."""
    texts = [heading(answer, name), *(str(row[name]) for row in answer.rows[:200] if row[name] is not None)]
    longest = max(sum(2 if ord(char) > 0x2E7F else 1 for char in text) for text in texts)
    return min(max(8, longest + 2), _WIDEST)
