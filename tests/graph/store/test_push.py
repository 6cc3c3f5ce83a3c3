"""Pushing to a real Neo4j server: only what changed, mended where broken off, nothing of anybody else touched."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graph.errors import StoreError
from graph.export.formats import exporter
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.tables import tables
from graph.store import open_store
from graph.store.home import Home
from graph.store.neo4j_server import batches, bolt_connection, push
from graph.store.neo4j_server.bolt_connection import BoltConnection
from graph.store.neo4j_server.held_rows import changes_of_server, counted
from graph.store.neo4j_server.marker import MARKER, whole_marker
from graph.store.neo4j_server.pushed_folder import id_of
from graph.store.snapshot_digest import digest, expected
from queries.run import run
from tests.factories import small_snapshot
from tests.graph.store.test_store_arcade import content
from tests.servers.fixtures import AnyServer, empty, lines, running
from tests.servers.neo4j_server import Neo4jServer
from tests.servers.scripted_bolt import between
from tests.shared import ROOT

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=lines())
def own_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnyServer]:
    """A server of this module alone: it is stopped, killed and filled from files here."""
    with running(request.param, tmp_path_factory) as server:
        yield server


@pytest.fixture
def server(own_server: AnyServer) -> AnyServer:
    if isinstance(own_server, Neo4jServer) and not own_server.running:
        own_server.start()  # a test that failed left it stopped
    empty(own_server)
    return own_server


@pytest.fixture
def driver(server: AnyServer) -> Iterator[Driver]:
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as opened:
        yield opened


def rows_of(snapshot: Snapshot) -> Rows:
    return {name: snapshot.rows(name) for name in tables() if snapshot.count(name)}


def other_snapshot() -> Snapshot:
    """The hand-made graph, with a task changed, a task gone with all of its own, a unit, a link and evidence new."""
    rows = rows_of(small_snapshot())
    gone = "yunxi/2.3"
    for name, listed in rows.items():
        rows[name] = [row for row in listed if not any(str(value).partition("#")[0] == gone for value in row.values())]
        rows[name] = [row for row in rows[name] if gone not in str(row.get("key", ""))]
    next(row for row in rows["Task"] if row["key"] == "yunxi/2.2")["title"] = "报装随时办"
    next(row for row in rows["DERIVES_FROM"] if row["source"] == "yunxi/2.2")["score"] = 0.7
    rows["Unit"].append(rows["Unit"][0] | {"key": "990100:民政局", "name": "市民政局", "function": "民政"})
    rows["PART_OF"].append(rows["PART_OF"][0] | {"key": "x", "source": "990100:民政局", "target": "990100"})
    rows["Evidence"].append(rows["Evidence"][0] | {"subject": "yunxi/2.2", "rule": "other"})
    return Snapshot.of_rows(rows, rules="test")


def many_snapshot(times: int = 60) -> Snapshot:
    """The hand-made graph so often, each time under other keys."""
    keys = {"key", "source", "target", "subject", "document", "owner"}
    rows: Rows = {name: [] for name in tables()}
    for name, listed in rows_of(small_snapshot()).items():
        for number in range(times):
            rows[name] += [
                {column: f"{number}-{value}" if column in keys else value for column, value in row.items()}
                for row in listed
            ]
    return Snapshot.of_rows(rows, rules="test")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "home")
    publish(found, small_snapshot())
    return found


def publish(home: Home, snapshot: Snapshot) -> None:
    """Make a snapshot the one that answers; a push needs no projection."""
    generation = home.begin()
    snapshot.write(generation / "snapshot")
    home.publish(generation)


def holds(server: AnyServer, snapshot: Snapshot) -> bool:
    """Tell whether the server holds just this snapshot, row by row."""
    with BoltConnection.connect(server.uri) as connection:
        marker = whole_marker(connection)
        found = changes_of_server(connection, snapshot, marker.store)
        assert marker.counts == expected(snapshot)
        return counted(connection) == expected(snapshot) and not any(
            rows for part in (found.gone, found.new, found.other) for rows in part.values()
        )


# -- what changed, and nothing else


def test_a_second_push_does_nothing_and_a_third_what_changed(server: AnyServer, home: Home) -> None:
    assert push.push(home, server.uri).way == "new"
    assert holds(server, small_snapshot())
    again = push.push(home, server.uri)
    assert (again.way, again.added, again.changed, again.removed) == ("same", 0, 0, 0)
    publish(home, other_snapshot())
    report = push.push(home, server.uri)
    assert report.way == "changes"
    # New: a unit and its place. Changed: a task and a link. Gone: a task, its unit's link, its theme's, its policy's.
    assert (report.added, report.changed, report.removed) == (2, 2, 4)
    assert holds(server, other_snapshot())
    publish(home, small_snapshot())
    assert push.push(home, server.uri).way == "changes"
    assert holds(server, small_snapshot())


def test_what_did_not_change_is_not_written(server: AnyServer, home: Home, driver: Driver) -> None:
    push.push(home, server.uri)
    # A property that a rewritten node would lose: only changed nodes do.
    driver.execute_query("MATCH (n:Task) SET n.seen = true")
    publish(home, other_snapshot())
    push.push(home, server.uri)
    kept = driver.execute_query("MATCH (n:Task) WHERE n.seen RETURN count(n) AS n").records[0]["n"]
    assert kept == small_snapshot().count("Task") - 2


def test_an_empty_graph_can_be_pushed(server: AnyServer, home: Home) -> None:
    push.push(home, server.uri)
    publish(home, Snapshot.of_rows({}, rules="test"))
    push.push(home, server.uri)
    with open_store(server.uri) as store:
        assert store.ask("MATCH (n) RETURN labels(n)[0] AS label") == [{"label": MARKER}]


def test_transactions_are_bounded(server: AnyServer, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    write = BoltConnection.write

    def measured(self: BoltConnection, statements: Any) -> list[int]:  # noqa: ANN401
        sizes.append(max(len(given.get("rows", ())) for _, given in statements))
        return write(self, statements)

    monkeypatch.setattr(BoltConnection, "write", measured)
    monkeypatch.setattr(batches, "BATCH", 50)
    monkeypatch.setattr(push, "AT_ONCE", 100)
    publish(home, many_snapshot(10))
    push.push(home, server.uri)
    publish(home, small_snapshot())
    push.push(home, server.uri)
    assert 0 < max(sizes) <= 50
    assert holds(server, small_snapshot())
    monkeypatch.setattr(batches, "WEIGHT", 200)
    assert all(
        len(part) == 1 or sum(len(row["text"]) for row in part) <= 200
        for part in batches._bounded([{"text": "字" * n} for n in (150, 40, 10, 300, 1)])
    )


# -- broken off


class Gone(BaseException):
    """As if the process had been killed at this moment."""


def breaks(after: int, act: Callable[[], None] | None = None) -> Callable[[str, int, int], None]:
    """Return a progress that ends the push after so many rows, or acts then."""
    done: list[int] = []

    def progress(stage: str, rows: int, total: int) -> None:
        if rows >= after and not done:
            done.append(rows)
            if act is None:
                raise Gone
            act()

    return progress


@pytest.mark.parametrize("after", [1, 60, 120, 150])
def test_a_push_that_is_broken_off_is_mended(
    after: int, server: AnyServer, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 10)
    with pytest.raises(Gone):
        push.push(home, server.uri, progress=breaks(after))
    with pytest.raises(StoreError, match="broken off") as caught:
        open_store(server.uri)
    assert caught.value.exit_code == 6
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, small_snapshot())
    monkeypatch.setattr(push, "AT_ONCE", 0)
    publish(home, other_snapshot())
    with pytest.raises(Gone):
        push.push(home, server.uri, progress=breaks(1))
    # Meanwhile the documents changed once more.
    publish(home, small_snapshot())
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, small_snapshot())


def test_a_killed_push_is_mended(server: AnyServer, home: Home) -> None:
    snapshot = many_snapshot()
    publish(home, snapshot)
    command = [sys.executable, "-m", "zhengmai", "push", server.uri, "--store", str(home.root)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with BoltConnection.connect(server.uri) as connection:
        until = time.monotonic() + 60
        while not connection.rows("MATCH (n:Task) RETURN n.key LIMIT 1") and time.monotonic() < until:
            time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert push.push(home, server.uri).way in ("mended", "same")
    assert holds(server, snapshot)


def test_a_lost_connection_is_said_and_mended(server: AnyServer, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bolt_connection, "_RETRY", 1.0)
    monkeypatch.setattr(batches, "BATCH", 10)
    with between(int(server.uri.rpartition(":")[2])) as (address, middle):
        with pytest.raises(StoreError) as caught:
            push.push(home, address, progress=breaks(60, middle.cut))
        assert caught.value.exit_code == 6
        assert "\n" not in str(caught.value)
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, small_snapshot())


def test_a_server_that_dies_is_said_and_mended(server: AnyServer, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    if not isinstance(server, Neo4jServer):
        pytest.skip("a server that was not started here is not killed here")
    monkeypatch.setattr(bolt_connection, "_RETRY", 1.0)
    monkeypatch.setattr(batches, "BATCH", 10)
    with pytest.raises(StoreError, match="no server answers") as caught:
        push.push(home, server.uri, progress=breaks(60, lambda: server.stop(kill=True)))
    assert caught.value.exit_code == 6
    with pytest.raises(StoreError, match="no server answers"):
        open_store(server.uri)
    server.start()
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, small_snapshot())


@pytest.mark.parametrize(
    "damage",
    [
        "MATCH (n:Task {key: 'yunxi/1.1'}) DETACH DELETE n",
        "MATCH (a)-[r:DERIVES_FROM]->(b) CREATE (a)-[s:DERIVES_FROM]->(b) SET s = properties(r)",
        "MATCH (e:Evidence) WITH e LIMIT 3 DELETE e",
    ],
)
def test_what_was_lost_or_doubled_on_the_server_is_mended(
    damage: str, server: AnyServer, home: Home, driver: Driver
) -> None:
    push.push(home, server.uri)
    driver.execute_query(damage)
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, small_snapshot())


def test_what_the_folder_kept_may_be_lost(server: AnyServer, home: Home) -> None:
    import shutil

    push.push(home, server.uri)
    shutil.rmtree(home.root / "pushed")
    publish(home, other_snapshot())
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, other_snapshot())


def test_a_mark_that_was_lost_is_mended(server: AnyServer, home: Home, driver: Driver) -> None:
    push.push(home, server.uri)
    driver.execute_query(f"MATCH (m:{MARKER}) DELETE m")
    assert push.push(home, server.uri).way == "mended"
    assert holds(server, small_snapshot())


def test_another_graph_is_refused_and_taken_over_by_its_id(server: AnyServer, home: Home, tmp_path: Path) -> None:
    push.push(home, server.uri)
    other = Home(tmp_path / "other")
    publish(other, other_snapshot())
    with pytest.raises(StoreError, match="another graph") as caught:
        push.push(other, server.uri)
    assert id_of(home) in str(caught.value)
    assert holds(server, small_snapshot())
    assert push.push(other, server.uri, store_id=id_of(home)).way == "mended"
    assert holds(server, other_snapshot())


# -- from files


@pytest.mark.parametrize("form", ["neo4j-csv", "neo4j-parquet"])
def test_the_importer_makes_what_a_push_makes(form: str, server: AnyServer, home: Home, tmp_path: Path) -> None:
    if not isinstance(server, Neo4jServer):
        pytest.skip("the importer needs a server that is stopped")
    push.push(home, server.uri)
    with open_store(server.uri) as store:
        pushed, answer = content(store), run("cascade", store, of="lanjiang")
    told = awkward() if form == "neo4j-csv" else small_snapshot()
    publish(home, told)
    folder = tmp_path / "import"
    done = exporter(form)(Snapshot.open(home.snapshot()), folder, store_id=id_of(home))
    assert done.line is not None
    assert done.rows == sum(expected(told).values()) + 1
    empty(server)
    server.stop()
    server.admin(*done.line.split()[1:], folder=folder)
    server.start()
    assert holds(server, told)
    with open_store(server.uri) as store:
        imported = content(store)
        assert run("cascade", store, of="lanjiang").rows == answer.rows
    assert {name: rows for name, rows in imported.items() if name != "Issue"} == {
        name: rows for name, rows in pushed.items() if name != "Issue"
    }
    # The import makes no index; the push after it does, and has nothing to send.
    assert push.push(home, server.uri).way == "same"
    with open_store(server.uri) as store:
        assert store.ask("CALL db.index.fulltext.queryNodes('task_text', '管家') YIELD node RETURN node.key AS key")
    publish(home, other_snapshot())
    assert push.push(home, server.uri).way == "changes"
    assert holds(server, other_snapshot())


def awkward() -> Snapshot:
    """The hand-made graph with an issue whose words try what a file format can get wrong."""
    rows = rows_of(small_snapshot())
    first = rows["Issue"][0]
    for number, words in enumerate(
        ('"说"', "a,b;c\t|", "两行\n三行\r\n四", "", " 空格 ", "\\N \\", "'单'", "NULL", "=1+1")
    ):
        rows["Issue"].append(first | {"key": f"yunxi#a{number}", "message": words, "quote": words or None})
    return Snapshot.of_rows(rows, rules="test")


# -- the folder, without a server


def test_the_id_of_a_graph_stays(home: Home) -> None:
    assert id_of(home) == id_of(Home(home.root))
    assert len(id_of(home)) == 32


def test_equal_rows_have_equal_digests(tmp_path: Path) -> None:
    assert digest(small_snapshot()) == digest(Snapshot.of_rows(rows_of(small_snapshot()), rules="test"))
    assert digest(small_snapshot()) != digest(other_snapshot())
    for name in ("one", "two"):
        small_snapshot().write(tmp_path / name)
    assert digest(Snapshot.open(tmp_path / "one")) == digest(Snapshot.open(tmp_path / "two"))


def test_a_push_without_a_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph"):
        push.push(Home(tmp_path), "bolt://127.0.0.1:9")
    assert os.listdir(tmp_path) == []
