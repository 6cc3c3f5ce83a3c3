"""The correlation table as a workbook: a row for each upper task; a sheet with dates for each lower document."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from graph.identity import TaskKey
from graph.store.protocol import AnswerRow, Scalar
from queries.answer import Answer
from queries.cascades.side_by_side import SideBySide
from views.office.a4_sheet import A4Sheet, SheetColumn, new_book
from views.office.reports.answer_colours import FILLS
from views.office.reports.correlation_blocks import (
    RowWords,
    UpperTask,
    full_text,
    own_tasks,
    short_name,
    upper_tasks,
)
from views.office.reports.coverage_sheet import add_coverage
from views.office.reports.legend_sheet import add_legend
from views.office.reports.report_parts import CellLine, MarkedStretch, joined
from views.office.reports.report_words import WORDS
from views.office.reports.whole_rows import whole_rows

_FITTED, _TOGETHER = 3, 2
"""So many lower documents are fitted to the width of a page; of more, so many stand on each of several pages side by side."""
_DETAILS = {
    "number": 5,
    "upper_task": 31,
    "upper_units": 12,
    "parent_end": 11,
    "lower_task": 31,
    "answer": 9,
    "units": 12,
    "end": 11,
    "numbers": 12,
    "taken_from": 13,
    "not_taken": 15,
    "proof": 9,
}
_ALWAYS = ("number", "upper_task", "lower_task", "answer")
_HEADS = {"parent_end": "upper_deadline", "end": "lower_deadline", "units": "lower_units"}
_OWN = {"number": 5, "place": 11, "lower_task": 56, "answer": 13, "units": 20, "end": 11, "reason": 24, "proof": 14}
_HIDDEN = ("parent", "task")
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_LONGEST_NAME = 31


def write_correlation(
    path: Path, compared: SideBySide, coverage: Answer | None, notes: Sequence[str], language: str
) -> None:
    """Write a correlation table, and the coverage beside it where it is given, into a new workbook at `path`."""
    book = new_book(path)
    try:
        blocks = upper_tasks(compared.table.rows)
        names = _Names(WORDS[language][name] for name in ("overview", "added_sheet", "coverage_sheet", "legend"))
        _overview(book, compared, blocks, language)
        for row in compared.lower:
            name = names.of(short_name(row, compared.lower, language))
            _details(book, name, str(row["document"]), blocks, language)
        _own(book, compared, language)
        if coverage is not None and coverage.rows:
            add_coverage(book, coverage, language)
        add_legend(book, notes, language)
    finally:
        book.close()


class _Names:
    """Names of sheets: short, without signs that none may have, and no two alike."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = {one.lower() for one in taken}

    def of(self, name: str) -> str:
        plain = _NO_NAME.sub(" ", name).strip() or "-"
        made, number = plain[:_LONGEST_NAME], 1
        while made.lower() in self.taken:
            number += 1
            made = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
        self.taken.add(made.lower())
        return made


def _plain(text: Iterable[MarkedStretch]) -> str:
    return "".join(one.text for one in text)


def _add(sheet: A4Sheet, values: dict[str, Scalar], fills: dict[str, str], language: str) -> None:
    """Write one row, or as many as it takes to show it whole."""
    for at, part in enumerate(whole_rows(values, sheet.columns)):
        if at:
            part["number"] = WORDS[language]["continued"]
        sheet.add(part, fills)


def _overview(book: Any, compared: SideBySide, blocks: Sequence[UpperTask], language: str) -> None:  # noqa: ANN401
    """Add the sheet with one row an upper task: its full text, and what each lower document makes of it."""
    words, said = WORDS[language], RowWords(language)
    documents = [str(row["document"]) for row in compared.lower]
    heads = {str(row["document"]): short_name(row, compared.lower, language) for row in compared.lower}
    columns = [
        SheetColumn(name="number", head=words["number"], width=5, kind="number"),
        SheetColumn(name="item", head=words["item"], width=8),
        SheetColumn(name="upper_task", head=words["upper_task"], width=34),
        *(SheetColumn(name=f"below {one}", head=heads[one], width=28) for one in documents),
        SheetColumn(name="parent", head="parent"),
    ]
    sheet = A4Sheet(book, words["overview"], columns)
    for number, block in enumerate(blocks, 1):
        first = block.first
        values: dict[str, Scalar] = {"number": number, "item": _item(block, compared), "parent": block.key}
        facts = [[said.upper_text(first)], [said.said("deadline_named", first["parent_deadline"])]]
        values["upper_task"] = _plain(joined([*facts, [said.said("lead", first["parent_lead"])]]))
        fills = {}
        for document in documents:
            rows = block.below.get(document, [])
            values[f"below {document}"] = "\n\n".join(_below(row, said) for row in rows) or None
            if rows and (fill := FILLS.get(str(rows[0]["answer"]))):
                fills[f"below {document}"] = fill
        _add(sheet, values, fills, language)
    sheet.filtered()
    if len(documents) > _FITTED:
        sheet.side_by_side(3, range(3 + _TOGETHER, 3 + len(documents), _TOGETHER))


def _item(block: UpperTask, compared: SideBySide) -> str:
    """Return the path of an upper task, behind its document where that is one between."""
    key = TaskKey.parse(block.key)
    return key.path if key.document == compared.upper["document"] else block.key


def _below(row: AnswerRow, said: RowWords) -> str:
    lines: list[CellLine] = [
        [*said.answer({**row, "score": None})],
        [full_text(row["title"], row["text"]) if row["task"] else ""],
        [said.said("deadline_named", row["deadline"])],
        *said.reason(row),
    ]
    return _plain(joined(lines))


def _columns(widths: dict[str, float], language: str) -> list[SheetColumn]:
    words = WORDS[language]
    columns = [
        SheetColumn(
            name=name,
            head=words[_HEADS.get(name, name)],
            width=width,
            kind="date" if name in ("end", "parent_end") else "number" if name == "number" else "text",
        )
        for name, width in widths.items()
    ]
    return [*columns, *(SheetColumn(name=name, head=name) for name in _HIDDEN)]


def _details(book: Any, name: str, document: str, blocks: Sequence[UpperTask], language: str) -> None:  # noqa: ANN401
    """Add the sheet of one lower document: a row an upper task, or one for each lower task that carries it.

    A column that no row fills is left out: the others then are printed in larger type.
    """
    said = RowWords(language)
    rows: list[tuple[dict[str, Scalar], str | None]] = []
    for number, block in enumerate(blocks, 1):
        for row in block.below.get(document, ()):
            values = _values(row, said) | {
                "number": number,
                "upper_task": said.upper_text(row),
                "upper_units": _who(row, said, "parent_"),
                "parent_end": row["parent_end"],
                "taken_from": _plain(joined(said.gained(row))) or None,
                "not_taken": _plain(joined(_left_out(row, said))) or None,
                "numbers": _plain(joined(said.numbers(row))) or None,
            }
            rows.append((values, FILLS.get(str(row["answer"]))))
    filled = {one for values, _ in rows for one, value in values.items() if value is not None} | set(_ALWAYS)
    widths = {one: float(width) for one, width in _DETAILS.items() if one in filled}
    sheet = A4Sheet(book, name, _columns(widths, language))
    for values, fill in rows:
        _add(sheet, values, {"answer": fill} if fill else {}, language)
    sheet.filtered()


def _left_out(row: AnswerRow, said: RowWords) -> list[CellLine]:
    dropped: list[CellLine] = [
        [said.said("dropped", row["words_dropped"])],
        [said.said("units_dropped", row["units_dropped"])],
    ]
    return [*dropped, *said.reason(row)]


def _who(row: AnswerRow, said: RowWords, side: str = "") -> str | None:
    """Return who leads and carries, and the date as printed where it names no day: no date is made up for it."""
    raw, end = row[f"{side}deadline"], row[f"{side}end"]
    told = said.said("deadline_named", raw) if raw and end is None else ""
    return _plain(joined([said.units(row, side), [told]])) or None


def _values(row: AnswerRow, said: RowWords) -> dict[str, Scalar]:
    return {
        "lower_task": full_text(row["title"], row["text"]) or None,
        "answer": _plain(said.answer(row)) or None,
        "units": _who(row, said),
        "end": row["end"],
        "proof": said.proof(row) or None,
        "parent": row["parent"],
        "task": row["task"],
    }


def _own(book: Any, compared: SideBySide, language: str) -> None:  # noqa: ANN401
    """Add the sheet of the lower tasks that no upper task leads to."""
    said = RowWords(language)
    names = {str(row["document"]): short_name(row, compared.lower, language) for row in compared.lower}
    columns = _columns({name: float(width) for name, width in _OWN.items()}, language)
    sheet = A4Sheet(book, WORDS[language]["added_sheet"], columns)
    for number, row in enumerate(own_tasks(compared.table.rows), 1):
        values = _values(row, said) | {
            "number": number,
            "place": names.get(str(row["document"]), str(row["document"])),
            "reason": _plain(joined(said.reason(row))) or None,
        }
        fill = FILLS.get(str(row["answer"]))
        _add(sheet, values, {"answer": fill} if fill else {}, language)
    sheet.filtered()
