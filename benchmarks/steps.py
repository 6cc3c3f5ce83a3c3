"""The steps that run in processes of their own: `python -m benchmarks.steps NAME ARGUMENT …` tells one line of JSON."""

import gc
import json
import os
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pyarrow as pa

from graph.schema.vocabulary import schema
from graph.snapshot.arrow_columns import plain_rows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of
from graph.store.arcade import arcade_write
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.home import Home
from loaders.ingest.graph_build import build

Told = dict[str, Any]
_LOOSE = ("Evidence", "Issue")
_BATCH = 5_000


def load_ours(snapshot: str, folder: str) -> Told:
    """Project a snapshot into the embedded store."""
    started, used = perf_counter(), process_time()
    ArcadeStore(Path(folder)).load(Snapshot.open(Path(snapshot)))
    return {"seconds": perf_counter() - started, "processor": process_time() - used}


def load_engine(snapshot: str, folder: str) -> Told:
    """Give the engine's bulk load the same rows, ready in memory before the clock starts; then the same indexes."""
    found = Snapshot.open(Path(snapshot))
    rows = {name: list(found.batches(name, _BATCH)) for name in (*names_of(NODE), *names_of(LINK))}
    loose = {name: [_columns(batch) for batch in found.record_batches(name, _BATCH)] for name in _LOOSE}
    count = sum(len(batch) for batches in rows.values() for batch in batches)
    count += sum(found.count(name) for name in _LOOSE)
    # Millions of rows that only this side holds in memory are not to be looked through while the clock runs.
    gc.collect()
    gc.freeze()
    started, used = perf_counter(), process_time()
    import arcadedb

    database = arcadedb.DatabaseFactory(folder).create()
    _declare(database)
    _bulk(database, rows)
    for label, batches in loose.items():
        for batch in batches:
            # The faster way in is for columns without gaps; both sides take it.
            put = database.insert_columns if isinstance(batch, dict) else database.insert_many
            put(label, batch, commit_every=_BATCH)
    written = perf_counter() - started
    for statement in arcade_write._INDEXES:
        database.command("sql", statement)
    database.close()
    took = perf_counter() - started
    return {"seconds": took, "processor": process_time() - used, "written": written, "rows": count}


def _columns(batch: pa.RecordBatch) -> dict[str, pa.Array] | list[dict[str, Any]]:
    """Return the columns of a batch by name, its rows where a column has gaps."""
    if any(column.null_count for column in batch.columns):
        return plain_rows(batch)
    return dict(zip(batch.schema.names, batch.columns, strict=True))


def _declare(database: Any) -> None:  # noqa: ANN401 - the engine's wheel carries no types
    for label in (*names_of(NODE), *_LOOSE):
        found_by = "subject" if label == "Evidence" else "key"
        database.command("sql", f"CREATE VERTEX TYPE `{label}` BUCKETS 1")
        database.command("sql", f"CREATE PROPERTY `{label}`.{found_by} STRING")
    for kind in names_of(LINK):
        database.command("sql", f"CREATE EDGE TYPE `{kind}` BUCKETS 1")
    for label, column in (("Task", "text"), ("Policy", "title")):
        database.command("sql", f"CREATE PROPERTY {label}.{column} STRING")


def _bulk(database: Any, rows: dict[str, list[list[dict[str, Any]]]]) -> None:  # noqa: ANN401
    edges = schema().edges
    places: dict[str, dict[str, str]] = {}
    with database.graph_batch(commit_every=_BATCH) as graph_batch:
        for label in names_of(NODE):
            places[label] = {}
            for batch in rows[label]:
                keys = [row["key"] for row in batch]
                places[label].update(zip(keys, graph_batch.create_vertices(label, batch), strict=True))
        for kind in names_of(LINK):
            for batch in rows[kind]:
                sources = [_place(places, edges[kind].source, row.pop("source")) for row in batch]
                targets = [_place(places, edges[kind].target, row.pop("target")) for row in batch]
                graph_batch.new_edges(sources, kind, targets, batch)


def _place(places: dict[str, dict[str, str]], labels: tuple[str, ...], key: str) -> str:
    return next(found for label in labels if (found := places[label].get(key)) is not None)


def read_and_link(documents: str, store: str, jobs: str) -> Told:
    """Build a graph; tell the seconds until its snapshot was there, and the processor's: its own, its workers'."""
    started, used, until = perf_counter(), process_time(), [0.0, 0.0, 0.0]

    def told(stage: str, done: int, total: int) -> None:
        if stage == "write" and not done:
            until[:] = [perf_counter() - started, process_time() - used, _processor() - process_time()]

    report = build([Path(documents)], Path(store), jobs=int(jobs), progress=told)
    return {"seconds": until[0], "own": until[1], "workers": until[2], "tasks": report.tasks}


def add(documents: str, store: str) -> Told:
    """Add documents to a graph; tell the seconds from the first look at the files to the change-over."""
    started, used = perf_counter(), _processor()
    report = build([Path(documents)], Path(store))
    took = {"seconds": perf_counter() - started, "processor": _processor() - used}
    return took | {"added": len(report.added), "documents": report.documents}


def _processor() -> float:
    """Return the processor seconds of this process and of those that it has seen end."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def questions(store: str, of: str) -> Told:
    """Answer `cascade`; tell the query texts and parameters that the store was asked for it, and its folder."""
    from queries.run import run

    asked: list[tuple[str, dict[str, Any]]] = []

    class Recording(ArcadeStore):
        def ask(self, text: str, parameters: Any = None) -> Any:  # noqa: ANN401
            asked.append((text, dict(parameters or {})))
            return super().ask(text, parameters)

    home = Home(Path(store))
    with Recording(home.graph(), home.engine_log) as recording:
        rows = run("cascade", recording, of=of).rows
    return {"asked": asked, "folder": str(home.graph()), "log": str(home.engine_log), "rows": len(rows)}


STEPS = {one.__name__: one for one in (load_ours, load_engine, read_and_link, add, questions)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False) + "\n")
