"""The functions of a build that Spark's workers run, each over a stream of parcels.

A parcel is rows of one table that go to one place: the table's name, the bucket (a part of the snapshot, or some
families), the rows as Arrow writes them. To Spark the rows are bytes, so that no type is changed on the way.
Names that begin with `_` are those of tables that only the build sees.
"""

import os
import pickle
import shutil
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph.assemble.join import (
    OF_DOCUMENTS,
    OF_LINKS,
    OF_TASKS,
    DocumentPair,
    assigned,
    has_task,
    printed_names,
    task_counts,
)
from graph.assemble.policy_rows import Policies
from graph.assemble.theme_rows import join_themes
from graph.errors import InputError
from graph.link.decisions import Decisions
from graph.snapshot.arrow_columns import empty_table, in_order, table_of
from graph.snapshot.partitions import PAIR_MARK, SPREAD, WHOLE, bucket_of, split
from graph.snapshot.snapshot import path_of, write_part
from loaders.ingest.reading_cache import Cache, Source
from loaders.ingest.rules import graph_rules, reading_rules
from loaders.ingest.sources import open_files
from loaders.ingest.workers import AlignTask, align_some, read_some

Parcel = tuple[str, str, pa.Table]
COLUMNS = ("kind", "bucket", "rows")
DDL = "kind string, bucket string, rows binary"
_FAILURE = ("path", "message", "name", "trace")
# What a worker holds of finished rows before it hands them on, and the most that one parcel has, in bytes.
_HOLD, _PARCEL = 48_000_000, 4_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """The settings that every worker gets: the graph's folder and rules, the parts, decisions, number of buckets of families.

    `snapshot` is the folder that parts are written into; `moved` are the units that a person said are another one.
    """

    root: str
    rules: str
    parts: tuple[str, ...]
    buckets: int
    decisions: Decisions
    snapshot: str
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def cache(self) -> Cache:
        """The readings and files that all workers share."""
        return Cache(self.root, reading_rules())


# -- parcels


def packed(parcels: Iterable[Parcel]) -> Iterator[pa.RecordBatch]:
    """Yield parcels as Spark takes them, rows of one table and bucket put together as far as memory allows."""
    held: dict[tuple[str, str], list[pa.Table]] = defaultdict(list)
    size = 0
    for kind, bucket, rows in parcels:
        if rows.num_rows:
            held[kind, bucket].append(rows)
            size += rows.nbytes
        if size >= _HOLD:
            yield from _given_out(held)
            size = 0
    yield from _given_out(held)


def _given_out(held: dict[tuple[str, str], list[pa.Table]]) -> Iterator[pa.RecordBatch]:
    kinds, buckets, bodies, weight = list[str](), list[str](), list[bytes](), 0
    for (kind, bucket), found in held.items():
        table = pa.concat_tables(found)
        step = max(1, table.num_rows * _PARCEL // max(table.nbytes, 1))
        for at in range(0, table.num_rows, step):
            body = as_bytes(table.slice(at, step))
            kinds.append(kind)
            buckets.append(bucket)
            bodies.append(body)
            weight += len(body)
            if weight >= _PARCEL:
                yield as_batch(kinds, buckets, bodies)
                kinds, buckets, bodies, weight = [], [], [], 0
    held.clear()
    if kinds:
        yield as_batch(kinds, buckets, bodies)


def as_batch(kinds: Sequence[str], buckets: Sequence[str], rows: Sequence[bytes]) -> pa.RecordBatch:
    """Return parcels in columns, as Spark knows them."""
    arrays = [pa.array(kinds, pa.string()), pa.array(buckets, pa.string()), pa.array(rows, pa.binary())]
    return pa.RecordBatch.from_arrays(arrays, list(COLUMNS))


def as_bytes(table: pa.Table) -> bytes:
    """Return rows as Arrow writes them, squeezed."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table.combine_chunks())
    written: bytes = sink.getvalue().to_pybytes()
    return written


def opened(batches: Iterable[pa.RecordBatch]) -> Iterator[Parcel]:
    """Yield the parcels that Spark gives."""
    for batch in batches:
        kinds, buckets, rows = (batch.column(name) for name in COLUMNS)
        for kind, bucket, body in zip(kinds.to_pylist(), buckets.to_pylist(), rows, strict=True):
            yield kind, bucket, pa.ipc.open_stream(body.as_buffer()).read_all()


def _groups(
    batches: Iterable[pa.RecordBatch], key: Callable[[Parcel], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], dict[str, pa.Table]]]:
    """Yield the tables of each group of parcels; those of one group come one behind the other."""
    held: dict[str, list[pa.Table]] = defaultdict(list)
    before: tuple[str, ...] | None = None
    for parcel in opened(batches):
        now = key(parcel)
        if before is not None and now != before:
            yield before, {kind: pa.concat_tables(found) for kind, found in held.items()}
            held.clear()
        before = now
        held[parcel[0]].append(parcel[2])
    if before is not None:
        yield before, {kind: pa.concat_tables(found) for kind, found in held.items()}


def spread(found: Mapping[str, pa.Table], parts: tuple[str, ...]) -> Iterator[Parcel]:
    """Yield tables as parcels: large ones by part."""
    for kind, table in found.items():
        for part, rows in split(table, parts).items() if kind in SPREAD else ((WHOLE, table),):
            yield kind, part, rows


def _by_part(kind: str, rows: pa.Table, parts: tuple[str, ...]) -> Iterator[Parcel]:
    for part, found in split(rows, parts).items():
        yield kind, part, found


# -- steps


def look(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """Names and paths → `_Source` and `_Failure`."""
    for batch in batches:
        found = open_files((row["name"], Path(row["path"])) for row in batch.to_pylist())
        yield "_Source", "", records(found.sources, ("name", "path", "sha256", "suffix", "size", "about"))
        yield "_Failure", "", records(found.failures, _FAILURE)


def records(found: Sequence[object], columns: Sequence[str]) -> pa.Table:
    """Return plain records as a table."""
    return pa.Table.from_pylist([{name: getattr(one, name) for name in columns} for one in found])


def read(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """Files → the rows of their documents, and of these what joining needs (`_Document`, `_Use`, `_Count`, `_Task`)."""
    for batch in batches:
        parcel = read_some([Source(**row) for row in batch.to_pylist()], given.cache)
        yield "_Failure", "", records(parcel.failures, _FAILURE)
        yield from spread(parcel.tables, given.parts)
        if "Document" in parcel.tables:
            yield "_Document", "", parcel.tables["Document"].select(OF_DOCUMENTS)
        if "UnitUse" in parcel.tables:
            yield "_Use", "", printed_names(parcel.tables["UnitUse"])
        if "Task" in parcel.tables:
            tasks = parcel.tables["Task"].select(OF_TASKS)
            counts = task_counts(tasks)
            yield "_Count", "", pa.table({"document": list(counts), "tasks": list(counts.values())})
            yield from _by_part("_Task", tasks, given.parts)


def move(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """Parcels → the same in other parts: so many files were no documents that the graph has fewer parts."""
    for kind, bucket, rows in opened(batches):
        if kind in SPREAD or kind == "_Task":
            yield from _by_part(kind, rows, given.parts)
        else:
            yield kind, bucket, rows


def align(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """Pairs of documents → their correspondences with proofs, and of these what themes need (`_Link`); `_Failure`."""
    for batch in batches:
        found = align_some([_task(row) for row in batch.to_pylist()], given.cache, given.decisions)
        yield "_Failure", "", records(found.failures, _FAILURE)
        yield from spread(found.tables, given.parts)
        yield from _by_part("_Link", found.tables["DERIVES_FROM"].select(OF_LINKS), given.parts)


def _task(row: Mapping[str, Any]) -> AlignTask:
    parts = tuple((int(one), int(two)) for one, two in (said.split("-") for said in row["parts"].split()))
    child, parent = (
        Source(row[side], "", row[f"{side}_sha256"], row[f"{side}_suffix"], about=row[f"{side}_about"])
        for side in ("child", "parent")
    )
    pair = DocumentPair(row["child"], row["parent"], parts, row["fingerprint"], row["related"])
    return AlignTask(pair, child, parent)


def join(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """Tasks, links and own policies of a part's documents → HAS_TASK, and all three by buckets of families."""
    for (part,), tables in _groups(batches, lambda parcel: parcel[1:2]):
        own = tables["_Own"].to_pylist() if "_Own" in tables else []
        tasks = tables.get("_Task", empty_table("Task").select(OF_TASKS))
        policies = _policies(own)
        yield "HAS_TASK", part, has_task(tasks, policies)
        bucket = {(row["document"], row["key"]): bucket_of(row["family"], given.buckets) for row in own}
        below: dict[str, set[str]] = defaultdict(set)
        for row in own:
            below[row["document"]].add(bucket[row["document"], row["key"]])
        if own:
            places = [(at, bucket[row["document"], row["key"]]) for at, row in enumerate(own)]
            yield from _divided("_Own", tables["_Own"], places)
        named = zip(tasks["document"].to_pylist(), tasks["policy_key"].to_pylist(), strict=True)
        places = [(at, bucket[document, key]) for at, (document, key) in enumerate(named) if key is not None]
        yield from _divided("_Task", tasks, places)
        if (links := tables.get("_Link")) is not None:
            children = (owner.partition(PAIR_MARK)[0] for owner in links["owner"].to_pylist())
            places = [(at, one) for at, child in enumerate(children) for one in below[child]]
            yield from _divided("_Link", links, places)


def _policies(own: Iterable[Mapping[str, str]]) -> Policies:
    """Return the policies that links and themes need, from rows of `_Own`."""
    own = list(own)
    meant: dict[str, set[str]] = defaultdict(set)
    for row in own:
        meant[row["key"]].add(row["canonical"])
    # A number that two documents give to two policies.
    apart = {(row["document"], row["key"]): row["canonical"] for row in own if len(meant[row["key"]]) > 1}
    policies = Policies(apart=apart)
    for row in own:
        if row["key"] != row["canonical"] and len(meant[row["key"]]) == 1:
            policies.canonical[row["key"]] = row["canonical"]
        policies.family[row["canonical"]] = row["family"]
    return policies


def _divided(kind: str, rows: pa.Table, places: Sequence[tuple[int, str]]) -> Iterator[Parcel]:
    """Yield rows, by their places, as parcels for the buckets named beside them."""
    by_bucket: dict[str, list[int]] = defaultdict(list)
    for at, bucket in places:
        by_bucket[bucket].append(at)
    for bucket, chosen in by_bucket.items():
        yield kind, bucket, rows.take(pa.array(chosen, pa.int64()))


def tie(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """All tasks and links of some families → their themes (Theme, IN_THEME)."""
    for _, tables in _groups(batches, lambda parcel: parcel[1:2]):
        if "_Task" not in tables:
            continue
        policies = _policies(tables["_Own"].to_pylist())
        links = tables.get("_Link", empty_table("DERIVES_FROM").select(OF_LINKS))
        named, joined = join_themes(tables["_Task"], links, policies)
        yield "Theme", WHOLE, table_of("Theme", named)
        yield from _by_part("IN_THEME", joined, given.parts)


def write(batches: Iterable[pa.RecordBatch], given: Given) -> Iterator[Parcel]:
    """All rows of a part of a table → its file in the snapshot; what its manifest says (`_Written`)."""
    folder = Path(given.snapshot)
    for (kind, part), found in _groups(batches, lambda parcel: parcel[:2]):
        table = in_order(kind, found.pop(kind))
        if kind == "ASSIGNED_TO":
            table = assigned(table, given.moved)
        # Spark may do a piece of work twice, at the same time too: each writes a file of its own and renames it.
        attempt = folder.parent / "attempts" / uuid.uuid4().hex
        try:
            said = write_part(attempt, kind, table, part)
            target = path_of(folder, kind, part)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path_of(attempt, kind, part), target)
        finally:
            shutil.rmtree(attempt, ignore_errors=True)
        yield "_Written", "", pa.Table.from_pylist([{"kind": kind, "part": part, **said}])


STEPS: Mapping[str, Callable[[Iterable[pa.RecordBatch], Given], Iterator[Parcel]]] = {
    one.__name__: one for one in (look, read, move, align, join, tie, write)
}


def run(step: str, told: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Do one step in a worker; `told` is a `Given`.

    Raises:
        InputError: this worker has other rules than the process that sent the work.
    """
    given = _given(told)
    if (rules := graph_rules()) != given.rules:
        raise InputError(
            "a worker has another version of zhengmai (rules {rules}, not {wanted}); install the same",
            rules=rules,
            wanted=given.rules,
        )
    yield from packed(STEPS[step](batches, given))


@lru_cache(maxsize=8)
def _given(told: bytes) -> Given:
    return pickle.loads(told)  # type: ignore[no-any-return]
