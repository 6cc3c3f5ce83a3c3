"""The tables of a snapshot as Arrow holds them: types, order, rows to columns and back."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.snapshot.tables import TableSpec, tables

_ARROW: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "json": pa.string(),
    "texts": pa.list_(pa.string()),
}
# A piece of a text column ends at 2 GB; tables that could come near it are put in order as what knows no such end.
_LARGE = 1 << 30
_WIDE = {pa.string(): pa.large_string(), pa.list_(pa.string()): pa.large_list(pa.large_string())}


def arrow_schema(spec: TableSpec) -> pa.Schema:
    """Return the columns of a table as Arrow types it."""
    return pa.schema([pa.field(name, _ARROW[type_name]) for name, type_name in spec.columns.items()])


def table_of(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return the rows as a table of that name; a property that a row does not have is null."""
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
    """Return the table in its one order, in one piece unless it is very large, so that equal rows give equal bytes."""
    if not table.num_rows:
        return empty_table(name)
    keys = [(column, "ascending") for column in tables()[name].sort]
    if table.nbytes < _LARGE:
        return table.take(pc.sort_indices(table, sort_keys=keys)).combine_chunks()
    wide = table.cast(pa.schema([pa.field(one.name, _WIDE.get(one.type, one.type)) for one in table.schema]))
    sorted_rows = wide.take(pc.sort_indices(wide, sort_keys=keys))
    step = max(1, table.num_rows * _LARGE // (2 * table.nbytes))
    pieces = (sorted_rows.slice(at, step).combine_chunks() for at in range(0, table.num_rows, step))
    return pa.concat_tables([piece.cast(table.schema) for piece in pieces])


def public_table(name: str, table: pa.Table) -> pa.Table:
    """Return the columns that stores hold: dates as ISO text, a list of nothing as not known.

    RDF and the files of importers have no way to say that a list is there and holds nothing.
    """
    spec = tables()[name]
    return pa.table({column: _public(table[column], spec.columns[column]) for column in spec.public})


def _public(values: pa.ChunkedArray, type_name: str) -> pa.ChunkedArray:
    if type_name == "date":
        return pc.cast(values, pa.string())
    if type_name == "texts":
        return pc.if_else(pc.equal(pc.list_value_length(values), 0), pa.scalar(None, values.type), values)
    return values


def plain_rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of a batch as dictionaries without nulls: a property that is not known is not there."""
    names = batch.schema.names
    columns = [column.to_pylist() for column in batch.columns]
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for values in zip(*columns, strict=True)
    ]
