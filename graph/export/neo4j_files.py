"""Files for `neo4j-admin database import`: a large graph into an empty database, faster than any push.

One file for each label, and one for each kind of link between two labels. The id of the graph stands in every node,
and the node that says what graph it is, so that the next push sends only what changed since.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from graph.errors import StoreError
from graph.export.formats import Exported
from graph.schema.vocabulary import schema
from graph.snapshot.arrow_columns import public_table
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store.changes import LOOSE
from graph.store.neo4j_server.marker import MARKER, OWNER, WHOLE
from graph.store.snapshot_digest import digest, expected

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot

LIST_MARK = "\x1f"
"""Between the parts of a list: the unit separator, which stands in no text."""
_TYPES = {"integer": "long", "number": "double", "boolean": "boolean", "texts": "string[]"}
_OPTIONS = ("--multiline-fields=true", "--array-delimiter=U+001F", "--bad-tolerance=0")


def write_csv(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write CSV files and `import.sh`, the line that imports them."""
    return _Writer(snapshot, target, store_id, "csv").run()


def write_parquet(snapshot: "Snapshot", target: Path, *, store_id: str) -> Exported:
    """Write Parquet files and `import.sh`, the line that imports them."""
    return _Writer(snapshot, target, store_id, "parquet").run()


class _Writer:
    """One export: the files that it has written, by what they hold."""

    def __init__(self, snapshot: "Snapshot", target: Path, owner: str, suffix: str) -> None:
        self.snapshot, self.target, self.owner, self.suffix = snapshot, target, owner, suffix
        self.nodes: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.rows, self.numbers = 0, count()

    def run(self) -> Exported:
        self.target.mkdir(parents=True)
        labels: dict[str, pa.Array] = {}
        for name in (*names_of(NODE), *LOOSE):
            if self.snapshot.count(name):
                self._put(
                    self.nodes, name, f"{name}.{self.suffix}", (self._node(name, part) for part in self._parts(name))
                )
                if name in names_of(NODE):
                    keys = [self.snapshot.part(name, part, ["key"])["key"] for part in self.snapshot.parts(name)]
                    labels[name] = pa.chunked_array([chunk for one in keys for chunk in one.chunks], pa.string())
        self._put(self.nodes, MARKER, f"{MARKER}.{self.suffix}", iter([self._marker()]))
        for kind in names_of(LINK):
            self._links(kind, labels)
        line = self._line()
        (self.target / "import.sh").write_text(f'#!/bin/sh\ncd "$(dirname "$0")" || exit 1\n{line}\n', encoding="utf-8")
        return Exported(files=len(self.nodes) + len(self.links) + 1, rows=self.rows, line=line)

    # -- tables

    def _parts(self, name: str) -> Iterator[pa.Table]:
        for part in self.snapshot.parts(name):
            yield public_table(name, self.snapshot.part(name, part))

    def _node(self, name: str, table: pa.Table) -> pa.Table:
        """Return the rows of a label with the columns as the importer reads them: the id first, then ours."""
        columns = self._columns(name, table, {})
        if name in names_of(NODE):
            columns = {f"key:ID({name})": columns.pop("key")} | columns
        elif self.suffix == "parquet":
            columns = self._numbered(name, table.num_rows) | columns
        columns[OWNER] = pa.array([self.owner] * table.num_rows, pa.string())
        return pa.table(columns)

    def _columns(self, name: str, table: pa.Table, ends: Mapping[str, str]) -> dict[str, Any]:
        columns: dict[str, Any] = {}
        for column in table.column_names:
            kind = tables()[name].columns[column]
            values = table[column]
            if kind == "texts" and self.suffix == "csv":
                values = pc.binary_join(values, LIST_MARK)
            # In Parquet the importer takes the types from the file, lists also.
            typed = f"{column}:{_TYPES[kind]}" if kind in _TYPES and self.suffix == "csv" else column
            columns[ends.get(column, typed)] = values
        return columns

    def _marker(self) -> pa.Table:
        said = {
            OWNER: self.owner,
            "store": self.owner,
            "state": WHOLE,
            "snapshot": digest(self.snapshot),
            "counts": json.dumps(expected(self.snapshot), sort_keys=True),
        }
        numbers = self._numbered(MARKER, 1) if self.suffix == "parquet" else {}
        return pa.table(numbers | {name: pa.array([value], pa.string()) for name, value in said.items()})

    def _numbered(self, name: str, rows: int) -> dict[str, Any]:
        """Return ids for nodes that no link ends at: from Parquet the importer wants them, and does not keep them."""
        return {f":ID({name})": pa.array([str(next(self.numbers)) for _ in range(rows)], pa.string())}

    def _links(self, kind: str, labels: Mapping[str, pa.Array]) -> None:
        """Write one file for each pair of labels that links of a kind join; the importer wants to know both."""
        ends, written = schema().edges[kind], 0
        for source in ends.source:
            for target in ends.target:
                if source not in labels or target not in labels:
                    continue
                found = [part for part in self._between(kind, source, target, labels) if part.num_rows]
                written += sum(part.num_rows for part in found)
                if found:
                    name = f"{kind}_{source}_{target}.{self.suffix}"
                    self._put(self.links, kind, name, iter(found))
        if written != self.snapshot.count(kind):
            lost = self.snapshot.count(kind) - written
            raise StoreError(
                "{lost} links ({kind}) end at nodes that are not in the graph; rebuild with zhengmai build",
                lost=lost,
                kind=kind,
            )

    def _between(self, kind: str, source: str, target: str, labels: Mapping[str, pa.Array]) -> Iterator[pa.Table]:
        ends, known = schema().edges[kind], {"source": f":START_ID({source})", "target": f":END_ID({target})"}
        for table in self._parts(kind):
            kept = table
            if len(ends.source) > 1:
                kept = kept.filter(pc.is_in(kept["source"], value_set=labels[source]))
            if len(ends.target) > 1:
                kept = kept.filter(pc.is_in(kept["target"], value_set=labels[target]))
            columns = self._columns(kind, kept, known)
            first = {name: columns.pop(name) for name in known.values()}
            yield pa.table(first | columns)

    # -- files

    def _put(self, listed: list[tuple[str, str]], name: str, file: str, parts: Iterator[pa.Table]) -> None:
        write: Callable[[Path, Iterator[pa.Table]], int] = _csv if self.suffix == "csv" else _parquet
        rows = write(self.target / file, parts)
        self.rows += rows
        listed.append((name, file))

    def _line(self) -> str:
        options = list(_OPTIONS) if self.suffix == "csv" else ["--input-type=parquet", "--bad-tolerance=0"]
        # Newer importers ask for the folder of every file, so each names it.
        files = [f"--nodes={name}=./{file}" for name, file in self.nodes]
        files += [f"--relationships={name}=./{file}" for name, file in self.links]
        return " ".join(["neo4j-admin database import full neo4j --overwrite-destination", *options, *files])


def _csv(path: Path, parts: Iterator[pa.Table]) -> int:
    """Write a table as the importer reads it: text in quotes, what is not known as nothing at all."""
    rows, writer = 0, None
    with path.open("wb") as file:
        for table in parts:
            options = csv.WriteOptions(include_header=True, quoting_style="needed")
            writer = writer or csv.CSVWriter(file, table.schema, write_options=options)
            writer.write_table(table)
            rows += table.num_rows
        if writer:
            writer.close()
    return rows


def _parquet(path: Path, parts: Iterator[pa.Table]) -> int:
    rows, writer = 0, None
    for table in parts:
        writer = writer or pq.ParquetWriter(path, table.schema, compression="snappy")
        writer.write_table(table)
        rows += table.num_rows
    if writer:
        writer.close()
    return rows
