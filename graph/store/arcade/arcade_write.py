"""Writing the embedded store: the bulk load of a snapshot, and what changed between two applied to a copy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from typing import Any

import pyarrow as pa

from graph.errors import StoreError
from graph.schema.vocabulary import schema
from graph.snapshot.arrow_columns import plain_rows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store.changes import LOOSE, STORED, Changes, StoredRow

_UNIQUE = (*names_of(NODE), "Issue")
_INDEXES = (
    *(f"CREATE INDEX ON `{label}` (key) UNIQUE" for label in _UNIQUE),
    "CREATE INDEX ON Evidence (subject) NOTUNIQUE",
    *(
        f"CREATE INDEX {name} ON {label} ({column}) FULL_TEXT METADATA"
        ' {"analyzer":"org.apache.lucene.analysis.cjk.CJKAnalyzer"}'
        for name, label, column in (("task_text", "Task", "text"), ("policy_title", "Policy", "title"))
    ),
)
_BATCH = 5_000  # rows of one crossing into the engine and of one transaction there
_STEP = 1_000  # rows of one statement of an update


def rows_in(snapshot: Snapshot) -> int:
    """Return the number of records in a store with this snapshot."""
    return sum(snapshot.count(name) for name in STORED)


def fill(database: Any, snapshot: Snapshot) -> None:  # noqa: ANN401 - the engine's wheel carries no types
    """Write all of a snapshot into an empty database; indexes come last, which is faster."""
    for label in (*names_of(NODE), *LOOSE):
        found_by = "subject" if label == "Evidence" else "key"
        database.command("sql", f"CREATE VERTEX TYPE `{label}` BUCKETS 1")
        database.command("sql", f"CREATE PROPERTY `{label}`.{found_by} STRING")
    for kind in names_of(LINK):
        database.command("sql", f"CREATE EDGE TYPE `{kind}` BUCKETS 1")
    database.command("sql", "CREATE PROPERTY Task.text STRING")
    database.command("sql", "CREATE PROPERTY Policy.title STRING")
    places: dict[str, dict[str, str]] = {}
    with database.graph_batch(commit_every=_BATCH) as batch:
        for label in names_of(NODE):
            places[label] = {}
            for rows in snapshot.batches(label, _BATCH):
                numbers = batch.create_vertices(label, rows)
                places[label].update(zip((row["key"] for row in rows), numbers, strict=True))
        for kind in names_of(LINK):
            for rows in snapshot.batches(kind, _BATCH):
                _put_links(batch, kind, rows, places)
    places.clear()
    # No link ends at these; the faster insert is open to them, as nobody needs their place.
    for label in LOOSE:
        for columns in snapshot.record_batches(label, _BATCH):
            _put_records(database, label, columns)
    for statement in _INDEXES:
        database.command("sql", statement)


def _put_records(database: Any, label: str, batch: pa.RecordBatch) -> None:  # noqa: ANN401
    """Insert records that need no place. Whole columns cross into the engine as they are, twice as fast as rows."""
    # The engine takes Arrow's columns by numpy; a property that is not known must not be there, not even as null.
    if find_spec("numpy") is None or any(column.null_count for column in batch.columns):
        database.insert_many(label, plain_rows(batch), commit_every=_BATCH)
    elif batch.num_rows:
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        database.insert_columns(label, columns, commit_every=_BATCH)


def _put_links(
    batch: Any,  # noqa: ANN401
    kind: str,
    rows: Iterable[StoredRow],
    places: Mapping[str, Mapping[str, str]],
) -> None:
    ends = schema().edges[kind]
    sources, targets, properties = [], [], []
    for row in rows:
        sources.append(_place(places, ends.source, row.pop("source"), row["key"]))
        targets.append(_place(places, ends.target, row.pop("target"), row["key"]))
        properties.append(row)
    batch.new_edges(sources, kind, targets, properties)


def _place(places: Mapping[str, Mapping[str, str]], labels: Sequence[str], key: str, link: str) -> str:
    for label in labels:
        if (found := places[label].get(key)) is not None:
            return found
    raise StoreError("the link {link!r} ends at {key!r}, which is not in the graph", link=link, key=key)


# -- applying it


def apply(database: Any, changes: Changes, after: Snapshot) -> bool:  # noqa: ANN401
    """Apply changes to an open database; tell whether it then holds as many records of each kind as `after`."""
    for kind in names_of(LINK):
        for rows in _steps(changes.gone.get(kind, ())):
            _cut(database, kind, rows)
    for label in ("Evidence", "Issue", *names_of(NODE)):
        by = "subject" if label == "Evidence" else "key"
        for rows in _steps(changes.gone.get(label, ())):
            _run(database, "sql", f"DELETE FROM `{label}` WHERE {by} IN :keys", {"keys": [r["key"] for r in rows]})
    for label in (*names_of(NODE), "Issue"):
        for rows in _steps(changes.other.get(label, ())):
            _run(
                database,
                "cypher",
                f"UNWIND $rows AS row MATCH (n:{label} {{key: row.key}}) SET n = row",
                {"rows": rows},
            )
    for label in (*names_of(NODE), *LOOSE):
        if new := changes.new.get(label):
            database.insert_many(label, new, commit_every=_BATCH)
    for kind in names_of(LINK):
        for rows in _steps(changes.new.get(kind, ())):
            _tie(database, kind, rows)
    return all(database.count_type(name) == after.count(name) for name in STORED)


def _steps(rows: Iterable[StoredRow]) -> Iterator[list[StoredRow]]:
    listed = iter(rows)
    while step := list(islice(listed, _STEP)):
        yield step


def _run(database: Any, language: str, text: str, parameters: StoredRow) -> None:  # noqa: ANN401
    with database.transaction():
        database.command(language, text, parameters).close()


def _cut(database: Any, kind: str, rows: list[StoredRow]) -> None:  # noqa: ANN401
    """Take links away; they are found from their source, so that no index of links is needed."""
    wanted = [{"source": row["source"], "key": row["key"]} for row in rows]
    for label in schema().edges[kind].source:
        text = (
            f"UNWIND $rows AS row MATCH (a:{label} {{key: row.source}}) MATCH (a)-[r:{kind}]->()"
            " WHERE r.key = row.key DELETE r"
        )
        _run(database, "cypher", text, {"rows": wanted})


def _tie(database: Any, kind: str, rows: list[StoredRow]) -> None:  # noqa: ANN401
    ends = schema().edges[kind]
    wanted = [
        {
            "source": row["source"],
            "target": row["target"],
            "own": {n: v for n, v in row.items() if n not in ("source", "target")},
        }
        for row in rows
    ]
    for source in ends.source:
        for target in ends.target:
            text = (
                f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}})"
                f" CREATE (a)-[r:{kind}]->(b) SET r = row.own"
            )
            _run(database, "cypher", text, {"rows": wanted})
