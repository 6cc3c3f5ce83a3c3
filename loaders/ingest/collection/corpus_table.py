"""Documents that stand in a table, one a row: a column holds the text, others what is known of it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from graph.errors import InputError
from loaders.ingest.collection.about_table import Columns, heads_of, said_in
from loaders.ingest.collection.given_rows import SUFFIXES, GivenRow, rows_of

# So many rows are looked at for their heads: a line of JSON need not have all of them.
_LOOKED_AT = 50
_PAGE = re.compile(r"\s{0,40}<(?:!doctype|html|head|body|div|p|meta|article|table)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextInTable:
    """One document out of a table: its name, its bytes (UTF-8), the suffix of what it is, what its row says of it."""

    name: str
    data: bytes
    suffix: str
    about: str

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def is_table(path: Path) -> bool:
    """Tell whether a path that was given may be a table of documents, by its suffix."""
    return path.suffix.lower() in SUFFIXES


def texts_in(path: Path, columns: Columns) -> Iterator[TextInTable]:
    """Yield the documents of a table, in order; a row without text is passed over.

    A document is named by the column that names files, else by the table and the row's place.

    Raises:
        InputError: it cannot be read, or no column holds the text.
    """
    rows = rows_of(path)
    first = list(islice(rows, _LOOKED_AT))
    heads = heads_of(first)
    found = columns.found_in(heads, path)
    if "text" not in found:
        raise InputError(
            "{path}: no column holds the text of a document; it has {heads}; say which with --column text=NAME",
            path=path,
            heads=", ".join(heads[:12]) or "no row",
        )
    for row in chain(first, rows):
        if text := row.cells.get(found["text"]):
            suffix = ".html" if _PAGE.match(text) else ".txt"
            name = _name(row, found.get("file"), path)
            # A file written in another system may hold halves of a sign.
            yield TextInTable(name, text.encode("utf-8", "replace"), suffix, said_in(row, found, path.name).text)


def _name(row: GivenRow, column: str | None, path: Path) -> str:
    if column is None or column not in row.cells:
        return f"{path.stem}/{row.number:05}"
    file = PurePosixPath(row.cells[column].replace("\\", "/"))
    parts = (file.with_suffix("") if file.suffix else file).parts
    return "/".join(part for part in parts if part not in ("/", "..", "."))
