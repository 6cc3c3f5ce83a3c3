"""What a page shows as a file: JSON, CSV for spreadsheets, or a workbook with a sheet for each of its tables."""

import io
import json
from dataclasses import replace

from queries.answer import Answer, shaped
from views.office.answer_workbook import write_workbook
from views.office.calendar_file import calendar_of
from views.office.data_text import excel_csv
from views.web.page_records import Page
from views.web.page_words import PageWords
from views.words.visible import escaped, visible

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media type of each kind of file."""
CALENDAR = "ics"
"""A calendar, which the page of deadlines alone gives."""


def media_of(kind: str) -> str:
    """Return the media type of a kind of file."""
    return "text/calendar; charset=utf-8" if kind == CALENDAR else MEDIA[kind]


def file_of(page: Page, kind: str, words: PageWords, table: str | None = None) -> bytes:
    """Return the tables of a page, or one of them, as the bytes of a file."""
    if kind == CALENDAR:
        return calendar_of(page.table("due"), words.language)
    tables = [one for one in page.tables if table in (None, one.name)]
    if kind == "json":
        held = {
            "title": page.title,
            "subtitle": page.subtitle,
            "tables": {one.name: list(one.rows) for one in tables},
            "notes": [{"code": note.code, **note.values} for note in page.notes],
        }
        return (escaped(json.dumps(held, ensure_ascii=False, indent=2)) + "\n").encode()
    if kind == "csv":
        return visible(excel_csv(tables[0] if len(tables) == 1 else _joined(tables))).encode()
    buffer = io.BytesIO()
    named = [replace(one, name=words(f"table.{one.name}")) for one in tables]
    write_workbook(buffer, named or [Answer(name="-", columns=(), rows=())], words.language)
    return buffer.getvalue()


def _joined(tables: list[Answer]) -> Answer:
    """Return several tables as one: the first column says which a row is of, the others are those of all of them."""
    columns = ("table", *dict.fromkeys(name for one in tables for name in one.columns))
    rows = [{"table": one.name, **row} for one in tables for row in one.rows]
    return Answer(name="page", columns=columns, rows=shaped(columns, rows))
