"""The rows of a table that a person gives (CSV, lines of JSON, Parquet, SQLite), one after the other, never all at once."""

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import InputError, one_line
from graph.text import squeeze
from loaders.read.text.charset import decode

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".db", ".sqlite", ".sqlite3")
"""The suffixes of tables."""

# A whole document may stand in a cell.
_LONGEST_CELL = 50_000_000
_MANY = 500


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row: `number` is its place (1-based, the head left out), `cells` its columns by their heads, all as text."""

    number: int
    cells: Mapping[str, str]


def rows_of(path: Path) -> Iterator[GivenRow]:
    """Yield the rows of a table in order; an empty cell is not there.

    Raises:
        InputError: it cannot be read, or is no table of the kind that its suffix says.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            "{path}: no table of a kind that is read; there are {known}", path=path, known=" ".join(SUFFIXES)
        )
    if not path.is_file():
        raise InputError("{path}: there is no such table; check the name", path=path)
    try:
        for number, cells in enumerate(_RAW[suffix](path), start=1):
            yield GivenRow(number, {str(name): _word(cell) for name, cell in cells.items() if _word(cell)})
    except (OSError, ValueError, csv.Error, sqlite3.Error, pa.ArrowException, RecursionError, AttributeError) as error:
        raise InputError("{path}: the table cannot be read ({reason})", path=path, reason=one_line(error)) from error


def _word(cell: Any) -> str:  # noqa: ANN401 - a cell holds anything
    if cell is None or isinstance(cell, bytes | list | dict):
        return ""
    return str(cell).strip()


def _csv(path: Path) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(_LONGEST_CELL)
    text, _ = decode(path.read_bytes(), where=str(path))
    first = text.partition("\n")[0]
    sign = "\t" if path.suffix.lower() == ".tsv" or first.count("\t") > first.count(",") else ","
    for row in csv.DictReader(StringIO(text, newline=""), delimiter=sign):
        if None in row:
            raise ValueError(f"a row has more cells than the head: {str(row)[:60]}")
        yield row


def _json_lines(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except ValueError as error:
                raise ValueError(f"line {number} is no JSON") from error
            if not isinstance(row, dict):
                raise ValueError(f"line {number} is no object of JSON")
            yield row


def _parquet(path: Path) -> Iterator[Mapping[str, Any]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_MANY):
            yield from batch.to_pylist()


def _sqlite(path: Path) -> Iterator[Mapping[str, Any]]:
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as base:
        named = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [name for (name,) in named]
        if len(names) != 1:
            raise ValueError(f"it holds {len(names)} tables, not one: {', '.join(sorted(names)[:5])}")
        quoted = names[0].replace('"', '""')
        found = base.execute(f'SELECT * FROM "{quoted}"')
        heads = [one[0] for one in found.description]
        for row in found:
            yield dict(zip(heads, row, strict=True))


_RAW = {
    ".csv": _csv,
    ".tsv": _csv,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".parquet": _parquet,
    ".db": _sqlite,
    ".sqlite": _sqlite,
    ".sqlite3": _sqlite,
}


def same_head(one: str, other: str) -> bool:
    """Tell whether two heads are one: case, width, blanks and underscores do not count.

    >>> same_head("Doc_Number", "doc number"), same_head("文号", "编号")
    (True, False)
    """
    return _bare_head(one) == _bare_head(other)


def _bare_head(head: str) -> str:
    return squeeze(head).lower().replace("_", "").replace("-", "")
