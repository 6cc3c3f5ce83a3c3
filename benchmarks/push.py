"""A push to a Neo4j server against the driver alone, and a push of what changed against one of everything."""

import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from neo4j import Driver, GraphDatabase

from benchmarks.engines import neo4j_server
from benchmarks.figures import Figure, compared
from benchmarks.processes import wall
from benchmarks.workshop import SAMPLE, Workshop, build
from graph.schema.vocabulary import schema
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import LINK, NODE, names_of, tables
from graph.store.home import Home
from graph.store.neo4j_server.batches import Ends
from graph.store.neo4j_server.constraints import rules
from graph.store.neo4j_server.push import push

_BATCH = 5_000
_EVERY = 100
"""One task of so many is revised."""
_MORE = "（修订）"


def push_figures(shop: Workshop, tasks: int, repeats: int) -> list[Figure]:
    """Measure a push of everything, of nothing, and of one task in a hundred revised."""
    before = Snapshot.open(shop.graph(tasks).snapshot())
    work = shop.folder / "pushing"
    shutil.rmtree(work, ignore_errors=True)
    rows = sum(before.count(name) for name in (*names_of(NODE), *names_of(LINK), "Evidence", "Issue"))
    full, part, none = [], [], []
    with (
        neo4j_server(shop.folder / "server") as (uri, user, password),
        GraphDatabase.driver(uri, auth=(user, password)) as driver,
    ):
        home = Home(work / "graph")
        _warm(driver, uri, work)
        for turn in range(repeats):
            publish(home, before)
            seconds: dict[str, float] = {}
            for side in ("ours", "plain") if turn % 2 else ("plain", "ours"):
                empty(driver)
                if side == "plain":
                    seconds[side] = _plainly(driver, before)
                else:
                    seconds |= _in_steps(home, before, uri)
                sys.stderr.write(f"{turn + 1}: {side} {seconds[side]:.1f} s\n")
            full.append((seconds["ours"], seconds["plain"]))
            none.append((seconds["nothing"], seconds["ours"]))
            part.append((seconds["changed"], seconds["ours"]))
            sys.stderr.write(f"{turn + 1}: nothing {seconds['nothing']:.2f} s, changed {seconds['changed']:.2f} s\n")
    count = before.count("Task")
    what = (
        f"push of {count:,} tasks ({rows:,} rows) to Neo4j, against the driver's plain UNWIND batches of the same rows"
    )
    return [
        compared("push", what, full, aim=1.3),
        compared("push", f"a push of it with one task in {_EVERY} revised, against the whole", part, aim=0.05),
        compared("push", "a push of it with nothing changed, against the whole", none, aim=None),
    ]


def _warm(driver: Driver, uri: str, work: Path) -> None:
    """Let the server compile what it does often: both ways, with the sample."""
    wall(build(SAMPLE, work / "sample"))
    home = Home(work / "sample")
    _pushed(home, uri, "new")
    empty(driver)
    for _ in range(3):
        _plainly(driver, Snapshot.open(home.snapshot()))
        empty(driver)


def _in_steps(home: Home, before: Snapshot, uri: str) -> dict[str, float]:
    """Push everything, then nothing, then one task in a hundred; the seconds of each."""
    whole = _pushed(home, uri, "new")
    nothing = _pushed(home, uri, "same")
    publish(home, revised(before))
    return {"ours": whole, "nothing": nothing, "changed": _pushed(home, uri, "changes")}


def _pushed(home: Home, uri: str, way: str) -> float:
    report = push(home, uri)
    if report.way != way:
        sys.exit(f"the push went another way: {report.way}, not {way}")
    return report.seconds


def publish(home: Home, snapshot: Snapshot) -> None:
    """Make a snapshot the one that answers; a push needs no projection."""
    generation = home.begin()
    if snapshot.folder is not None:
        shutil.copytree(snapshot.folder, generation / "snapshot")
    else:
        snapshot.write(generation / "snapshot")
    home.publish(generation)


def revised(snapshot: Snapshot) -> Snapshot:
    """Return the graph with one task in a hundred revised: its text, its units' names, and where it and its links stand."""
    held = {name: snapshot.table(name) for name in tables()}
    tasks = pa.array(sorted(held["Task"]["key"].to_pylist())[::_EVERY])

    def of_those(name: str, by: str) -> pa.ChunkedArray:
        return pc.is_in(held[name][by], value_set=tasks)

    for name, by, column in (("Task", "key", "text"), ("ASSIGNED_TO", "source", "surface")):
        longer = pc.binary_join_element_wise(held[name][column], _MORE, "")
        held[name] = _with(held[name], column, pc.if_else(of_those(name, by), longer, held[name][column]))
    links = [held[kind]["key"].filter(of_those(kind, "source")).combine_chunks() for kind in names_of(LINK)]
    proved = pc.is_in(held["Evidence"]["subject"], value_set=pa.concat_arrays([tasks, *links]))
    for column in ("start", "end"):
        places = held["Evidence"][column]
        moved = pc.if_else(proved, pc.add(places, len(_MORE)), places)
        held["Evidence"] = _with(held["Evidence"], column, moved)
    return Snapshot(held, rules=snapshot.rules)


def _with(table: pa.Table, column: str, values: pa.ChunkedArray) -> pa.Table:
    place = table.column_names.index(column)
    return table.set_column(place, table.schema.field(column), values)


def _plainly(driver: Driver, snapshot: Snapshot) -> float:
    """Send the rows as the driver's manual shows it: constraints and indexes, then UNWIND in batches of 5,000."""
    ends = Ends(snapshot)
    began = perf_counter()
    for rule in rules():
        if rule.kind != "FULLTEXT":
            driver.execute_query(rule.text)
    for name in (*names_of(NODE), "Evidence", "Issue"):
        for rows in snapshot.batches(name, _BATCH):
            driver.execute_query(f"UNWIND $rows AS row CREATE (n:{name}) SET n = row", rows=rows)
    for kind in names_of(LINK):
        for rows in snapshot.batches(kind, _BATCH):
            for source, target, part in _by_ends(kind, rows, ends):
                driver.execute_query(
                    f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}})"
                    f" CREATE (a)-[r:{kind}]->(b) SET r = row.own",
                    rows=part,
                )
    for rule in rules():
        if rule.kind == "FULLTEXT":
            driver.execute_query(rule.text)
    driver.execute_query("CALL db.awaitIndexes(600)")
    return perf_counter() - began


def _by_ends(kind: str, rows: list[dict[str, Any]], ends: Ends) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    known = schema().edges[kind]

    def labels(row: dict[str, Any]) -> tuple[str, str]:
        return ends.label(known.source, row["source"]), ends.label(known.target, row["target"])

    for (source, target), part in groupby(sorted(rows, key=labels), key=labels):
        listed = []
        for row in part:
            own = {name: value for name, value in row.items() if name not in ("source", "target")}
            listed.append({"source": row["source"], "target": row["target"], "own": own})
        yield source, target, listed


def empty(driver: Driver) -> None:
    """Take everything out of the database."""
    with driver.session() as session:
        for row in session.run("SHOW CONSTRAINTS YIELD name").data():
            session.run(f"DROP CONSTRAINT {row['name']}").consume()
        for row in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").data():
            session.run(f"DROP INDEX {row['name']}").consume()
        # Links first and little by little: a place that all tasks hang at is more than one transaction bears.
        for text in (
            "MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS n",
            "MATCH (n) WITH n LIMIT 20000 DELETE n RETURN count(*) AS n",
        ):
            while session.run(text).single(strict=True)["n"]:
                pass
