"""A filled ledger read back: its rows by their hidden ids, and each cell that cannot be read by its place."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from graph.errors import InputError, UsageError, one_line
from graph.ledger.progress import LONGEST_WORDS, ProgressStatus, cleaned
from graph.schema.vocabulary import listed_value
from queries.things.filled_ledger import FilledRow
from queries.things.recording import share_of

_LARGEST = 300_000_000
"""So many bytes may the parts of a workbook have when they are unpacked."""
_MOST_ROWS = 200_000
_NEEDED = ("task", "task_mark", "entry", "title", "progress", "share", "words", "by")
_LONGEST_NAME = 200


def read_filled(path: Path) -> list[FilledRow]:
    """Return the rows of a filled ledger that name a task; a cell that cannot be read is told in `faults`.

    Raises:
        InputError: the file is no workbook, or none that `zhengmai ledger` wrote.
    """
    import openpyxl

    _refuse_bomb(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputError(
            "{path}: is no workbook that can be read ({reason}); give the XLSX that zhengmai ledger wrote",
            path=path,
            reason=one_line(error),
        ) from error
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(max_row=_MOST_ROWS)
            head = {str(cell.value): at for at, cell in enumerate(next(rows, ())) if cell.value is not None}
            if set(_NEEDED) <= set(head):
                return list(_rows(rows, head))
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputError(
            "{path}: is no workbook that can be read ({reason}); give the XLSX that zhengmai ledger wrote",
            path=path,
            reason=one_line(error),
        ) from error
    finally:
        book.close()
    raise InputError(
        "{path}: its hidden first row is not that of a ledger; export it again with zhengmai ledger -o FILE.xlsx",
        path=path,
    )


def _refuse_bomb(path: Path) -> None:
    """Refuse what unpacks to more than anybody fills in."""
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(
            "{path}: is no workbook that can be read ({reason}); give the XLSX that zhengmai ledger wrote",
            path=path,
            reason=error.strerror if isinstance(error, OSError) else one_line(error),
        ) from error
    if size > _LARGEST:
        raise InputError(
            "{path}: {count:,} bytes is over the limit of {limit:,}; split the file",
            path=path,
            count=size,
            limit=_LARGEST,
        )


def _rows(rows: Iterator[Sequence[Any]], head: dict[str, int]) -> Iterator[FilledRow]:
    # The second row is the head that people see.
    for number, cells in enumerate(rows, start=2):
        named = {name: cells[at] if at < len(cells) else None for name, at in head.items()}
        key = _text(named["task"])
        if number > 2 and key:
            yield _row(number, key, named)


def _row(number: int, key: str, named: dict[str, Any]) -> FilledRow:
    faults: list[tuple[str, str]] = []

    def read(name: str, reader: Any) -> Any:  # noqa: ANN401 - a cell holds anything
        cell = named[name]
        if cell is None or cell.value is None or cell.value == "":
            return None
        try:
            if cell.data_type == "f":
                raise _CellFault("formula")
            return reader(cell)
        except _CellFault as fault:
            faults.append((str(cell.coordinate), str(fault)))
            return None

    status = read("progress", _status)
    share = read("share", _share)
    words = read("words", _words)
    by = read("by", _name)
    return FilledRow(
        row=number,
        task=key,
        title=_text(named["title"]) or "",
        mark=_text(named["task_mark"]),
        entry=_text(named["entry"]),
        status=status,
        share=share,
        words=words,
        by=by,
        faults=tuple(faults),
    )


class _CellFault(Exception):
    """What is wrong with a cell, by code."""


def _text(cell: Any) -> str | None:  # noqa: ANN401
    return None if cell is None or cell.value is None else str(cell.value).strip() or None


def _status(cell: Any) -> ProgressStatus | None:  # noqa: ANN401
    if (word := cleaned(str(cell.value))) is None:
        return None
    value = listed_value("progress_status", word)
    if value is None:
        raise _CellFault("status_unknown")
    return cast(ProgressStatus, value)


def _share(cell: Any) -> float | None:  # noqa: ANN401
    value = cell.value
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            return share_of(value)
        except UsageError as error:
            raise _CellFault("share_unread") from error
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _CellFault("share_unread")
    if "%" in str(cell.number_format):
        value = value * 100
    elif 0 < value <= 1:
        # One percent, or all of it: nobody can tell.
        raise _CellFault("share_unclear")
    if not 0 <= value <= 100:
        raise _CellFault("share_range")
    return round(float(value), 2)


def _words(cell: Any) -> str | None:  # noqa: ANN401
    words = cleaned(str(cell.value))
    if words and len(words) > LONGEST_WORDS:
        raise _CellFault("too_long")
    return words


def _name(cell: Any) -> str | None:  # noqa: ANN401
    name = cleaned(str(cell.value))
    if name and len(name) > _LONGEST_NAME:
        raise _CellFault("too_long")
    return name
