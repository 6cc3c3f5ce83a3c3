"""Coverage as a matrix of themes by places, in words and in the colours of the page: a sheet, and a report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from graph.store.protocol import AnswerRow
from queries.answer import Answer
from queries.cascades.task_answers import TAKEN
from views.office.a4_sheet import A4Sheet, SheetColumn, new_book
from views.office.reports.answer_colours import FILLS
from views.office.reports.legend_sheet import add_legend
from views.office.reports.report_file import ReportKind, write_report
from views.office.reports.report_parts import (
    PrintedReport,
    ReportHeading,
    ReportParagraph,
    ReportPart,
    ReportTable,
    cell,
)
from views.office.reports.report_words import WORDS, answer_word, value_of

_WIDE = 144.0
"""Characters of type of 10 points beside each other on A4 landscape."""


class _Place(NamedTuple):
    """A column of the matrix: the policies of a place, or a document about one matter."""

    place: object
    policy: object


class _Matrix:
    """The rows of a coverage, by theme and place."""

    def __init__(self, answer: Answer, language: str) -> None:
        self.language = language
        self.words = WORDS[language]
        self.places: dict[_Place, str] = {}
        self.themes: dict[object, str] = {}
        self.cells: dict[tuple[object, _Place], AnswerRow] = {}
        for row in answer.rows:
            place = _Place(row["place"], row["policy"])
            where = f"{value_of('level', row['level'], language)} {row['place'] or ''}".strip()
            # A document about one matter is named: what it does not take up, its place may do otherwise.
            self.places.setdefault(place, where if where and row["whole_place"] else str(row["policy"]))
            self.themes.setdefault(row["theme"], str(row["theme_name"] or self.words["no_theme"]))
            self.cells[row["theme"], place] = row

    def said(self, row: AnswerRow | None) -> str:
        """Return a cell in words, with its counts."""
        if row is None:
            return ""
        up = sum(int(row[name] or 0) for name in TAKEN)
        code = "cell_unsaid" if up and row["cannot_say"] else "cell"
        if up == row["tasks"] and row["answer"] == "partial":
            code = "cell_parts"
        counts = {"unsaid": row["cannot_say"], "parts": row["parts"], "carried": row["carried"]}
        return self.words[code].format(
            answer=answer_word(row["answer"], self.language), up=up, tasks=row["tasks"], **counts
        )


def add_coverage(book: Any, answer: Answer, language: str) -> None:  # noqa: ANN401 - xlsxwriter carries no types
    """Add a coverage to a workbook as a sheet."""
    matrix = _Matrix(answer, language)
    words = matrix.words
    width = max(13.0, min(30.0, (_WIDE - 28) / max(1, len(matrix.places))))
    names = {place: f"place {number}" for number, place in enumerate(matrix.places)}
    columns = [
        SheetColumn(name="theme_name", head=words["theme"], width=28),
        *(SheetColumn(name=names[place], head=head, width=width) for place, head in matrix.places.items()),
        SheetColumn(name="theme", head="theme"),
    ]
    sheet = A4Sheet(book, words["coverage_sheet"], columns)
    together = max(1, int((_WIDE - 28) // width))
    if len(matrix.places) > together:
        sheet.side_by_side(1, range(1 + together, 1 + len(matrix.places), together))
    for theme, name in matrix.themes.items():
        found = {names[place]: matrix.cells.get((theme, place)) for place in matrix.places}
        values = {key: matrix.said(row) or None for key, row in found.items()}
        fills = {key: FILLS[str(row["answer"])] for key, row in found.items() if row and str(row["answer"]) in FILLS}
        sheet.add({"theme_name": name, "theme": None if theme is None else str(theme)} | values, fills)
    sheet.filtered()


def write_coverage(path: Path, answer: Answer, notes: Sequence[str], language: str) -> None:
    """Write a coverage into a new workbook at `path`."""
    book = new_book(path)
    try:
        add_coverage(book, answer, language)
        add_legend(book, notes, language)
    finally:
        book.close()


def write_coverage_report(
    path: Path, kind: ReportKind, name: str, answer: Answer, notes: Sequence[str], language: str
) -> None:
    """Write the coverage of the document or policy of that name as a report of a kind."""
    report = coverage_report(name, answer, notes, language)
    write_report(path, kind, report, lambda file: write_coverage(file, answer, notes, language))


def coverage_report(name: str, answer: Answer, notes: Sequence[str], language: str) -> PrintedReport:
    """Return the report of the coverage of the document or policy of that name; `notes` are its notes in words."""
    matrix = _Matrix(answer, language)
    words = matrix.words
    rows = []
    for theme, named in matrix.themes.items():
        found = [matrix.cells.get((theme, place)) for place in matrix.places]
        fills = [FILLS.get(str(row["answer"])) if row else None for row in found]
        cells = (cell(matrix.said(row), fill=fill) for row, fill in zip(found, fills, strict=True))
        rows.append((cell(named), *cells))
    table = ReportTable(
        shares=(16, *(max(8, 84 / max(1, len(matrix.places))) for _ in matrix.places)),
        head=(words["theme"], *matrix.places.values()),
        rows=tuple(rows),
    )
    told: list[ReportPart] = [ReportHeading(words["legend"]), *(ReportParagraph(one) for one in notes)] if notes else []
    parts = (ReportParagraph(words["coverage.counted"]), table, *told)
    return PrintedReport(title=words["coverage.title"].format(upper=name), language=language, parts=parts)
