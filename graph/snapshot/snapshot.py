"""The truth: typed Parquet tables, one per kind of node and link; the same documents give the same bytes.

A small table is one file, `Policy.parquet`. In a graph of many documents the large ones are folders of parts,
`Evidence/07.parquet`, which any reader of Parquet takes for one table.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import DamagedError, StoreError
from graph.snapshot.arrow_columns import arrow_schema, empty_table, in_order, plain_rows, public_table, table_of
from graph.snapshot.manifest import MANIFEST, read_manifest
from graph.snapshot.partitions import SPREAD, WHOLE, parts_for, split
from graph.snapshot.tables import FORMAT, tables

__all__ = [
    "MANIFEST",
    "Snapshot",
    "SnapshotWriter",
    "empty_table",
    "in_order",
    "path_of",
    "read_manifest",
    "table_of",
    "write_part",
]

# One row group would make small reads of a large table dear, many would cost space; it is part of the bytes.
_ROW_GROUP = 50_000


class Snapshot:
    """All tables of a graph, held in memory or read from a folder when asked for.

    `rules` names the rules that made it, `decisions` what a person had decided: a later build may take over
    its rows only where these are the same.
    """

    def __init__(
        self,
        held: Mapping[str, pa.Table] | None = None,
        *,
        folder: Path | None = None,
        manifest: Mapping[str, Any] | None = None,
        rules: str = "",
        decisions: str = "",
    ) -> None:
        """Hold the given tables; others are read from `folder`, or are empty without one."""
        self._held = dict(held or {})
        self.folder = folder
        self._manifest: Mapping[str, Any] = manifest or {}
        self.rules: str = self._manifest.get("rules", rules)
        self.decisions: str = self._manifest.get("decisions", decisions)

    @classmethod
    def of_rows(cls, rows: Mapping[str, Iterable[Mapping[str, Any]]], *, rules: str = "") -> "Snapshot":
        """Return a snapshot of plain rows, put in order.

        >>> province = {"key": "990000", "name": "澜江省", "level": "province"}
        >>> made = Snapshot.of_rows({"Jurisdiction": [province]})
        >>> made.count("Jurisdiction"), made.count("Task")
        (1, 0)
        """
        held = {name: in_order(name, table_of(name, listed)) for name, listed in rows.items()}
        return cls(held, rules=rules)

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Return the snapshot in `folder`; its tables are read when asked for.

        Raises:
            StoreError: there is none, or it is of another format version.
            DamagedError: its manifest is.
        """
        return cls(folder=folder, manifest=read_manifest(folder))

    # -- parts

    def digests(self, name: str) -> dict[str, str]:
        """Return the parts of one table in `folder`, each with the digest of its file."""
        listed: Mapping[str, Any] = self._manifest["tables"][name]
        return {part: said["sha256"] for part, said in listed.items()}

    def parts(self, name: str) -> tuple[str, ...]:
        """Return the names of the parts of one table."""
        return tuple(self._manifest["tables"][name]) if self.folder is not None else (WHOLE,)

    def part(self, name: str, part: str, columns: list[str] | None = None) -> pa.Table:
        """Return one part of a table, or some of its columns; it is not kept in memory."""
        if self.folder is None or (part == WHOLE and name in self._held):
            table = self._held.get(name)
            table = empty_table(name) if table is None else table
            return table.select(columns) if columns else table
        if part not in self._manifest["tables"][name]:
            return empty_table(name).select(columns or list(tables()[name].columns))
        path = path_of(self.folder, name, part)
        wanted = [one for one in arrow_schema(tables()[name]) if columns is None or one.name in columns]
        try:
            table = pq.ParquetFile(path).read(columns=columns).select(columns or [one.name for one in wanted])
            # Bytes that were changed may still be Parquet: text that is none, places outside of the table.
            table.validate(full=True)
        except (OSError, pa.ArrowException, KeyError) as error:
            raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path) from error
        if table.num_rows != self._manifest["tables"][name][part]["rows"] or any(
            table.schema.field(one.name).type != one.type for one in wanted
        ):
            raise DamagedError("{path}: the file is damaged or lost; rebuild with zhengmai build", path=path)
        return table

    def damaged(self, *, whole: bool) -> Iterator[Path]:
        """Yield the files of the snapshot that are lost, cut or not of its rows; every byte is looked at where `whole`."""
        if self.folder is None:
            return
        for name in tables():
            for part, said in self._manifest["tables"][name].items():
                path = path_of(self.folder, name, part)
                try:
                    sound = (
                        digest_of(path) == said["sha256"] if whole else pq.read_metadata(path).num_rows == said["rows"]
                    )
                except (OSError, pa.ArrowException):
                    sound = False
                if not sound:
                    yield path

    # -- whole tables

    def table(self, name: str) -> pa.Table:
        """Return one table by its name, such as `Task` or `DERIVES_FROM`; it stays in memory."""
        if name not in self._held:
            found = [self.part(name, part) for part in self.parts(name)] if self.folder else []
            self._held[name] = pa.concat_tables(found) if found else empty_table(name)
        return self._held[name]

    def count(self, name: str) -> int:
        """Return the number of rows of one table."""
        if name not in self._held and self.folder is not None:
            return sum(said["rows"] for said in self._manifest["tables"][name].values())
        return int(self.table(name).num_rows)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of one table, all columns, dates as dates."""
        return list(self.table(name).to_pylist())

    def batches(self, name: str, size: int = 20_000) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of one table as stores hold them: public columns, dates as ISO text, no nulls."""
        for batch in self.record_batches(name, size):
            yield plain_rows(batch)

    def record_batches(self, name: str, size: int = 20_000) -> Iterator[pa.RecordBatch]:
        """Yield one table as stores hold it, in columns: as `batches`, but what is not known is null."""
        for part in self.parts(name):
            yield from public_table(name, self.part(name, part)).to_batches(max_chunksize=size)

    def write(self, folder: Path) -> str:
        """Write all tables into `folder`; return the digest of the whole, the same for equal rows."""
        parts = parts_for(self.count("Document"))
        writer = SnapshotWriter(folder, rules=self.rules, decisions=self.decisions)
        for name in tables():
            if name in SPREAD:
                found = split(self.table(name), parts)
                for part in parts:
                    writer.put(name, in_order(name, found.get(part, empty_table(name))), part)
            else:
                writer.put(name, in_order(name, self.table(name)))
        return writer.close()


def path_of(folder: Path, name: str, part: str) -> Path:
    """Return the file of one part of a table."""
    return folder / name / f"{part}.parquet" if part != WHOLE else folder / f"{name}.parquet"


class SnapshotWriter:
    """Writes a snapshot part by part; what did not change is taken over from another by a link to its file."""

    def __init__(self, folder: Path, *, rules: str = "", decisions: str = "") -> None:
        """Make the folder."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._listed: dict[str, dict[str, Any]] = {name: {} for name in tables()}
        self._said = {"format": FORMAT, "rules": rules, "decisions": decisions}

    def put(self, name: str, table: pa.Table, part: str = WHOLE) -> None:
        """Write one part, whose rows are in order."""
        self.note(name, part, write_part(self.folder, name, table, part))

    def note(self, name: str, part: str, said: Mapping[str, Any]) -> None:
        """Take up a part that `write_part` wrote into the folder, here or in another process."""
        self._listed[name][part] = dict(said)

    def keep(self, name: str, before: Snapshot, part: str = WHOLE) -> None:
        """Take over one part of another snapshot; files of a snapshot are never changed, so a link is enough."""
        if before.folder is None:
            raise StoreError("{name}: only a written snapshot can be taken over", name=name)
        path, old = path_of(self.folder, name, part), path_of(before.folder, name, part)
        path.parent.mkdir(exist_ok=True)
        try:
            os.link(old, path)
        except OSError:
            shutil.copyfile(old, path)
        self._listed[name][part] = dict(before._manifest["tables"][name][part])

    def close(self) -> str:
        """Write the manifest; return the digest of the whole."""
        text = json.dumps(self._said | {"tables": self._listed}, ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
        return hashlib.sha256(text.encode()).hexdigest()


def write_part(folder: Path, name: str, table: pa.Table, part: str = WHOLE) -> dict[str, Any]:
    """Write one part of a table, whose rows are in order, into a snapshot's folder; return what its manifest says."""
    path = path_of(folder, name, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_table(name, table, path)
    return {"rows": table.num_rows, "sha256": digest_of(path)}


def digest_of(path: Path) -> str:
    """Return the digest of a file's bytes."""
    with path.open("rb") as written:
        return hashlib.file_digest(written, "sha256").hexdigest()


def _write_table(name: str, table: pa.Table, path: Path) -> None:
    spec = tables()[name]
    # A dictionary of words that hardly repeat, and statistics of texts, cost time and space and help nobody.
    plain = {"text", "quote", "signals", "spans", "places", "box", "key", "subject", "start", "end"}
    repeated = [column for column, kind in spec.columns.items() if column not in plain and kind != "texts"]
    pq.write_table(
        table.cast(arrow_schema(spec)),
        path,
        row_group_size=_ROW_GROUP,
        compression="zstd",
        compression_level=1,
        use_dictionary=repeated,
        write_statistics=False,
    )
