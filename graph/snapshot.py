"""The truth: typed Parquet tables, one per kind of node and link; the same documents give the same bytes."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.errors import StoreError
from graph.tables import FORMAT, LINK, NODE, TableSpec, names_of, tables

MANIFEST = "manifest.json"
_ARROW: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "json": pa.string(),
    "texts": pa.list_(pa.string()),
}
# One row group would make small reads of a large table dear, many would cost space; it is part of the bytes.
_ROW_GROUP = 50_000
Row = Mapping[str, Any]


def arrow_schema(spec: TableSpec) -> pa.Schema:
    """Return the columns of a table as Arrow types it."""
    return pa.schema([pa.field(name, _ARROW[type_name]) for name, type_name in spec.columns.items()])


def table_of(name: str, rows: Iterable[Row]) -> pa.Table:
    """Return the rows as a table of that name, in order; a property that a row does not have is null."""
    listed = rows if isinstance(rows, list) else list(rows)
    spec = tables()[name]
    columns = [
        pa.array([row.get(column) for row in listed], type=_ARROW[type_name])
        for column, type_name in spec.columns.items()
    ]
    return pa.Table.from_arrays(columns, schema=arrow_schema(spec))


def empty_table(name: str) -> pa.Table:
    """Return a table of that name without rows."""
    return arrow_schema(tables()[name]).empty_table()


def in_order(name: str, table: pa.Table) -> pa.Table:
    """Return the table in its one order, in one piece, so that equal rows give equal bytes."""
    keys = [(column, "ascending") for column in tables()[name].sort]
    return table.take(pc.sort_indices(table, sort_keys=keys)) if table.num_rows else table


class Snapshot:
    """All tables of a graph, held in memory or read from a folder when asked for.

    `rules` names the rules that made it, `decisions` what a person had decided: a later build may take over its
    rows only where these are the same.
    """

    def __init__(
        self, held: Mapping[str, pa.Table], *, rules: str = "", decisions: str = "", folder: Path | None = None
    ) -> None:
        """Hold the given tables, those that are missing being read from `folder`, or empty without one."""
        self._held = dict(held)
        self._folder = folder
        self.rules = rules
        self.decisions = decisions

    @classmethod
    def of_rows(cls, rows: Mapping[str, Iterable[Row]], *, rules: str = "") -> "Snapshot":
        """Return a snapshot of plain rows, put in order.

        >>> province = {"key": "990000", "name": "澜江省", "level": "province"}
        >>> made = Snapshot.of_rows({"Jurisdiction": [province]})
        >>> made.count("Jurisdiction"), made.count("Task")
        (1, 0)
        """
        return cls(
            {name: in_order(name, table_of(name, listed)) for name, listed in rows.items()}, rules=rules
        )

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Return the snapshot in `folder`; its tables are read when asked for.

        Raises:
            StoreError: there is none, or it is of another format version.
        """
        manifest = read_manifest(folder)
        return cls({}, rules=manifest["rules"], decisions=manifest["decisions"], folder=folder)

    def table(self, name: str) -> pa.Table:
        """Return one table by its name, such as `Task` or `DERIVES_FROM`."""
        if name not in self._held:
            self._held[name] = self._read(name)
        return self._held[name]

    def _read(self, name: str) -> pa.Table:
        spec = tables()[name]
        if self._folder is None:
            return empty_table(name)
        path = self._folder / f"{name}.parquet"
        try:
            return pq.read_table(path, partitioning=None, memory_map=False).select(list(spec.columns))
        except (OSError, pa.ArrowException, KeyError) as error:
            raise StoreError(f"{path}: the table cannot be read; rebuild with zhengmai build") from error

    def drop(self, name: str) -> None:
        """Let go of one table's memory where it can be read again."""
        if self._folder is not None:
            self._held.pop(name, None)

    def count(self, name: str) -> int:
        """Return the number of rows of one table."""
        if name not in self._held and self._folder is not None:
            return int(pq.read_metadata(self._folder / f"{name}.parquet").num_rows)
        return int(self.table(name).num_rows)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of one table, all columns, dates as dates."""
        return list(self.table(name).to_pylist())

    def batches(self, name: str, size: int = 20_000) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of one table as stores hold them: public columns, dates as ISO text, no nulls."""
        for batch in public_table(name, self.table(name)).to_batches(max_chunksize=size):
            yield plain_rows(batch)

    def write(self, folder: Path) -> str:
        """Write all tables and the manifest into `folder`; return the digest of it all."""
        folder.mkdir(parents=True, exist_ok=True)
        digests: dict[str, dict[str, Any]] = {}
        for name, spec in tables().items():
            table = self.table(name)
            path = folder / f"{name}.parquet"
            _write_table(table, path, spec)
            with path.open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
            digests[name] = {"rows": table.num_rows, "sha256": digest}
        manifest = {
            "format": FORMAT, "rules": self.rules, "decisions": self.decisions, "tables": digests,
        }  # fmt: skip
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        return hashlib.sha256(text.encode()).hexdigest()


def _write_table(table: pa.Table, path: Path, spec: TableSpec) -> None:
    # Statistics and dictionaries of long texts cost time and space and help nobody.
    long = [name for name in ("text", "quote", "signals", "spans") if name in spec.columns]
    dictionary = [
        name for name in spec.columns if name not in long and name not in ("key", "subject", "start", "end")
    ]
    pq.write_table(
        table,
        path,
        row_group_size=_ROW_GROUP,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in dictionary if spec.columns[name] != "texts"],
        write_statistics=False,
        store_schema=True,
    )


def public_table(name: str, table: pa.Table) -> pa.Table:
    """Return the columns that stores hold, dates as ISO text."""
    spec = tables()[name]
    columns = {
        column: pc.cast(table[column], pa.string()) if spec.columns[column] == "date" else table[column]
        for column in spec.public
    }
    return pa.table(columns)


def plain_rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of a batch as dictionaries without nulls: a property that is not known is not there."""
    names = batch.schema.names
    columns = [column.to_pylist() for column in batch.columns]
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for values in zip(*columns, strict=True)
    ]


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the snapshot in `folder`.

    Raises:
        StoreError: there is none, or it is of another format version.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: no snapshot here; make one with zhengmai build") from error
    if manifest.get("format") != FORMAT:
        raise StoreError(
            f"{folder}: the snapshot has format {manifest.get('format')}, this version reads {FORMAT};"
            " rebuild with zhengmai build"
        )
    return manifest


def node_names() -> tuple[str, ...]:
    """Return the labels of all nodes, in order."""
    return names_of(NODE)


def link_names() -> tuple[str, ...]:
    """Return the kinds of all links, in order."""
    return names_of(LINK)
