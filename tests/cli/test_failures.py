"""What goes wrong around us is one line and exit code 6; what was there still answers, and the next run mends the rest."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.snapshot.snapshot import MANIFEST, Snapshot
from graph.store import open_store
from graph.store.home import Home
from graph.store.neo4j_server.bolt_connection import BoltConnection
from tests.factories import small_snapshot
from tests.graph.store.test_push import holds, many_snapshot, other_snapshot, publish
from tests.servers.fixtures import empty as emptied
from tests.servers.fixtures import unavailable
from tests.servers.java import Missing
from tests.servers.neo4j_server import Neo4jServer
from tests.servers.scripted_bolt import scripted
from tests.servers.small_disk import empty, fill, small_disk
from tests.shared import ROOT

pytestmark = pytest.mark.slow

SAMPLE = ROOT / "samples" / "lanjiang"


def zm(*words: object, limit: int | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own; with `limit` none of its files may grow beyond so many bytes."""

    def held() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # type: ignore[arg-type]

    return subprocess.run(
        [sys.executable, "-m", "zhengmai", *map(str, words), "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
        preexec_fn=held if limit is not None else None,
    )


def one_line(done: "subprocess.CompletedProcess[str]") -> None:
    assert done.returncode == 6, (done.returncode, done.stdout[-500:], done.stderr[-2000:])
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def answers(store: Path) -> str:
    done = zm("tasks", "--store", store, "--json")
    assert done.returncode == 0, done.stderr
    return done.stdout


def whole(store: Path) -> bytes:
    """Return what names the snapshot that answers, byte by byte; the projection must hold the same."""
    snapshot = Snapshot.open(Home(store).snapshot())
    with open_store(store) as opened:
        for name in ("Task", "Evidence"):
            rows = opened.ask(f"MATCH (n:{name}) RETURN count(n) AS n")
            assert rows == [{"n": snapshot.count(name)}]
    return (Home(store).snapshot() / MANIFEST).read_bytes()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], list[Path]]:
    """Documents of a graph that is there, and those that come to it."""
    listed = sorted(SAMPLE.iterdir())
    return listed[:2], listed[2:5]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, documents: tuple[list[Path], list[Path]]) -> Path:
    """The graph of all of them, built where there is room."""
    store = tmp_path_factory.mktemp("roomy") / "store"
    for paths in documents:
        assert zm("build", *paths, "--store", store, "--jobs", 1).returncode == 0
    return store


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    try:
        with small_disk(tmp_path / "disk", 96) as mounted:
            yield mounted
    except Missing as error:
        pytest.skip(str(error))


def size(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))


# -- a full disk


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_a_build_on_a_full_disk(
    share: float, disk: Path, documents: tuple[list[Path], list[Path]], built: Path
) -> None:
    store = disk / "store"
    there, coming = documents
    assert zm("build", *there, "--store", store, "--jobs", 1).returncode == 0
    before = answers(store)
    fill(disk, int(share * size(Home(built).generation())))
    one_line(zm("build", *coming, "--store", store, "--jobs", 1))
    assert answers(store) == before
    empty(disk)
    assert zm("build", *coming, "--store", store, "--jobs", 1).returncode == 0
    assert whole(store) == whole(built)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("limit", [2_000, 80_000])
def test_a_build_whose_files_may_not_grow(
    limit: int, tmp_path: Path, documents: tuple[list[Path], list[Path]], built: Path
) -> None:
    store = tmp_path / "store"
    there, coming = documents
    assert zm("build", *there, "--store", store, "--jobs", 1).returncode == 0
    before = answers(store)
    one_line(zm("build", *coming, "--store", store, "--jobs", 1, limit=limit))
    assert answers(store) == before
    assert zm("build", *coming, "--store", store, "--jobs", 1).returncode == 0
    assert whole(store) == whole(built)


# -- a push that cannot be kept, a server that cannot take it


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server of this module alone, which is killed here and has its disk filled where a small one can be mounted."""
    root = tmp_path_factory.mktemp("server")
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(small_disk(root / "disk", 192))
        except Missing:
            disk = root / "home"
        try:
            found = Neo4jServer("lts", disk / "neo4j")
            found.start()
        except Missing as error:
            unavailable(str(error))
        stack.callback(found.stop)
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("NEO4J_USERNAME", found.user)
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("NEO4J_PASSWORD", found.password)
        yield found


@pytest.fixture
def large(tmp_path: Path) -> Home:
    """A graph whose push takes a while."""
    home = Home(tmp_path / "large")
    publish(home, many_snapshot(100))
    return home


def test_a_push_from_a_full_disk(disk: Path, own_server: Neo4jServer) -> None:
    emptied(own_server)
    home = Home(disk / "store")
    publish(home, small_snapshot())
    fill(disk)
    one_line(zm("push", own_server.uri, "--store", home.root))
    empty(disk)
    assert zm("push", own_server.uri, "--store", home.root).returncode == 0
    assert holds(own_server, small_snapshot())
    publish(home, other_snapshot())
    fill(disk)
    # What the folder keeps of a push are links: they may have room where nothing else has.
    done = zm("push", own_server.uri, "--store", home.root)
    if done.returncode:
        one_line(done)
    empty(disk)
    assert zm("push", own_server.uri, "--store", home.root).returncode == 0
    assert holds(own_server, other_snapshot())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_push_whose_files_may_not_grow(tmp_path: Path, own_server: Neo4jServer) -> None:
    emptied(own_server)
    home = Home(tmp_path / "store")
    publish(home, small_snapshot())
    one_line(zm("push", own_server.uri, "--store", home.root, limit=0))
    assert zm("push", own_server.uri, "--store", home.root).returncode == 0
    assert holds(own_server, small_snapshot())


def test_a_push_to_a_server_whose_disk_is_full(own_server: Neo4jServer, large: Home) -> None:
    disk = own_server.home.parent
    if not disk.is_mount():
        pytest.skip("needs to mount a small disk")
    emptied(own_server)
    fill(disk, 1 << 20)
    try:
        done = zm("push", own_server.uri, "--store", large.root)
        one_line(done)
    finally:
        empty(disk)
        own_server.stop(kill=True)
        own_server.start()
    assert zm("push", own_server.uri, "--store", large.root).returncode == 0
    assert holds(own_server, many_snapshot(100))


def test_a_push_to_a_server_that_is_killed(own_server: Neo4jServer, large: Home) -> None:
    emptied(own_server)
    command = [sys.executable, "-m", "zhengmai", "push", own_server.uri, "--store", str(large.root), "--lang", "en"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with BoltConnection.connect(own_server.uri) as connection:
        until = time.monotonic() + 60
        while not connection.rows("MATCH (n:Task) RETURN n.key LIMIT 1") and time.monotonic() < until:
            time.sleep(0.01)
    own_server.stop(kill=True)
    out, err = process.communicate(timeout=120)
    own_server.start()
    assert process.returncode == 6, (out, err)
    assert len(err.strip().splitlines()) == 1, err
    with pytest.raises(StoreError):
        open_store(own_server.uri)
    done = zm("push", own_server.uri, "--store", large.root, "--json")
    assert done.returncode == 0, done.stderr
    assert holds(own_server, many_snapshot(100))


def test_a_wrong_password(own_server: Neo4jServer, large: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-this-one")
    done = zm("push", own_server.uri, "--store", large.root)
    one_line(done)
    assert "NEO4J_PASSWORD" in done.stderr
    assert "not-this-one" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("version", "agent"),
    [
        (b"\x00\x00\x04\x04", "Neo4j/4.4.0"),
        (b"\x00\x00\x00\x05", "Neo4j/5.25.1"),
        (b"\x00\x00\x00\x00", None),
    ],
)
def test_an_older_server(version: bytes, agent: str | None, large: Home) -> None:
    with scripted(version, agent) as uri:
        for words in (("push", uri, "--store", large.root), ("tasks", "--store", uri)):
            done = zm(*words)
            one_line(done)
            assert "5.26" in done.stderr
