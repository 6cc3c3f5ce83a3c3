"""Rows on their way into parts: in memory for a small graph, in files beside the new one for a large."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pyarrow as pa

from graph.snapshot.arrow_columns import arrow_schema, empty_table
from graph.snapshot.partitions import WHOLE, split
from graph.snapshot.tables import tables

# So many files are open at once at most: a large graph has more parts than a process may open files.
_OPEN = 300


class Spill:
    """Takes rows of large tables in any order and gives them back part by part."""

    def __init__(self, folder: Path, parts: tuple[str, ...]) -> None:
        """Say where files may be made, and which parts there are."""
        self.folder = folder
        self.parts = parts
        self._held: dict[tuple[str, str], list[pa.Table]] = defaultdict(list)
        self._begun: set[tuple[str, str]] = set()
        self._open: dict[tuple[str, str], tuple[pa.OSFile, pa.RecordBatchStreamWriter]] = {}

    def __enter__(self) -> Self:
        """Return the spill itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the files."""
        for name, part in list(self._open):
            self._close(name, part)

    def add(self, tables_: Mapping[str, pa.Table]) -> None:
        """Put rows where their parts are."""
        for name, table in tables_.items():
            for part, rows in split(table, self.parts).items():
                if part == WHOLE:
                    self._held[name, part].append(rows)
                elif rows.num_rows:
                    self._writer(name, part).write_table(rows.combine_chunks())

    def _path(self, name: str, part: str) -> Path:
        return self.folder / f"{name}.{part}.arrows"

    def _writer(self, name: str, part: str) -> pa.RecordBatchStreamWriter:
        """Return the writer of the file of a part, opened where it is closed; it appends a stream behind the earlier ones."""
        if (name, part) not in self._open:
            if len(self._open) >= _OPEN:
                self._close(*next(iter(self._open)))
            self.folder.mkdir(parents=True, exist_ok=True)
            file = pa.OSFile(str(self._path(name, part)), "ab")
            self._open[name, part] = file, pa.ipc.new_stream(file, arrow_schema(tables()[name]))
            self._begun.add((name, part))
        return self._open[name, part][1]

    def _close(self, name: str, part: str) -> None:
        file, writer = self._open.pop((name, part))
        try:
            writer.close()
        finally:
            file.close()

    def has(self, name: str, part: str) -> bool:
        """Tell whether any row of that part has come."""
        return (name, part) in self._begun or any(one.num_rows for one in self._held.get((name, part), ()))

    def moved(self, parts: tuple[str, ...]) -> "Spill":
        """Return a spill into other parts that holds all that has come to this one."""
        other = Spill(self.folder, parts)
        for name, part in sorted({*self._held, *self._begun}):
            other.add({name: self.take(name, part)})
        return other

    def take(self, name: str, part: str) -> pa.Table:
        """Return the rows of one part, and let them go."""
        if (name, part) in self._begun:
            self._begun.remove((name, part))
            if (name, part) in self._open:
                self._close(name, part)
            path = self._path(name, part)
            pieces = []
            with pa.OSFile(str(path), "rb") as file:
                while file.tell() < file.size():
                    pieces.append(pa.ipc.open_stream(file).read_all())
            path.unlink()
            return pa.concat_tables(pieces)
        held = self._held.pop((name, part), [])
        return pa.concat_tables(held) if held else empty_table(name)
