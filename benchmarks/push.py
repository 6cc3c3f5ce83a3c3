"""Push to a Neo4j server against the driver alone: the same rows in plain UNWIND batches, then a push of 1 % changed.

NEO4J_PASSWORD=… python benchmarks/push.py neo4j://localhost:7687 [--tasks 100000]

The database must be empty; it is left empty.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).parents[1]))

from neo4j import Driver, GraphDatabase

from graph.schema import schema
from graph.snapshot import Snapshot, in_order
from graph.store.cypher_schema import rules
from graph.store.home import Home
from graph.store.push import push
from graph.tables import LINK, NODE, names_of, tables
from tests.factories import small_snapshot

_KEYS = ("key", "source", "target", "subject", "document", "owner", "policy_key", "family", "jurisdiction")
_OWN = 9
"""Tasks of the graph that is repeated."""
_BATCH = 5_000


def many(tasks: int, changed: int = 0) -> Snapshot:
    """Return a graph of so many tasks: the hand-made one again and again; of the first `changed` times other texts."""
    times = tasks // _OWN
    held = {}
    for name in tables():
        table = small_snapshot().table(name)
        if table.num_rows:
            held[name] = in_order(name, _copies(table, times, changed))
    return Snapshot(held)


def _copies(table: pa.Table, times: int, changed: int) -> pa.Table:
    rows = table.num_rows
    every = table.take(pa.array(list(range(rows)) * times))
    number = [n for n in range(times) for _ in range(rows)]
    before = pa.array([f"f{n:06d}-" for n in number])
    behind = pa.array(["（修订）" if n < changed else "" for n in number])
    found = {}
    for column in every.column_names:
        values = every[column]
        if column in _KEYS:
            values = pc.binary_join_element_wise(before, values, "")
        elif column == "text":
            values = pc.binary_join_element_wise(values, behind, "")
        found[column] = values.cast(table.schema.field(column).type)
    return pa.table(found, schema=table.schema)


def home_of(folder: Path, snapshot: Snapshot) -> Home:
    """Publish a snapshot alone: a push needs no projection."""
    home = Home(folder)
    generation = home.begin()
    snapshot.write(generation / "snapshot")
    home.publish(generation)
    return home


def plainly(driver: Driver, snapshot: Snapshot) -> None:
    """Send the rows as the driver's manual shows it: a constraint on the key, then UNWIND, in batches of 5,000."""
    for rule in rules():
        if rule.kind != "FULLTEXT":
            driver.execute_query(rule.text)
    for name in (*names_of(NODE), "Evidence", "Issue"):
        for rows in snapshot.batches(name, _BATCH):
            driver.execute_query(f"UNWIND $rows AS row CREATE (n:{name}) SET n = row", rows=rows)
    for kind in names_of(LINK):
        for rows in snapshot.batches(kind, _BATCH):
            for text, part in _by_ends(kind, rows):
                driver.execute_query(text, rows=part)
    for rule in rules():
        if rule.kind == "FULLTEXT":
            driver.execute_query(rule.text)
    driver.execute_query("CALL db.awaitIndexes(600)")


def _by_ends(kind: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    ends = schema().edges[kind]
    plain = [
        {
            "source": row["source"],
            "target": row["target"],
            "own": {name: value for name, value in row.items() if name not in ("source", "target")},
        }
        for row in rows
    ]
    for source in ends.source:
        for target in ends.target:
            yield (
                f"UNWIND $rows AS row MATCH (a:{source} {{key: row.source}}) MATCH (b:{target} {{key: row.target}})"
                f" CREATE (a)-[r:{kind}]->(b) SET r = row.own",
                plain,
            )


def empty(driver: Driver) -> None:
    """Take everything out of the database."""
    with driver.session() as session:
        for row in session.run("SHOW CONSTRAINTS YIELD name").data():
            session.run(f"DROP CONSTRAINT {row['name']}").consume()
        for row in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").data():
            session.run(f"DROP INDEX {row['name']}").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("address")
    parser.add_argument("--tasks", type=int, default=100_000)
    given = parser.parse_args()
    auth = (os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(given.address, auth=auth) as driver, tempfile.TemporaryDirectory() as folder:
        (count,) = driver.execute_query("MATCH (n) RETURN count(n)").records[0]
        if count:
            sys.exit("the database is not empty")
        snapshot = many(given.tasks)
        home = home_of(Path(folder), snapshot)
        written = Snapshot.open(home.snapshot())
        print(f"{written.count('Task')} tasks, {written.count('Evidence')} pieces of evidence", flush=True)
        small = home_of(Path(folder) / "warm", many(900))
        push(small, given.address)  # the server compiles what it does often
        empty(driver)
        began = perf_counter()
        plainly(driver, written)
        plain = perf_counter() - began
        print(f"plain UNWIND batches {plain:8.1f} s", flush=True)
        empty(driver)
        full = push(home, given.address)
        print(
            f"push                 {full.seconds:8.1f} s  {full.seconds / plain:.2f} of plain ({full.way})", flush=True
        )
        same = push(home, given.address)
        print(
            f"push again           {same.seconds:8.1f} s  {same.seconds / full.seconds:.3f} of full ({same.way})",
            flush=True,
        )
        home_of(Path(folder), many(given.tasks, given.tasks // _OWN // 100))
        part = push(home, given.address)
        print(
            f"push of 1 % changed  {part.seconds:8.1f} s  {part.seconds / full.seconds:.3f} of full ({part.way})",
            flush=True,
        )
        empty(driver)


if __name__ == "__main__":
    main()
