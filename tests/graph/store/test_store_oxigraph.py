"""The embedded SPARQL store: parameters are literals, nothing is written or fetched, a load is whole or not there."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from graph.errors import PolicyGraphError, StoreError, UsageError
from graph.snapshot.snapshot import Snapshot
from graph.store import open_store, sparql_address
from graph.store.home import Home
from graph.store.sparql.oxigraph_store import OxigraphStore, projection
from graph.store.sparql.sparql_text import bound
from queries.faults import GuardError
from queries.typed.typed_in import answer
from tests.factories import small_snapshot
from tests.made import make_store
from tests.shared import ROOT


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_store(tmp_path_factory.mktemp("oxigraph") / "store")
    projection(Home(made))
    return made


@pytest.fixture
def store(root: Path) -> Iterator[OxigraphStore]:
    with OxigraphStore(projection(Home(root))) as opened:
        yield opened


class Trap(HTTPServer):
    """A server on loopback that nobody may ask."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            do_POST = do_GET

            def log_message(self, *said: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def trap() -> Iterator[Trap]:
    server = Trap()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


CALLING = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE#comment\n<URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?x zm:key ?u BIND(<URL> AS ?v) SERVICE ?v { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { { SELECT * { SERVICE e: { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE <URL> FROM <URL>",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <urn:x>",
    "# ' \nSELECT * { SERVICE <URL> { ?s ?p ?o } } # '",
]
WRITING = [
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP DEFAULT",
    "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
]


@pytest.mark.parametrize("text", CALLING)
def test_a_query_that_calls_out_is_refused_and_asks_nobody(text: str, root: Path, trap: Trap) -> None:
    asked = text.replace("URL", f"http://127.0.0.1:{trap.server_port}/x")
    with pytest.raises(PolicyGraphError) as refused, open_store(sparql_address(root)) as store:
        store.ask(asked)
    assert isinstance(refused.value, UsageError)
    with pytest.raises(UsageError):
        answer(root, asked, dialect="sparql")
    assert trap.asked == []


@pytest.mark.parametrize("text", WRITING)
def test_a_query_that_writes_is_refused(text: str, store: OxigraphStore, root: Path) -> None:
    with pytest.raises(UsageError):
        store.ask(text)
    with pytest.raises(UsageError):
        answer(root, text, dialect="sparql")


def test_words_in_a_text_call_nobody(root: Path) -> None:
    assert answer(root, "ASK { ?s zm:key 'SERVICE <http://x/> FROM' }", dialect="sparql").rows == ({"answer": False},)


def test_a_query_without_end_is_stopped(root: Path) -> None:
    with pytest.raises(GuardError, match="stopped after"):
        answer(root, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", dialect="sparql", timeout=2.0)


def test_the_limit_is_kept_and_said(root: Path) -> None:
    found = answer(root, "SELECT ?key { ?t a zm:Task ; zm:key ?key } ORDER BY ?key", dialect="sparql", limit=2)
    assert [row["key"] for row in found.rows] == ["chengzhou/1.1", "chengzhou/2.2"]
    assert found.notes[0].values["all"] == 9


@pytest.mark.parametrize(
    "odd",
    ['"', "\\", '" } # ', "\\u0022", "'''", "a\nb", '") UNION { ?s ?p ?o } #', "$text", "\u2028", "é𠮷"],
)
def test_a_parameter_is_a_literal_whatever_it_holds(odd: str, store: OxigraphStore) -> None:
    assert store.ask("SELECT ?x { BIND($text AS ?x) }", {"text": odd}) == [{"x": odd}]
    assert store.ask("SELECT ?x { VALUES ?x { $texts } }", {"texts": [odd, "b"]}) == [{"x": odd}, {"x": "b"}]


@pytest.mark.parametrize(
    ("text", "given", "asked"),
    [
        (
            "SELECT ?x { VALUES ?x { $a } FILTER(?x IN ($a)) }",
            {"a": ["p", "q"]},
            '{ "p" "q" } FILTER(?x IN ("p", "q"))',
        ),
        ("SELECT ?x {\n?x ?y 1 . # if $a\n}", {"a": None}, "SELECT ?x {\n}"),
        ("SELECT ?x {\n?x ?y 1 . # if $a\n}", {"a": 1}, "?x ?y 1 ."),
        ("SELECT ?x {\nFILTER(?x = $b) # each $b of $a\n}", {"a": ["p", "q"]}, 'FILTER(?x = "p") \nFILTER(?x = "q") '),
        ("SELECT $x { $x ?y $z }", {}, "SELECT $x { $x ?y $z }"),
        ("SELECT ?x { ?x ?y '$a' }", {"a": 1}, "'$a'"),
        ("ASK { FILTER($a && $b = 1) }", {"a": True, "b": 2}, "FILTER(true && 2 = 1)"),
        ("ASK { ?x zm:key 1 }", {}, "PREFIX zm: <urn:zhengmai:ns:>"),
    ],
)
def test_parameters_are_put_where_they_stand(text: str, given: dict[str, object], asked: str) -> None:
    assert asked in bound(text, given)  # type: ignore[arg-type]


def test_a_load_that_is_broken_off_leaves_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("graph.store.sparql.oxigraph_store._load", broken)
    with pytest.raises(StoreError, match="cannot be written"):
        OxigraphStore(tmp_path / "oxigraph").load(small_snapshot())
    assert list(tmp_path.iterdir()) == []


def test_a_second_load_replaces_the_first(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "oxigraph") as store:
        store.load(small_snapshot())
        before = store.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        store.load(small_snapshot())
        assert store.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def test_there_is_none_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here"):
        open_store(sparql_address(tmp_path))
    with pytest.raises(StoreError, match="no SPARQL store"):
        OxigraphStore(tmp_path / "oxigraph").ask("ASK { ?s ?p ?o }")


def test_several_readers_at_a_time(root: Path) -> None:
    with open_store(sparql_address(root)) as one, open_store(sparql_address(root)) as other:
        text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert one.ask(text) == other.ask(text)


ASK_FIRST = """
import os, sys, time
from pathlib import Path
from graph.store import open_store, sparql_address
root, gate = sys.argv[1:]
import graph.rdf.statements, graph.rdf.rdf_write, graph.snapshot.snapshot, pyoxigraph
print("ready", flush=True)
while not os.path.exists(gate):
    time.sleep(0.001)
with open_store(sparql_address(root)) as store:
    rows = store.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    print(rows[0]["n"], os.stat(store.folder).st_ino, flush=True)
"""


def test_the_first_question_may_come_twice_at_once(tmp_path: Path) -> None:
    """Whoever asks first makes the store and the others wait: they answer from the same one, and nothing is left."""
    root, gate = make_store(tmp_path / "store"), tmp_path / "gate"
    command = [sys.executable, "-c", ASK_FIRST, str(root), str(gate)]
    asking = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for one in asking:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    gate.touch()
    said = {one.communicate(timeout=60)[0] for one in asking}
    assert [one.returncode for one in asking] == [0, 0, 0]
    assert len(said) == 1, said
    assert not list(root.rglob("*.part-*"))


def test_what_a_killed_load_left_is_taken_away(tmp_path: Path) -> None:
    root = make_store(tmp_path / "store")
    left = Home(root).generation() / "oxigraph.part-1"
    left.mkdir()
    (left / "000001.sst").write_bytes(b"half")
    assert projection(Home(root)).is_dir()
    assert not left.exists()


def test_a_generation_that_is_taken_away_meanwhile_is_left_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_store(tmp_path / "store")
    first = Home(root).generation()
    load = OxigraphStore.load

    def interrupted(self: OxigraphStore, snapshot: Snapshot) -> None:
        if self.folder is not None and self.folder.parent == first:
            following = Home(root).begin()
            shutil.copytree(first / "snapshot", following / "snapshot")
            Home(root).publish(following)
            raise StoreError("gone")
        load(self, snapshot)

    monkeypatch.setattr(OxigraphStore, "load", interrupted)
    assert projection(Home(root)).parent == Home(root).generation() != first
