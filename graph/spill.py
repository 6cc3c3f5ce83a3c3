"""Rows on their way into parts: in memory for a small graph, in files beside the new one for a large."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import pyarrow as pa

from graph.columns import arrow_schema, empty_table
from graph.parts import WHOLE, split
from graph.tables import tables


class Spill:
    """Takes rows of large tables in any order and gives them back part by part."""

    def __init__(self, folder: Path, parts: tuple[str, ...]) -> None:
        """Say where files may be made, and which parts there are."""
        self.folder = folder
        self.parts = parts
        self._held: dict[tuple[str, str], list[pa.Table]] = defaultdict(list)
        self._writers: dict[tuple[str, str], pa.RecordBatchStreamWriter] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Return the spill itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the files."""
        self._open.close()

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
        if (name, part) not in self._writers:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self._open.enter_context(pa.OSFile(str(self._path(name, part)), "wb"))
            self._writers[name, part] = self._open.enter_context(pa.ipc.new_stream(file, arrow_schema(tables()[name])))
        return self._writers[name, part]

    def has(self, name: str, part: str) -> bool:
        """Tell whether any row of that part has come."""
        return (name, part) in self._writers or any(one.num_rows for one in self._held.get((name, part), ()))

    def moved(self, parts: tuple[str, ...]) -> "Spill":
        """Return a spill into other parts that holds all that has come to this one."""
        other = Spill(self.folder, parts)
        for name, part in sorted({*self._held, *self._writers}):
            other.add({name: self.take(name, part)})
        return other

    def take(self, name: str, part: str) -> pa.Table:
        """Return the rows of one part, and let them go."""
        if (writer := self._writers.pop((name, part), None)) is not None:
            writer.close()
            path = self._path(name, part)
            with pa.OSFile(str(path), "rb") as file:
                table = pa.ipc.open_stream(file).read_all()
            path.unlink()
            return table
        held = self._held.pop((name, part), [])
        return pa.concat_tables(held) if held else empty_table(name)
