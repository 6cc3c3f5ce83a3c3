"""CSV: rows of one table, parted by commas, semicolons or tabs, with the cell of every word."""

import csv
import io

from graph.errors import InputError
from loaders.read.document import Document
from loaders.read.sheets.sheet_cells import SheetCells, write_sheets
from loaders.read.text.charset import decode
from loaders.read.text.repaired_text import placeless, repaired
from loaders.read.text_draft import TextDraft

# What may part cells; the first lines tell which does.
_MARKS, _HEAD = ",;\t，", 4_096


class CsvReader:
    """Reads `.csv`."""

    suffixes: tuple[str, ...] = (".csv",)
    formats: tuple[str, ...] = ("csv",)
    apart = False

    def read(self, data: bytes, *, name: str, where: str, suffix: str) -> Document:
        """Return the document: title rows as lines, the rows below them as a table."""
        text, repairs = repaired(decode(data, where=where)[0], markdown=True)
        head = text[:_HEAD]
        mark = max(_MARKS, key=head.count)
        sheet = SheetCells("")
        try:
            for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark)):
                for column, words in enumerate(cells):
                    sheet.put(row, column, words, where)
        except csv.Error as error:
            raise InputError(
                "{where}: is no table that can be read ({reason}); save it anew as CSV or XLSX",
                where=where,
                reason=error,
            ) from error
        draft = TextDraft(where)
        write_sheets(draft, [sheet])
        return draft.document(name=name, data=data, media_type="text/csv", title_hint=None, remarks=placeless(repairs))
