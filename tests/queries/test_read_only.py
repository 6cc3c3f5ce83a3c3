"""A question that somebody types in reads the graph and nothing else, on every engine, and ends in time.

What calls out is given the address of a server on loopback that nobody may ask: a trap.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.errors import StoreError, UsageError
from graph.store import open_store, sparql_address
from graph.store.arcade.arcade_store import ArcadeStore
from graph.store.sparql.sparql_server import SparqlServer
from queries.typed.typed_in import answer
from tests.factories import small_snapshot
from tests.made import make_store
from tests.servers.arcade_bolt import DATABASE, PASSWORD, USER, serving
from tests.servers.fixtures import AnyServer, holding
from tests.servers.scripted_bolt import trap

LIMIT = 1.5
"""Seconds that a query without end is given; it must be over within two more."""
CYPHER = (
    "CREATE (n:Task {key: 'new'}) RETURN n",
    "MERGE (n:Task {key: 'new'}) RETURN n",
    "MATCH (n:Task) SET n.title = 'new' RETURN n",
    "MATCH (n:Task) REMOVE n.title",
    "MATCH (n:Task) DETACH DELETE n",
    "MATCH (n:Task) CALL (n) { SET n.title = 'new' } RETURN n.key",
    "MATCH (n:Task) FOREACH (x IN [1] | CREATE (:Task {key: 'new'}))",
    "CREATE INDEX other FOR (n:Task) ON (n.title)",
    "DROP INDEX task_text",
    "LOAD CSV FROM 'URL' AS line RETURN line",
    "load /* x */ csv FROM 'URL' AS line RETURN line",
    "MATCH (n) WITH n LIMIT 1 LOAD CSV WITH HEADERS FROM 'URL' AS line RETURN line",
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    "\\u004cOAD CSV FROM 'URL' AS line RETURN line",
    "IMPORT DATABASE URL",
    "CALL apoc.load.json('URL') YIELD value RETURN value",
    "CALL apoc.load.csv('URL') YIELD list RETURN list",
    "CALL `apoc`.`load`.`json`('URL') YIELD value RETURN value",
    "RETURN apoc.load.json('URL') AS x",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL db.createLabel('New')",
    "CALL db.index.fulltext.drop('task_text')",
    "CALL algo.pagerank()",
    "CALL `algo.pagerank`()",
    "CALL `merge.node`(['Task'], {key: 'new'}, {}, {}) YIELD node RETURN node.key AS key",
    "MATCH (t:Task) WITH collect(t) AS all CALL `refactor.mergeNodes`(all) YIELD node RETURN count(node) AS n",
    "MATCH (t:Task) WITH t LIMIT 1 CALL `merge.relationship`(t, 'X', {}, {}, t, {}) YIELD rel RETURN count(rel) AS n",
    "MATCH (n) RETURN n.key AS key // x\rUNION CALL `algo.pagerank`() YIELD node RETURN node.key AS key",
    "RETURN `util.md5`('a') AS x",
    "CALL /* x */ apoc.load.json('URL')",
    "MATCH (n) CALL { CALL apoc.load.json('URL') YIELD value RETURN value } RETURN value",
    "USE other MATCH (n) RETURN n",
    "EXPLAIN CREATE (n) RETURN n",
    "SHOW TRANSACTIONS",
    "MATCH (n) RETURN n.key AS key; MATCH (n) DETACH DELETE n",
)
SPARQL = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE#comment\n<URL> { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { { SELECT * { SERVICE e: { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "# ' \nSELECT * { SERVICE <URL> { ?s ?p ?o } } # '",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <urn:new>",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP DEFAULT",
    "COPY DEFAULT TO <urn:new>",
    "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "SELECT (<java:org.apache.jena.sparql.function.library.sha1sum>('a') AS ?x) {}",
    "PREFIX a: <http://jena.apache.org/ARQ/function#> SELECT ?x { ?s ?p ?o FILTER EXISTS { FILTER(a:sysinfo(?o)) } }",
    "SELECT ?x { ?x <http://jena.apache.org/ARQ/property#splitIRI> ('a' 'b') }",
    "SELECT ?x { ?x (<java:org.example.Any>|a) ?y }",
)
TEXTS = ("RETURN '\\u0027 AS a LOAD CSV FROM \\u0027URL\\u0027 AS line RETURN line //' AS text",)
"""What is a text to one reader and not to another: it may be answered, and calls nobody."""
RUNAWAY = {
    "cypher": "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b WITH a * b AS c RETURN sum(c) AS total",
    "sparql": "SELECT (COUNT(*) AS ?total) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
COUNT = {
    "cypher": "MATCH (n) WHERE NOT n:ZhengmaiStore RETURN count(n) AS total",
    "sparql": "SELECT (COUNT(*) AS ?total) { ?s ?p ?o }",
}


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the small graph answers, in which language."""

    address: str
    dialect: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What may not be asked."""
        return CYPHER if self.dialect == "cypher" else SPARQL


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("read-only") / "store")


@pytest.fixture(scope="module")
def embedded(root: Path) -> Engine:
    return Engine(str(root), "cypher")


@pytest.fixture(scope="module")
def embedded_sparql(root: Path) -> Engine:
    return Engine(sparql_address(root), "sparql")


@pytest.fixture(scope="module")
def neo4j(neo4j_server: AnyServer) -> Engine:
    holding(neo4j_server, small_snapshot()).close()
    return Engine(neo4j_server.uri, "cypher")


@pytest.fixture(scope="module")
def sparql(sparql_server: str) -> Engine:
    SparqlServer(sparql_server).load(small_snapshot())
    return Engine(sparql_server, "sparql")


@pytest.fixture(scope="module")
def bolt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The embedded engine's own endpoint, which plans nothing that could be checked."""
    folder = tmp_path_factory.mktemp("bolt")
    (folder / "databases").mkdir()
    with ArcadeStore(folder / "databases" / DATABASE, folder / "log") as store:
        store.load(small_snapshot())
    with pytest.MonkeyPatch.context() as patch, serving(folder) as address:
        patch.setenv("NEO4J_USERNAME", USER)
        patch.setenv("NEO4J_PASSWORD", PASSWORD)
        yield Engine(address, "cypher")


class Checks:
    """What holds on every engine; each class below names its own."""

    def test_nothing_is_written_and_nobody_asked(self, engine: Engine) -> None:
        with open_store(engine.address) as store:
            before = store.ask(COUNT[engine.dialect])
        with trap() as (url, asked):
            for text in engine.texts:
                with pytest.raises(UsageError) as caught:
                    answer(engine.address, text.replace("URL", url))
                assert "\n" not in str(caught.value), text
            for text in TEXTS if engine.dialect == "cypher" else ():
                with suppress(UsageError):
                    answer(engine.address, text.replace("URL", url))
            assert asked == []
        with open_store(engine.address) as store:
            assert store.ask(COUNT[engine.dialect]) == before

    def test_the_store_itself_writes_nothing_and_asks_nobody(self, engine: Engine) -> None:
        """Without the look at the text that comes before it; what only reads may be answered."""
        with trap() as (url, asked), open_store(engine.address) as store:
            before = store.ask(COUNT[engine.dialect])
            for text in (*engine.texts, *TEXTS):
                with suppress(UsageError, StoreError):
                    store.ask(text.replace("URL", url))
            assert asked == []
            assert store.ask(COUNT[engine.dialect]) == before

    def test_a_query_without_end_is_over_in_time(self, engine: Engine) -> None:
        open_store(engine.address).close()
        began = time.monotonic()
        with pytest.raises((UsageError, StoreError)) as caught:
            answer(engine.address, RUNAWAY[engine.dialect], timeout=LIMIT)
        assert time.monotonic() - began < LIMIT + 2
        assert "\n" not in str(caught.value)
        with open_store(engine.address) as store:
            assert store.ask(COUNT[engine.dialect])[0]["total"]


class TestEmbedded(Checks):
    @pytest.fixture
    def engine(self, embedded: Engine) -> Engine:
        return embedded


class TestEmbeddedSparql(Checks):
    @pytest.fixture
    def engine(self, embedded_sparql: Engine) -> Engine:
        return embedded_sparql


class TestNeo4j(Checks):
    @pytest.fixture
    def engine(self, neo4j: Engine) -> Engine:
        return neo4j


class TestSparqlServer(Checks):
    @pytest.fixture
    def engine(self, sparql: Engine) -> Engine:
        return sparql


class TestBolt(Checks):
    @pytest.fixture
    def engine(self, bolt: Engine) -> Engine:
        return bolt
